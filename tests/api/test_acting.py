"""A trusted client acts for a user: with the user's rights, within its own token's, and both on record."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from contracts.rest.models import ApiToken
from search.later import answer_later
from search.models import Search, SearchJob
from tests.api.conftest import QUERY

FOR_LENA = {"On-Behalf-Of": "lena"}


@pytest.fixture
def robot(db: None) -> User:
    return User.objects.create_user("dms")  # a service account, and a member of nothing


@pytest.fixture
def dms(robot: User) -> Callable[..., APIClient]:
    def make(*scopes: str, matters: list[Matter] | None = None) -> APIClient:
        token, secret = ApiToken.objects.create(
            user=robot, expiry=timedelta(days=1), name="DMS", scopes=list(scopes), restricted=matters is not None
        )
        token.matters.set(matters or [])
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return make


def test_it_has_the_rights_of_the_user_and_none_of_its_own(
    dms: Callable[..., APIClient], robot: User, lena: User, oak_contract: Contract, elm_contract: Contract
) -> None:
    yew = Matter.objects.create(name="Yew")
    yew.members.add(robot)
    client = dms("act_for", "read", "search")

    def matters(headers: dict[str, str]) -> list[str]:
        return [matter["name"] for matter in client.get("/api/v1/matters", headers=headers).json()["results"]]

    assert matters({}) == ["Yew"]
    assert matters(FOR_LENA) == ["Elm", "Oak"]
    oak_contract.matter.walled.add(lena)
    assert matters(FOR_LENA) == ["Elm"]
    assert client.get(f"/api/v1/contracts/{oak_contract.pk}", headers=FOR_LENA).status_code == 404
    found = client.post("/api/v1/searches", {"query": QUERY}, format="json", headers=FOR_LENA).json()
    assert (found["eligible"], Search.objects.get().user) == (1, lena)
    assert client.get(f"/api/v1/searches/{found['id']}").status_code == 404  # hers, not the client's


def test_its_token_s_matters_and_scopes_still_narrow_it(
    dms: Callable[..., APIClient], lena: User, oak: Matter, oak_contract: Contract, elm_contract: Contract
) -> None:
    client = dms("act_for", "read", matters=[oak])
    listed = client.get("/api/v1/contracts", headers=FOR_LENA).json()["results"]
    assert [one["id"] for one in listed] == [oak_contract.pk]
    assert client.get(f"/api/v1/contracts/{elm_contract.pk}", headers=FOR_LENA).status_code == 404
    refused = client.get("/api/v1/searches", headers=FOR_LENA)
    assert (refused.status_code, refused.json()["code"]) == (403, "scope")
    assert client.get("/api/v1/tokens", headers=FOR_LENA).json()["code"] == "no_token"


@pytest.mark.parametrize("named", ["nobody", "", "retired", "staff", "root", "l\0na", "LENA"])
def test_nobody_else_is_acted_for(dms: Callable[..., APIClient], lena: User, named: str) -> None:
    """Who is unknown, and who must not be acted for, answer alike."""
    User.objects.create_user("retired", is_active=False)
    User.objects.create_user("staff", is_staff=True)
    User.objects.create_superuser("root")
    answer = dms("act_for", "read", "admin").get("/api/v1/matters", headers={"On-Behalf-Of": named})
    assert (answer.status_code, answer.json()["code"]) == (403, "nobody_to_act_for")
    assert "no administrator" in answer.json()["detail"]


def test_a_name_beyond_ascii_is_sent_as_utf_8(dms: Callable[..., APIClient], oak: Matter) -> None:
    oak.members.add(User.objects.create_user("zoë"))
    sent = {"HTTP_ON_BEHALF_OF": "zoë".encode().decode("latin-1")}  # as a WSGI server hands it on
    assert len(dms("act_for", "read").get("/api/v1/matters", **sent).json()["results"]) == 1


def test_without_the_scope_or_a_token_the_header_is_refused_and_not_ignored(
    client: APIClient, lena: User, oak: Matter
) -> None:
    User.objects.create_user("sam")
    for_sam = {"On-Behalf-Of": "sam"}
    by_password = APIClient()
    by_password.credentials(HTTP_AUTHORIZATION=f"Basic {b64encode(b'lena:sign-in-lena').decode()}")
    signed_in = APIClient()
    signed_in.force_login(lena)
    for one in (client, by_password, signed_in):
        answer = one.get("/api/v1/matters", headers=for_sam)
        assert (answer.status_code, answer.json()["code"]) == (403, "act_for")
        assert "Leave the header out" in answer.json()["detail"]
    made = by_password.post("/api/v1/tokens", {"name": "x", "scopes": ["read", "act_for"]}, format="json")
    assert made.status_code == 400 and made.json()["errors"][0]["pointer"] == "/scopes"


def test_the_record_names_both(
    dms: Callable[..., APIClient], admin_client: Any, lena: User, oak_contract: Contract
) -> None:
    client = dms("act_for", "read", "search")
    client.get(f"/api/v1/contracts/{oak_contract.pk}/clauses", headers=FOR_LENA)
    later = FOR_LENA | {"Prefer": "respond-async"}
    answer_later(client.post("/api/v1/searches", {"query": QUERY}, format="json", headers=later).json()["id"])
    token = ApiToken.objects.get().public_id
    events = AuditEvent.objects.values_list("action", "user", "username", "acted_by", "token")
    assert set(events) == {
        ("opened", lena.pk, "lena", "dms", token),
        ("searched", lena.pk, "lena", "dms", token),  # by a worker
    }
    oak_contract.matter.members.add(User.objects.get(username="admin"))
    assert "dms" in admin_client.get("/admin/audit/auditevent/?q=dms").content.decode()


def test_keys_of_two_users_do_not_meet(dms: Callable[..., APIClient], lena: User, oak_contract: Contract) -> None:
    sam = User.objects.create_user("sam")
    oak_contract.matter.members.add(sam)
    client = dms("act_for", "search")
    for name in ("lena", "sam", "lena"):
        headers = {"On-Behalf-Of": name, "Idempotency-Key": "k", "Prefer": "respond-async"}
        assert client.post("/api/v1/searches", {"query": QUERY}, format="json", headers=headers).status_code == 202
    assert sorted(SearchJob.objects.values_list("user__username", flat=True)) == ["lena", "sam"]


def test_only_an_administrator_gives_the_scope_and_only_to_a_service_account(
    admin_client: Any, admin_user: User, robot: User
) -> None:
    form = {"user": admin_user.pk, "name": "DMS", "scopes": ["read", "act_for"], "expiry_0": "2099-01-01",
            "expiry_1": "00:00:00"}  # fmt: skip
    refused = admin_client.post("/admin/api/apitoken/add/", form).content.decode()
    assert "Only a service account" in refused and not ApiToken.objects.exists()
    admin_client.post("/admin/api/apitoken/add/", form | {"user": robot.pk})
    assert ApiToken.objects.get().scopes == ["read", "act_for"]
    assert AuditEvent.objects.get(kind="user").change == "may act for users"
