"""What a reader must know beside a verdict: where the verifier was asked for more than it can tell.

A verdict with a notice is not wrong for that; it is never shown without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contracts.text.language import foreign_language, foreign_sentence
from contracts.text.types import ObligationSpan
from search.labels import DOUBTS, LABELS
from search.statements import decisive_statement, name_parties
from verifier.strangers import strangers
from verifier.types import Party, Verdict

TEXTS = {
    "question_language": "The question does not look like English (by its words: {language}). The verifier reads "
    "English only: rely on no verdict here, and ask again in English.",
    "clause_language": "This clause does not look like English (by its words: {language}). The verifier reads English "
    "only: do not rely on its verdict.",
    "unknown_party": "The question names {names}, whom neither the contract's parties nor this clause name: check "
    "who is meant.",
    "no_parties": "No parties of this contract are known, so who owes whom was read from the bare words: check it.",
    "one_sided": "The question asks of both parties; these words bind {bearer} alone. Look whether others of the "
    "contract bind the other.",
    "read_in_parts": "This clause is too long to be read at once. It was read in {windows} parts, and the one that "
    "says most to the question decided: read the rest.",
}
CODES = tuple(TEXTS)
DOUBTING = frozenset({*DOUBTS, "clause_language"})  # what playbooks do not take for a sure verdict
# The subject of a question, whatever it asks of them.
_OF_BOTH = re.compile(
    r"(?:(?:can|may|must|shall|will|does|do|is|are|has|have|whether)\s+)?(?:the\s+)?"
    r"(?:(?:neither|either|each|both|no)\b(?:\s+of)?(?:\s+the)?\s+(?:part(?:y|ies)|sides?)\b|parties\b|mutual(?:ly)?\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Notice:
    code: str  # a key of TEXTS
    text: str


def notices_on_question(query: str) -> tuple[Notice, ...]:
    """For all its verdicts."""
    language = foreign_sentence(query)
    return (_notice("question_language", language=language),) if language else ()


def notices_on_verdict(
    query: str, reading: str, parties: Sequence[Party], verdict: Verdict, found: Sequence[ObligationSpan]
) -> tuple[Notice, ...]:
    """``found`` are the statements in ``reading``."""
    return tuple(_on_verdict(query, reading, parties, verdict, found))


def _on_verdict(
    query: str, reading: str, parties: Sequence[Party], verdict: Verdict, found: Sequence[ObligationSpan]
) -> Iterator[Notice]:
    if language := foreign_language(reading):
        yield _notice("clause_language", language=language)
    if LABELS[verdict.label].group == "related":
        return  # nothing was said of who owes what
    if not parties:
        yield _notice("no_parties")
    elif unknown := strangers(query, reading, parties):
        yield _notice("unknown_party", names=" and ".join(f"“{name}”" for name in unknown))
    if verdict.label == "supported" and _OF_BOTH.match(query):
        decisive = decisive_statement(found, name_parties(query, parties, query=True), verdict)
        if bearer := _only_bearer(found, decisive):
            yield _notice("one_sided", bearer=bearer)
    if verdict.windows > 1:
        yield _notice("read_in_parts", windows=verdict.windows)


def _only_bearer(found: Sequence[ObligationSpan], decisive: ObligationSpan | None) -> str:
    """Whom the statement that decided binds; "" where that is nobody who is named, or any statement binds another.

    What else is said of nobody ("they shall be paid within 30 days") does not count. Where no statement is known to
    have decided, each must bind the one.
    """
    bearers = {"" if one.mutual else one.bearer for one in found}
    if decisive is not None and decisive.bearer and not any(one.mutual for one in found):
        bearers.discard("")
    return bearers.pop() if len(bearers) == 1 else ""


def _notice(code: str, **said: object) -> Notice:
    return Notice(code, TEXTS[code].format(**said))
