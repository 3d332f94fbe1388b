"""Letters to a person, such as offers of employment: whom "Dear Ada" means, and for which company it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text.legal_forms import has_suffix, plain_name
from contracts.text.names import name_end
from contracts.text.preamble import Mention, is_name

_SEARCHED = 3_000
_ADDRESS = 700  # characters above "Dear" in which the name stands
_FIRST_WORDS = 900  # characters of the letter in which it says who writes
_TITLE = r"(?:(?:Mr|Ms|Mrs|Dr|Miss)\.?\s+)"
_DEAR = re.compile(
    rf"^[ \t|]*Dear\s+{_TITLE}?(?!(?:Sirs?|Madam|Shareholders?|Stockholders?)\b)"
    r"(?P<called>[A-Z][\w'’-]+)[^\n]{0,30}$",
    re.M,
)
_NAME_LINE = re.compile(
    rf"^[ \t|]*(?:TO:?[ \t]+)?(?P<title>{_TITLE})?(?P<name>[A-Z][\w.'’-]*(?:[ \t]+[A-Z(“\"][\w.'’)“”\"-]*){{1,4}}?)"
    r"(?:,?[ \t]+(?:Esq|M\.?D|Ed\.?D|Ph\.?D|J\.?D|CPA|MBA|Jr|Sr)\b\.?|,[ \t]+I{2,3})*[ \t,|]*$",
    re.M,
)
_NOBODY = re.compile(
    r"\b(?:confidential|personal|private|via|delivery|delivered|mail|re|agreement|amendment|letter|offer)\b", re.I
)
_STREET_BELOW = re.compile(r"[ \t]*\n[ \t]*\d{1,6}[A-Za-z]?[ \t]+[A-Z]")
_BRACKET = 160
_FIRST_LETTER = re.compile(r"(?<![\w.&'’])[A-Z0-9]")
# "(the “Company”)", also at the end of a longer bracket: what the writer of a letter to one person calls itself.
_CALLED_COMPANY = re.compile(
    r"\s*(?:,[^()\"“]{0,90})?\([^()]{0,160}[\"“](?:Company|Corporation|Employer|Bank|Firm|Group)[,.]?[\"”]"
)
# "Tarn Bank and Moor Bank (hereafter the “Group”)"
_AS_GROUP = re.compile(
    r"\s*\((?:hereinafter|hereafter|collectively|together|jointly)\b[^()\"“]{0,40}[\"“](?:the\s+)?(?:Group|Companies|Employers|Banks)[,.]?[\"”]"
)
_GIVEN_A_TERM = re.compile(r"\s*(?:,[^()\"“]{0,90})?\((?:[^()\"“]{0,100}\s)?[\"“]")
_TERM = re.compile(r"\s*\((?:the\s+|hereafter\s+|hereinafter\s+)?[\"“](?P<term>[^\"“”]{1,40})[\"”]")
_BARE_TERM = re.compile(r"[ \t]\((?=[A-Z][\w&.-]{1,20}\))")  # "Tarn Looms (Tarn)"
# "You and Tarn Mills, Inc.", "the position of Chief Officer of Tarn Mills, Inc.", "the Board of Tarn Mills, Inc."
_NO_PART = re.compile(
    r"(?:You|I|We)\s+and\s+(?:the\s+)?|"
    r".*\b(?:President|Officer|Chair\w*|Treasurer|Secretary|Counsel|Director|Manager)\b.*?\b(?:of|for|with)\s+|"
    r"Board(?:\s+of\s+Directors)?\s+of\s+(?!(?:Directors|Managers|Trustees|Governors|Regents)\b)(?:the\s+)?",
    re.S,
)
_BOARD = re.compile(r"Board\s+of\b")
_CALLED_BOARD = re.compile(r"\s*\((?:the\s+)?[\"“]Board\b")
_WRITES = re.compile(
    r"\b(?:with|for|of|by|from|behalf\s+of|join(?:ing)?|to|at|and|between|informed|that)\s+(?:the\s+)?$|"
    r"\b(?:know|aware|discussed),\s+(?:the\s+)?$|[\"“(:]\s*$|(?<!,)\n\s*$",
    re.I,
)
# Of such a letter the person is a party, whatever companies it speaks of.
_EMPLOYS = re.compile(
    r"\b(?:your\s+(?:[\w-]+\s+){0,2}(?:employment|position|resignation|separation|retirement|salary)|"
    r"(?:offer(?:ing)?|employ)\s+you|employment\s+with)\b",
    re.I,
)
_JOINED = re.compile(r"\s*(?:,\s*|,?\s+and\s+)(?:the\s+)?")  # "Tarn, Inc. and Moor Ltd. (jointly, the “Company”)"
_CLOSING = re.compile(
    r"^[ \t]*(?:Sincerely|Cordially|Respectfully|(?:Very\s+)?Truly\s+yours|"
    r"(?:(?:Best|Kind(?:est)?|Warm(?:est)?)[ \t]+)?regards|"
    r"Yours\s+(?:very\s+)?(?:truly|sincerely|faithfully))\b[^\n]{0,20}$",
    re.I | re.M,
)
_SIGNATURES = 400  # characters below the closing in which the writer signs
_LINE = re.compile(
    r"^[ \t|]*(?:(?:For(?:[ \t]+and[ \t]+on[ \t]+behalf[ \t]+of)?|On[ \t]+behalf[ \t]+of)\b:?[ \t]*)?\[?(?=\w)",
    re.M | re.I,
)
# "employment with Tarn Mills", "Chief Marketing Officer of Tarn"
_EMPLOYER = re.compile(
    r"\b(?:employ(?:ment|ed)?\s+(?:with|by|at)|offer\s+from|join(?:ing)?|(?:Officer|President|Board|Director|Manager|Counsel)"
    r"\s+(?:of|for|at|with))\s+(?!the\b)(?=\w)",
    re.I,
)
_OTHER_WORDS = """
    the our us board you your this company directors sales marketing finance operations engineering research
    human product business corporate technology
