"""When a contract ends, how it is renewed and what money it names: on its page, in the list and in a file."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract
from search.models import Search
from tests.web.agreement import AGREEMENT, store_agreement
from tests.web.test_exported_decisions import rows_of
from tests.web.test_search_page import QUESTION

TERM = """
4. Term

4.1 This Agreement shall remain in effect for three (3) years from the date hereof.

4.2 It shall automatically renew for successive terms of one (1) year unless notice is given at least 60 days before.

5. Fees

5.1 The Customer shall pay £2 million.
"""


@pytest.fixture
def ending(oak: Contract) -> Contract:
    return store_agreement(oak.matter, AGREEMENT + TERM, "ending.txt")


def facts_of(page: str) -> dict[str, str]:
    rows = re.findall(r"<dt>([^<]*)</dt><dd>(.*?)</dd>", page)
    return {name: " ".join(re.sub(r"<[^>]+>", "", value).split()) for name, value in rows}


def test_the_page_says_how_each_was_found_and_leads_to_its_clause(lena: Client, ending: Contract) -> None:
    page = lena.get(reverse("contract", args=[ending.pk])).content.decode()
    facts = facts_of(page)
    assert facts["Ends"] == (
        "1 May 2027 (computed from “three (3) years from the date hereof”, counted from the date of the agreement, "
        "1 May 2024)"
    )
    assert (facts["Renewal"], facts["Renewed for"]) == ("Automatic", "one (1) year")
    assert facts["Notice against renewal"] == "60 days"
    term, fees = ending.clauses.get(number="4.1"), ending.clauses.get(number="5.1")
    assert f'<a href="#c-{term.pk}">1 May 2027</a>' in page
    assert f'<a href="#c-{fees.pk}">£2 million</a>' in page


def test_the_list_is_narrowed_by_end_and_renewal(lena: Client, ending: Contract, oak: Contract) -> None:
    def listed(**asked: str) -> set[int]:
        page = lena.get("/contracts/", asked).content.decode()
        return {int(pk) for pk in re.findall(r'id="contract-(\d+)"', page)}

    assert listed() == {ending.pk, oak.pk}
    assert listed(ends_from="2027-05-01", ends_until="2027-12-31") == {ending.pk}
    assert listed(renewal="automatic") == {ending.pk}
    assert listed(ends_until="2027-04-30") == set()
    assert "Show all" in lena.get("/contracts/", {"ends_until": "2027-04-30"}).content.decode()
    wrong = lena.get("/contracts/", {"ends_from": "soon"}).content.decode()
    assert "Enter a valid date." in wrong


def test_a_search_is_narrowed_by_end_and_says_which_are_left_out(lena: Client, ending: Contract) -> None:
    page = lena.get("/search/", {"q": QUESTION, "ends-from": "2027-01-01"}).content.decode()
    assert "1 contract names no end" in page
    assert set(Search.objects.get().hits.values_list("contract", flat=True)) == {ending.pk}
    assert 'name="ends-from" value="2027-01-01"' in page
    page = lena.get("/search/", {"q": QUESTION, "not-renewal": "automatic"}).content.decode()
    assert "Renewal: not Automatic" in page
    assert ending.pk not in Search.objects.order_by("created_at").last().hits.values_list("contract", flat=True)
    assert lena.get("/search/", {"q": QUESTION, "renewal": "sometimes"}).status_code != 200


def test_a_file_names_the_end_of_each_contract(lena: Client, ending: Contract, oak: Contract) -> None:
    lena.get("/search/", {"q": QUESTION})
    search = Search.objects.get()
    rows = rows_of(lena, f"/search/{search.pk}/export.xlsx")
    told = {(row["Contract ends"] or "", row["Renewal"] or "") for row in rows}
    assert told == {("1 May 2027", "Automatic, one (1) year"), ("", "")}
