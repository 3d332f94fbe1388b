"""Families: what a contract is to its parent, kept within a matter and free of circles, and shown wherever it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.families import NotRelated, family_of, find_contract, relate, unrelate
from contracts.models import Contract, Matter
from contracts.receive import receive_file, receive_version
from contracts.settle import contract_settled
from contracts.storage import store_reading
from contracts.text.types import Reading
from contracts.trash import move_to_trash


def received(matter: Matter, name: str) -> Contract:
    return receive_file(matter, f"{name}.txt", name.encode()).contract


@pytest.fixture
def family(alpha: Matter) -> dict[str, Contract]:
    """A master with an amendment, which has a schedule, and an order; and one that stands alone."""
    made = {name: received(alpha, name) for name in ("schedule", "order", "amendment", "master", "alone")}
    relate(made["schedule"], made["amendment"], "schedule", None)
    relate(made["amendment"], made["master"], "amendment", None)
    relate(made["order"], made["master"], "order", None)
    return made


@pytest.mark.parametrize("name", ["master", "amendment", "schedule", "order"])
def test_each_of_a_family_shows_the_whole_from_the_top(family: dict[str, Contract], name: str) -> None:
    found = family_of(Contract.objects.get(pk=family[name].pk), Contract.objects.all())
    shown = [(one.contract.file_name, one.contract.relation, one.parent and one.parent.file_name) for one in found]
    assert shown == [
        ("master.txt", "", None),
        ("order.txt", "order", "master.txt"),
        ("amendment.txt", "amendment", "master.txt"),
        ("schedule.txt", "schedule", "amendment.txt"),
    ]


def test_what_was_deleted_is_not_shown_and_divides_nothing(family: dict[str, Contract], alice: User) -> None:
    assert family_of(family["alone"], Contract.objects.all()) == []
    move_to_trash(family["amendment"], alice)
    found = family_of(family["master"], Contract.objects.visible_to(alice))
    assert [(one.contract.file_name, one.parent and one.parent.file_name) for one in found] == [
        ("master.txt", None),
        ("order.txt", "master.txt"),
        ("schedule.txt", None),
    ]


def test_the_family_is_walked_by_levels(family: dict[str, Contract], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(5):  # upwards one, downwards one for each of the three levels, the contracts
        family_of(family["master"], Contract.objects.all())


@pytest.mark.parametrize(
    ("contract", "parent", "relation", "reason"),
    [
        ("master", "master", "amendment", "is “master.txt” itself or hangs on it"),
        ("master", "schedule", "amendment", "“schedule.txt” is “master.txt” itself or hangs on it"),
        ("alone", "master", "annex", "“annex” is no relation. Write one of amendment, exhibit"),
        ("alone", "elsewhere", "exhibit", "belongs to another matter"),
    ],
)
def test_a_relation_that_cannot_be_is_refused(
    family: dict[str, Contract], contract: str, parent: str, relation: str, reason: str
) -> None:
    family["elsewhere"] = received(Matter.objects.create(name="Beta"), "elsewhere")
    with pytest.raises(NotRelated, match=reason):
        relate(family[contract], family[parent], relation, None)
    assert Contract.objects.get(pk=family[contract].pk).parent is None


@pytest.mark.parametrize(
    ("relation", "kind"),
    [("amendment", "amendment"), ("exhibit", "exhibit"), ("schedule", "exhibit"), ("order", "exhibit")],
)
def test_what_somebody_says_goes_before_what_the_words_say(
    alpha: Matter, supply_reading: Reading, alice: User, relation: str, kind: str
) -> None:
    master, other = received(alpha, "master"), received(alpha, "other")
    relate(other, master, relation, alice)
    other.refresh_from_db()
    assert other.kind == kind
    store_reading(other, supply_reading)  # which calls it an amendment
    other.refresh_from_db()
    assert other.kind == kind
    unrelate(other, alice)
    other.refresh_from_db()
    assert (other.state, other.parent, other.relation) == ("received", None, "")
    store_reading(other, supply_reading)
    assert other.kind == "amendment"
    assert AuditEvent.objects.filter(action="related", thing=str(other.pk), username="alice").count() == 2


def test_said_twice_it_is_done_once(family: dict[str, Contract]) -> None:
    relate(family["order"], family["master"], "order", None)
    assert AuditEvent.objects.filter(action="related", thing=str(family["order"].pk)).count() == 1


def test_a_family_follows_to_the_version_that_can_be_read(alpha: Matter) -> None:
    first = receive_version(alpha, "dms", "1", "master.txt", b"one").contract
    Contract.objects.filter(pk=first.pk).update(state="ready")
    amendment = received(alpha, "amendment")
    relate(amendment, first, "amendment", None)
    second = receive_version(alpha, "dms", "1", "master.txt", b"two").contract
    assert Contract.objects.get(pk=amendment.pk).parent == first  # until the second turns out to be readable
    second.state = Contract.State.READY
    contract_settled(second)
    assert Contract.objects.get(pk=amendment.pk).parent == second
    receive_version(alpha, "dms", "1", "master.txt", b"one")
    assert Contract.objects.get(pk=amendment.pk).parent == first


def test_a_contract_is_found_by_what_it_is_called(alpha: Matter) -> None:
    named = receive_version(alpha, "dms", "a/1", "x.txt", b"x").contract
    for content in (b"1", b"2"):
        twin = receive_file(alpha, "twin.txt", content).contract
    elsewhere = received(Matter.objects.create(name="Beta"), "elsewhere")
    for name in ("dms/a/1", "x.txt", str(named.pk)):
        assert find_contract(alpha, name) == named
    assert find_contract(alpha, str(twin.pk)) == twin
    with pytest.raises(NotRelated, match=r"More than one contract of Alpha has the file name twin.txt"):
        find_contract(alpha, "twin.txt")
    for name in ("elsewhere.txt", str(elsewhere.pk), "9" * 30, "dms/a", "no\x00ne"):
        with pytest.raises(NotRelated, match="No contract of Alpha is called"):
            find_contract(alpha, name)


def test_page_and_api_show_the_family(family: dict[str, Contract], alice: User, client: Client) -> None:
    client.force_login(alice)
    page = client.get(f"/contracts/{family['amendment'].pk}/").content.decode()
    assert "<strong>amendment.txt</strong>" in page and "Amendment of master.txt" in page
    assert f'href="/contracts/{family["schedule"].pk}/"' in page and "Schedule of amendment.txt" in page
    assert ">Family<" not in client.get(f"/contracts/{family['alone'].pk}/").content.decode()

    api = APIClient()
    api.force_authenticate(alice)

    def shown(name: str) -> tuple[Any, str, list[int]]:
        found = api.get(f"/api/v1/contracts/{family[name].pk}").json()
        return found["parent"], found["relation"], [one["id"] for one in found["children"]]

    parent = {"id": family["master"].pk, "title": "master.txt", "kind": "main", "relation": ""}
    assert shown("amendment") == (parent, "amendment", [family["schedule"].pk])
    assert shown("master") == (None, "", [family["order"].pk, family["amendment"].pk])
    move_to_trash(family["master"], alice)
    assert shown("amendment") == (None, "amendment", [family["schedule"].pk])


def test_the_list_of_the_api_takes_as_many_queries_for_a_family_as_for_one(
    family: dict[str, Contract], alice: User, django_assert_num_queries: Any
) -> None:
    api = APIClient()
    api.force_authenticate(alice)
    with django_assert_num_queries(8):
        found = api.get("/api/v1/contracts").json()["results"]
    assert len(found) == 5


def test_an_administrator_sets_and_clears_it(family: dict[str, Contract], bob: User, client: Client) -> None:
    family["alone"].matter.members.add(bob)
    client.force_login(bob)
    address = f"/admin/contracts/contract/{family['alone'].pk}/inspect/"

    def change(**data: str) -> str:
        return client.post(address, data, follow=True).content.decode()

    assert "Restatement of master.txt" in change(change="relate", relation="restatement", parent="master.txt")
    assert "Restatement of master.txt" in client.get("/admin/contracts/contract/").content.decode()
    for named, reason in (("none.txt", "No contract of Alpha is called"), (" ", "Write what it belongs to")):
        assert reason in change(change="relate", relation="restatement", parent=named)
    assert "Restatement of master.txt" not in change(change="unrelate")
    assert Contract.objects.get(pk=family["alone"].pk).parent is None
