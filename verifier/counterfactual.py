"""The question turned, so that its verdict must turn too: with its parties exchanged, or denied."""

from __future__ import annotations

import re
from collections.abc import Sequence

from verifier.parties import mentioned, neutralise
from verifier.types import Party

# What binds or frees -> its denial; the first rule that fits the leftmost words counts.
_DENIALS: tuple[tuple[str, str], ...] = (
    (r"need\s+not|(?:does|do)\s+not\s+(?:have|need)\s+to|never\s+ha(?:s|ve)\s+to", "must"),
    (r"(?:is|are)\s+under\s+no\s+(?:obligation|duty)\s+to|ha(?:s|ve)\s+no\s+(?:obligation|duty)\s+to", "must"),
    (r"(?:must|shall|may|can)\s+(?:not|never)|cannot|ha(?:s|ve)\s+no\s+right\s+to", "may"),
    (r"will\s+(?:not|never)", "will"),
    (r"is\s+(?:not|never)", "is"),
    (r"are\s+(?:not|never)", "are"),
    (r"does\s+not", "does"),
    (r"do\s+not", "do"),
    (r"must|shall|ha(?:s|ve)\s+to|needs?\s+to", "need not"),
    (r"may|can", "may not"),
    (r"will", "will not"),
    (r"is", "is not"),
    (r"are", "are not"),
)
_RULES = tuple((re.compile(pattern, re.I), instead) for pattern, instead in _DENIALS)
_FINITE = re.compile(rf"\b(?:{'|'.join(pattern for pattern, _ in _DENIALS)})\b", re.I)
# A question's first word -> how it is said, and denied, as a statement.
_ASKED = {
    "must": "need not", "shall": "need not", "may": "may not", "can": "may not", "will": "will not",
    "does": "does not", "do": "do not", "is": "is not", "are": "are not", "has": "has not",
}  # fmt: skip
# Where words like these stand too, denying the binding words alone does not deny the whole.
_TANGLED = re.compile(
    r"\b(?:no|nor|none|nobody|nothing|neither|never|not|only|without|unless|except|until|cannot)\b", re.I
)
_ASIDE = re.compile(r"\b(?:if|when|where|while|who|whom|whose|which|that|because|although|as)\b", re.I)
_PLURAL = re.compile(r"(?:ss|us|is)$")


def exchanged(query: str, parties: Sequence[Party]) -> str:
    """The question with its two parties in each other's place; "" when it does not name exactly two."""
    named = sorted(mentioned(query, parties, query=True))
    if len(named) != 2:
        return ""
    terms = _terms(parties)
    one, other = named
    terms[one], terms[other] = terms[other], terms[one]
    return neutralise(query, parties, terms, query=True).text


def denied(query: str, parties: Sequence[Party]) -> str:
    """The opposite of the question, as a statement; "" where that cannot be said cleanly by rule.

    "Supplier must pay" -> "Supplier need not pay"; "May the tenant sublet?" -> "Tenant may not sublet".
    """
    terms = _terms(parties)
    text = neutralise(query, parties, terms, query=True).text.strip().rstrip(".?; ")
    if text.partition(" ")[0].lower() in _ASKED:
        return _denied_question(text, terms)
    return _denied_statement(text) or _denied_verb(text, terms)


def _terms(parties: Sequence[Party]) -> list[str]:
    return [party.term or party.name for party in parties]


def _denied_question(text: str, terms: Sequence[str]) -> str:
    first, _, rest = text.partition(" ")
    if _TANGLED.search(rest):
        return ""
    for term in sorted(terms, key=len, reverse=True):
        bare = rest[4:] if rest[:4].lower() == "the " else rest
        if bare.startswith(f"{term} "):
            return f"{term} {_ASKED[first.lower()]} {bare[len(term) + 1 :]}"
    return ""


def _denied_statement(text: str) -> str:
    found = _FINITE.search(text)
    if found is None or found.start() == 0:
        return ""
    before, after = text[: found.start()], text[found.end() :]
    if _TANGLED.search(before) or _TANGLED.search(after) or _ASIDE.search(before):
        return ""
    instead = next(instead for pattern, instead in _RULES if pattern.fullmatch(found[0]))
    return f"{before}{instead}{after}"


def _denied_verb(text: str, terms: Sequence[str]) -> str:
    """ "Supplier indemnifies Customer": a verb in the present right behind the party that begins."""
    for term in sorted(terms, key=len, reverse=True):
        found = re.match(rf"(?:the\s+)?{re.escape(term)}\s+(?P<verb>[a-z]+s)\s+", text, re.I)
        if found and not _PLURAL.search(found["verb"]) and not _TANGLED.search(text[found.end() :]):
            return f"{term} does not {_infinitive(found['verb'])} {text[found.end() :]}"
    return ""


def _infinitive(verb: str) -> str:
    if verb == "has":
        return "have"
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if re.search(r"(?:sh|ch|ss|x|z|o)es$", verb) else verb[:-1]
