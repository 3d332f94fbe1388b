"""Modes, filters and what the page counts."""

from __future__ import annotations

import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contracts.models import Contract, Matter
from search.models import Search
from tests.fakes import FAKE
from tests.web.agreement import AGREEMENT, store_agreement
from tests.web.test_search_page import HTMX, QUESTION, text_of


def ask(client: Client, **state: Any) -> Any:
    return client.get("/search/", {"q": QUESTION, **state})


def numbers(response: Any) -> list[str]:
    """The clauses shown, in order."""
    return re.findall(r'<h3 id="hit-\d+"><a [^>]+><span class="number">([^<]+)', response.content.decode())


def facet(page: str, value: str) -> tuple[int, str, str]:
    """Count, link to include and link to exclude of one value."""
    found = re.search(
        rf'id="only-{value}" class="include" href="([^"]*)">.*?class="count">(\d+)<.*?class="exclude" href="([^"]*)"',
        page,
        re.S,
    )
    assert found, value
    return int(found[2]), found[1].replace("&amp;", "&"), found[3].replace("&amp;", "&")


def test_the_opposite_comes_first(lena: Client) -> None:
    assert numbers(ask(lena))[:3] == ["2.1", "2.2", "2.3"]
    response = ask(lena, mode="opposite")
    assert numbers(response)[:3] == ["2.2", "2.3", "2.1"]
    assert "The opposite, or the other party 1" in text_of(response)


def test_facets_and_modes_do_not_read_again(lena: Client) -> None:
    ask(lena)
    FAKE.read.clear()
    ask(lena, bearer="Supplier", mode="opposite")
    ask(lena, **{"not-verdict": "supported"}, hide="flagged")
    assert not FAKE.read and Search.objects.count() == 1


def test_a_scope_reads_again_and_is_stored(lena: Client) -> None:
    ask(lena)
    response = ask(lena, kind="amendment")
    assert Search.objects.count() == 2
    assert Search.objects.first().filters == {"kinds": ["amendment"]}  # type: ignore[union-attr]
    assert "in 0 of the 1 contract you may see" in text_of(response)
    assert "None of the 1 contract you may see passes the filters" in text_of(response)


def test_the_type_of_contract_is_a_scope(lena: Client, oak: Contract) -> None:
    count, include, exclude = facet(ask(lena).content.decode(), "type-services")
    assert count == 1
    only = lena.get(include)
    assert "Type of contract: Services" in text_of(only) and "1 supported" in text_of(only)
    assert Search.objects.first().filters == {"types": ["services"]}  # type: ignore[union-attr]
    assert "in 0 of the 1 contract you may see" in text_of(lena.get(exclude))
    Contract.objects.filter(pk=oak.pk).update(contract_type="")
    _, unknown, _ = facet(ask(lena).content.decode(), "type-none")
    assert "Type of contract: Not known" in text_of(lena.get(unknown)) and "type=none" in unknown


def test_a_contract_read_since_is_searched_anew(lena: Client, oak: Contract) -> None:
    ask(lena)
    store_agreement(oak.matter, AGREEMENT.replace("1 May 2024", "2 May 2024"), "second.txt")
    response = ask(lena)
    assert Search.objects.count() == 2
    # Both agreements hold the same clauses: one card each, which names the other contract.
    assert numbers(response)[:3] == ["2.1", "2.2", "2.3"]
    assert "2 supported · 4 near misses" in text_of(response)
    assert "Same text in 1 other contract" in text_of(response)


def test_include_and_exclude_with_counts(lena: Client) -> None:
    page = ask(lena).content.decode()
    count, include, exclude = facet(page, "bearer-Supplier")
    assert count == 2
    included = lena.get(include)
    assert numbers(included) == ["2.1", "2.3"]
    found = Search.objects.get().hits.count()
    assert f"2 of {found} clauses shown, {found - 2} left out by your filters" in text_of(included)
    assert "Who bears the duty: Supplier" in text_of(included)
    assert not {"2.1", "2.3"} & set(numbers(lena.get(exclude)))
    # The facet itself goes on counting what it leaves out, and taking it off brings everything back.
    count, off, _ = facet(included.content.decode(), "bearer-Supplier")
    assert count == 2 and numbers(lena.get(off)) == numbers(ask(lena))


