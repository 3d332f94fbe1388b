"""From the modals, the names and the parse to the statements of each passage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contracts.text.obligations.action_words import modality_of, settles, supposes
from contracts.text.obligations.adjacent import PRONOUN, by_staff, joins, label, loosely
from contracts.text.obligations.draft import BY, PASSIVE, Draft, draft_of
from contracts.text.obligations.mentions import EACH_PARTY, OTHER_PARTY, THIRD_PERSONS, Mention, Names, resolved
from contracts.text.obligations.modals import Modal
from contracts.text.obligations.parse import Tree, parse_spans
from contracts.text.obligations.scope import Scope, scope_of
from contracts.text.obligations.subjects import agent_at, subject_at
from contracts.text.roles import role_of
from contracts.text.types import ObligationSpan, PartySpan, PassageSpan

_ALLOWED = re.compile(r"be\s+(?:\w+ly\s+)?(?:permitted|allowed|authori[sz]ed)\b", re.I)
_ARTICLE = re.compile(r"the\s+(?!other\b|part(?:y|ies)\b)", re.I)
_ASIDE = re.compile(r"(?:at|in|by|upon|on|for|with|without|unless|except|if|subject|during|prior)\b", re.I)
_THE_FOLLOWING = re.compile(r"(?:the\s+following|as\s+follows)\s*(?::|$)", re.I)
_PARTICIPLE = re.compile(r"\s+be\s+(?:\w+ly\s+)?(?P<participle>\w+)")
_DONE_BY = re.compile(r"\b(?P<participle>\w+(?:ed|en)|made|paid|given|sent)\s+by\s+$")
_DONE_AND_DONE_BY = re.compile(
    r"\s+be\s+(?:\w+ly\s+)?\w+(?:,\s+\w+|\s+\w+ed)*,?\s+(?:and|or|and/or)\s+(?:\w+ly\s+)?\w+\s+by\s+"
)
_ENDS = re.compile(r"\s*[.,;]|\s*$|\s+(?:at|except|in|to|under|unless|upon|within|without)\b")
_GIVEN_BACK = re.compile(
    r"\s+be\s+(?:\w+ly\s+)?(?:returned|repaid|refunded|reimbursed|remitted|surrendered)\b[^.;:]{0,40}?\sto\s+(?:the\s+)?$",
    re.I,
)
_MADE_GOOD = re.compile(r"\s+be\s+(?:\w+ly\s+)?(?:indemnified|reimbursed)\b")
_BY_SOMEBODY = re.compile(r"\bby\s+(?=(?:an?|any|each|its|such|the|their|third)\b)", re.I)
_CONSENT_OF = re.compile(
    r"\bwithout\s+(?:[\w,-]+\s+){0,6}?(?:consent|approval|permission|authori[sz]ation)\s+of\s+$", re.I
)
_HANDED_OVER = re.compile(
    r"disclosed|delivered|assigned|returned|surrendered|paid|submitted|reported|furnished|transferred"
)
_AT_ONCE = 500  # passages whose parses are held in memory together
_FIRST_WORDS = 40  # characters within which a sentence names its subject
_MUTUAL_OBJECT = re.compile(r"\b(?:the|each)\s+other(?:\s+part(?:y|ies))?\b|\bone\s+another\b", re.I)


@dataclass(frozen=True, slots=True)
class _Subject:
    who: str = ""
    start: int | None = None
    end: int | None = None
    promises: bool = False


def find_obligations(reading: str, parties: Sequence[PartySpan]) -> tuple[ObligationSpan, ...]:
    """The statements of one passage in order; ``reading`` is the passage with its lead-in."""
    return _find([reading], Names(parties))[0]


def contract_obligations(
    text: str, passages: Iterable[PassageSpan], parties: Sequence[PartySpan]
) -> tuple[tuple[int, ObligationSpan], ...]:
    """Each statement with the index of its passage."""
    kept = list(passages)
    names = Names(parties)
    found = [
        statements
        for begin in range(0, len(kept), _AT_ONCE)
        for statements in _find([passage.reading(text) for passage in kept[begin : begin + _AT_ONCE]], names)
    ]
    return tuple(
        (index, statement)
        for index, (passage, statements) in enumerate(zip(kept, found, strict=True))
        for statement in own_statements(statements, passage.lead_in_length(text))
    )


def own_statements(statements: Sequence[ObligationSpan], lead_in: int) -> tuple[ObligationSpan, ...]:
    """Those of the passage itself. One that ends in the lead-in, ``lead_in`` characters long, belongs to where it
    comes from; so does one that runs on into a passage which begins with a subject of its own."""
    begins_anew = any(
        one.bearer_start is not None and lead_in <= one.bearer_start < min(one.start, lead_in + _FIRST_WORDS)
        for one in statements
    )
    return tuple(one for one in statements if one.action_end > lead_in and (one.start >= lead_in or not begins_anew))


def _find(readings: Sequence[str], names: Names) -> list[tuple[ObligationSpan, ...]]:
    drafts = [draft_of(reading, names) for reading in readings]
    spans = list(dict.fromkeys((draft.reading, *window) for draft in drafts for window in draft.windows if window))
    trees = dict(zip(spans, parse_spans(spans), strict=True)) if spans else {}
    return [
        _statements(draft, [trees[draft.reading, *window] if window else Tree(()) for window in draft.windows], names)
        for draft in drafts
    ]


def _statements(draft: Draft, trees: Sequence[Tree], names: Names) -> tuple[ObligationSpan, ...]:
    found: list[ObligationSpan] = []
    previous = _Subject()
    for position, modal in enumerate(draft.modals):
        subject = _subject(draft, position, trees[position], previous, names)
        begin = modal.start if subject.start is None or subject.start > modal.start else subject.start
        scope = scope_of(draft.reading, draft.modals, position, begin)
        if _binds(draft.reading, modal, subject) and _says_something(draft, scope):
            before = found[-1] if found else None
            found.append(_statement(draft, modal, scope, subject, trees[position], names, before))
        previous = subject if subject.who else previous if joins(draft.reading, modal) else _Subject()
    return tuple(found)


def _binds(reading: str, modal: Modal, subject: _Subject) -> bool:
    quoted = bool(subject.start and reading[subject.start - 1] in '"\u201c')
    named = bool(subject.who) and not quoted  # "Breaching Party" shall mean
    return not (not named and settles(reading, modal)) and not supposes(reading, modal, named)


def _says_something(draft: Draft, scope: Scope) -> bool:
    """Not so "shall, at its option:", which only leads in its list, and "covenants to the Customer that"."""
    begin, end = scope.action
    action = draft.reading[begin:end]
    addressed = any(one.start == begin and draft.reading.startswith(" that ", one.end) for one in draft.mentions)
    if _THE_FOLLOWING.match(action):
        return False
    return bool(action) and not addressed and not (draft.reading.endswith(":") and _ASIDE.match(action))


def _subject(draft: Draft, position: int, tree: Tree, previous: _Subject, names: Names) -> _Subject:
    modal = draft.modals[position]
    if draft.certain[position]:
        return _named(draft, draft.certain[position], names)
    if modal.modality == "obligation" and (own := by_staff(draft.reading, modal, draft.mentions)):
        return _named(draft, own, names)
    parsed = subject_at(tree, draft.reading, modal.start, draft.mentions)
    if parsed.kind == "parties":
        return _named(draft, parsed.mentions, names, parsed.promises)
    if parsed.kind == "other":
        return _Subject()
    if previous.who and joins(draft.reading, modal):
        return previous
    pronoun = PRONOUN.search(draft.reading, 0, modal.start)
    if pronoun or parsed.kind == "pronoun":
        return _meant_by_pronoun(draft, modal, pronoun, previous, names)
    return _named(draft, loosely(draft.reading, modal, draft.mentions), names)


def _meant_by_pronoun(
    draft: Draft, modal: Modal, pronoun: re.Match[str] | None, previous: _Subject, names: Names
) -> _Subject:
    """The subject before, or the only one who is named; "they" are several, as the agents that one party tells."""
    before = [mention for mention in draft.mentions if mention.end <= modal.start]
    only = _named(draft, before[:1], names) if len({one.who for one in before}) == 1 else _Subject()
    meant = previous if pronoun and previous.who else only
    return _Subject() if pronoun and pronoun["several"] and not _are_several(draft.reading, meant) else meant


def _are_several(reading: str, subject: _Subject) -> bool:
    joint = subject.who in (EACH_PARTY, OTHER_PARTY) or " and " in subject.who
    said = reading[subject.start : subject.end] if subject.start is not None else ""
    return joint or said.endswith(f"{subject.who}s") or (subject.who[-1:] == "s" and bool(role_of(subject.who[:-1])))


def _named(draft: Draft, mentions: Sequence[Mention], names: Names, promises: bool = False) -> _Subject:
    if not mentions:
        return _Subject()
    before = [mention for mention in draft.mentions if mention.end <= mentions[0].start]
    who = label([resolved(mention, before, names) for mention in mentions], names)
    if not who:
        return _Subject()
    article = _ARTICLE.match(draft.reading, mentions[0].start)
    return _Subject(who, article.end() if article else mentions[0].start, mentions[-1].end, promises)


def _statement(
    draft: Draft,
    modal: Modal,
    scope: Scope,
    subject: _Subject,
    tree: Tree,
    names: Names,
    before: ObligationSpan | None,
) -> ObligationSpan:
    reading = draft.reading
    bearer, counterparty = subject, _Subject()
    passive = _is_passive(reading, modal) and not subject.promises
    if passive:
        agent = _agent(draft, modal, tree)
        bearer, counterparty = (_named(draft, agent, names) if agent else _Subject()), subject
        if not agent and before and before.passive and joins(reading, modal) and not subject.who:
            bearer = _Subject(before.bearer, before.bearer_start, before.bearer_end)
    if modal.bearer_follows:
        giver = [one for one in draft.mentions if one.end <= modal.start]
        counterparty = _named(draft, giver[-1:], names) if modal.modality == "entitlement" else counterparty
    if not counterparty.who:
        counterparty = _counterparty(draft, modal, scope, bearer, names)
    if passive and not bearer.who:
        bearer = _implied_agent(draft, modal, counterparty, names)
    if passive and not bearer.who:
        bearer = _meant(draft, modal, scope, counterparty, names)
    return ObligationSpan(
        bearer=bearer.who,
        counterparty=counterparty.who,
        modality=modality_of(reading, modal),
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
    return modal.modality != "entitlement" and bool(PASSIVE.match(rest)) and not _ALLOWED.match(rest)


def _agent(draft: Draft, modal: Modal, tree: Tree) -> tuple[Mention, ...]:
    following = [one for one in draft.mentions if one.start >= modal.end]
    parsed = agent_at(tree, modal.start, following)
    if parsed:
        return (parsed,)
    # Straight after the participles or a comma the agent is plain, whatever the parser makes of it.
    near = next((one for one in following if BY.search(draft.reading, 0, one.start)), None)
    if near is None or draft.reading.find(". ", modal.end, near.start) >= 0:
        return ()
    between = draft.reading[modal.end : near.start]
    plain = len(between.split()) <= 4 or _DONE_AND_DONE_BY.fullmatch(between)
    last = _ENDS.match(draft.reading, near.end) and between.endswith(", by ")
    return (near,) if plain or last else ()


def _meant(draft: Draft, modal: Modal, scope: Scope, towards: _Subject, names: Names) -> _Subject:
    """ "... are to be returned to A": by the only other party; "may not be assigned without consent of the other"."""
    reading = draft.reading
    if modal.modality == "prohibition":
        before = {one.who for one in draft.mentions if one.end <= modal.start}
        after = next((one for one in draft.mentions if one.start >= modal.end), None)
        asked = after and after.who == OTHER_PARTY and _CONSENT_OF.search(reading, modal.end, after.start)
        return _Subject(EACH_PARTY) if asked and before <= {EACH_PARTY} else _Subject()
    known = {one.start for one in draft.mentions if one.who in names.terms}
    others = (one for one in _BY_SOMEBODY.finditer(reading, modal.end, scope.action[1]) if one.end() not in known)
    if modal.modality != "obligation" or towards.start is None or towards.who not in names.terms or any(others):
        return _Subject()
    back = towards.start > modal.end and _GIVEN_BACK.fullmatch(reading, modal.end, towards.start)
    good = towards.start < modal.start and _MADE_GOOD.match(reading, modal.end)
    return _Subject(names.other(towards.who)) if back or good else _Subject()


def _implied_agent(draft: Draft, modal: Modal, towards: _Subject, names: Names) -> _Subject:
    """ "Payments to be made by the Borrower shall be made"; "work done by A shall be disclosed to" B."""
    verb = _PARTICIPLE.match(draft.reading, modal.end)
    done = [one for one in draft.mentions if one.end <= modal.start and _DONE_BY.search(draft.reading, 0, one.start)]
    if verb is None or len(done) != 1 or draft.reading.find(". ", done[0].end, modal.start) >= 0:
        return _Subject()
    by = _DONE_BY.search(draft.reading, 0, done[0].start)
    agent = _named(draft, done, names)
    handed_over = _HANDED_OVER.match(verb["participle"]) and towards.who == names.other(agent.who) and towards.who
    return agent if handed_over or (by and by["participle"] == verb["participle"]) else _Subject()


def _counterparty(draft: Draft, modal: Modal, scope: Scope, bearer: _Subject, names: Names) -> _Subject:
    """The first other party that the action names; in the terms of a condition it is not whom the duty is owed to."""
    reading = draft.reading
    consents = [span for span in scope.exceptions if reading[span[0] :][:7].lower() == "without"]
    for begin, stop in ((modal.start, scope.action[1]), *consents):
        if bearer.who == EACH_PARTY and (match := _MUTUAL_OBJECT.search(reading, begin, stop)):
            return _Subject(EACH_PARTY, *match.span())
        for mention in draft.mentions:
            if begin <= mention.start < stop and (found := _owed_to(draft, mention, bearer, names)).who:
                return found
    return _Subject()


def _owed_to(draft: Draft, mention: Mention, bearer: _Subject, names: Names) -> _Subject:
    if mention.who == OTHER_PARTY and bearer.who in names.terms:
        return _Subject(names.other(bearer.who), mention.start, mention.end)
    owner = draft.reading[mention.end : mention.end + 2].rstrip("s") in ("'", "’")
    third = mention.who.lower() in THIRD_PERSONS and mention.who not in names.terms
    named = _named(draft, [mention], names)
    if third or (owner and not bearer.who) or named.who in (bearer.who, EACH_PARTY, OTHER_PARTY):
        return _Subject()
    return named
