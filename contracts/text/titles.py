"""The title of a contract: a heading near the top that names a kind of document, or what the preamble calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text.types import FactSpan

_KIND = (
    r"(?:AGREEMENT|CONTRACT|LEASE|DEED|ADDENDUM|AMENDMENT|STATEMENT\s+OF\s+WORK|MEMORANDUM\s+OF\s+UNDERSTANDING|LETTER|"
    r"SCHEDULE|LICEN[CS]E|UNDERTAKING|TERMS\s+(?:AND|&)\s+CONDITIONS|TERMS\s+OF\s+(?:SERVICE|USE)|WORK\s+ORDER|PLAN|"
    r"ORDER\s+FORM|NOTE|GUARANT(?:Y|EE)|INDENTURE|CHARTER|SUPPLEMENT|POLICY|PROGRAM|ENDORSEMENT|POWER\s+OF\s+ATTORNEY|"
    r"JOINT\s+FILING\s+STATEMENT)"
)
_SEARCHED = 6_000
_LONGEST = 160
_MOST_WORDS = 18
_LINE = re.compile(r"[^\n]+")
_GAP = re.compile(r"[ \t\u00a0]{3,}|(?<=[a-z]{3}[.\"”])[ \t]+(?=[A-Z#])")  # or the end of a sentence
_EXHIBIT_NUMBER = re.compile(
    r"^(?:(?:[-–—_=*]\s?){3,}\s*|RE:[\s|]*|"
    r"(?:[A-Z]+\s)?CONTRACT\sNo\.?\s?(?=[\w/-]*\d)[\w/-]{4,}\s+|"
    r"(?:EX(?:HIBIT)?|Annex)[\s.-]*(?:No\.?\s*)?\(?[\dA-Z]{0,3}(?:\.[\dA-Z-]+)*\)?(?:\([\dA-Za-z]+\))*[.:\s]+|\d{1,3}\s+"
    r"|[^\n]{1,60}?\bEXHIBIT\s+\d{1,3}(?:\.\d+)?[.:\s]+(?=[A-Z])"
    r"|(?:EXECUTION|CONFORMED)\s+(?:VERSION|COPY)\s*|CONFIDENTIAL\s+|FINAL\s+|TABLE\s+OF\s+CONTENTS\s+|Page\s+\d+\s+of\s+\d+\s+|-\s*\d+\s*-\s+|<PAGE>\s*\d*\s*)+",
    re.I,
)
_TITLE = re.compile(
    rf"(?:(?:[A-Z0-9#][\w'’&/,.()-]*|[a-z]+-[A-Z]\w*|of|and|for|to|the|on|in|with|by|a|an|re|&|-|–|—|/)\s+){{0,{_MOST_WORDS}}}?"
    rf"{_KIND}S?\b(?:[ \t]+(?:No\.?|Number|\#)?[ \t]*(?:\d{{1,3}}|[IVX]+)\b)?",
    re.I,
)
_GOES_ON = re.compile(
    rf"\s*(?:TO|FOR|OF|AND|,|&)\s+(?:(?:THE|A)\s+)?(?:[A-Z0-9][\w'’&/,.-]*\s+|(?:of|and|for|to|the|&|-)\s+){{0,12}}?{_KIND}S?\b"
    rf"(?:[ \t]+(?:No\.?|\#)?[ \t]*\d+\b)?|\s+(?:(?:[A-Z][\w&/-]*|AND|&)\s+){{0,3}}?{_KIND}S?\b"
    r"(?:[ \t]+(?:\d{1,2}|[IVX]{1,4})\b)?",
    re.I,
)
# "CONTRACT No. 076C/01", a number in a register, where "AMENDMENT No. 2" belongs to its title
_REFERENCE = re.compile(r"[ \t]+(?:No|Number)\b\.?[ \t]*(?=[\w/-]*\d)[\w/-]{4,}", re.I)
_LABEL = re.compile(r"[ \t]+(?:No|Number|Date|Price)\b\.?[ \t]*:", re.I)
# "REVOLVING CREDIT", and on the next line "AGREEMENT"
_OVER_LINES = re.compile(rf"(?!.*\b(?:COPY|VERSION|CONFIDENTIAL|INC|CORP|LTD|LLC|AND)\b)[A-Z][A-Z &/-]+\n[ \t]*{_KIND}")
# What may stand on the line above: "AMENDED AND RESTATED", then "SUPPLY AGREEMENT".
_ABOVE = re.compile(r"(?:\w+\s+)?AMENDED\s+(?:AND|&)\s+RESTATED\s*\n\s*$|\bFORM\s+OF\s*\n\s*$", re.I)
_MONTH_AND_DAY = re.compile(
    r"\b(?:JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)\s+\d", re.I
)
_NO_TITLE = re.compile(
    r"(?i:note)$|(?i:entire\s)|(?i:item\s)|The\s+[a-z]|\d+[.)]|[IVX]+\.|Schedule 13|(?:To|Of|For|And|By|In)\s|"
    r"(?i:form of agreement)$|.*\bthe\s+[a-z]+$"
)
_NUMBERED_PART = re.compile(r"(?:SCHEDULE|NOTE|PLAN)\s+\S+", re.I)
# "Cooperation Agreement on Games": the kind of document, then what it is about.
_ABOUT = re.compile(r"[ \t]+(?:on|of|for|regarding|concerning|relating\s+to)\s+(?=[A-Z\d])")

_COMPANY_BEFORE = re.compile(
    r"^.*\b(?:INC\.?|L\.?L\.?C\.?|CORPORATION|CORP\.?|LTD\.?|LIMITED|L\.P\.|PLC)[\s,–—-]+(?=\S)", re.I | re.S
)
_SENTENCE = re.compile(
    r"\b(?:THIS|SHALL|ANY|IS|HAS|HAVE|BEEN|WITH RESPECT|INCLUDING|CERTAIN|REQUESTED|PURSUANT|WILL|MAY|"
    r"NOT|THESE|BETWEEN|AM|ARE|WE|YOU|YOUR|OUR|THAT|"
    r"DATED|PURSUANT|FILED|WHICH|HEREBY|HEREOF|ARTICLE|SECTION|PAGE)\b",
    re.I,
)
_BODY = re.compile(
    rf"\b(?:This|THIS)\s+(?=[^.\n]{{0,100}}?(?i:{_KIND}))[A-Za-z][^.]{{3,200}}?\b(?:is|made|entered|dated|effective|between|among)\b|\bWHEREAS\b"
)
# A title that stands on one line with what comes before it: "Exhibit 10.2 EXECUTION COPY SUPPLY AGREEMENT This ..."
_BEFORE_BODY = re.compile(
    rf"(?:(?:[A-Z][A-Z'’&/,-]*|&|\#?\d{{1,2}})\s+){{0,{_MOST_WORDS}}}{_KIND}S?\b(?:\s+(?:NO\.?\s*|\#)\d{{1,2}})?"
    r"\s*(?:\d{1,3}\s*)?(?:\((?:the|this)\s+[\"“][^()]{2,30}\)\s*)?$"
)
_MARK = re.compile(
    r"(?:.*\b(?:EXHIBIT|ANNEX|PAGE)\s+[\dA-Z.-]+\s+|.*\b(?:COPY|VERSION|CONFIDENTIAL|COMMISSION|REDACTED)\s+|\d+\s+)+",
    re.S,
)
_THIS = re.compile(
    rf"\b[Tt](?:his|HIS)\s+(?P<title>(?:(?:[A-Z][\w'’&/,-]*|of|and|for|to|the|&)\s+){{1,12}}?(?=[A-Z])(?i:{_KIND})"
    rf"(?!\s+(?:(?:AND|and|&)\s+(?:[A-Z][\w&]*\s+){{0,3}})?(?i:{_KIND})\b)"
    # what it is for, where a bracket follows: "This Service Agreement for Freight Handling (the ..."
    r"(?:\s+(?i:for|of|on|regarding)\s+(?:(?:[A-Z][\w'’&/,-]*|of|and|for|the|&)\s+){0,8}?[A-Z][\w'’-]*(?=\s*\((?:the|this)?\s*[\"“]))?)\b"
)


# "These Hosting Order Terms (the "Terms")": what calls itself so and has no heading that names another kind.
_THESE = re.compile(
    r"\bThese\s+(?P<title>(?:[A-Z][\w'’&/-]*\s+(?:(?:of|and|for|to|the|&)\s+)?){1,8}?(?:Terms|Conditions)"
    r"(?:\s+(?:of|and|&)\s+[A-Z]\w+)*)\s*(?=\(|(?:are|govern|apply|set|form|shall|constitute)\b)"
)


def find_title(text: str, filename: str) -> FactSpan:
    heading, said = _heading(text), _called(text)
    span = _choose(text, heading, said)
    span = _longer(text, span, _before_body(text)) or _first_line(text) or _about(text) or _further_on(text)
    span = span or _called(text, _THESE)
    if span:
        span = _without_running_head(text, *span)
        return FactSpan("title", " ".join(text[span[0] : span[1]].split()), *span)
    stem = filename.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return FactSpan("title", re.sub(r"[_\s]+", " ", stem).strip(), 0, 0)


def _without_running_head(text: str, start: int, end: int) -> tuple[int, int]:
    """ "Supply Agreement, Tarn/Lake SUPPLY AGREEMENT" -> "SUPPLY AGREEMENT"."""
    capitals = re.search(rf"(?<=[a-z]\s)(?:[A-Z&][A-Z'’&/,-]*\s+)+{_KIND}S?$", text[start:end])
    return (start + capitals.start(), end) if capitals else (start, end)


def _choose(text: str, heading: tuple[int, int] | None, said: tuple[int, int] | None) -> tuple[int, int] | None:
    """The heading, unless it says less than the preamble does."""
    if heading and said:
        shown, called = (_words(text[start:end]) for start, end in (heading, said))
        return said if len(shown) < len(called) and set(shown) <= set(called) else heading
    return heading or said


def _longer(text: str, span: tuple[int, int] | None, before: tuple[int, int] | None) -> tuple[int, int] | None:
    """What stands before the body, where no heading was found or only its first words."""
    if span and before:
        shown, whole = (_words(text[start:end]) for start, end in (span, before))
        return before if len(shown) < len(whole) and whole[: len(shown)] == shown else span
    return span or before


def _before_body(text: str) -> tuple[int, int] | None:
    """The words in capitals that end where the body begins."""
    body = _BODY.search(text, 0, _SEARCHED)
    start = max(0, body.start() - _LONGEST) if body else 0
    match = _BEFORE_BODY.search(text, start, body.start()) if body else None
    if not match:
        return None
    mark = _MARK.match(match.group())
    words = re.sub(r"(?:\s+\d{1,3})?\s*(?:\([^()]*\)\s*)?$", "", match.group())
    begins = mark.end() if mark and mark.end() < len(words) else 0
    if len(words[begins:].split()) < 2 or _SENTENCE.search(words[begins:]):
        return None
    begins = _without_company(text, match.start() + begins, match.start() + len(words))
    return begins, match.start() + len(words)


def _first_line(text: str) -> tuple[int, int] | None:
    """ "Lease of Unit 4, Weavers Yard": a short first line that names a kind of document anywhere."""
    number = _EXHIBIT_NUMBER.match(text)
    line = re.compile(r"\S[^\n]*\S").search(text, number.end() if number else 0)
    if not line or not 2 <= len(line.group().split()) <= 12 or _SENTENCE.search(line.group()):
        return None
    return line.span() if re.search(rf"\b{_KIND}\b", line.group(), re.I) else None


def _about(text: str) -> tuple[int, int] | None:
    """ "Cooperation Agreement on Games": the kind of document that opens a line, without what it is about."""
    for start, end in _lines(text, _SEARCHED // 4):
        match = _TITLE.match(text, start, end)
        words = match.group() if match else ""
        if match and _ABOUT.match(text, match.end()) and len(words.split()) > 1 and not _is_no_title(words):
            return match.span()
    return None


def _further_on(text: str) -> tuple[int, int] | None:
    """A heading in capitals below the first words of the body, as where a page of another contract comes first."""
    return next((span for span in _headings(text, _SEARCHED) if text[span[0] : span[1]].isupper()), None)


def _is_no_title(words: str) -> bool:
    return (
        words.split()[0].islower()
        or _NO_TITLE.match(words) is not None
        or _MONTH_AND_DAY.search(words) is not None
        or _SENTENCE.search(words) is not None
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _heading(text: str) -> tuple[int, int] | None:
    """The first heading of at least two words before the body; else the first of one word."""
    body = _BODY.search(text, 0, _SEARCHED)
    stop = body.start() if body else min(len(text), _SEARCHED)
    found = list(_headings(text, stop))
    words = [(span, text[span[0] : span[1]]) for span in found]
    several = (span for span, title in words if len(title.split()) > 1 and not _NUMBERED_PART.fullmatch(title))
    return next(several, None) or next(iter(found), None)


def _headings(text: str, stop: int) -> Iterator[tuple[int, int]]:
    for start, end in _lines(text, stop):
        match = _TITLE.match(text, start, min(len(text), start + _LONGEST))
        if not match or match.start() >= end or (match.end() > end + 1 and not _OVER_LINES.fullmatch(match.group())):
            continue
        ends = _with_rest(text, match.end(), stop)
        begins = _without_company(text, start, ends)
        if _is_no_title(text[begins:ends]) or not _stands_alone(text, ends, stop):
            continue
        above = _ABOVE.search(text, max(0, begins - 60), begins)
        yield above.start() if above else begins, ends


def _lines(text: str, stop: int) -> Iterator[tuple[int, int]]:
    """The pieces of the lines before ``stop``, cut at wide gaps, without an exhibit's number before them."""
    for line in _LINE.finditer(text, 0, stop):
        start = line.start()
        for gap in [*_GAP.finditer(line.group()), None]:
            end = line.start() + gap.start() if gap else line.end()
            number = _EXHIBIT_NUMBER.match(text[start:end].lstrip())
            begins = start + len(text[start:end]) - len(text[start:end].lstrip()) + (number.end() if number else 0)
            if begins < end:
                yield begins, end
            start = line.start() + gap.end() if gap else end


