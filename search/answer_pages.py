"""The answer of a check on several pages: every clause that says it is kept, maybe hundreds. Counts stay whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from urllib.parse import urlencode

from django.http import QueryDict

from contracts.ids import is_id
from search.result_page import Card, PageSection, ResultPage
from search.way_back import CLAUSE

CARDS = 50  # a page
PAGE = "page"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a section begins."""

    title: str
    clauses: int
    number: int  # of the page
    url: str


@dataclass(frozen=True, slots=True)
class AnswerPages:
    number: int  # of the page shown, from 1
    total: int
    places: tuple[Place, ...]
    here: str
    previous: str  # address, or "" on the first page
    next: str


def on_pages(
    page: ResultPage, asked: QueryDict, path: str, kept: Sequence[tuple[str, str]] = ()
) -> tuple[ResultPage, AnswerPages]:
    """``asked`` has the number of the page, or the rank of a clause; ``kept`` goes with the links."""
    begins = [0, *accumulate(len(section.cards) for section in page.sections)]
    total = max(-(-begins[-1] // CARDS), 1)
    number = _number(page.sections, asked, total)

    def url(one: int) -> str:
        fields = urlencode([*kept, *([(PAGE, one)] if one > 1 else [])])
        return f"{path}?{fields}" if fields else path

    def of(begin: int) -> int:
        return min(begin // CARDS + 1, total)

    pages = AnswerPages(
        number=number,
        total=total,
        places=tuple(
            Place(section.title, section.clauses, of(begin), url(of(begin)) + f"#group-{section.key}")
            for section, begin in zip(page.sections, begins, strict=False)
        ),
        here=url(number),
        previous=url(number - 1) if number > 1 else "",
        next=url(number + 1) if number < total else "",
    )
    return replace(page, sections=tuple(_shown(page.sections, begins, number, total))), pages


def _shown(sections: Sequence[PageSection], begins: Sequence[int], number: int, total: int) -> Iterable[PageSection]:
    first = (number - 1) * CARDS
    for section, begin in zip(sections, begins, strict=False):
        cards = section.cards[max(first - begin, 0) : max(first + CARDS - begin, 0)]
        if cards or (not section.cards and min(begin // CARDS + 1, total) == number):
            yield replace(section, cards=cards)


def _number(sections: Sequence[PageSection], asked: QueryDict, total: int) -> int:
    wanted = asked.get(CLAUSE, "")
    if is_id(wanted):
        cards = [card for section in sections for card in section.cards]
        places = (place for place, card in enumerate(cards) if int(wanted) in _ranks(card))
        return next(places, 0) // CARDS + 1
    wanted = asked.get(PAGE, "")
    return min(max(int(wanted), 1), total) if is_id(wanted) else 1


def _ranks(card: Card) -> set[int]:
    under = (rank for one in (*card.twins, *card.items) for rank in _ranks(one))
    return {card.hit.rank, *under}
