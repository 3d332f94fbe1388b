"""A hit among the clauses around it: those above it, its neighbours, and the defined terms they use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from contracts.marked_text import Run, Term
from contracts.models import Clause
from contracts.outline import ClauseText, lay_out
from contracts.views import defined_terms
from search.document import hit_marks
from search.models import Hit

BESIDE = 2  # clauses before and after
MOST_BESIDE = 700  # characters shown of each of them
MOST_HERE = 1800  # and of the hit's own clause, on either side of it

Paragraph = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Near:
    clause: ClauseText
    number: str  # "" where the written words begin with it, or with its last part: "(b)"
    here: bool  # the hit's own clause
    cut_before: bool = False
    cut_after: bool = False
    gap: bool = False  # clauses between it and the one before are left out


@dataclass(frozen=True, slots=True)
class Surroundings:
    clauses: tuple[Near, ...]  # in the order of the contract
    terms: tuple[Term, ...]  # used in them
    previous: int | None  # ranks of the hits before and after in the contract, which are not only related
    next: int | None


def surroundings_of(hit: Hit) -> Surroundings | None:
    """None when its contract was read anew since, so that its place is lost."""
    if hit.clause_id is None or hit.contract is None:
        return None
    clauses = list(hit.contract.clauses.all())
    shown = _around(clauses, hit.clause_id)
    others = list(hit.search.visible_hits().filter(contract=hit.contract_id).order_by("start", "rank"))
    laid_out = lay_out(hit.contract.text, shown, defined_terms(hit.contract, clauses), hit_marks(others))
    near = [_near(one, clause, hit) for one, clause in zip(laid_out, shown, strict=True)]
    places = [clause.position for clause in shown]
    gaps = [one - before > 1 for before, one in zip([places[0], *places], places, strict=False)]
    runs = (run for one in near for paragraph in one.clause.paragraphs for run in paragraph)
    terms = {piece.term.id: piece.term for run in runs for piece in run.pieces if piece.term}
    before, after = _neighbours(others, hit)
    return Surroundings(
        tuple(replace(one, gap=gap) for one, gap in zip(near, gaps, strict=True)), tuple(terms.values()), before, after
    )


def _around(clauses: Sequence[Clause], clause_id: int) -> list[Clause]:
    """The clauses above it, however far, and its neighbours on the page."""
    place = next(number for number, clause in enumerate(clauses) if clause.pk == clause_id)
    shown = {clause.pk for clause in clauses[max(place - BESIDE, 0) : place + BESIDE + 1]}
    of_id = {clause.pk: clause for clause in clauses}
    above = clauses[place].parent_id
    while above is not None:
        shown.add(above)
        above = of_id[above].parent_id
    return [clause for clause in clauses if clause.pk in shown]


def _near(laid_out: ClauseText, clause: Clause, hit: Hit) -> Near:
    paragraphs = laid_out.paragraphs
    here = clause.pk == hit.clause_id
    first = 0
    if here:
        marked = next((number for number, one in enumerate(paragraphs) if _holds(one, hit)), 0)
        first = marked - _fitting(reversed(paragraphs[:marked]), MOST_HERE)
        end = marked + 1 + _fitting(paragraphs[marked + 1 :], MOST_HERE)
    else:
        end = max(_fitting(paragraphs, MOST_BESIDE), 1)
    kept = replace(laid_out, paragraphs=paragraphs[first:end])
    return Near(kept, _unwritten_number(laid_out), here, first > 0, end < len(paragraphs))


def _unwritten_number(clause: ClauseText) -> str:
    runs = clause.paragraphs[0] if clause.paragraphs else ()
    written = clause.heading or "".join(piece.text for run in runs for piece in run.pieces)
    item = clause.citation[clause.citation.rfind("(") :] if "(" in clause.citation else clause.citation
    return "" if written.startswith(item) else clause.citation


def _holds(paragraph: Paragraph, hit: Hit) -> bool:
    return any(run.mark is not None and run.mark.start == hit.start for run in paragraph)


def _fitting(paragraphs: Iterable[Paragraph], most: int) -> int:
    """How many of them have so many characters together."""
    number = 0
    for paragraph in paragraphs:
        most -= sum(len(piece.text) for run in paragraph for piece in run.pieces)
        if most < 0:
            break
        number += 1
    return number


def _neighbours(hits: Sequence[Hit], hit: Hit) -> tuple[int | None, int | None]:
    steps = [one for one in hits if one.clause_id is not None and (one.label != "unrelated" or one.rank == hit.rank)]
    place = next(number for number, one in enumerate(steps) if one.rank == hit.rank)
    before = steps[place - 1].rank if place else None
    return before, steps[place + 1].rank if place + 1 < len(steps) else None
