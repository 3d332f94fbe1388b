"""A search that is still open, laid out: clauses whose verdict stands, by section. Of the others only their number."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import prefetch_related_objects

from search.candidates import Candidate, best_per_clause
from search.facets import Beside, narrow
from search.hits import ranked, verified_hit
from search.models import OpenSearch
from search.modes import MODES
from search.page_state import PageState
from search.present import HitView, present_hit
from search.result_page import facet_parties
from search.streaming.open import candidates_of, found_words
from search.words.search import words_hit


@dataclass(frozen=True, slots=True)
class OpenSection:
    key: str
    title: str
    hits: tuple[HitView, ...]


@dataclass(frozen=True, slots=True)
class OpenView:
    id: UUID
    eligible: int
    recalled: int
    understood: str  # a Words query in plain words; else ""
    verified: int  # of those, or tried in vain
    beside: int  # read besides, as a near miss stood beside them
    sections: tuple[OpenSection, ...]


def lay_out_open(opened: OpenSearch, state: PageState, user: User) -> OpenView:
    candidates = candidates_of(opened, user)
    read = {one.recalled.passage.pk for one in candidates if str(one.recalled.passage.pk) in opened.verdicts}
    unread = {one.recalled.passage.clause_id for one in candidates if one.recalled.passage.pk not in read}
    beside = len(read.intersection(opened.beside or ()))
    # "Supported" stands whatever else is in the clause; every other verdict, only when all of the clause is read, and
    # that of a near miss when it is known what stands beside it.
    settled = [
        one
        for one in candidates
        if one.recalled.passage.pk in read
        and (one.recalled.passage.clause_id not in unread or one.group == "supported")
        and (one.group != "flagged" or opened.beside is not None or opened.words is not None)
    ]
    shown = best_per_clause(settled)
    prefetch_related_objects([one.recalled.passage for one in shown], "obligations")
    found = _views(opened, shown)
    views = narrow(found, Beside({}, facet_parties(found, user, state)), state)
    sections = (
        OpenSection(section.key, section.title, tuple(view for view in views if section.holds(view)))
        for section in MODES[state.mode].sections
        if not (state.hide_flagged and section.key in MODES[state.mode].hideable)
    )
    return OpenView(
        id=opened.pk,
        eligible=opened.eligible,
        recalled=len(opened.recalled),
        understood=opened.words["understood"] if opened.words else "",
        verified=len(opened.verdicts) - beside,
        beside=beside,
        sections=tuple(section for section in sections if section.hits),
    )


def _views(opened: OpenSearch, candidates: list[Candidate]) -> list[HitView]:
    found = found_words(opened)
    hits = (
        words_hit(found, one.recalled.passage, one.verdict)
        if found
        else verified_hit(opened.query, one.recalled.passage, one.verdict, one.recalled.similarity)
        for one in candidates
    )
    return [present_hit(hit) for hit in ranked(hits)]
