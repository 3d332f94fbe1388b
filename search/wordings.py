"""What two wordings are compared by: the words as they are quoted, and the sentences in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contracts.models import Passage
from contracts.text.passages import split_passages
from contracts.text.quotation import left_out, quoted
from contracts.text.types import ClauseSpan, ObligationSpan, PassageSpan
from search.citation import cite_hit
from search.encode import count_tokens
from search.hit_statements import statements_of
from search.models import Hit
from search.present import present_hit
from search.query import MAX_TOKENS
from search.recall import HEADING
from search.verification import contract_parties
from verifier.types import Party

READ_TOKENS = MAX_TOKENS - 8  # word pieces of a sentence that is asked; the parties' neutral names may be longer
MOST_SENTENCES = 25  # of one wording: each is read against each of the other, both ways
LONGEST = 4000  # characters of one's own wording
WHOLE = 1_000_000  # word pieces; no sentence has as many


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str  # with its lead-in, as the verifier reads it
    left_out: tuple[int, ...] = ()  # its places before which words are left out
    statements: tuple[ObligationSpan, ...] | None = None  # as read and corrected; None where they are to be found

    @property
    def quote(self) -> str:
        return quoted(self.text, self.left_out)


@dataclass(frozen=True, slots=True)
class Wording:
    name: str  # a citation, or "Your wording"
    text: str  # all of it, as it is quoted
    parties: tuple[Party, ...]
    sentences: tuple[Sentence, ...]
    limits: tuple[str, ...] = ()  # what of it is not read, or not as a whole
    part: str = ""  # what is not in it of its clause


def own_wording(typed: str, parties: tuple[Party, ...]) -> Wording:
    text, limits = " ".join(typed[:LONGEST].split()), []
    if len(typed) >= LONGEST:  # a browser cuts off silently what is pasted beyond
        limits.append(f"“Your wording” fills the {LONGEST:,} characters that are compared; more is left out.")
    return _wording("Your wording", text, parties, [(text, (), None)], limits)


def wording_of(hit: Hit, *, whole: bool = False) -> Wording:
    """``whole``: all that its clause says, as far as the contract was not read anew since."""
    assert hit.contract is not None  # hits to open have theirs
    name, parties = cite_hit(hit), contract_parties(hit.contract)
    said = Passage.objects.filter(clause=hit.clause_id).exclude(kind=HEADING).prefetch_related("obligations")
    readings = [
        (one.reading, one.left_out or (), tuple(statement.span for statement in one.obligations.all()))
        for one in (said if whole and hit.clause_id else ())
    ]
    if readings and hit.clause is not None:
        words = " ".join(hit.contract.text[hit.clause.start : hit.clause.end].split())
        return _wording(name, words, parties, readings, [])
    view = present_hit(hit)
    return _wording(name, view.quote, parties, [(hit.text, hit.left_out or (), statements_of(hit))], [], view.part)


def _wording(
    name: str,
    text: str,
    parties: tuple[Party, ...],
    readings: Iterable[tuple[str, Sequence[int], tuple[ObligationSpan, ...] | None]],
    limits: list[str],
    part: str = "",
) -> Wording:
    sentences: list[Sentence] = []
    long = 0
    for reading, places, statements in readings:
        for passage in _split(reading, WHOLE):
            is_long = count_tokens(passage.reading(reading)) > READ_TOKENS
            long += is_long
            pieces = _split(passage.reading(reading), READ_TOKENS) if is_long else [passage]
            within = passage.reading(reading) if is_long else reading
            sentences += [_sentence(within, piece, () if is_long else places, statements) for piece in pieces]
    sentences = sentences or [Sentence(text)]  # of signs alone
    if long:
        limits.append(
            f"“{name}”: {_sentences(long)} of more than {READ_TOKENS} word pieces, compared in parts; all but the "
            "first lack its beginning."
        )
    if len(sentences) > MOST_SENTENCES:
        left = _sentences(len(sentences) - MOST_SENTENCES)
        limits.append(f"“{name}”: the first {MOST_SENTENCES} sentences are compared; {left} more are not.")
    return Wording(name, text, parties, tuple(sentences[:MOST_SENTENCES]), tuple(limits), part)


def _split(text: str, limit: int) -> Sequence[PassageSpan]:
    clause = ClauseSpan(0, len(text), "", "", (), 0, None, "clause")
    passages = split_passages(text, [clause], count_tokens, limit)
    return [one for one in passages if one.kind != HEADING] or passages


def _sentence(
    text: str, passage: PassageSpan, places: Sequence[int], statements: tuple[ObligationSpan, ...] | None
) -> Sentence:
    reading = passage.reading(text)
    whole = statements if reading == text else None  # those of a part have other places
    if passage.lead_in:
        return Sentence(reading, left_out(text, passage), whole)
    within = tuple(place - passage.start for place in places if passage.start < place < passage.end)
    return Sentence(reading, within, whole)


def _sentences(number: int) -> str:
    return f"{number} sentence{'s' * (number != 1)}"
