"""What a contract has to say to a position, from the verdicts on its clauses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.contrib.auth.models import User

from contracts.amendments import Amended, amendments_of, changes_to
from contracts.models import Contract
from search.absence.so_far import plain_hits
from search.citation import cite_hit, cite_place
from search.models import AbsenceCheck, AbsencePart, CheckedPosition, Hit, PlaybookCheck
from search.modes import CONTRARY
from search.notices import DOUBTING
from search.verification import is_close_call

SURE = 0.5  # probability of a verdict; under it the verifier thinks another one as likely
# Among all clauses of a contract some seem to deny nearly anything; a close call on the search page denies nothing.
DENIES = 0.7

BY_CLOSE_CALL = "A clause says it, by a close call, which is often wrong."
LEFT_OUT = "It was left out: closed to you, or deleted, when the reading came there."

Place = tuple[int, int]  # of a position, and a contract by its key
StandingKey = Literal["supported", "contradicted", "absent", "unclear", "reading"]


@dataclass(frozen=True, slots=True)
class Standing:
    icon: str
    text: str


STANDINGS: dict[StandingKey, Standing] = {
    "supported": Standing("✓", "Supported"),
    "contradicted": Standing("⊘", "Contradicted"),
    "absent": Standing("○", "Absent"),
    "unclear": Standing("?", "Unclear"),
    "reading": Standing("…", "Not read yet"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    place: int
    topic: str
    contract_id: int
    key: StandingKey
    reason: str  # one sentence
    citation: str = ""  # of the clause that decided; "" when none did
    cited_place: str = ""  # the same within the contract
    left_out: bool = False
    amended: tuple[Amended, ...] = ()  # where an amendment says that it changes the clause that decided

    @property
    def told(self) -> str:
        """The reason, with what became of the clause."""
        return " ".join((self.reason, *(f"{one.said} {one.citation}." for one in self.amended)))

    @property
    def standing(self) -> Standing:
        return STANDINGS[self.key]

    @property
    def close_call(self) -> bool:
        return self.reason == BY_CLOSE_CALL


@dataclass(frozen=True, slots=True)
class Column:
    place: int
    topic: str
    statement: str
    guidance: str
    state: str  # of its reading
    counts: tuple[tuple[str, int], ...]  # contracts by standing, in words; those with none left out


@dataclass(frozen=True, slots=True)
class Row:
    contract: Contract
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    closed: int  # contracts of the scope that the user may not see now, or that were deleted

    @property
    def left_out(self) -> int:
        """Contracts shown that were not read against each position."""
        return sum(any(cell.left_out for cell in row.cells) for row in self.rows)

    @property
    def whole(self) -> int:
        """Contracts shown that were read against each position, where the check has ended."""
        return len(self.rows) - self.left_out

    @property
    def gaps(self) -> tuple[str, ...]:
        """A sentence for each kind of contract of which the grid does not say all."""
        said = []
        if self.closed:
            are = "is" if self.closed == 1 else "are"
            said.append(f"{self.closed} more of the scope {are} closed to you now, or deleted, and not shown.")
        if self.left_out:
            were = "was" if self.left_out == 1 else "were"
            said.append(f"{self.left_out} {were} left out of the reading against some positions; those cells say so.")
        return tuple(said)


def judge(verdicts: Sequence[tuple[str, float]], *, complete: bool) -> tuple[StandingKey, str]:
    """``verdicts``: label and probability of the clauses; ``complete``: every passage of the contract was read."""
    labels = {label for label, _ in verdicts}
    sure = {label for label, probability in verdicts if probability >= (DENIES if label in CONTRARY else SURE)}
    if {"supported", "negated"} <= sure:
        return "unclear", "One clause says it, another says the opposite."
    if "supported" in sure:
        close = all(is_close_call(label, probability) for label, probability in verdicts if label == "supported")
        return "supported", BY_CLOSE_CALL if close else "A clause says it."
    if "supported" in labels:
        return "unclear", "A clause may say it; its verdict is not sure, or a notice stands beside it."
    if not complete:
        return "unclear", "Not every passage could be read, and none that was says it."
    if sure & {*CONTRARY}:
        negated = "A clause says the opposite" if "negated" in sure else "A clause binds the other party"
        return "contradicted", f"{negated}, and none says it."
    if labels - {"unrelated"}:
        return "unclear", "A clause comes near: permitted only, another value, a condition, or an unsure verdict."
    return "absent", "Every passage was read, and none says it."


def grid_of(check: PlaybookCheck, user: User, contract: int | None = None) -> Grid:
    """As the user may see it now; of one ``contract``, its row alone.

    The number of queries does not grow with contracts or positions.
    """
    positions = list(check.positions.select_related("reading"))
    scope = positions[0].reading.contracts if positions else []
    if contract is not None:
        scope = [one for one in scope if one == contract]
    visible = Contract.objects.visible_to(user)
    contracts = list(visible.filter(pk__in=scope).select_related("matter").defer("text").order_by("title", "pk"))
    hits = _hits(positions, contracts)
    read = _read(positions, contracts)
    amendments = amendments_of([one.pk for one in contracts], user)
    rows = tuple(
        Row(one, tuple(_cell(position, one.pk, hits, read, amendments.get(one.pk, ())) for position in positions))
        for one in contracts
    )
    columns = tuple(
        Column(one.place, one.topic, one.reading.statement, one.guidance, one.reading.state, _counts(rows, index))
        for index, one in enumerate(positions)
    )
    return Grid(columns, rows, len(scope) - len(rows))


def _hits(positions: Sequence[CheckedPosition], contracts: Sequence[Contract]) -> Mapping[Place, list[Hit]]:
    """By position and contract, in the order shown; where a position is still being read, of what is read."""
    answered = [one for one in positions if one.reading.search_id and one.reading.state == AbsenceCheck.State.DONE]
    done = {one.reading.search_id: one.place for one in answered}
    found: dict[Place, list[Hit]] = defaultdict(list)
    hits = Hit.objects.filter(search__in=done, contract__in=[contract.pk for contract in contracts])
    for hit in hits.defer("text", "evidence", "roles", "reason").order_by("search", "rank"):
        found[done[hit.search_id], hit.contract_id or 0].append(hit)
    reading = {one.reading_id: one.place for one in positions if one not in answered}
    of = {contract.pk: contract for contract in contracts}
    for part in AbsencePart.objects.filter(check_of__in=reading, contract__in=of):
        contract = of[part.contract_id or 0]
        found[reading[part.check_of_id], contract.pk] = plain_hits(contract, part.kept)
    return found


def _read(positions: Sequence[CheckedPosition], contracts: Sequence[Contract]) -> Mapping[Place, bool]:
    """By position and contract that were read: whether the verifier read every passage."""
    parts = AbsencePart.objects.filter(check_of__in=[one.reading_id for one in positions], contract__in=contracts)
    rows = parts.values_list("check_of__position__place", "contract", "verified", "passages")
    return {(place, contract): verified == passages for place, contract, verified, passages in rows}


def _cell(
    position: CheckedPosition,
    contract: int,
    hits: Mapping[Place, list[Hit]],
    read: Mapping[Place, bool],
    amendments: Sequence[Amended],
) -> Cell:
    place = (position.place, contract)
    if place not in read:
        if position.reading.state != AbsenceCheck.State.DONE:
            return Cell(position.place, position.topic, contract, "reading", "Not read against this yet.")
        return Cell(position.place, position.topic, contract, "unclear", LEFT_OUT, left_out=True)
    found = hits.get(place, [])
    verdicts = [(hit.label, _sureness(hit)) for hit in found if hit.probabilities]
    key, reason = judge(verdicts, complete=read[place])
    decisive = decisive_of(key, found)
    cited = (cite_hit(decisive), cite_place(decisive)) if decisive else ("", "")
    amended = changes_to(decisive.number, decisive.heading_path, amendments) if decisive else ()
    return Cell(position.place, position.topic, contract, key, reason, *cited, amended=amended)


def decisive_of(key: StandingKey, found: Sequence[Hit]) -> Hit | None:
    """The hit that speaks for a cell: of the labels that decided the surest, one that is not unstable before others."""
    if key == "absent" or not found:
        return None
    labels, sure = (CONTRARY, DENIES) if key == "contradicted" else (("supported",), SURE)
    decided = [hit for hit in found if hit.label in labels] or found[:1]
    return max(
        decided,
        key=lambda hit: (_sureness(hit) >= sure, hit.label == "negated", hit.stable is not False, _sureness(hit)),
    )


def _sureness(hit: Hit) -> float:
    """Of a verdict beside which stands that it may speak of somebody else, or was read in another language: none."""
    doubted = any(notice["code"] in DOUBTING for notice in hit.notices)
    return 0.0 if doubted else hit.probabilities.get(hit.label, 0.0)


def _counts(rows: Sequence[Row], index: int) -> tuple[tuple[str, int], ...]:
    keys = Counter(row.cells[index].key for row in rows)
    return tuple((standing.text, keys[key]) for key, standing in STANDINGS.items() if keys[key])
