"""PATCH of a contract: what it belongs to and its title, kept as the inspector keeps them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.families import relate
from contracts.models import Contract, Correction, Matter
from contracts.receive import receive_file, receive_version
from contracts.trash import move_to_trash

CONTRACTS = "/api/v1/contracts"


@pytest.fixture
def made(oak: Matter, elm: Matter) -> dict[str, Contract]:
    """A master with an amendment; one that stands alone; two of one name, one deleted, one of another matter."""
    made = {name: receive_file(oak, f"{name}.txt", name.encode()).contract for name in ("amendment", "alone", "gone")}
    made["master"] = receive_version(oak, "dms", "4711", "master.txt", b"master").contract
    for content in (b"1", b"2"):
        receive_file(oak, "twin.txt", content)
    made["elsewhere"] = receive_file(elm, "elsewhere.txt", b"elsewhere").contract
    Contract.objects.update(state="ready")
    relate(made["amendment"], made["master"], "amendment", None)
    Contract.objects.filter(pk=made["gone"].pk).update(deleted_at=made["gone"].received_at)
    return made


def change(client: APIClient, contract: Contract, body: Any, **headers: str) -> Any:
    written = json.dumps(body)  # which, unlike the client, can write a lone surrogate
    return client.patch(f"{CONTRACTS}/{contract.pk}", written, content_type="application/json", headers=headers)


@pytest.mark.parametrize("named", ["id", "dms/4711", "master.txt"])
def test_a_contract_is_put_into_a_family(client: APIClient, made: dict[str, Contract], lena: User, named: str) -> None:
    parent = made["master"].pk if named == "id" else named
    answer = change(client, made["alone"], {"parent": parent, "relation": "order"})
    assert answer.status_code == 200
    shown = {"id": made["master"].pk, "title": "master.txt", "kind": "main", "relation": ""}
    assert (answer.json()["parent"], answer.json()["relation"]) == (shown, "order")
    assert answer.json()["kind"] == "exhibit"
    assert answer.json() == client.get(f"{CONTRACTS}/{made['alone'].pk}").json()
    [event] = AuditEvent.objects.filter(action="related", thing=str(made["alone"].pk))
    assert event.username == "lena" and event.token is not None


@pytest.mark.parametrize(
    ("body", "parent", "relation", "state"),
    [
        ({"relation": "restatement"}, "master", "restatement", "ready"),
        ({"parent": "alone.txt"}, "alone", "amendment", "ready"),
        ({"parent": None}, None, "", "received"),  # to be read again, for its kind is in its words
        ({"parent": None, "relation": ""}, None, "", "received"),
        ({"parent": "master.txt", "relation": "amendment"}, "master", "amendment", "ready"),
        ({}, "master", "amendment", "ready"),
    ],
)
def test_only_what_is_sent_changes(
    client: APIClient, made: dict[str, Contract], body: Any, parent: str | None, relation: str, state: str
) -> None:
    assert change(client, made["amendment"], body).status_code == 200
    kept = Contract.objects.get(pk=made["amendment"].pk)
    assert (kept.parent, kept.relation, kept.state) == (parent and made[parent], relation, state)


def test_what_is_so_already_is_neither_read_again_nor_recorded(client: APIClient, made: dict[str, Contract]) -> None:
    Contract.objects.filter(pk=made["alone"].pk).update(title="Supply")
    for body in ({"parent": None}, {"parent": None, "relation": ""}, {"relation": ""}, {"title": " Supply "}):
        assert change(client, made["alone"], body).status_code == 200
    assert Contract.objects.get(pk=made["alone"].pk).state == "ready"
    assert not AuditEvent.objects.filter(action="related", thing=str(made["alone"].pk)).exists()


def test_a_title_is_a_correction_that_the_next_reading_has(
    client: APIClient, made: dict[str, Contract], lena: User
) -> None:
    answer = change(client, made["alone"], {"title": "Supply  Agreement"}).json()
    assert (answer["title"], answer["state"]) == ("Supply Agreement", "received")
    [kept] = Correction.objects.active()
    assert (kept.contract, kept.field, kept.new_value, kept.made_by) == (
        made["alone"],
        "title",
        "Supply Agreement",
        lena,
    )


@pytest.mark.parametrize(
    ("contract", "body", "pointer", "told"),
    [
        ("alone", {"parent": "none.txt", "relation": "order"}, "/parent", "No contract of Oak is called “none.txt”"),
        ("alone", {"parent": "elsewhere.txt", "relation": "order"}, "/parent", "No contract of Oak"),
        ("alone", {"parent": "gone.txt", "relation": "order"}, "/parent", "No contract of Oak"),
        ("alone", {"parent": "twin.txt", "relation": "order"}, "/parent", "Write its number instead"),
        ("alone", {"parent": 10**30, "relation": "order"}, "/parent", "No contract of Oak"),
        ("alone", {"parent": "\ud800", "relation": "order"}, "/parent", "No contract of Oak"),
        ("alone", {"parent": True, "relation": "order"}, "/parent", "Write a contract's id"),
        ("master", {"parent": "amendment.txt", "relation": "order"}, "/parent", "hangs on it"),
        ("alone", {"parent": "master.txt", "relation": "annex"}, "/relation", "not a valid choice"),
        ("alone", {"parent": "master.txt"}, "/relation", "Send both"),
        ("alone", {"relation": "order"}, "/relation", "Send both"),
        ("amendment", {"relation": ""}, "/relation", "only parent as null"),
        ("amendment", {"parent": None, "relation": "order"}, "/relation", "only parent as null"),
        ("alone", {"title": "x" * 301}, "/title", "300"),
        ("alone", {"kind": ""}, "/kind", "Every contract has a kind."),
        ("amendment", {"kind": "main"}, "/kind", "“Amendment of”. Change that relation"),
        ("alone", {"matter": "Elm"}, "/matter", "Unknown field. Known fields: parent, relation, title, kind,"),
        ("alone", {"title": "Supply", "parent": "none.txt"}, "/parent", "No contract of Oak"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field_and_changes_nothing(
    client: APIClient, made: dict[str, Contract], contract: str, body: Any, pointer: str, told: str
) -> None:
    before = client.get(f"{CONTRACTS}/{made[contract].pk}").json()
    answer = change(client, made[contract], body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    [error] = answer.json()["errors"]
    assert error["pointer"] == pointer and told in error["detail"]
    assert client.get(f"{CONTRACTS}/{made[contract].pk}").json() == before


def test_it_wants_its_scope_its_matter_and_the_etag_that_was_seen(
    client: APIClient, client_with: Callable[..., APIClient], made: dict[str, Contract], elm: Matter, lena: User
) -> None:
    body = {"parent": "master.txt", "relation": "order"}
    alone = made["alone"]
    assert change(client_with("read", "search", "delete"), alone, body).status_code == 403
    missing = change(client, Contract(pk=999999), body)
    assert missing.status_code == 404
    assert change(client_with("upload", matters=[elm]), alone, body).json() == missing.json()
    seen = client.get(f"{CONTRACTS}/{alone.pk}")["ETag"]
    Contract.objects.filter(pk=alone.pk).update(relation="order")
    assert change(client, alone, body, if_match=seen).status_code == 412
    assert Contract.objects.get(pk=alone.pk).parent is None
    assert change(client, alone, body, if_match=client.get(f"{CONTRACTS}/{alone.pk}")["ETag"]).status_code == 200
    move_to_trash(alone, lena)
    assert change(client, alone, body).status_code == 404
