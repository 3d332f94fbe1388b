"""Who did what: written where it is done, read by administrators, changed by nobody."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.audit.record import record
from contracts.models import Contract, Matter
from contracts.rest.models import ApiToken
from tests.api.conftest import QUERY

EVENTS = "/api/v1/audit-events"


@pytest.fixture
def administrator(client_with: Callable[..., APIClient], lena: User) -> APIClient:
    lena.is_staff = True
    lena.save()
    lena.user_permissions.add(Permission.objects.get(codename="view_auditevent"))
    return client_with("admin")


def test_what_a_program_does_is_written_down(client: APIClient, oak: Matter, oak_contract: Contract) -> None:
    sent = client.post("/api/v1/contracts", {"matter": "Oak", "file": SimpleUploadedFile("nda.txt", b"words")}).json()
    client.get(f"/api/v1/contracts/{oak_contract.pk}/clauses")
    clause = oak_contract.clauses.first().pk
    client.get(f"/api/v1/clauses/{clause}")
    search = client.post("/api/v1/searches", {"query": QUERY}, format="json").json()["id"]
    client.get(f"/api/v1/searches/{search}/export?format=docx")
    client.post("/api/v1/verify", {"query": QUERY, "clauses": [clause]}, format="json")
    check = client.post("/api/v1/absence-checks", {"query": QUERY}, format="json").json()["id"]
    written = AuditEvent.objects.order_by("pk").values_list("action", "kind", "thing", "matter")
    assert list(written) == [
        ("uploaded", "contract", str(sent["id"]), oak.pk),
        ("opened", "contract", str(oak_contract.pk), oak.pk),
        ("opened", "clause", str(clause), oak.pk),
        ("searched", "search", search, None),
        ("exported", "search", search, None),
        ("verified", "statement", "", None),
        ("checked_absence", "absence_check", check, None),
    ]
    by = set(AuditEvent.objects.values_list("username", "token"))
    assert by == {("lena", ApiToken.objects.get().public_id)}


def test_what_a_lawyer_does_on_the_page_is_written_down(lena: User, oak_contract: Contract) -> None:
    page = Client()
    page.force_login(lena)
    page.get(f"/contracts/{oak_contract.pk}/")
    page.get("/search/", {"q": QUERY})
    assert list(AuditEvent.objects.order_by("pk").values_list("action", "user", "token")) == [
        ("opened", lena.pk, None), ("searched", lena.pk, None)
    ]  # fmt: skip


def test_what_was_refused_opened_nothing(
    client_with: Callable[..., APIClient], elm: Matter, oak_contract: Contract
) -> None:
    assert client_with("read", matters=[elm]).get(f"/api/v1/contracts/{oak_contract.pk}/clauses").status_code == 404
    assert not AuditEvent.objects.exists()


def test_administrators_read_it_for_their_matters(
    administrator: APIClient, client: APIClient, lena: User, oak: Matter, elm: Matter,
    oak_contract: Contract, elm_contract: Contract,
) -> None:  # fmt: skip
    for contract in (oak_contract, elm_contract):
        client.get(f"/api/v1/contracts/{contract.pk}/clauses")
    client.post("/api/v1/searches", {"query": QUERY}, format="json")
    listed = administrator.get(EVENTS).json()["results"]
    assert [(one["action"], one["matter"]) for one in listed] == [
        ("searched", None), ("opened", elm.pk), ("opened", oak.pk)
    ]  # fmt: skip
    for query, number in (
        ({"action": "opened"}, 2),
        ({"matter": oak.pk}, 1),
        ({"username": "sam"}, 0),
        ({"since": timezone.now().isoformat()}, 0),
        ({"until": timezone.now().isoformat()}, 3),
        ({"since": (timezone.now() - timedelta(hours=1)).isoformat(), "username": "lena"}, 3),
    ):
        assert len(administrator.get(EVENTS, query).json()["results"]) == number, query
    elm.walled.add(lena)
    assert {one["matter"] for one in administrator.get(EVENTS).json()["results"]} == {None, oak.pk}
    assert administrator.get(EVENTS, {"who": "lena"}).json()["errors"][0]["pointer"] == "/who"


def test_a_restricted_token_reads_its_matters_only(
    administrator: APIClient, client_with: Callable[..., APIClient], client: APIClient, oak: Matter,
    oak_contract: Contract, elm_contract: Contract,
) -> None:  # fmt: skip
    for contract in (oak_contract, elm_contract):
        client.get(f"/api/v1/contracts/{contract.pk}/clauses")
    client.post("/api/v1/searches", {"query": QUERY}, format="json")
    listed = client_with("admin", matters=[oak]).get(EVENTS).json()["results"]
    assert [one["matter"] for one in listed] == [oak.pk]


def test_nobody_else_reads_it(client: APIClient, client_with: Callable[..., APIClient], lena: User) -> None:
    assert client.get(EVENTS).json()["code"] == "scope"
    assert client_with("admin").get(EVENTS).json()["code"] == "administrators_only"


@pytest.mark.parametrize("change", [lambda rows: rows.update(username="sam"), lambda rows: rows.delete()])
def test_nothing_changes_it(client: APIClient, oak_contract: Contract, change: Callable[[Any], Any]) -> None:
    client.get(f"/api/v1/contracts/{oak_contract.pk}/clauses")
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        change(AuditEvent.objects.all())
    assert AuditEvent.objects.get().username == "lena"


def test_it_outlives_its_user(client: APIClient, lena: User, oak_contract: Contract) -> None:
    client.get(f"/api/v1/contracts/{oak_contract.pk}/clauses")
    number = lena.pk
    lena.delete()
    assert (AuditEvent.objects.get().user, AuditEvent.objects.get().username) == (number, "lena")


AUDIT = "/admin/audit/auditevent/"


@pytest.fixture
def office(lena: User, oak: Matter) -> Client:
    """Lena as an administrator, with events of her matter, of another, and of none."""
    lena.is_staff = lena.is_superuser = True
    lena.save()
    hidden = Matter.objects.create(name="Hidden matter")
    for user, action, thing, matter in (
        (lena, "uploaded", "17", oak.pk),
        (User.objects.create_user("+sam"), "opened", "17", oak.pk),
        (None, "searched", "99", None),
        (lena, "opened", "secret-18", hidden.pk),
    ):
        record(user, action, "contract", thing, matter)
    client = Client()
    client.force_login(lena)
    return client


def shown(client: Client, **filters: str) -> list[str]:
    page = client.get(AUDIT, filters).context["cl"]
    return [f"{event.username} {event.action}" for event in page.result_list]


def test_administrators_look_through_the_events_of_their_matters(office: Client, oak: Matter) -> None:
    assert shown(office) == [" searched", "+sam opened", "lena uploaded"]
    assert shown(office, username="+sam") == shown(office, q="+sam") == ["+sam opened"]
    assert shown(office, action__exact="uploaded") == ["lena uploaded"]
    assert shown(office, matter=str(oak.pk)) == ["+sam opened", "lena uploaded"]
    assert shown(office, q="17") == ["+sam opened", "lena uploaded"]
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()
    assert shown(office, at__gte=tomorrow) == []
    page = office.get(AUDIT).content.decode()
    assert "Oak" in page and "Hidden matter" not in page and "secret-18" not in page
    assert office.get(f"{AUDIT}add/").status_code == 403


def test_they_are_taken_along_as_csv_as_they_are_filtered(office: Client, oak: Matter) -> None:
    link = re.search(r'href="([^"]*export/[^"]*)"', office.get(AUDIT, {"matter": oak.pk}).content.decode())
    assert link is not None
    answer = office.get(link[1].replace("&amp;", "&"))
    assert answer["Content-Type"] == "text/csv"
    lines = list(csv.DictReader(io.StringIO(b"".join(answer).decode())))
    assert [(line["username"], line["action"], line["matter"]) for line in lines] == [
        ("'+sam", "opened", str(oak.pk)),
        ("lena", "uploaded", str(oak.pk)),
    ]
    assert AuditEvent.objects.filter(action="exported", kind="audit").count() == 1
    assert office.get(f"{AUDIT}export/?no_such=1").status_code == 400


def test_many_events_take_as_many_queries_as_few(office: Client, lena: User, oak: Matter) -> None:
    with CaptureQueriesContext(connection) as few:
        office.get(AUDIT)
    for number in range(5):
        record(lena, "opened", "contract", number, oak.pk)
    with CaptureQueriesContext(connection) as many:
        office.get(AUDIT)
    assert len(many) == len(few)
