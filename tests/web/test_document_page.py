"""A contract as an answer leads into it, and the way back to the answer as it was shown."""

from __future__ import annotations

import re

from django.test import Client

from contracts.marked_text import Term, TermFinder, TextMark, mark_paragraph
from contracts.models import Contract
from search.models import Search
from tests.web.test_search_page import QUESTION, text_of


def opened(client: Client, oak: Contract, shown: str = "") -> str:
    client.get("/search/", {"q": QUESTION})
    page: str = client.get(f"/search/{Search.objects.get().pk}/contracts/{oak.pk}/{shown}").content.decode()
    return page


def test_all_hits_are_marked_and_lead_to_the_next(lena: Client, oak: Contract) -> None:
    page = opened(lena, oak)
    assert re.search(r'<mark class="hit hit-supported"><span class="visually-hidden">\[Supported: </span>', page)
    assert page.count('<p class="hit-flag') == 3 and "hit-related" in page
    first, second, third = (oak.clauses.get(number=number).pk for number in ("2.1", "2.2", "2.3"))
    flags = re.findall(r'<p class="hit-flag.*?</p>', page)
    assert [re.findall(r'href="#c-(\d+)"', flag) for flag in flags] == [
        [str(second)], [str(first), str(third)], [str(second)]
    ]  # fmt: skip
    assert "3 hits in this contract:" in page
    assert re.findall(r'</span> (2\.\d [A-Z][^<]+)</a></li>', page) == [
        "2.1 Supported", "2.2 Other party", "2.3 Permitted, not required"
    ]  # fmt: skip
    outline = page[page.index('aria-label="Clauses"') : page.index("contract-text")]
    [flagged] = [link for link in re.findall(r"<a .*?</a>", outline, re.DOTALL) if 'class="flag' in link]  # "2."
    assert re.findall(r'<span class="flag label-(\w+)">', flagged) == ["supported", "party_swapped", "modality"]


def test_every_word_of_the_contract_is_still_there_once(lena: Client, oak: Contract) -> None:
    marked, plain = opened(lena, oak), lena.get(f"/contracts/{oak.pk}/").content.decode()
    drop = re.compile(r'<span class="visually-hidden">.*?</span>|<p class="hit-flag.*?</p>')

    def words(page: str) -> str:
        article = page.partition('aria-label="Text of the contract">')[2].partition("</article>")[0]
        return " ".join(re.sub(r"<[^>]+>", "", drop.sub("", article)).split())

    assert words(marked) == words(plain) and "[supported .95]" in words(plain)


def test_defined_terms_bring_their_definition(lena: Client, oak: Contract) -> None:
    page = lena.get(f"/contracts/{oak.pk}/").content.decode()
    uses = re.findall(r'<a class="term" href="#term-(\d+)" aria-describedby="term-\1" data-definition="([^"]+)"', page)
    assert uses and all(f'id="term-{number}"' in page for number, _ in uses)


def test_a_contract_read_anew_has_lost_the_places(lena: Client, oak: Contract) -> None:
    lena.get("/search/", {"q": QUESTION})
    search = Search.objects.get()
    search.hits.update(clause=None)
    page = lena.get(f"/search/{search.pk}/contracts/{oak.pk}/")
    assert "no place in it: it was read anew" in text_of(page) and "<mark" not in page.content.decode()


def test_the_document_of_an_answer_is_for_its_own_user(lena: Client, stranger: Client, oak: Contract) -> None:
    lena.get("/search/", {"q": QUESTION})
    path = f"/search/{Search.objects.get().pk}/contracts/{oak.pk}/"
    assert (lena.get(path).status_code, stranger.get(path).status_code) == (200, 404)
    assert lena.get(f"/search/{Search.objects.get().pk}/contracts/{oak.pk + 9}/").status_code == 404


def test_the_way_back_leads_to_the_answer_as_it_was_shown(lena: Client, oak: Contract) -> None:
    shown = "?mode=opposite&not-verdict=modality&hide=flagged"
    kept = shown.replace("&", "&amp;")
    answer = f"/search/{opened_search(lena)}/"
    for path in (f"{answer}contracts/{oak.pk}/", f"{answer}hits/1/why/", f"{answer}hits/1/compare/"):
        page = lena.get(path + shown).content.decode()
        assert f'href="{answer}{kept}' in page, path
        assert f'href="{answer}' in lena.get(f"{path}?not-verdict=nonsense&with=2").content.decode(), path
    results = lena.get(answer + shown).content.decode()
    assert f"/contracts/{oak.pk}/{kept}#c-" in results and f"/why/{kept}" in results


def opened_search(client: Client) -> str:
    client.get("/search/", {"q": QUESTION})
    return str(Search.objects.get().pk)


def test_marks_and_terms_split_a_paragraph_without_losing_a_character() -> None:
    text = "The Services and the Services Fee and the Services."
    terms = [Term(1, "Services", "analysis", 7), Term(2, "Services Fee", "money", None)]
    marks = [TextMark(110, 134, 3, "supported", "✓", "Supported"), TextMark(120, 140, 3, "value", "#", "Value")]
    runs = mark_paragraph(text, 100, marks, TermFinder(terms).in_clause(3))
    assert "".join(piece.text for run in runs for piece in run.pieces) == text
    assert [(run.mark.key if run.mark else "", len("".join(p.text for p in run.pieces))) for run in runs] == [
        ("", 10), ("supported", 24), ("value", 6), ("", 11)
    ]  # fmt: skip
    whole = mark_paragraph(text, 0, [], TermFinder(terms).in_clause(3))
    assert [piece.term.id for run in whole for piece in run.pieces if piece.term] == [1, 2]
    defining = mark_paragraph(text, 0, [], TermFinder(terms).in_clause(7))
    assert [piece.term.id for run in defining for piece in run.pieces if piece.term] == [2]
