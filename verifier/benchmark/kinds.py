"""Kinds of queries by how they are worded, found by rule, so that one can say which the verifier reads badly."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from verifier.data.items import SUPPORTED
from verifier.parties import mentioned
from verifier.roles import ALL_ROLE_WORDS
from verifier.types import Pair, Party

Kind = Callable[[str, Sequence[Party]], bool]
PLAIN = "none of these"
ALL = "all"
_IRREGULAR = (
    "bound|borne|bought|brought|built|cut|done|drawn|forbidden|found|given|held|kept|laid|left|lent|let|lost|made|met|"
    "paid|put|read|run|seen|sent|set|shown|shut|sold|spent|struck|sworn|taken|told|understood|withheld|won|written"
)
_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen|twenty|thirty|forty|fifty|sixty|"
    "seventy|eighty|ninety|hundred|thousand|million|half|third|quarter|twice|double"
)
# A finite verb: without one the query is a noun phrase ("indemnity from vendor to client").
_FINITE = re.compile(
    r"\b(?:must|shall|will|would|may|might|can|cannot|could|should|need|needs|is|are|was|were|be|been|has|have|had|does|do|did"
    r"|(?:accept|allow|answer|appl(?:y|ie)|assign|bar|bear|becom|begin|belong|bind|bring|carr(?:y|ie)|come|compensat|count"
    r"|cover|deliver|depend|end|enjoy|exceed|expire|fall|fund|get|give|go|goe|govern|grant|hold|indemnif(?:y|ie)|insure"
    r"|keep|lapse|last|leave|let|lie|lose|make|meet|owe|own|pass|passe|pay|protect|prevent|provide|reach|reache|receive"
    r"|remain|require|rest|retain|run|sell|send|settle|share|stand|start|stay|survive|take|terminate|turn|warrant)s)\b",
    re.I,
)
# "title passes to", "Lessing performs the": a verb in the present with what follows verbs.
_PRESENT = re.compile(
    r"^(?:the\s+)?[\w'’-]+(?:\s+[\w'’-]+)?\s+[a-z]+s\s+(?:the|a|an|its|their|no|any|all|to|by|from|in)\b", re.I
)
_WORDED: dict[str, re.Pattern[str]] = {
    "question": re.compile(r"\?\s*$|^(?:must|shall|may|can|will|does|do|is|are|has|have|who|what|when)\s", re.I),
    "passive": re.compile(
        rf"\b(?:be|is|are|was|were|been|being|gets?)\s+(?:\w+ly\s+|not\s+|also\s+)?(?:\w{{2,}}ed|{_IRREGULAR})\b", re.I
    ),
    "negative words": re.compile(
        r"\b(?:not|no|never|none|nobody|nothing|neither|nor|cannot|without|nowhere|den(?:y|ies|ied)|refus\w+|forbid\w*"
        r"|barred|bars|prohibit\w*|exempt\w*|excus\w+|free\s+(?:of|from)|shut\s+out|stripped|\w+n[’']t)\b",
        re.I,
    ),
    "exception or its denial": re.compile(
        r"\b(?:except\w*|unless|save\s+(?:for|where|that)|other\s+than|apart\s+from|but\s+for|only|subject\s+to|provided|"
        r"even\s+(?:if|where|though|when)|whether\s+or\s+not|what(?:so)?ever|regardless|irrespective|unlimited"
        r"|unconditional\w*|without\s+(?:any\s+)?(?:limit\w*|exception|condition)|absolute\w*|in\s+(?:all|any|every)\s+\w*\s*cases?"
        r"|no\s+(?:limit|cap|ceiling|exception)s?)\b",
        re.I,
    ),
    "number": re.compile(rf"\d|%|\b(?:{_NUMBER_WORDS})\b", re.I),
}  # fmt: skip


def _nominal(query: str, parties: Sequence[Party]) -> bool:
    return not any(pattern.search(query) for pattern in (_FINITE, _PRESENT, _WORDED["question"]))


def _by_role(query: str, parties: Sequence[Party]) -> bool:
    """ "vendor" where the contract says Supplier."""
    own = {party.term.lower() for party in parties}
    return any(re.search(rf"\b{word}\b", query, re.I) for word in ALL_ROLE_WORDS - own)


def _by_name(query: str, parties: Sequence[Party]) -> bool:
    """A party by its name or alias, not by its defined term."""
    named = [Party(party.name, "", party.aliases) for party in parties]
    return bool(mentioned(query, named, query=False))


def _nobody(query: str, parties: Sequence[Party]) -> bool:
    return not mentioned(query, parties, query=True)


def _worded(words: re.Pattern[str]) -> Kind:
    return lambda query, parties: bool(words.search(query))


KINDS: dict[str, Kind] = {
    "nominal": _nominal,
    **{name: _worded(words) for name, words in _WORDED.items()},
    "party by role word": _by_role,
    "party by company name": _by_name,
    "no party named": _nobody,
}


def kinds_of(query: str, parties: Sequence[Party]) -> tuple[str, ...]:
    """All that fit, in the order of KINDS; PLAIN where none does."""
    return tuple(name for name, fits in KINDS.items() if fits(query, parties)) or (PLAIN,)


def right_by_kind(pairs: Sequence[Pair], right: Sequence[int], predicted: Sequence[int]) -> dict[str, dict[str, int]]:
    """Least often right first; a query counts in each of its kinds. ``kept``: supported and shown as such."""
    decided: dict[str, list[tuple[int, int]]] = {ALL: list(zip(right, predicted, strict=True))}
    for pair, both in zip(pairs, decided[ALL], strict=True):
        for kind in kinds_of(pair.query, pair.parties):
            decided.setdefault(kind, []).append(both)
    rows = {
        kind: {
            "items": len(each),
            "right": sum(r == p for r, p in each),
            "supported": sum(r == SUPPORTED for r, _ in each),
            "kept": sum(r == p == SUPPORTED for r, p in each),
            "shown": sum(p == SUPPORTED for _, p in each),
        }
        for kind, each in decided.items()
    }
    return dict(sorted(rows.items(), key=lambda row: row[1]["right"] / row[1]["items"]))
