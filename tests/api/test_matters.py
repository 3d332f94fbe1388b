"""Matters over REST: for administrators, who let others in but never themselves, and with a record of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter

MATTERS = "/api/v1/matters"


@pytest.fixture
def administrator(lena: User) -> User:
    lena.is_staff = True
    lena.save()
    lena.user_permissions.set(Permission.objects.filter(codename__in=("add_matter", "change_matter")))
    return lena


@pytest.fixture
def office(administrator: User, client_with: Callable[..., APIClient]) -> APIClient:
    return client_with("matters", "read")


@pytest.fixture
def yew(db: None) -> Matter:
    """Not hers."""
    return Matter.objects.create(name="Yew")


def written() -> list[tuple[str, str, str]]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", "kind", "thing"))


def test_a_matter_is_made_opened_to_people_and_renamed(office: APIClient) -> None:
    sam = User.objects.create_user("sam")
    made = office.post(MATTERS, {"name": "Elm", "client": "Elm plc"}, format="json", headers={"Idempotency-Key": "k"})
    path = made["Location"]
    assert made.status_code == 201 and made.json()["members"] == []
    again = office.post(MATTERS, {"name": "Elm", "client": "Elm plc"}, format="json", headers={"Idempotency-Key": "k"})
    assert again.json() == made.json()
    taken = office.post(MATTERS, {"name": "Elm"}, format="json")
    assert taken.status_code == 400 and taken.json()["errors"][0]["pointer"] == "/name"
    for _ in range(2):  # again, it changes nothing
        assert office.put(f"{path}/members/sam").status_code == office.put(f"{path}/walls/lena").status_code == 204
    assert office.patch(path, {"name": "Elm II"}, format="json").json() == made.json() | {
        "name": "Elm II", "members": ["sam"], "walled": ["lena"],
    }  # fmt: skip
    assert office.delete(f"{path}/members/sam").status_code == 204
    assert office.get(path).json()["members"] == []
    pk = str(made.json()["id"])
    assert written() == [
        ("matter.made", "matter", pk),
        ("member.added", "user", str(sam.pk)),
        ("wall.added", "user", str(User.objects.get(username="lena").pk)),
        ("matter.renamed", "matter", pk),
        ("member.removed", "user", str(sam.pk)),
    ]


def test_an_administrator_s_token_opens_no_contract_to_its_user(
    office: APIClient, administrator: User, yew: Matter, oak_contract: Contract
) -> None:
    oak_contract.matter.members.remove(administrator)
    yew.walled.add(administrator)
    for method, path in (("put", f"{oak_contract.matter_id}/members/lena"), ("delete", f"{yew.pk}/walls/lena")):
        answer = getattr(office, method)(f"{MATTERS}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "not_oneself")
        assert "administration" in answer.json()["detail"]
    assert office.get(f"{MATTERS}/{oak_contract.matter_id}").json()["members"] == []
    assert office.get(MATTERS).json()["results"] == []
    assert office.get(f"/api/v1/contracts/{oak_contract.pk}").status_code == 404
    assert written() == []


@pytest.mark.parametrize("codenames", [(), ("view_matter",)])
def test_who_is_no_administrator_learns_nothing(
    client_with: Callable[..., APIClient], lena: User, oak: Matter, yew: Matter, codenames: tuple[str, ...]
) -> None:
    lena.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client = client_with("matters")
    calls: list[Callable[[Any], Any]] = [
        lambda pk: client.get(f"{MATTERS}/{pk}"),
        lambda pk: client.patch(f"{MATTERS}/{pk}", {"name": "x"}, format="json"),
        lambda pk: client.put(f"{MATTERS}/{pk}/members/lena"),
        lambda pk: client.delete(f"{MATTERS}/{pk}/walls/lena"),
        lambda pk: client.post(MATTERS, {"name": "x"}, format="json"),
    ]
    for call in calls:
        answers = [call(pk) for pk in (oak.pk, yew.pk, 999_999)]
        assert {answer.status_code for answer in answers} == {403} and len({one.content for one in answers}) == 1
        assert answers[0].json()["code"] == "administrators_only"
    assert client_with("admin", "search").get(f"{MATTERS}/{oak.pk}").json()["code"] == "scope"


def test_whoever_sees_a_matter_can_look_it_up_by_its_id(
    client_with: Callable[..., APIClient], lena: User, oak: Matter, yew: Matter
) -> None:
    seen = {"id": oak.pk, "name": oak.name, "client": oak.client, "members": None, "walled": None}
    by_password = APIClient()
    by_password.force_login(lena)
    for client in (client_with("read"), by_password):
        assert client.get(f"{MATTERS}/{oak.pk}").json() == seen
        hidden, missing = client.get(f"{MATTERS}/{yew.pk}"), client.get(f"{MATTERS}/999999")
        assert hidden.status_code == 404 and hidden.content == missing.content
    assert client_with("read", matters=[yew]).get(f"{MATTERS}/{oak.pk}").status_code == 404


def test_a_restricted_token_manages_its_matters_only(
    administrator: User, client_with: Callable[..., APIClient], oak: Matter, yew: Matter
) -> None:
    narrow = client_with("matters", matters=[oak])
    assert narrow.get(f"{MATTERS}/{oak.pk}").status_code == 200
    hidden, missing = narrow.get(f"{MATTERS}/{yew.pk}"), narrow.get(f"{MATTERS}/999999")
    assert hidden.status_code == 404 and hidden.content == missing.content
    assert narrow.post(MATTERS, {"name": "New"}, format="json").json()["code"] == "restricted"
    assert narrow.put(f"{MATTERS}/{oak.pk}/members/nobody").status_code == 404
