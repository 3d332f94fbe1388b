"""Families that the words of contracts name: proposed in either order of arrival, decided by a person, never silent."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.families import unrelate
from contracts.models import Contract, Matter, NamedParent
from contracts.proposals import proposal_of, propose_families
from contracts.receive import receive_file, receive_version
from contracts.settle import contract_settled
from contracts.storage import store_reading
from contracts.text.reading import read_contract
from contracts.trash import move_to_trash

MASTER = """SUPPLY AGREEMENT

This Supply Agreement is made on 1 May 2021 between Tarn Mills Ltd ("Supplier") and Moor Stores plc ("Customer").

1. Delivery. The Supplier shall deliver the goods.
"""
AMENDMENT = """FIRST AMENDMENT TO SUPPLY AGREEMENT

This First Amendment is made on 1 June 2023 between Tarn Mills Ltd ("Supplier") and Moor Stores plc ("Customer").

WHEREAS the parties entered into that certain Supply Agreement dated 1 May 2021.

1. Price. The Customer shall pay more.
"""


def read(matter: Matter, name: str, words: str) -> Contract:
    """Received and read, as the worker does it."""
    contract = receive_file(matter, name, words.encode()).contract
    return read_on(contract, words)


def read_on(contract: Contract, words: str) -> Contract:
    store_reading(contract, read_contract(words.encode(), contract.file_name, lambda text: len(text.split())))
    contract_settled(contract)
    propose_families(contract)
    return Contract.objects.get(pk=contract.pk)


def proposed(contract: Contract) -> Contract | None:
    named = proposal_of(Contract.objects.get(pk=contract.pk))
    return named.proposed if named else None


@pytest.fixture
def master(alpha: Matter) -> Contract:
    return read(alpha, "master.txt", MASTER)


@pytest.fixture
def amendment(alpha: Matter, master: Contract) -> Contract:
    return read(alpha, "amendment.txt", AMENDMENT)


@pytest.fixture
def page(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def test_it_is_proposed_in_either_order_and_nothing_is_linked(alpha: Matter, amendment: Contract) -> None:
    assert amendment.parent is None
    other = Matter.objects.create(name="Beta")
    first = read(other, "amendment.txt", AMENDMENT)
    assert proposed(first) is None  # the agreement of another matter is none of its family
    later = read(other, "master.txt", MASTER)
    assert proposed(first) == later
    assert {one.parent for one in Contract.objects.all()} == {None}


def test_a_member_accepts_on_the_page(page: Client, master: Contract, amendment: Contract) -> None:
    shown = page.get(f"/contracts/{amendment.pk}/").content.decode()
    assert "Its words name “Supply Agreement” of 1 May 2021." in shown and f"/contracts/{master.pk}/" in shown
    answer = page.post(f"/contracts/{amendment.pk}/family/", {"decision": "accept", "parent": master.pk}, follow=True)
    amendment.refresh_from_db()
    assert (amendment.parent, amendment.relation, amendment.kind) == (master, "amendment", "amendment")
    assert (
        "Its words name" not in answer.content.decode() and "Amendment of SUPPLY AGREEMENT" in answer.content.decode()
    )
    assert AuditEvent.objects.get(action="related").username == "alice"


def test_what_was_refused_is_not_proposed_again(
    page: Client, alpha: Matter, master: Contract, amendment: Contract
) -> None:
    page.post(f"/contracts/{amendment.pk}/family/", {"decision": "refuse", "parent": master.pk})
    assert (proposed(amendment), AuditEvent.objects.get(action="related").change) == (None, "proposed > refused")
    read_on(amendment, AMENDMENT)
    assert proposed(amendment) is None
    twin = read(alpha, "signed copy.txt", MASTER + "\n")
    assert proposed(amendment) == twin


def test_what_was_taken_out_of_the_family_is_not_proposed_again(
    alpha: Matter, master: Contract, amendment: Contract
) -> None:
    Contract.objects.filter(pk=amendment.pk).update(parent=master, relation="amendment")
    assert proposed(amendment) is None  # decided
    unrelate(amendment, None)
    read_on(amendment, AMENDMENT)
    assert proposed(amendment) is None


@pytest.mark.parametrize(
    ("sent", "status", "told"),
    [
        ({"decision": "accept", "parent": "0"}, 302, "no longer what is proposed"),
        ({"decision": "accept"}, 302, "no longer what is proposed"),
        ({"decision": "perhaps"}, 404, ""),
    ],
)
def test_only_what_was_shown_is_decided(
    page: Client, amendment: Contract, sent: dict[str, str], status: int, told: str
) -> None:
    answer = page.post(f"/contracts/{amendment.pk}/family/", sent)
    assert answer.status_code == status
    assert not told or told in page.get(f"/contracts/{amendment.pk}/").content.decode()
    assert Contract.objects.get(pk=amendment.pk).parent is None


def test_a_stranger_finds_nothing_to_decide(client: Client, master: Contract, amendment: Contract) -> None:
    client.force_login(User.objects.create(username="carl"))
    sent = {"decision": "accept", "parent": master.pk}
    assert client.post(f"/contracts/{amendment.pk}/family/", sent).status_code == 404


def test_an_administrator_decides_in_the_inspector(
    client: Client, alpha: Matter, bob: User, master: Contract, amendment: Contract
) -> None:
    alpha.members.add(bob)
    client.force_login(bob)
    url = f"/admin/contracts/contract/{amendment.pk}/inspect/"
    assert "proposed as amendment of" in client.get(url).content.decode()
    client.post(url, {"change": "accept", "parent": master.pk})
    assert Contract.objects.get(pk=amendment.pk).parent == master


def test_rest_shows_it_until_it_is_decided(alpha: Matter, alice: User, master: Contract, amendment: Contract) -> None:
    client = APIClient()
    client.force_authenticate(alice)
    shown = {one["id"]: one["proposed_parent"] for one in client.get("/api/v1/contracts").json()["results"]}
    told = {
        "id": master.pk,
        "title": "SUPPLY AGREEMENT",
        "relation": "amendment",
        "named": "Supply Agreement 1 May 2021",
    }
    assert shown == {master.pk: None, amendment.pk: told}
    move_to_trash(master, alice)
    assert client.get(f"/api/v1/contracts/{amendment.pk}").json()["proposed_parent"] is None


def test_a_proposal_follows_to_the_next_version(alpha: Matter) -> None:
    first = read_on(receive_version(alpha, "dms", "1", "master.txt", MASTER.encode()).contract, MASTER)
    amendment = read(alpha, "amendment.txt", AMENDMENT)
    assert proposed(amendment) == first
    later = MASTER.replace("deliver", "send")
    second = read_on(receive_version(alpha, "dms", "1", "master.txt", later.encode()).contract, later)
    assert proposed(amendment) == second
    again = receive_version(alpha, "dms", "1", "master.txt", MASTER.encode())
    assert again.duplicate and proposed(amendment) == first


def test_words_that_no_longer_name_one_propose_nothing(amendment: Contract) -> None:
    read_on(amendment, MASTER.replace("1 May", "2 May"))
    assert not NamedParent.objects.filter(contract=amendment).exists()


def test_the_list_leads_to_what_is_to_be_decided(
    page: Client, alpha: Matter, master: Contract, amendment: Contract, django_assert_num_queries: Any
) -> None:
    shown = page.get("/contracts/").content.decode()
    assert "1 contract may belong to another one" in shown and f"/contracts/{amendment.pk}/#family-title" in shown
    only = page.get("/contracts/?proposals").content.decode()
    assert f'id="contract-{amendment.pk}"' in only and f'id="contract-{master.pk}"' not in only
    with CaptureQueriesContext(connection) as one:
        page.get("/contracts/?proposals")
    read(alpha, "second.txt", AMENDMENT.replace("FIRST", "SECOND").replace("1 June", "2 June"))
    with django_assert_num_queries(len(one)):
        assert "SECOND AMENDMENT" in page.get("/contracts/?proposals").content.decode()
    for named in NamedParent.objects.all():
        page.post(f"/contracts/{named.pk}/family/", {"decision": "refuse", "parent": master.pk})
    assert "Nothing is left to decide." in page.get("/contracts/?proposals").content.decode()
    assert "may belong to another one" not in page.get("/contracts/").content.decode()
