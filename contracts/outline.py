"""A stored contract laid out for reading: its text clause by clause, and the tree of its headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from contracts.amendments import Amended
from contracts.marked_text import LIGHT, Run, Term, TermFinder, TextMark, mark_paragraph
from contracts.models import Clause

LONGEST_LABEL = 70


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One clause on the page. Written heading and paragraphs together are all words of the clause's span."""

    id: int
    kind: str
    level: int  # 0 for top level
    citation: str  # "12.3(b)"; "" where the written words begin with it
    heading: str  # with its number, as written; "" when it has none
    paragraphs: tuple[tuple[Run, ...], ...]
    page: int | None  # where this clause begins a new page, else None
    marks: tuple[TextMark, ...] = ()  # that begin here
    amended: tuple[Amended, ...] = ()

    @property
    def heading_tag(self) -> str:
        """The document's title is the page's h1, so clauses begin at h2."""
        return f"h{min(self.level + 2, 6)}"


@dataclass(frozen=True, slots=True)
class OutlineNode:
    id: int
    number: str
    label: str
    children: list[OutlineNode] = field(default_factory=list)
    # The first of each kind in its own words, and in those of clauses below it that have no node.
    flags: list[TextMark] = field(default_factory=list)


def lay_out(
    text: str,
    clauses: Sequence[Clause],
    terms: Sequence[Term] = (),
    marks: Sequence[TextMark] = (),
    amended: Mapping[int, tuple[Amended, ...]] | None = None,
) -> tuple[ClauseText, ...]:
    finder = TermFinder(terms)
    laid_out: list[ClauseText] = []
    page: int | None = None
    for clause in clauses:
        whole = text[clause.start : clause.end]
        written = whole.strip()
        heading, body = split_heading(written, clause.heading)
        body_start = clause.start + len(whole.rstrip()) - len(body)
        laid_out.append(
            ClauseText(
                id=clause.pk,
                kind=clause.kind,
                level=clause.level,
                citation="" if written.startswith(clause.number) else clause.number,
                heading=heading,
                paragraphs=tuple(_paragraphs(body, body_start, clause.pk, finder, marks)),
                page=clause.page if clause.page != page else None,
                marks=tuple(mark for mark in marks if mark.clause_id == clause.pk),
                amended=(amended or {}).get(clause.pk, ()),
            )
        )
        page = clause.page
    return tuple(laid_out)


def _paragraphs(
    body: str, start: int, clause_id: int, finder: TermFinder, marks: Sequence[TextMark]
) -> Iterable[tuple[Run, ...]]:
    """``body`` stands at ``start`` of the contract."""
    terms = finder.in_clause(clause_id)
    here = [mark for mark in marks if mark.start < start + len(body) and mark.end > start]
    for line in body.splitlines(keepends=True):
        words = line.strip()
        if words:
            yield mark_paragraph(words, start + len(line) - len(line.lstrip()), here, terms)
        start += len(line)


def split_heading(written: str, heading: str) -> tuple[str, str]:
    """The words up to the end of the heading, and the rest. No heading is found when other words stand before it.

    The term of a definition ("Forecast" means ...) names its clause, but stands in its sentence.
    """
    begin = written.find(heading) if heading else -1
    before = written[: max(begin, 0)]
    # Only a number ("12.", "SECTION 4 -", "(a)") may stand before it.
    if begin < 0 or len(before) > 30 or before.count(" ") > 3:
        return "", written
    end = begin + len(heading)
    quoted = before.endswith(('"', "\u201c"))
    while end < len(written) and written[end] in ('.:;"\u201d' if quoted else ".:;"):
        end += 1
    if quoted and written[end:].lstrip(" ")[:1] not in {"", "\n"}:
        return "", written
    return " ".join(written[:end].split()), written[end:]


def outline(clauses: Sequence[Clause], marks: Sequence[TextMark] = ()) -> list[OutlineNode]:
    """The clauses with a heading, and the top level, as a tree. A node whose parent is left out moves up."""
    roots: list[OutlineNode] = []
    nodes: dict[int, OutlineNode] = {}  # clause id -> its node, or that of its nearest ancestor with one
    for clause in clauses:
        above = nodes.get(clause.parent_id) if clause.parent_id is not None else None
        if clause.heading or (clause.level == 0 and clause.number):
            node = OutlineNode(clause.pk, clause.number, shorten(clause.heading))
            (above.children if above else roots).append(node)
            nodes[clause.pk] = node
        elif above:
            nodes[clause.pk] = above
    for mark in marks:
        flagged = nodes.get(mark.clause_id)
        if flagged and mark.key != LIGHT and mark.key not in {flag.key for flag in flagged.flags}:
            flagged.flags.append(mark)
    return roots


def shorten(heading: str) -> str:
    return heading if len(heading) <= LONGEST_LABEL else heading[:LONGEST_LABEL].rsplit(" ", 1)[0] + " …"


def clause_at(clauses: Sequence[Clause], offset: int) -> int | None:
    """The id of the clause whose own words hold the offset."""
    return next((clause.pk for clause in clauses if clause.start <= offset < clause.end), None)
