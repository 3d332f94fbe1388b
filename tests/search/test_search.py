from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from contracts.models import Matter
from search.filters import Filters
from search.models import Search
from search.present import present_search
from search.query import QueryError
from search.search import search_clauses
from tests.fakes import FakeVerifier
from tests.search.conftest import add_contract

QUERY = "Supplier indemnifies Customer"
SUPPORTED = "Supplier shall indemnify Customer against all claims. [supported .9]"
SWAPPED = "Customer shall indemnify Supplier against all claims. [party_swapped .8]"
RELATED = "Indemnities survive termination."
WALLED_OFF = "Supplier shall indemnify Customer and its bankers. [supported .95]"


@pytest.fixture
def oak(matter: Matter) -> Matter:
    add_contract(matter, [[RELATED], [SWAPPED], [SUPPORTED, RELATED]])
    return matter


def test_hits_are_grouped_and_counted(oak: Matter, lawyer: User, fake_verifier: FakeVerifier) -> None:
    view = present_search(search_clauses("  Supplier\n indemnifies Customer ", lawyer))
    assert view.query == QUERY
    assert [(group.key, [hit.rank for hit in group.hits]) for group in view.groups] == [
        ("supported", [1]), ("flagged", [2]), ("related", [3])
    ]  # fmt: skip
    assert (view.eligible, view.recalled, view.verified) == (4, 4, 4)
    assert (view.supported, view.flagged, view.related, view.not_verified) == (1, 1, 1, 0)
    assert (view.recall_path, view.verifier) == ("exact", "fake-verifier fafafafafafa")


def test_a_hit_says_who_is_who_and_why(oak: Matter, lawyer: User, fake_verifier: FakeVerifier) -> None:
    view = present_search(search_clauses("Vendor indemnifies Harbour Retail plc", lawyer))
    swapped = view.groups[1].hits[0]
    assert swapped.reason == (
        "Here Customer shall indemnify Supplier against all claims; you asked for “Supplier indemnifies Customer”."
    )
    assert swapped.parties == ("Supplier = Northgate Analytics Ltd", "Customer = Harbour Retail plc")
    assert swapped.citation == "Master Services Agreement (1 May 2024), s 2.1, p. 2"
    assert (swapped.icon, swapped.label_text, swapped.probability) == ("⇄", "Other party", 0.8)
    assert [(s.text, s.mark) for s in swapped.segments][:3] == [("Customer", "bearer"), (" ", ""), ("shall", "modal")]
    assert "".join(segment.text for segment in swapped.segments) == SWAPPED


def test_every_candidate_is_verified_and_the_same_text_once(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier
) -> None:
    for _ in range(3):
        add_contract(matter, [[SUPPORTED]])
    add_contract(matter, [[SUPPORTED]], parties=(("Elm Ltd", "Supplier"),))
    search = search_clauses(QUERY, lawyer)
    assert (search.recalled, search.verified, search.hits.count()) == (4, 4, 4)
    as_asked = [pair for pair in fake_verifier.read if pair.query == QUERY]
    assert len(as_asked) == 2  # once for each set of parties
    assert fake_verifier.read[0].parties[0].name == "Northgate Analytics Ltd"


def test_what_could_not_be_read_is_not_verified(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, caplog: Any
) -> None:
    add_contract(matter, [["Supplier shall indemnify Customer. [crash]"]])
    view = present_search(search_clauses(QUERY, lawyer))
    assert (view.recalled, view.verified, view.not_verified) == (1, 0, 1)
    assert view.groups[0].key == "not_verified" and view.groups[0].hits[0].probability is None
    assert "RuntimeError" in caplog.text and "indemnify" not in caplog.text


def test_a_pair_that_cannot_be_read_does_not_cost_the_others_their_verdict(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier
) -> None:
    add_contract(matter, [[SUPPORTED], ["Supplier shall indemnify Customer. [crash]"]])
    view = present_search(search_clauses(QUERY, lawyer))
    assert (view.recalled, view.verified, view.supported, view.not_verified) == (2, 1, 1, 1)


def test_no_time_means_not_verified(oak: Matter, lawyer: User, fake_verifier: FakeVerifier, settings: Any) -> None:
    settings.VERIFY_SECONDS = 0
    search = search_clauses(QUERY, lawyer)
    assert (search.recalled, search.verified) == (4, 0)
    assert set(search.hits.values_list("label", flat=True)) == {"not_verified"}


def test_a_walled_contract_changes_nothing_visible(oak: Matter, lawyer: User, fake_verifier: FakeVerifier) -> None:
    walled = Matter.objects.create(name="Project Elm")
    add_contract(walled, [[WALLED_OFF]])
    before = present_search(search_clauses(QUERY, lawyer))
    walled.members.add(lawyer)
    open_search = search_clauses(QUERY, lawyer)
    assert present_search(open_search).supported == 2
    walled.walled.add(lawyer)
    after = present_search(search_clauses(QUERY, lawyer))
    assert (after.eligible, after.recalled, after.groups) == (before.eligible, before.recalled, before.groups)
    assert [hit.contract_title for group in present_search(open_search).groups for hit in group.hits] == [
        hit.contract_title for group in before.groups for hit in group.hits
    ]
    named = search_clauses(QUERY, lawyer, Filters(matters=(walled.pk,)))
    assert (named.eligible, named.hits.count()) == (0, 0)


def test_filters_narrow(oak: Matter, lawyer: User, fake_verifier: FakeVerifier) -> None:
    other = add_contract(oak, [[SUPPORTED]])
    search = search_clauses(QUERY, lawyer, Filters(contracts=(other.pk,)))
    assert (search.eligible, search.hits.get().contract) == (1, other)
    assert search.filters == {"contracts": [other.pk]}


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (" \n", "The question is empty. Type what"),
        ("\0", "The question is empty. Type what"),
        ("word " * 301, "The question has 301 words; at most 300"),
        ("indemnification " * 200, "word pieces; at most 128"),
        ("x" * 5000, "5000 characters; at most 4000"),
    ],
)
def test_a_query_that_cannot_be_asked(lawyer: User, fake_verifier: FakeVerifier, query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        search_clauses(query, lawyer)
    assert not Search.objects.exists()


def test_command(oak: Matter, lawyer: User, fake_verifier: FakeVerifier, capsys: Any) -> None:
    call_command("search", QUERY)
    text = capsys.readouterr().out
    assert "Near misses and contradictions (1)" in text
    assert "Verified 4 of 4 recalled passages, from 4 that lena may see" in text
    call_command("search", QUERY, "--json", "--user", "lena", "--limit", "2")
    assert json.loads(capsys.readouterr().out)["recalled"] == 2
    with pytest.raises(CommandError, match="There is no user named nobody"):
        call_command("search", QUERY, "--user", "nobody")