def test_heading_words(lena: Client) -> None:
    indemnities = {"2.1", "2.2", "2.3"}  # not the heading 2 itself, which states nothing
    assert set(numbers(ask(lena, heading="indemnities"))) == indemnities
    assert not indemnities & set(numbers(ask(lena, **{"not-heading": "Indemnities"})))


def test_heading_words_are_whole_words_and_all_of_them(lena: Client) -> None:
    shown = numbers(ask(lena))
    assert numbers(ask(lena, heading="indemn")) == []  # part of a word
    for words in ("Indemnities of directors", "demni", "§"):
        assert numbers(ask(lena, **{"not-heading": words})) == shown, words


def test_the_heading_filter_is_sent_again_while_no_answer_shows_its_field(lena: Client, settings: Any) -> None:
    hidden = '<input type="hidden" form="search-form" name="not-heading" value="Notices">'
    streaming = lena.get("/search/", {"q": QUESTION, "not-heading": "Notices"}, headers=HTMX).content.decode()
    assert 'id="verifying"' in streaming and hidden in streaming
    assert hidden not in ask(lena, **{"not-heading": "Notices"}).content.decode()  # the answer has the field itself
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"
    unavailable = lena.get("/search/", {"q": "The Supplier pays", "not-heading": "Notices"})
    assert unavailable.status_code == 503 and hidden in unavailable.content.decode()


def test_a_scope_facet_counts_what_the_other_scope_filters_leave(lena: Client, oak: Contract) -> None:
    elm = Matter.objects.create(name="Project Elm")
    elm.members.set(oak.matter.members.all())
    other = store_agreement(elm, AGREEMENT.replace("1 May 2024", "2 June 2019"), "elm.txt")
    Contract.objects.filter(pk=other.pk).update(governing_law="Ohio")
    Contract.objects.filter(pk=oak.pk).update(governing_law="Scots law")

    def counts(name: str, **state: Any) -> dict[str, str]:
        page = ask(lena, **state).content.decode()
        return dict(re.findall(rf'id="only-{name}-([^"]+)".*?class="count">(\d+)<', page, re.S))

    assert counts("law") == {"Scotland": "1", "Ohio": "1"}
    assert counts("law", matter=elm.pk) == {"Ohio": "1"}
    assert counts("matter", matter=elm.pk) == {str(oak.matter_id): "1", str(elm.pk): "1"}
    assert counts("matter", **{"not-law": "Ohio"}) == {str(oak.matter_id): "1"}
    assert counts("law", until="2020-01-01") == {"Ohio": "1"}
    assert counts("law", contract=oak.pk) == {"Scotland": "1"}


def test_hidden_clauses_leave_their_count(lena: Client) -> None:
    response = ask(lena, hide="flagged")
    page = text_of(response)
    assert "2.2" not in numbers(response)
    assert "1 supported · 2 near misses" in page and "2 flagged hidden by you" in page
    assert "2 clauses hidden by your setting. Show them" in page
    assert "2.2" in numbers(ask(lena, hide="flagged", mode="opposite"))  # there they are what was asked for


def test_filters_that_leave_nothing_say_which(lena: Client) -> None:
    page = text_of(ask(lena, verdict="supported", bearer="Customer"))
    assert "No clause passes your filters" in page
    assert "Without “Verification” there is 1." in page and "Without “Who bears the duty” there is 1." in page


def test_what_the_address_does_not_mean_is_refused(lena: Client) -> None:
    response = ask(lena, bearrer="Supplier")
    assert response.status_code == 422 and "“bearrer” is no filter." in text_of(response)
    assert not Search.objects.exists()


def test_a_date_filter_says_what_it_cannot_place(lena: Client, oak: Contract) -> None:
    Contract.objects.filter(pk=oak.pk).update(agreement_date="03/04/2021", effective_date="")
    page = text_of(ask(lena, **{"from": "2000-01-01"}))
    assert "1 contract has no date that could be read; a date filter leaves it out." in page
    assert "Dated from: 2000-01-01" in page and "0 near misses" in page


