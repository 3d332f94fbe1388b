"""The parties of the contracts in the answer: included, excluded, counted, however they are spelled."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from contracts.models import Contract, Matter
from search.party_names import company_key
from tests.fakes import FAKE
from tests.web.agreement import AGREEMENT, store_agreement
from tests.web.test_search_filters import ask, facet, numbers
from tests.web.test_search_page import text_of

PARTY = re.compile(r'id="only-party-([^"]+)" class="include"')


@pytest.fixture
def second(lena: Client, oak: Contract) -> Contract:
    """With the same supplier, spelled in another way, and another customer; its clauses are its own."""
    text = AGREEMENT.replace("Northgate Analytics Ltd", "NORTHGATE ANALYTICS, LIMITED")
    text = text.replace("Harbour Retail plc", "Meridian Foods, Inc.").replace("third parties", "other persons")
    return store_agreement(oak.matter, text, "second.txt")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Acme, Ltd.", "ACME LIMITED", True),
        ("Harrow & Lyle LLP", "Harrow and Lyle L.L.P.", True),
        ("The Acme Company", "Acme Co.", True),
        ("Acme S.A.", "Acme SA", True),
        ("Acme Ltd", "Acme GmbH", False),
        ("Acme Ltd", "Acme Holdings Ltd", False),
    ],
)
def test_one_company_however_it_is_spelled(one: str, other: str, same: bool) -> None:
    assert (company_key(one) == company_key(other)) is same


def test_each_party_is_counted_once_by_clause_and_company(lena: Client, second: Contract) -> None:
    response = ask(lena)
    page = response.content.decode()
    assert len(PARTY.findall(page)) == 3
    found = response.context["page"].found
    assert facet(page, 'party-(?i:northgate[^"]+)')[0] == found
    assert facet(page, "party-Meridian_Foods,_Inc.")[0] == facet(page, "party-Harbour_Retail_plc")[0] == found // 2


def test_a_party_is_included_and_excluded_without_reading_again(lena: Client, second: Contract) -> None:
    page = ask(lena).content.decode()
    FAKE.read.clear()
    _, include, exclude = facet(page, "party-Meridian_Foods,_Inc.")
    only, without = lena.get(include), lena.get(exclude)
    contracts = [
        {card.contract.pk for section in answer.context["page"].sections for card in section.cards}
        for answer in (only, without)
    ]
    assert contracts == [{second.pk}, {Contract.objects.exclude(pk=second.pk).get().pk}]
    assert "Party to the contract: Meridian Foods, Inc." in text_of(only)
    assert "Party to the contract: not Meridian Foods, Inc." in text_of(without)
    assert not FAKE.read


def test_an_address_may_spell_it_as_it_likes(lena: Client, second: Contract) -> None:
    response = ask(lena, party="northgate analytics LIMITED")
    assert response.context["page"].shown == response.context["page"].found
    count, off, _ = facet(response.content.decode(), "party-northgate_analytics_LIMITED")
    assert count == response.context["page"].found and "party" not in off
    assert numbers(ask(lena, **{"not-party": "Northgate Analytics Ltd"})) == []


def test_who_is_behind_a_wall_is_not_named(lena: Client, oak: Contract) -> None:
    elm = Matter.objects.create(name="Project Elm")
    elm.members.set(oak.matter.members.all())
    store_agreement(elm, AGREEMENT.replace("Harbour Retail plc", "Walled Garden plc"), "walled.txt")
    assert "Walled Garden plc" in ask(lena).content.decode()
    elm.walled.set(oak.matter.members.all())
    assert "Walled Garden plc" not in ask(lena).content.decode()


def test_of_a_long_list_the_most_frequent_come_first(lena: Client, oak: Contract) -> None:
    for number in range(14):
        party: dict[str, Any] = {"position": 10 + number, "name": f"Guarantor {number:02} Ltd", "start": 0, "end": 0}
        oak.parties.create(**party)
    page = ask(lena).content.decode()
    found = re.search(r"Party to the contract</summary>\s*<ul>(.*?)</ul>(.*?)</ul>", page, re.S)
    assert found and len(PARTY.findall(found[1])) == 12 and len(PARTY.findall(found[2])) == 4
    assert "<summary>All 16 (4 more)</summary>" in found[2]


def test_a_contract_without_parties_says_so(lena: Client, oak: Contract) -> None:
    oak.parties.all().delete()
    page = ask(lena)
    assert facet(page.content.decode(), "party-none")[0] == page.context["page"].found
    assert "No party read" in text_of(page)
