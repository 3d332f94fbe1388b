"""Facts of a whole contract: title, kind of document, dates, governing law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text.types import FactSpan

_KIND_WORD = (
    r"(?:AGREEMENT|CONTRACT|LEASE|DEED|ADDENDUM|AMENDMENT|STATEMENT\s+OF\s+WORK|MEMORANDUM\s+OF\s+UNDERSTANDING|LETTER|"
    r"SCHEDULE|LICEN[CS]E|UNDERTAKING|TERMS\s+(?:AND|&)\s+CONDITIONS|TERMS\s+OF\s+(?:SERVICE|USE)|WORK\s+ORDER|PLAN|"
    r"ORDER\s+FORM|NOTE|GUARANT(?:Y|EE)|INDENTURE|CHARTER|SUPPLEMENT|POLICY|PROGRAM)"
)
_TITLE_SEARCHED = 6_000
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?:(?:19|20)\s?\d\d|20__|\[\s*[●•*_ ]*\s*\]|_{2,})"
_DAY = r"(?:\d{1,2}(?:\s?(?:st|nd|rd|th))?|_{2,}|\[[^\]]{0,6}\])"
DATE = re.compile(
    rf"{_DAY}\s*(?:day\s+)?(?:of\s+)?{_MONTH}\s*,?\s*(?:in\s+the\s+year\s+)?{_YEAR}"
    rf"|{_MONTH}\s*(?:the\s+)?{_DAY}?\s*,?\s*{_YEAR}"
    rf"|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d\d)\b|\b(?:19|20)\d\d-\d\d-\d\d"
    rf"|(?:{_DAY}\s+)?day\s+of\s*(?:_{{2,}}|\[[^\]]{{0,6}}\])?\s*,?\s*{_YEAR}"
    rf"|(?:_{{3,}}|\[[^\]]{{1,6}}\])\s*_*\s*,\s*{_YEAR}",
    re.I,
)
_LAW = re.compile(
    r"(?:govern|constru|interpret|enforc|determin|subject\s+to|in\s+accordance\s+with|under)[^;]{0,260}?\b(?:laws?|statutes|legislation)\b"
    r"(?:\s+(?:and|or)\s+\w+)?[\s,]*(?:of|in\s+force\s+in|in\s+effect\s+in|prevailing\s+in)\s+(?:the\s+)?(?P<place>[^;]{3,160})",
    re.I,
)


def find_facts(text: str, filename: str) -> tuple[FactSpan, ...]:
    """At most one fact of each kind. A title that only the file name tells has the empty span 0:0."""
    title = _title(text, filename)
    found = [title, _document_kind(title), _agreement_date(text), _effective_date(text), _governing_law(text)]
    return tuple(fact for fact in found if fact)


def _title(text: str, filename: str) -> FactSpan:
    candidates = sorted([*_titles(text), *_first_line(text)], key=lambda found: found[0], reverse=True)
    if candidates:
        _, start, end = candidates[0]
        return FactSpan("title", " ".join(text[start:end].split()), start, end)
    stem = filename.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return FactSpan("title", re.sub(r"[_\s]+", " ", stem).strip(), 0, 0)


# "LICENSE" in "LICENSE AGREEMENT" is not the end.
_MORE = rf"(?!\s+(?:(?:AND|&)\s+)?(?:(?!THIS\b)[\w&]+\s+)?{_KIND_WORD}\b)"
_CAPITALS = re.compile(
    rf"(?<![\w&])(?:[A-Z][A-Z0-9'’&/()#-]*,?[ \t]+(?:\n[ \t]*)?){{0,12}}?"
    rf"{_KIND_WORD}S?\b{_MORE}(?:[ \t]+(?:NO\.?|NUMBER|#)[ \t]*\d+)?"
)
_THIS = re.compile(
    rf"\b[Tt](?:his|HIS)\s+(?P<title>(?:(?:[A-Z][\w'’&/,-]*|of|and|for|to|the|&)\s+){{1,12}}?{_KIND_WORD}{_MORE})\b"
)


_LINE = re.compile(r"\s*(\S[^\n]{2,89})(?:\n|$)")


def _first_line(text: str) -> Iterator[tuple[int, int, int]]:
    """The first line when it reads like a heading; sure when it names a kind of document."""
    line = _LINE.match(text)
    if line and not re.search(r"\b(?:exhibit|execution|confidential|this|shall|is)\b|[.:;]\s*$", line[1], re.I):
        sure = re.search(rf"\b{_KIND_WORD}\b", line[1], re.I) and len(line[1].split()) < 11
        yield (46 if sure else 1), line.start(1), line.start(1) + len(line[1].rstrip())


def _titles(text: str) -> Iterator[tuple[int, int, int]]:
    """Candidates as (score, start, end): early, in capitals or alone on their line."""
    for match in _CAPITALS.finditer(text, 0, _TITLE_SEARCHED):
        words = match.group().split()
        if words[0] in ("THIS", "THE", "OF", "AND", "TO", "FOR"):
            continue
        yield 30 - match.start() // 200 + min(len(words), 6), match.start(), match.end()
    line = re.compile(
        rf"^[ \t]*((?:[A-Z][\w'’&/-]*|of|and|for|to|the|&|-|No\.)[ \t,]+){{0,12}}"
        rf"{_KIND_WORD}S?(?:[ \t]+(?:No\.?|#)?[ \t]*\d+)?[ \t]*$",
        re.M | re.I,
    )
    for match in line.finditer(text, 0, _TITLE_SEARCHED):
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        yield 31 - match.start() // 200 + min(len(match.group().split()), 6), start, match.end()
    this = _THIS.search(text, 0, _TITLE_SEARCHED * 4)
    if this and len(this["title"].split()) > 1:
        # The preamble repeats the title in other letters: its first place is the title itself.
        phrase = r"\s+".join(map(re.escape, this["title"].split()))
        first = re.search(rf"\b(?:form\s+of\s+)?{phrase}\b", text, re.I)
        if first:
            yield 45, first.start(), first.end()


def _document_kind(title: FactSpan) -> FactSpan:
    if re.search(
        r"\b(?:amend(?:ment|ed|ing)|addendum|supplement(?:al)?|modification|waiver|restate)\b", title.value, re.I
    ) and not re.search(r"\bamended\s+and\s+restated\b", title.value, re.I):
        kind = "amendment"
    elif re.match(
        r"(?:exhibit|schedule|annex|appendix|statement\s+of\s+work|order\s+form|work\s+order)\b", title.value, re.I
    ):
        kind = "exhibit"
    else:
        kind = "main"
    return FactSpan("document_kind", kind, title.start, title.end)


_DATED = re.compile(
    r"\b(?:dated|made|entered\s+into|executed|effective|as\s+of|agreement|contract)\b[^.;\"“]{0,120}?$", re.I
)


def _agreement_date(text: str) -> FactSpan | None:
    for match in DATE.finditer(text, 0, 12_000):
        before = text[max(0, match.start() - 140) : match.start()]
        if _DATED.search(before):
            return _date("agreement_date", match)
    signed = list(DATE.finditer(text, max(0, len(text) - 4_000)))
    return _date("agreement_date", signed[0]) if signed else None


_EFFECTIVE_AFTER = re.compile(r"[\s,)\]]*\(?[^.;)\d]{0,60}[\"“'](?:the\s+)?(?:[A-Z]\w+\s+)?Effective\s+Date", re.I)
_EFFECTIVE_BEFORE = re.compile(r"(?:\beffective\s+(?:date)?|Effective\s+Date[\"”']?|\bcommenc\w+)[^.;]{0,80}?$", re.I)


def _effective_date(text: str) -> FactSpan | None:
    dates = list(DATE.finditer(text))
    named = (match for match in dates if _EFFECTIVE_AFTER.match(text, match.end()))
    said = (match for match in dates if _EFFECTIVE_BEFORE.search(text, max(0, match.start() - 110), match.start()))
    match = next(named, None) or next(said, None)
    if match:
        return _date("effective_date", match)
    agreed = _agreement_date(text) if re.search(r"effective\s+date|effective\s+as\s+of", text, re.I) else None
    return FactSpan("effective_date", agreed.value, agreed.start, agreed.end) if agreed else None


def _date(kind: str, match: re.Match[str]) -> FactSpan:
    value = " ".join(match.group().split())
    if kind == "agreement_date":
        return FactSpan("agreement_date", value, match.start(), match.end())
    return FactSpan("effective_date", value, match.start(), match.end())


_PLACE_END = re.compile(
    r"[.;()]|,?\s+(?:without|except|excluding|as\s|and\s+(?:the\s|shall|each|any|applicable)|regardless|"
    r"irrespective|applicable|not|to\s|with|that|which|including|exclusive|shall|in\s|from|governing|but|where|is\s|are\s|for\s)|\n\s*\n",
    re.I,
)


def _governing_law(text: str) -> FactSpan | None:
    for match in _LAW.finditer(text):
        sentence = match.group()
        if not re.search(r"govern|constru|interpret", sentence[:300], re.I):
            continue
        cut = _PLACE_END.search(match["place"])
        value = match["place"][: cut.start()] if cut else match["place"]
        value = value.rstrip(" ,\n")
        if value[:1].isupper() or value[:1] == "[":
            start = match.start("place")
            return FactSpan("governing_law", _place(value), start, start + len(value))
    ruling = re.search(
        r"\blaws?\s+of\s+(?:the\s+)?(?P<place>[A-Z][\w ]{2,60}?)\s+(?:shall\s+|will\s+)?(?:govern|appl)", text
    )
    if ruling:
        return FactSpan("governing_law", _place(ruling["place"]), ruling.start("place"), ruling.end("place"))
    english = re.search(
        r"\b(?:govern|constru|interpret)\w*[^;]{0,160}?\b(?P<place>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\s+(?:[Ss]tate\s+)?[Ll]aws?\b",
        text,
    )
    return (
        FactSpan("governing_law", english["place"], english.start("place"), english.end("place")) if english else None
    )


def _place(words: str) -> str:
    plain = " ".join(words.split())
    return re.sub(r"^(?:State|Commonwealth|Province|laws)\s+of\s+(?:the\s+)?", "", plain, flags=re.I)
