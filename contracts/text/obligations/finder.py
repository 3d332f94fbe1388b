"""From the modals, the names and the parse to the statements of each passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contracts.text.obligations.adjacent import PRONOUN, joins, label, loosely, next_to
from contracts.text.obligations.mentions import EACH_PARTY, OTHER_PARTY, Mention, Names, resolved
from contracts.text.obligations.modals import GRANTED, Modal, find_modals
from contracts.text.obligations.parse import Tree, parse_texts
from contracts.text.obligations.scope import Scope, scope_of
from contracts.text.obligations.subjects import agent_at, subject_at
from contracts.text.types import ObligationSpan, PartySpan, PassageSpan

_PASSIVE = re.compile(
    r"(?:be|been)\s+(?:\w+ly\s+)?(?!bound|entitled|deemed|interested|located|valid|limited|subject|effective)"
    r"(?:\w+(?:ed|en)|paid|made|held|kept|given|sent|borne|done|sold|brought|sought|put|set|met|built|found|read)\b"
    r"|payable\b",
    re.I,
)
_ALLOWED = re.compile(r"be\s+(?:\w+ly\s+)?(?:permitted|allowed|authori[sz]ed)\b", re.I)
_BY = re.compile(r"\bby\s+$")
_MUTUAL_OBJECT = re.compile(r"\b(?:the|each)\s+other(?:\s+part(?:y|ies))?\b|\bone\s+another\b", re.I)
_LOOKAHEAD = 90  # characters after a modal that the parser is shown: its verb, and the agent of a passive


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage with all that its words alone tell."""

    reading: str
    mentions: Sequence[Mention]
    modals: Sequence[Modal]
    certain: Sequence[tuple[Mention, ...]]  # for each modal, who governs it beyond doubt

    @property
    def parsed_until(self) -> int:
        """How far the parser must read; 0 when the words decide everything, or name nobody."""
        doubtful = [
            modal.end
            for modal, certain in zip(self.modals, self.certain, strict=True)
            if self.mentions and (not certain or _agent_possible(self, modal)) and not modal.bearer_follows
        ]
        return min(max(doubtful) + _LOOKAHEAD, len(self.reading)) if doubtful else 0


@dataclass(frozen=True, slots=True)
class _Subject:
    who: str = ""
    start: int | None = None
    end: int | None = None
    passive: bool = False


def find_obligations(reading: str, parties: Sequence[PartySpan]) -> tuple[ObligationSpan, ...]:
    """The statements of one passage in order; ``reading`` is the passage with its lead-in."""
    return _find([reading], Names(parties))[0]


def contract_obligations(
    text: str, passages: Iterable[PassageSpan], parties: Sequence[PartySpan]
) -> list[tuple[ObligationSpan, ...]]:
    """For each passage its statements. One that ends within the lead-in is told by the passage it comes from."""
    kept = list(passages)
    found = _find([passage.reading(text) for passage in kept], Names(parties))
    return [
        tuple(statement for statement in statements if statement.action_end > passage.lead_in_length(text))
        for passage, statements in zip(kept, found, strict=True)
    ]


def _find(readings: Sequence[str], names: Names) -> list[tuple[ObligationSpan, ...]]:
    drafts = [_draft(reading, names) for reading in readings]
    doubtful = [draft for draft in drafts if draft.parsed_until]
    trees = iter(parse_texts([draft.reading[: draft.parsed_until] for draft in doubtful]) if doubtful else [])
    return [_statements(draft, next(trees) if draft.parsed_until else Tree(()), names) for draft in drafts]


def _draft(reading: str, names: Names) -> _Draft:
    modals = find_modals(reading)
    mentions = names.find(reading) if modals else []
    modals = [modal for modal in modals if not modal.bearer_follows or _has_bearer(reading, modal, mentions)]
    return _Draft(reading, mentions, modals, [next_to(reading, modal, mentions) for modal in modals])


def _has_bearer(reading: str, modal: Modal, mentions: Sequence[Mention]) -> bool:
    bearer = next((one for one in mentions if 0 <= one.start - modal.end <= 2), None)
    return bearer is not None and (modal.modality != "entitlement" or bool(GRANTED.match(reading, bearer.end)))


def _agent_possible(draft: _Draft, modal: Modal) -> bool:
    near = draft.reading[modal.end : modal.end + _LOOKAHEAD]
    return bool(_PASSIVE.match(near.lstrip())) and " by " in near


def _statements(draft: _Draft, tree: Tree, names: Names) -> tuple[ObligationSpan, ...]:
    found: list[ObligationSpan] = []
    previous = _Subject()
    for position, modal in enumerate(draft.modals):
        subject = _subject(draft, position, tree, previous, names)
        begin = modal.start if subject.start is None or subject.start > modal.start else subject.start
        scope = scope_of(draft.reading, draft.modals, position, begin)
        if scope.action[1] > scope.action[0]:
            before = found[-1] if found else None
            found.append(_statement(draft, modal, scope, subject, tree, names, before))
        previous = subject if subject.who else previous if joins(draft.reading, modal) else _Subject()
    return tuple(found)