def test_counts_and_names_stay_within_the_user_s_rights(lena: Client) -> None:
    walled = Matter.objects.create(pk=999_998, name="Project Elm")  # a number that stands nowhere else on the page
    contract = store_agreement(walled, AGREEMENT.replace("Customer", "Borrower"), "walled.txt")
    Contract.objects.filter(pk=contract.pk).update(governing_law="Ruritania")
    page = ask(lena).content.decode()
    assert "Project Oak" in page
    assert not re.search("Project Elm|Ruritania|Borrower", page)
    # A matter behind a wall and one that does not exist answer alike.
    answers = [ask(lena, matter=pk).content.decode().replace(str(pk), "N") for pk in (walled.pk, 999_999)]
    stored = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+\.\d s|\d\d:\d\d UTC|value=\"\w{64}\"")
    assert stored.sub("", answers[0]) == stored.sub("", answers[1])


def test_no_query_per_clause(lena: Client, oak: Contract) -> None:
    ask(lena)
    with CaptureQueriesContext(connection) as few:
        ask(lena, heading="indemnities")
    with CaptureQueriesContext(connection) as many:
        ask(lena)
    assert len(many) == len(few)


def test_htmx_puts_the_short_address_into_the_browser(lena: Client) -> None:
    response = lena.get("/search/", {"q": "claims", "mode": "support", "from": "", "heading": ""}, headers=HTMX)
    assert response.headers["HX-Push-Url"] == "/search/?q=claims"


def test_a_stored_answer_can_be_narrowed(lena: Client) -> None:
    ask(lena)
    response = lena.get(f"/search/{Search.objects.get().pk}/", {"bearer": "Customer"})
    assert numbers(response) == ["2.2"]
    assert Search.objects.count() == 1


def test_the_builder_writes_a_line_and_searches_nothing(lena: Client) -> None:
    parts = {"who": "Supplier", "must": "must-not", "what": "share data with", "whom": "", "when": ""}
    page = lena.get("/search/build/", parts).content.decode()
    assert 'value="Supplier must not share data with"' in page
    assert '<option value="Customer"></option>' in page and not Search.objects.exists()
    line = lena.get("/search/build/", parts, headers=HTMX).content.decode()
    assert line.startswith('<input id="q"')


def test_marks_are_named_for_screen_readers(lena: Client, oak: Contract) -> None:
    words = "The Supplier shall not assign, unless the Customer agrees, its rights [negated .9]."
    store_agreement(oak.matter, AGREEMENT.replace("Notices of claims shall be given in writing.", words), "other.txt")
    page = text_of(ask(lena))
    assert "[party bound: Supplier]" in page and "[negation: shall not]" in page and "[action: assign]" in page
    assert "[exception or condition: unless the Customer agrees]" in page


def test_members_see_the_roles_of_their_contracts_only(stranger: Client) -> None:
    assert b'<option value="Customer">' not in stranger.get("/search/").content


def test_values_keep_their_own_order_and_what_is_not_said_comes_last(lena: Client) -> None:
    page = ask(lena).content.decode()
    values = re.findall(r'id="only-(\w+)-([^"]+)" class="include"', page)
    assert [value for name, value in values if name == "verdict"][:3] == ["supported", "party_swapped", "modality"]
    bearers = [value for name, value in values if name == "bearer"]
    assert bearers[-1] == "none" and bearers[0] == "Supplier"  # whom two clauses bind


def test_clauses_are_sorted_within_their_sections(lena: Client, oak: Contract) -> None:
    newer = (
        AGREEMENT.replace("1 May 2024", "2 June 2025")
        .replace("MASTER", "NEWER")
        .replace("supported .95", "supported .91")
    )
    store_agreement(oak.matter, newer, "newer.txt")

    def titles(sort: str) -> list[str]:
        page = lena.get("/search/", {"q": QUESTION, "sort": sort}).content.decode()
        cards = re.findall(r'class="card label-supported".*?<cite>([A-Z]+)', page, re.DOTALL | re.IGNORECASE)
        assert len(re.findall(r'<p class="sort".*?<strong>', page)) == 1
        assert sort == "relevance" or f"?sort={sort}" in page[page.index("action-compare") - 200 :]
        return [title.split()[0].upper() for title in cards]

    assert [titles(sort) for sort in ("relevance", "date", "contract")] == [
        ["MASTER", "NEWER"], ["NEWER", "MASTER"], ["MASTER", "NEWER"],
    ]  # fmt: skip