def _with_rest(text: str, end: int, stop: int) -> int:
    """ "FIRST AMENDMENT" goes on with "TO SUPPLY AGREEMENT", also on the next line."""
    while (more := _GOES_ON.match(text, end, max(end, stop))) and not _SENTENCE.search(more.group()):
        if "\n\n" in more.group() and not re.match(r"\s*(?:TO|FOR|OF)\b", more.group(), re.I):
            break
        if _words(more.group()) == _words(text[max(0, end - len(more.group())) : end]):
            break
        if _LABEL.match(text, more.end()) or (text[:end].rsplit("\n", 1)[-1].isupper() and not more.group().isupper()):
            break
        end = more.end()
    return end


def _without_company(text: str, start: int, end: int) -> int:
    company = _COMPANY_BEFORE.match(text[start:end])
    return start + company.end() if company else start


def _stands_alone(text: str, end: int, stop: int) -> bool:
    """Nothing but a bracket, a gap, a capital letter or the body follows a heading."""
    after = text[end : end + 12]
    if _LABEL.match(text, end) or _REFERENCE.match(text, end) or after[:1] == ")":
        return False
    return (
        end >= stop - 2
        or re.match(
            r"[ \t]*(?:\n|$|[(\[:*]|[ \t]{2,}|TABLE|BY AND|BETWEEN|by and|between|entered |[A-Z\d])|[ \t]*[.,]\s",
            after,
        )
        is not None
    )


def _called(text: str, wording: re.Pattern[str] = _THIS) -> tuple[int, int] | None:
    """ "This Supply Agreement": its first place, which is the title itself where the preamble repeats that."""
    this = wording.search(text, 0, _SEARCHED * 4)
    if not this or len(this["title"].split()) < 2:
        return None
    phrase = r"\s+".join(map(re.escape, this["title"].split()))
    first = re.search(rf"\b(?:form\s+of\s+)?{phrase}\b", text, re.I)
    return first.span() if first else this.span("title")