def _subject(draft: _Draft, position: int, tree: Tree, previous: _Subject, names: Names) -> _Subject:
    modal = draft.modals[position]
    if draft.certain[position]:
        return _named(draft, draft.certain[position], names)
    parsed = subject_at(tree, modal.start, draft.mentions)
    if parsed.kind == "parties":
        return _named(draft, parsed.mentions, names, parsed.passive)
    if parsed.kind == "other":
        return _Subject(passive=parsed.passive)
    if previous.who and (joins(draft.reading, modal) or PRONOUN.search(draft.reading, 0, modal.start)):
        return previous
    before = [mention for mention in draft.mentions if mention.end <= modal.start]
    if parsed.kind == "pronoun" or PRONOUN.search(draft.reading, 0, modal.start):
        return _named(draft, before[:1], names, parsed.passive) if len({one.who for one in before}) == 1 else _Subject()
    return _named(draft, loosely(draft.reading, modal, draft.mentions), names)


def _named(draft: _Draft, mentions: Sequence[Mention], names: Names, passive: bool = False) -> _Subject:
    if not mentions:
        return _Subject()
    before = [mention for mention in draft.mentions if mention.end <= mentions[0].start]
    who = label([resolved(mention, before, names) for mention in mentions], names)
    return _Subject(who, mentions[0].start, mentions[-1].end, passive) if who else _Subject(passive=passive)


def _statement(
    draft: _Draft,
    modal: Modal,
    scope: Scope,
    subject: _Subject,
    tree: Tree,
    names: Names,
    before: ObligationSpan | None,
) -> ObligationSpan:
    reading = draft.reading
    bearer, counterparty = subject, _Subject()
    passive = _is_passive(reading, modal)
    if passive:
        agent = _agent(draft, modal, tree)
        bearer, counterparty = (_named(draft, agent, names) if agent else _Subject()), subject
        if not agent and before and before.passive and joins(reading, modal) and not subject.who:
            bearer = _Subject(before.bearer, before.bearer_start, before.bearer_end)
    if modal.bearer_follows:
        giver = [one for one in draft.mentions if one.end <= modal.start]
        counterparty = _named(draft, giver[-1:], names) if modal.modality == "entitlement" else counterparty
    if not counterparty.who:
        counterparty = _counterparty(draft, scope, bearer, names)
    return ObligationSpan(
        bearer=bearer.who,
        counterparty=counterparty.who,
        modality=modal.modality,
        action=reading[scope.action[0] : scope.action[1]],
        start=modal.start,
        end=modal.end,
        mutual=bearer.who in (EACH_PARTY, OTHER_PARTY),
        action_start=scope.action[0],
        action_end=scope.action[1],
        bearer_start=bearer.start,
        bearer_end=bearer.end,
        counterparty_start=counterparty.start,
        counterparty_end=counterparty.end,
        conditions=scope.conditions,
        exceptions=scope.exceptions,
        passive=passive,
    )


def _is_passive(reading: str, modal: Modal) -> bool:
    rest = reading[modal.end : modal.end + 60].lstrip()
    return modal.modality != "entitlement" and bool(_PASSIVE.match(rest)) and not _ALLOWED.match(rest)


def _agent(draft: _Draft, modal: Modal, tree: Tree) -> tuple[Mention, ...]:
    following = [one for one in draft.mentions if one.start >= modal.end]
    parsed = agent_at(tree, modal.start, following)
    if parsed:
        return (parsed,)
    # Straight after the participle the agent is plain, whatever the parser makes of it.
    near = next((one for one in following if _BY.search(draft.reading, 0, one.start)), None)
    return (near,) if near and len(draft.reading[modal.end : near.start].split()) <= 4 else ()


def _counterparty(draft: _Draft, scope: Scope, bearer: _Subject, names: Names) -> _Subject:
    """The first other party that the action names; in the terms of a condition it is not whom the duty is owed to."""
    start, end = scope.action
    if bearer.who == EACH_PARTY:
        match = _MUTUAL_OBJECT.search(draft.reading, start, end)
        if match:
            return _Subject(EACH_PARTY, *match.span())
    reached = [span for span in scope.exceptions if draft.reading[span[0] :][:7].lower() == "without"]
    for begin, stop in (scope.action, *reached):
        for mention in draft.mentions:
            named = _named(draft, [mention], names)
            if begin <= mention.start < stop and named.who not in (bearer.who, EACH_PARTY, OTHER_PARTY, ""):
                return named
            if begin <= mention.start < stop and mention.who == OTHER_PARTY and bearer.who in names.terms:
                return _Subject(names.other(bearer.who), mention.start, mention.end)
    return _Subject()