"""
_NO_EMPLOYER = frozenset(_OTHER_WORDS.split())
_AGAIN = 2  # more times that the name of an employer stands in the letter
_LINE_ENDS = re.compile(r"[ \t,]*(?:(?:letterhead|logo)?[ \t]*\])?[ \t]*(?:\n|$)", re.I)  # "[Tarn, Inc. Letterhead]"
_OTHER_SIGNS = re.compile(r"^[ \t]*(?:I\s|ACCEPTED|AGREED|ACKNOWLEDGED|cc\b|Enclosures?\b|Attachments?\b)", re.I | re.M)


def person_addressed(text: str) -> Mention | None:
    dear = _DEAR.search(text, 0, _SEARCHED)
    if not dear:
        return None
    begin = max(0, dear.start() - _ADDRESS)
    lines = [line for line in _NAME_LINE.finditer(text, begin, dear.start()) if _may_be_addressed(line["name"])]
    called = dear["called"].casefold()
    meant = [line for line in lines if called in _words(line)]
    short = [line for line in lines if any(word.startswith(called[:3]) for word in _words(line))]  # "Nick", "Nicholas"
    titled = [line for line in lines if line["title"]]
    at_home = [line for line in lines if _STREET_BELOW.match(text, line.end()) and not has_suffix(line["name"])]
    line = next(iter(meant or titled or short or at_home), None)
    return Mention(line.start("name"), line.end("name"), 1, line.end("name")) if line else None


def employs(text: str) -> bool:
    """Whether the first words of the letter speak of the employment of whom it is sent to."""
    dear = _DEAR.search(text, 0, _SEARCHED)
    return dear is not None and _EMPLOYS.search(text, dear.end(), dear.end() + _FIRST_WORDS) is not None


def _may_be_addressed(words: str) -> bool:
    return is_name(words) and not _NOBODY.search(words)


def _words(line: re.Match[str]) -> list[str]:
    return re.findall(r"[\w'’-]+", line["name"].casefold())


def companies_writing(text: str) -> list[Mention]:
    """The first company of the letter that gets a term, with those that share it; else who signs below "Sincerely".

    Where none does, the first one that has a legal form.
    """
    dear = _DEAR.search(text, 0, _SEARCHED)
    if not dear:
        return []
    person = person_addressed(text)
    named = list(_companies(text, dear.end(), dear.end() + _FIRST_WORDS))
    for position, company in enumerate(named):
        if _GIVEN_A_TERM.match(text, company.end) or _CALLED_COMPANY.match(text, company.end):
            return _joined_before(text, named[: position + 1])
    signing = _signing(text, dear.end())
    signed = [company for company in named if signing and _plain(text, company) == _plain(text, signing[0])]
    sure = signed[:1] or signing or named[:1] or _heading(text, person.start if person else 0)
    return sure or _employing(text, dear.end())


def _plain(text: str, company: Mention) -> str:
    return plain_name(text[company.start : company.end])


def end_of_term(text: str, end: int) -> int:
    """Where the bracket closes that gives the company that ends there its term; ``end`` if there is none."""
    opens = _GIVEN_A_TERM.match(text, end) or _CALLED_COMPANY.match(text, end) or _BARE_TERM.match(text, end)
    closes = text.find(")", opens.end(), opens.end() + _BRACKET) if opens else -1
    return closes + 1 if closes > 0 else end


def _joined_before(text: str, named: list[Mention]) -> list[Mention]:
    first = len(named) - 1
    while first and _JOINED.fullmatch(text, named[first - 1].end, named[first].start):
        first -= 1
    return named[first:]


def _signing(text: str, begin: int) -> list[Mention]:
    """The company that stands on a line of its own below the closing of the letter, for which its writer signs."""
    closing = _CLOSING.search(text, begin)
    if not closing:
        return []
    stop = min(len(text), closing.end() + _SIGNATURES)
    others = _OTHER_SIGNS.search(text, closing.end(), stop)
    for line in _LINE.finditer(text, closing.end(), others.start() if others else stop):
        if company := _company_line(text, line.end()):
            return [company]
    return []


def _heading(text: str, stop: int) -> list[Mention]:
    """The company whose name heads the sheet, above the name of whom the letter is sent to."""
    lines = (_company_line(text, line.end()) for line in _LINE.finditer(text, 0, stop))
    return [company for company in lines if company][:1]


def _company_line(text: str, start: int) -> Mention | None:
    end = name_end(text, start)
    name = text[start:end]
    whole = _LINE_ENDS.match(text, end) and "\n" not in name
    return Mention(start, end, 2, end) if whole and has_suffix(name) and is_name(name) else None


def _employing(text: str, begin: int) -> list[Mention]:
    """A name without a legal form, where the letter offers employment with it and goes on to speak of it."""
    for words in _EMPLOYER.finditer(text, begin, begin + _FIRST_WORDS):
        start = words.end()
        end = name_end(text, start)
        first = text[start:end].split(" ")[0]
        again = re.compile(rf"(?<!\w){re.escape(first)}(?!\w)", re.I).findall(text, end)
        if first and first.lower() not in _NO_EMPLOYER and is_name(text[start:end]) and len(again) >= _AGAIN:
            return [Mention(start, end, 1, end)]
    return []


def _companies(text: str, begin: int, stop: int) -> Iterator[Mention]:
    last = begin
    for first in _FIRST_LETTER.finditer(text, begin, min(stop, len(text))):
        start = first.start()
        if start < last:
            continue
        last = end = max(name_end(text, start), start + 1)
        before = _NO_PART.match(text, start, end)
        if _BOARD.match(text, start, end) and (not before or _CALLED_BOARD.match(text, end)):
            continue
        start = before.end() if before else start
        joint = re.search(r"\s+and\s+", text[start:end]) if _AS_GROUP.match(text, end) else None
        if joint and all(len(part.split()) > 1 for part in re.split(r"\s+and\s+", text[start:end])):
            yield Mention(start, start + joint.start(), 2, start + joint.start())
            yield Mention(start + joint.end(), end, 2, end)
            continue
        start = _own_part(text, start, end)
        known = has_suffix(text[start:end]) or _CALLED_COMPANY.match(text, end)
        if known and is_name(text[start:end]) and _WRITES.search(text, max(begin, start - 30), start):
            yield Mention(start, end, 2, end)


def _own_part(text: str, start: int, end: int) -> int:
    """Where the name begins that the term after it repeats: "Moor and Tarn, Inc. (“Tarn”)" are two."""
    joint = re.search(r"\s+and\s+", text[start:end])
    term = _TERM.match(text, end) if joint else None
    after = start + joint.end() if joint else start
    return after if term and text.startswith(term["term"], after) else start
