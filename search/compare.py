"""Two wordings side by side: which words changed, and whether the meaning did, and for whom, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from django.conf import settings

from contracts.text.obligations import find_obligations
from contracts.text.quotation import LEFT_OUT
from contracts.text.types import ObligationSpan
from search.candidates import decides
from search.explain import explain_verdict
from search.labels import LABELS, NOT_VERIFIED
from search.notices import Notice, notices_on_verdict
from search.reason_codes import ReasonCode
from search.statements import name_parties, party_spans
from search.verification import is_close_call, verify_pairs
from search.wordings import Sentence, Wording
from verifier.roles import same_role
from verifier.types import Pair, Verdict

Change = Literal["same", "deleted", "added"]
TOKEN = re.compile(r"\w+(?:['’]\w+)?\s*|[^\w\s]\s*")
UNSURE = "Each seems to say what the other says, but not for certain."
Verdicts = Mapping[Pair, Verdict | None]


@dataclass(frozen=True, slots=True)
class DiffSegment:
    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class Said:
    """Whether the other wording says one sentence."""

    quote: str
    icon: str
    label: str
    label_text: str
    probability: float | None
    reason: str
    reason_code: ReasonCode
    bearer: str
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Direction:
    """Whether ``by`` says what ``of`` says."""

    of: str
    by: str
    sentences: tuple[Said, ...]  # of ``of``; never empty

    @property
    def supported(self) -> int:
        return sum(one.label == "supported" for one in self.sentences)

    @property
    def unread(self) -> int:
        return sum(one.label == NOT_VERIFIED for one in self.sentences)

    @property
    def says_all(self) -> bool | None:
        """None where what could be read does not tell."""
        if self.supported == len(self.sentences):
            return True
        return None if self.supported + self.unread == len(self.sentences) else False

    @property
    def unrelated(self) -> bool:
        return all(one.label == "unrelated" for one in self.sentences)

    @property
    def bearers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.bearer for one in self.sentences if one.bearer))

    @property
    def probability(self) -> float:
        """Of the least sure verdict."""
        return min(one.probability or 0.0 for one in self.sentences)


@dataclass(frozen=True, slots=True)
class Comparison:
    words: tuple[DiffSegment, ...]
    same_words: bool
    directions: tuple[Direction, Direction]
    meaning: str  # one sentence
    doubt: str  # where the words found again speak against the verdicts; "" where they do not
    concerns: tuple[str, ...]  # the parties for whom it changes, as far as the words name them
    limits: tuple[str, ...]  # what was not compared, or not as a whole, and of which side


def compare_wordings(first: Wording, second: Wording) -> Comparison:
    """Each sentence of either is read by the verifier against each of the other. Raises VerifierUnavailable."""
    sides = ((first, second), (second, first))
    pairs = [_pair(one, asked, other, against) for asked, against in sides for one, other in _crossed(asked, against)]
    verdicts = dict(zip(pairs, verify_pairs(pairs), strict=True))
    there, back = (_direction(asked, against, verdicts) for asked, against in sides)
    words = tuple(diff_words(first.text, second.text))
    doubt = _doubt(there, back, same_parties=first.parties == second.parties)
    return Comparison(
        words=words,
        same_words=all(segment.change == "same" or segment.text.strip() == LEFT_OUT.strip() for segment in words),
        directions=(there, back),
        meaning=UNSURE if doubt else _meaning(there, back),
        doubt=doubt,
        concerns=_concerns(there, back),
        limits=(*first.limits, *second.limits, *_unread(there), *_unread(back)),
    )


def diff_words(first: str, second: str) -> Iterator[DiffSegment]:
    """Without the added segments it is ``first``, without the deleted ones ``second``; white space follows its word."""
    before, after = TOKEN.findall(first), TOKEN.findall(second)
    # White space is no difference, and autojunk would take "the" of a long clause for noise.
    words = [[token.strip() for token in tokens] for tokens in (before, after)]
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation == "equal":
            yield DiffSegment("".join(after[j1:j2]), "same")
            continue
        if i2 > i1:
            yield DiffSegment("".join(before[i1:i2]), "deleted")
        if j2 > j1:
            yield DiffSegment("".join(after[j1:j2]), "added")


def _crossed(asked: Wording, against: Wording) -> Iterator[tuple[Sentence, Sentence]]:
    for one in asked.sentences:
        for other in against.sentences:
            yield one, other


def _pair(one: Sentence, asked: Wording, other: Sentence, against: Wording) -> Pair:
    # Each contract has its own names for the parties; their terms are what the two have in common.
    return Pair(name_parties(one.text, asked.parties, query=False), other.text, against.parties)


def _direction(asked: Wording, against: Wording, verdicts: Verdicts) -> Direction:
    spans = party_spans(against.parties)
    obligations = cache(lambda text: find_obligations(text, spans))
    said = []
    for one in asked.sentences:
        read = [(other, _pair(one, asked, other, against)) for other in against.sentences]
        other, pair = _decisive(read, verdicts)
        found = obligations(other.text) if other.statements is None else other.statements
        said.append(_said(one, other, pair, verdicts[pair], found))
    return Direction(asked.name, against.name, tuple(said))


def _decisive(read: Sequence[tuple[Sentence, Pair]], verdicts: Verdicts) -> tuple[Sentence, Pair]:
    """As in a search; but what was not read might have said it, so nothing short of support stands against that."""
    best = min(read, key=lambda one: decides(verdicts[one[1]]))
    verdict = verdicts[best[1]]
    if verdict is not None and verdict.label == "supported":
        return best
    return next((one for one in read if verdicts[one[1]] is None), best)


def _said(
    one: Sentence, other: Sentence, pair: Pair, verdict: Verdict | None, obligations: Sequence[ObligationSpan]
) -> Said:
    explanation = explain_verdict(pair.query, pair.clause, pair.parties, obligations, verdict, other.left_out)
    label = verdict.label if verdict else NOT_VERIFIED
    return Said(
        quote=one.quote,
        icon=LABELS[label].icon,
        label=label,
        label_text=LABELS[label].text,
        probability=verdict.probabilities[label] if verdict else None,
        reason=explanation.reason,
        reason_code=explanation.code,
        bearer=explanation.roles.get("bearer", ""),
        notices=notices_on_verdict(pair.query, pair.clause, pair.parties, verdict, obligations) if verdict else (),
    )


def _concerns(there: Direction, back: Direction) -> tuple[str, ...]:
    changed = [one for way in (there, back) for one in way.sentences if one.label not in ("supported", NOT_VERIFIED)]
    if not changed:
        return ()
    return tuple(dict.fromkeys((*filter(None, (one.bearer for one in changed)), *there.bearers, *back.bearers)))


def _unread(way: Direction) -> Iterator[str]:
    if way.unread:
        yield (
            f"Whether “{way.by}” says {way.unread} of the {len(way.sentences)} sentences of “{way.of}” was not read: "
            f"the {settings.VERIFY_SECONDS:g} seconds of one comparison were over, or the verifier could not read it. "
            "What was read is kept, so compare again to go on."
        )


def _doubt(there: Direction, back: Direction, *, same_parties: bool) -> str:
    """A lawyer must not be told that nothing changed while the duty stands on another party."""
    if not (there.says_all and back.says_all):
        return ""
    if len(there.bearers) == len(back.bearers) == 1:
        [first], [second] = back.bearers, there.bearers  # each as the other wording has it
        # What one contract calls its Provider may be the Supplier of another; in one contract they are two.
        of_one_side = not same_parties and same_role(first.casefold(), second.casefold())
        if first != second and not of_one_side:
            return f"The words put the duty on {first} in the first and on {second} in the second."
    if is_close_call("supported", min(there.probability, back.probability)):
        verdicts = len(there.sentences) + len(back.sentences)
        number = "two" if verdicts == 2 else str(verdicts)
        return f"One of the {number} verdicts is a close call, which is often wrong."
    return ""


def _meaning(there: Direction, back: Direction) -> str:
    if there.says_all and back.says_all:
        return "No change of meaning found in who must do what: each says what the other says."
    if there.says_all is None or back.says_all is None:
        return _half_known(there.says_all, back.says_all)
    if there.says_all:
        return "The second says all that the first says; the first does not say all that the second says."
    if back.says_all:
        return "The first says all that the second says; the second does not say all that the first says."
    if there.unrelated and back.unrelated:
        return "They settle different questions."
    return "The meaning changes in both directions."


def _half_known(there: bool | None, back: bool | None) -> str:
    if there is None and back is None:
        return "Neither direction could be read to its end; compare the words."
    says, (known, other) = (back, ("first", "second")) if there is None else (there, ("second", "first"))
    known_part = f"The {known} {'says' if says else 'does not say'} all that the {other} says"
    return f"{known_part}; whether the {other} says all that the {known} says could not be read to its end."
