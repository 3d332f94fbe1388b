"""Which law governs a contract: the place, from the sentence that says so of this contract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text.law_places import place_end
from contracts.text.types import FactSpan

_BY_LAW_OF = re.compile(
    r"(?:govern|constru|interpret|enforc|determin|controlled|subject\s+to|in\s+accordance\s+with|under)[^;]{0,260}?"
    r"\b(?:laws?|statutes|legislation)\b(?:\s+(?:and|or)\s+\w+(?:\s\w+)?)?[\s,]*(?:of|in(?=\s+the\s+State\b)|in\s+force\s+in|in\s+effect\s+in|prevailing\s+in)\s+"
    r"(?:the\s+)?(?=(?P<place>[^;]{3,160}))",
    re.I,
)
_LAW_GOVERNS = re.compile(
    r"\b[Ll]aws?\s+of\s+(?:the\s+)?(?:[Ss]tate\s+of\s+)?(?P<place>[A-Z][\w ,'\u2019&-]{2,60}?)\s+(?:shall\s+|"
    r"will\s+)?(?:\w+ly\s+)?(?:govern|appl|control)"
)
# "Governing Law: Delaware" in a table of terms: the place alone.
_LABELLED = re.compile(
    r"\b(?:[Gg]overning|[Aa]pplicable|GOVERNING|APPLICABLE)\s+(?:[Ll]aw|LAW)\s*[:|\u2013\u2014-]\s*(?:[Tt]he\s+)?(?:[Ll]aws?\s+of\s+)?"
    r"(?P<place>(?:the\s+)?[A-Z][^.:;|\n]{1,59}?)[ \t]*(?=[.;|]|\n|$)"
)
_SENTENCE = re.compile(r"\b(?:shall|will|must|may|is|are|agree\w*|govern\w*)\b", re.I)
_LAW_NAMED = re.compile(
    r"\b(?:govern|constru|interpret)\w*[^;]{0,160}?\b(?P<place>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?|PRC|UK|U\.?S\.?)\s+(?:[Ss]tate\s+)?[Ll]aws?\b"
)
_STATE_OF = re.compile(
    r"(?:(?:state|commonwealth|province|laws|law|courts|country|territory)\s+of\s+(?:the\s+)?|(?:state|the)\s+(?=[A-Z]))+",
    re.I,
)
_PLACE_END = re.compile(
    r"(?<![A-Z]\.[A-Z])(?<!\bU)(?<!\bU\.S)[.;()]|,?\s+(?:without|except|excluding|as\s|and\s+(?:the\s|of\s|shall|each|any|all|applicable|its)|"
    r"regardless|irrespective|applicable|not|to\s|with|that|which|including|exclusive|shall|in\s|from|governing|but|where|may\s|must\s|"
    r"is\s|"
    r"are\s|for\s|or\s)|\n\s*\n",
    re.I,
)
_OF_THE_CONTRACT = re.compile(
    r"\b(?:this|the|said)\s+[^.;]{0,60}\b(?:agreement|contract|amendment|addendum|lease|plan|note)\b|\bgoverning\s+law\b|"
    r"\bapplicable\s+law\b|\bchoice\s+of\s+law\b",
    re.I,
)
_GOVERNS = re.compile(r"govern|constru|interpret|controlled", re.I)
_NO_PLACE = re.compile(
    r"(?:applicable|such|any|territory|plaintiff|defendant|governing|united\s+nations|that|its|each|other|local|foreign|the$|bankruptcy|federal\s+(?:laws?|courts?|securities))\b",
    re.I,
)
_HEADED = 160  # characters before the sentence in which its heading or subject may stand


def find_governing_law(text: str) -> FactSpan | None:
    """The place of the surest sentence, the first of equals."""
    found = sorted(_candidates(text), key=lambda candidate: (-candidate[0], candidate[1]))
    if not found:
        return None
    _, start, end = found[0]
    return FactSpan("governing_law", " ".join(text[start:end].split()), start, end)


def _candidates(text: str) -> Iterator[tuple[int, int, int]]:
    """(sureness, start, end of the place)"""
    for match in _LABELLED.finditer(text):
        labelled = None if _SENTENCE.search(match["place"]) else _place(text, *match.span("place"))
        if labelled:
            yield 4, *labelled
    for weight, pattern in ((3, _BY_LAW_OF), (3, _LAW_GOVERNS), (1, _LAW_NAMED)):
        for match in pattern.finditer(text):
            span = _place(text, *match.span("place"), known=pattern is _LAW_NAMED)
            if not span:
                continue
            lead = text[max(0, match.start() - _HEADED) : match.start("place")]
            governs = pattern is _LAW_GOVERNS or _GOVERNS.search(match.group()) is not None
            yield weight + 2 * governs + 2 * (_OF_THE_CONTRACT.search(lead) is not None), *span


def _place(text: str, start: int, end: int, *, known: bool = False) -> tuple[int, int] | None:
    """``known``: only one of the places that are known to have a law."""
    state = _STATE_OF.match(text, start, end)
    begins = state.end() if state else start
    cut = _PLACE_END.search(text, begins, end)
    value = text[begins : cut.start() if cut else end].rstrip(" ,\n")
    if not (value[:1].isupper() or value[:1] == "[") or _NO_PLACE.match(value) or len(value) > 60:
        return None
    if (ends := place_end(text, begins, begins + len(value))) > begins:
        return begins, ends
    if known or any(word.islower() and word not in ("of", "the", "and") for word in value.split()):
        return None  # "Tarn found", "Tarn policies": words of the sentence
    return begins, begins + len(value)
