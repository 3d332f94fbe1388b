"""Who did what: written where it is done, read by administrators, changed by nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from contracts.rest.models import ApiToken
from tests.api.conftest import QUERY

EVENTS = "/api/v1/audit-events"


@pytest.fixture
def administrator(client_with: Callable[..., APIClient], lena: User) -> APIClient:
    lena.is_staff = True
    lena.save()
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
