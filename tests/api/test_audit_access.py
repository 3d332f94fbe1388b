"""On record: who may see what since when, whom a webhook tells, and administrators who read what contracts say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from contracts.webhooks.models import Delivery
from tests.api.receiver import Receiver

HOOKS = "/api/v1/webhooks"
EVENTS = "/api/v1/audit-events"


def written() -> list[tuple[str, str, str, int | None]]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", "kind", "thing", "matter"))


@pytest.fixture
def office(lena: User) -> Client:
    lena.is_staff = lena.is_superuser = True
    lena.save()
    client = Client()
    client.force_login(lena)
    return client


def test_what_is_done_to_a_webhook_by_its_owner(
    client_with: Callable[..., APIClient], oak: Matter, receiver: Receiver
) -> None:
    hooks = client_with("webhooks")
    asked = {"url": receiver.url, "events": ["contract.ready"]}
    made = hooks.post(HOOKS, asked, format="json").json()["id"]
    path = f"{HOOKS}/{made}"
    hooks.patch(path, {"events": ["ingest.done"]}, format="json", headers={"If-Match": "*"})
    hooks.post(f"{path}/secret")
    hooks.post(f"{path}/test")
    sent = Delivery.objects.get().pk
    hooks.post(f"{path}/deliveries/{sent}/resend")
    hooks.delete(path, headers={"If-Match": "*"})
    assert written() == [
        ("webhook.made", "webhook", made, None),
        ("webhook.changed", "webhook", made, None),
        ("webhook.secret", "webhook", made, None),
        ("webhook.resent", "delivery", str(sent), None),
        ("webhook.deleted", "webhook", made, None),
    ]


def test_members_and_walls_of_a_matter(office: Client, lena: User, oak: Matter) -> None:
    sam, kim = User.objects.create_user("sam"), User.objects.create_user("kim")
    oak.members.add(kim)
    form = {"name": "Oak", "client": "", "members": [lena.pk, sam.pk], "walled": [kim.pk]}
    assert office.post(f"/admin/contracts/matter/{oak.pk}/change/", form).status_code == 302
    office.post(f"/admin/contracts/matter/{oak.pk}/change/", form | {"walled": []})
    office.post("/admin/contracts/matter/add/", {"name": "Elm", "client": "", "members": [sam.pk]})
    elm = Matter.objects.get(name="Elm")
    office.post(f"/admin/contracts/matter/{elm.pk}/delete/", {"post": "yes"})
    assert written() == [
        ("member.added", "user", str(sam.pk), oak.pk),
        ("member.removed", "user", str(kim.pk), oak.pk),
        ("wall.added", "user", str(kim.pk), oak.pk),
        ("wall.removed", "user", str(kim.pk), oak.pk),
        ("matter.made", "matter", str(elm.pk), elm.pk),
        ("member.added", "user", str(sam.pk), elm.pk),
        ("matter.deleted", "matter", str(elm.pk), elm.pk),
    ]
    assert not Matter.objects.filter(name="Elm").exists()


def test_an_administrator_who_inspects_and_has_it_read_again(
    office: Client, oak: Matter, oak_contract: Contract, elm_contract: Contract
) -> None:
    elm_contract.matter.members.clear()
    here = f"/admin/contracts/contract/{oak_contract.pk}"
    office.get(f"{here}/inspect/")
    assert office.get(f"/admin/contracts/contract/{elm_contract.pk}/inspect/").status_code == 404
    office.post(f"{here}/inspect/", {"change": "read_again"})
    office.post(f"{here}/retry/")
    Contract.objects.update(state="failed")
    office.post("/admin/contracts/contract/retry-failed/", {"confirmed": "1"})
    assert written() == [
        ("opened", "contract", str(oak_contract.pk), oak.pk),
        *[("read_again", "contract", str(oak_contract.pk), oak.pk)] * 3,
    ]


def test_both_readings_of_a_file_with_tracked_changes(office: Client, oak: Matter, oak_contract: Contract) -> None:
    Contract.objects.update(original_text="Supplier may indemnify Customer.")
    assert office.get(f"/contracts/{oak_contract.pk}/original/").status_code == 200
    assert written() == [("opened", "contract", str(oak_contract.pk), oak.pk)]


def test_what_was_done_in_a_matter_that_is_no_more_can_still_be_read(
    office: Client, client_with: Callable[..., APIClient], lena: User, oak: Matter
) -> None:
    secret = Matter.objects.create(name="Secret")
    office.post("/admin/contracts/matter/add/", {"name": "Elm", "client": "", "members": [lena.pk]})
    gone = Matter.objects.get(name="Elm")
    office.post(f"/admin/contracts/matter/{gone.pk}/delete/", {"post": "yes"})
    AuditEvent.objects.create(action="opened", kind="contract", thing="9", matter=secret.pk)  # still walled
    listed = client_with("admin").get(EVENTS).json()["results"]
    assert [(one["action"], one["matter"]) for one in listed] == [
        ("matter.deleted", gone.pk), ("member.added", gone.pk), ("matter.made", gone.pk)
    ]  # fmt: skip
    assert client_with("admin", matters=[oak]).get(EVENTS).json()["results"] == []
    page: Any = office.get("/admin/audit/auditevent/").context["cl"]
    assert [event.matter for event in page.result_list] == [gone.pk] * 3


def test_the_permission_of_the_page_is_asked_over_rest_too(client_with: Callable[..., APIClient], lena: User) -> None:
    lena.is_staff = True
    lena.save()
    assert client_with("admin").get(EVENTS).status_code == 403
    lena.user_permissions.add(Permission.objects.get(codename="view_auditevent"))
    assert client_with("admin").get(EVENTS).status_code == 200
    lena.is_staff = False
    lena.save()
    assert client_with("admin").get(EVENTS).status_code == 403
