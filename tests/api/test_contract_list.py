"""Finding contracts again: by what other systems know of them, by what changed, and how far they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from contracts.models import Contract, Matter
from contracts.receive import receive_file, receive_version

CONTRACTS = "/api/v1/contracts"


@pytest.fixture
def named(oak: Matter, elm: Matter) -> dict[str, Contract]:
    made = {
        "first": receive_version(oak, "dms", "4711", "a.txt", b"one").contract,
        "second": receive_version(oak, "dms", "4711", "a.txt", b"two").contract,
        "other": receive_version(elm, "archive", "4711", "b.txt", b"one").contract,
        "plain": receive_file(oak, "c.txt", b"three").contract,
    }
    receive_version(oak, "archive", "17", "a.txt", b"two")  # has two names now
    return made


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"source": "dms", "external_id": "4711"}, ["second"]),
        ({"external_id": "4711"}, ["other", "second"]),
        ({"source": "archive"}, ["other", "second"]),
        ({"source": "dms", "external_id": "17"}, []),  # no name of one system with the id of another
        ({"source": "dms", "external_id": "nothing"}, []),
        ({"external_id": "4711", "matter": "Elm"}, ["other"]),
    ],
)
def test_by_the_names_of_document_systems(
    client: APIClient, named: dict[str, Contract], asked: dict[str, str], found: list[str]
) -> None:
    listed = client.get(CONTRACTS, asked).json()["results"]
    assert [one["id"] for one in listed] == [named[name].pk for name in found]


def test_by_bytes(client: APIClient, named: dict[str, Contract]) -> None:
    listed = client.get(CONTRACTS, {"sha256": named["first"].sha256}).json()["results"]
    assert [one["id"] for one in listed] == [named["other"].pk, named["first"].pk]
    assert client.get(CONTRACTS, {"sha256": "nonsense"}).json()["errors"][0]["pointer"] == "/sha256"


def test_by_what_changed_since(client: APIClient, named: dict[str, Contract]) -> None:
    def changed() -> list[int]:
        return [one["id"] for one in client.get(CONTRACTS, {"changed_since": since.isoformat()}).json()["results"]]

    since = timezone.now()
    assert changed() == []
    Contract.objects.filter(pk=named["plain"].pk).update(state="failed")  # as the worker does it
    assert changed() == [named["plain"].pk]
    receive_version(named["first"].matter, "dms", "4712", "c.txt", b"one")
    assert changed() == [named["plain"].pk, named["first"].pk]
    since -= timedelta(minutes=5)
    assert len(changed()) == 4


@pytest.mark.parametrize(
    ("state", "told", "again"),
    [
        ("received", (None, None), "2"),
        ("reading", ("clauses", 40), "2"),
        ("ready", (None, None), None),
        ("failed", (None, None), None),
    ],
)
def test_how_far_the_reading_is_and_when_to_look_again(
    client: APIClient, oak_contract: Contract, state: str, told: tuple[Any, Any], again: str | None
) -> None:
    Contract.objects.filter(pk=oak_contract.pk).update(state=state, stage="clauses", progress=40)
    answer = client.get(f"{CONTRACTS}/{oak_contract.pk}")
    assert ((answer.json()["stage"], answer.json()["progress"]), answer.get("Retry-After")) == (told, again)
