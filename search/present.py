"""A stored search as a reader sees it: hits in groups, named labels, marked words. No HTML is made here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args
from uuid import UUID

from contracts.text.quotation import LEFT_OUT
from search.citation import cite_clause, cite_hit
from search.labels import GROUPS, OF_WHOM, GroupKey
from search.models import Hit, Search
from search.notices import Notice, notices_on_question
from search.recall_path import RecallPath

MOST_MARKED = 0.8  # of a clause's text, as evidence
LEFT_OUT_UNKNOWN = "It is read under the words that lead its list in; what stands between them may be left out here."
Mark = Literal["", "evidence", "bearer", "modal", "action", "negation", "exception", "found"]
MARKS: tuple[str, ...] = tuple(filter(None, get_args(Mark)))


@dataclass(frozen=True, slots=True)
class Segment:
    text: str
    mark: Mark
    left_out: bool = False  # words of the contract are left out before it


@dataclass(frozen=True, slots=True)
class HitView:
    rank: int  # from 1, over the whole search
    label: str  # a verifier label, or "not_verified"
    group: GroupKey
    icon: str
    label_text: str  # "Supported", "Other party", ...
    probability: float | None  # of the label; None without a verdict
    number: str  # "9.1(a)", or "" when unnumbered
    heading_path: tuple[str, ...]
    contract_title: str
    contract_id: int | None  # None when the contract was deleted since; its words stay
    clause_id: int | None
    page: int | None
    citation: str
    reason: str  # one sentence
    reason_code: str | None  # its kind, for programs; None without a reason, and in answers older than codes
    parties: tuple[str, ...]  # "Supplier = Northgate Analytics Ltd"
    segments: tuple[Segment, ...]  # joined, they are the passage's reading
    left_out: tuple[int, ...] | None  # where words are left out of it; None: not known
    part: str  # what is not shown of the clause; "" where all of it is
    bearer: str  # of the statement that decided; "" when the words do not say, or none was found
    counterparty: str
    modality: str  # "obligation", "permission", "prohibition", "no_obligation" or ""
    stable: bool | None  # False: the verdict did not follow when the question's parties were exchanged
    notices: tuple[Notice, ...]  # to be read beside the verdict
    under: int | None  # rank of the clause of the same list that supports; this one is flagged, or a condition of it

    @property
    def quote(self) -> str:
        """The passage as it may be quoted, with an ellipsis where words are left out."""
        return "".join(f"{LEFT_OUT if one.left_out else ''}{one.text}" for one in self.segments)

    @property
    def tone(self) -> str:
        """What its colours say."""
        return OF_WHOM.group if self.group == OF_WHOM.group else self.label

    @property
    def verdict_text(self) -> str:
        """For exports, where no second chip stands beside the verdict."""
        return f"{self.label_text} (unstable, check by hand)" if self.stable is False else self.label_text

    @property
    def reason_with_notices(self) -> str:
        """For exports, as one piece of text, with what the page shows by its place."""
        under = f"Stands in one list with number {self.under}, which supports it." if self.under else ""
        return " ".join(filter(None, [self.reason, under, *(notice.text for notice in self.notices)]))

    @property
    def anchor(self) -> str:
        """Its place on the page of its contract; "" when the contract was read anew or deleted since."""
        return f"#c-{self.clause_id}" if self.clause_id else ""


@dataclass(frozen=True, slots=True)
class GroupView:
    key: GroupKey
    title: str
    note: str
    hits: tuple[HitView, ...]  # never empty


@dataclass(frozen=True, slots=True)
class SearchView:
    id: UUID
    query: str
    understood: str  # a Words query in plain words
    created_at: datetime
    eligible: int  # passages the user could see, after filters
    recalled: int  # passages brought by recall; in Words mode, clauses that have the words
    verified: int  # of those, read by the verifier
    beside: int  # passages read besides, as a near miss stood beside them
    recall_path: RecallPath
    verifier: str  # name and first 12 digits of the weights' sha256; "" when nothing was verified
    seconds: float  # all steps together
    supported: int  # clauses; these six add up to all clauses shown
    check_party: int
    flagged: int
    related: int
    not_verified: int
    found: int
    groups: tuple[GroupView, ...]  # in reading order, empty groups left out
    notices: tuple[Notice, ...]  # to be read beside all its verdicts

    @property
    def says_it(self) -> int:
        """Clauses that say it, of whomever."""
        return self.supported + self.check_party

    @property
    def clause_count(self) -> int:
        """Clauses shown. Words can be found in more than are stored, or in some walled off since."""
        return sum(len(group.hits) for group in self.groups)


def present_search(search: Search, hits: Iterable[Hit] | None = None) -> SearchView:
    """The search as its user may see it now: a hit whose contract was walled off since is left out.

    ``hits``: its visible hits, where they are at hand.
    """
    views = [present_hit(hit) for hit in (search.visible_hits() if hits is None else hits)]
    counts = Counter(view.group for view in views)
    groups = (
        GroupView(group.key, group.title, group.note, tuple(v for v in views if v.group == group.key))
        for group in GROUPS
    )
    return SearchView(
        id=search.id,
        query=search.query,
        understood=search.understood,
        created_at=search.created_at,
        eligible=search.eligible,
        recalled=search.recalled,
        verified=search.verified,
        beside=search.beside,
        recall_path=RecallPath(search.recall_path),
        verifier=f"{search.verifier_name} {search.verifier_sha256[:12]}".strip(),
        seconds=sum(search.seconds.values()),
        supported=counts["supported"],
        check_party=counts["check_party"],
        flagged=counts["flagged"],
        related=counts["related"],
        not_verified=counts["not_verified"],
        found=counts["found"],
        groups=tuple(group for group in groups if group.hits),
        notices=notices_on_question(search.query) if search.verifier_name else (),
    )


def present_hit(hit: Hit) -> HitView:
    label = hit.shown
    contract_id = hit.open_contract
    return HitView(
        rank=hit.rank,
        label=hit.label,
        group=label.group,
        icon=label.icon,
        label_text=label.text,
        probability=hit.probabilities.get(hit.label),
        number=hit.number,
        heading_path=tuple(hit.heading_path),
        contract_title=hit.contract_title,
        contract_id=contract_id,
        clause_id=None if contract_id is None else hit.clause_id,
        page=hit.page,
        citation=cite_hit(hit),
        reason=hit.reason,
        reason_code=hit.reason_code or None,
        parties=tuple(hit.roles.get("parties", ())),
        segments=split_marks(hit.text, marks_of(hit), hit.left_out or ()),
        left_out=None if hit.left_out is None else tuple(hit.left_out),
        part=_part(hit),
        bearer=hit.roles.get("bearer", ""),
        counterparty=hit.roles.get("counterparty", ""),
        modality=hit.roles.get("modality", ""),
        stable=hit.stable,
        notices=tuple(Notice(**notice) for notice in hit.notices),
        under=hit.under,
    )


def _part(hit: Hit) -> str:
    if (hit.of_clause or 0) > 1:
        return f"One of {hit.of_clause} sentences and items of {cite_clause(hit) or 'its clause'}."
    if hit.left_out is None and hit.text and len(hit.text) > hit.end - hit.start:
        return LEFT_OUT_UNKNOWN
    return ""


def marks_of(hit: Hit) -> list[tuple[int, int, Mark]]:
    """Who and "shall" first, so that they win over plain evidence where both cover the same words."""
    roles: list[tuple[int, int, Mark]] = [(m["start"], m["end"], m["mark"]) for m in hit.roles.get("marks", ())]
    marked = sum(e["end"] - e["start"] for e in hit.evidence)
    if marked > MOST_MARKED * len(hit.text):
        return roles  # a clause that is marked from end to end points at nothing
    return roles + [(e["start"], e["end"], "evidence") for e in hit.evidence]


def split_marks(
    text: str, marks: Iterable[tuple[int, int, Mark]], left_out: Collection[int] = ()
) -> tuple[Segment, ...]:
    """``text`` cut where marks begin and end, and where words are left out; of overlapping marks the earlier wins."""
    of_character: list[Mark] = [""] * len(text)
    for start, end, mark in marks:
        for offset in range(max(start, 0), min(end, len(text))):
            of_character[offset] = of_character[offset] or mark
    segments: list[Segment] = []
    begin = 0
    for offset in range(1, len(text) + 1):
        if offset == len(text) or offset in left_out or of_character[offset] != of_character[begin]:
            segments.append(Segment(text[begin:offset], of_character[begin], begin in left_out))
            begin = offset
    return tuple(segments)
