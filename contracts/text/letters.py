"""Parties outside a preamble, as letters name them: companies that are given a term, and whom the letter is sent to."""

from __future__ import annotations

import re
from itertools import zip_longest

from contracts.text.label_blocks import lines_above
from contracts.text.legal_forms import has_suffix
from contracts.text.names import heading_length, name_end
from contracts.text.preamble import Mention, is_name
from contracts.text.roles import ROLE_CLASSES, role_of

SEARCHED = 8_000
_APART = 400  # characters between two companies of one letter
_IS_COMPANY = re.compile(r",\s+an?\s[^.;,(\"“]{0,60}\b(?:corporation|company|partnership|trust|association)\b", re.I)
_NO_PARTY_AFTER = re.compile(  # but "on behalf of", and in a note "pay to the order of"
    r"(?<!behalf )(?<!order )\b(?:(?:sold|issued|granted|assigned|transferred)\s+to|"
    r"of|in|under|(?<!sell )through|a|an|division|subsidiary|affiliate|as|trustee|represented\s+by)"
    r"\s+(?:the\s+)?$",
    re.I,
)
# "among the Company, the Trust, Tarn Bank": the parties of another agreement. "sold to Tarn LLC and Moor LLC"
_OTHERS = re.compile(
    r"\b(?:among|between)\s+(?:the\s+[A-Z]\w+,\s+)+(?:and\s+)?(?:the\s+)?$|\b(?:sold|issued|granted|assigned|transferred)\s+to\s+"
    r"(?:the\s+)?(?:[A-Z][\w.,&]*\s+){1,8}and\s+$"
)
_STREET = re.compile(r"(?<![\w.])\d{1,5}[A-Za-z]?,?[ \t]+$")  # "1 Mill Road (the "Shop")"
_TERM_FOLLOWS = re.compile(
    r"[^;\"“]{0,250}?\((?:[^()\"“]{0,80}\s)?[\"“]|[^;\"“]{0,120}?\((?:hereinafter|hereafter)\b"
    r"|[^;()\"“]{0,200}?,\s(?:hereinafter|hereafter)\s[^;()\"“]{0,40}[\"“]"
    r"|[^;()\"“\n]{0,120}?\((?:the\s+[A-Z][\w&-]+(?:\s[A-Z][\w&-]+){0,2}|"  # "(the Agent)", "(Customer)"
    rf"(?:{'|'.join(word.title() for words in ROLE_CLASSES.values() for word in words)}))\)"
)
# but of a town ("Reno, Nevada 89501 (the “Borrower”)") the role is that of who has its seat there
_ROLE_FOLLOWS = re.compile(
    r"(?!,\s[A-Z][\w. ]{1,20}\s\d{5}\b)(?:,[^,;()\"“]{1,40})?\s*\((?:the\s+)?[\"“](?P<term>[^\"”]{3,30})[\"”]\)"
)
# "Tarn Office (hereinafter referred to as Party A)", "Tarn Oil, hereinafter referred to as the “Principal”"
_REFERRED_AS = re.compile(
    r"(?:\s*\(|,\s+)(?:hereinafter|hereafter)\b[^()\"“]{0,40}?\b(?:as|called)\s+"
    r"(?:the\s+)?[\"“]?(?P<term>Party\s+[A-D]|[A-Z][\w ]{3,20}?)(?:[\"”]?\)|[\"”])",
)
_SHORT_FORM = re.compile(r"[^;()\"“\n]{0,120}?\((?P<form>[A-Z][\w&-]{1,20})\)")
_BEFORE = 100
_FIRST_LETTER = re.compile(r"(?<![\w.&'’])(?:[A-Z0-9]|[a-z]{1,6}(?=[A-Z\d]))")
_IN_LIST = re.compile(r"\s*(?:\([^()]{1,80}\))?\s*(?:,\s*(?:and\s+)?|and\s+)")
# "Tarn Bank, N.A., not individually, but solely as trustee on behalf of"
_ACTS_FOR = re.compile(
    r",?\s+(?:not\s+(?:individually|in\s+its)|acting|solely|as\s+\w+)\b[^;()]{0,120}\b(?:on\s+behalf\s+of|for)\s+(?:the\s+)?"
)
_ADDRESSEE = re.compile(
    r"^[ \t]*(?:(?:Mr|Ms|Mrs|Dr)\.?\s+)?(?P<name>[A-Z][\w.'’-]+(?:[ \t]+[A-Z][\w.'’-]*){1,4})"
    r"(?:,[ \t]*(?:M\.?D|Ph\.?D|J\.?D|Esq|CPA|MBA|Jr|Sr|I{2,3})\.?)*[ \t,]*\n"
    r"(?:[ \t]*[^\n]{0,70}\n){0,8}?[ \t]*Dear\s",
    re.M,
)
_SALUTATION = re.compile(
    r"^[ \t]*(?:Ladies\s+and\s+Gentlemen|Gentlemen|Dear\s+(?:Sirs?|Madam))\b[^\n]{0,30}$", re.I | re.M
)
_ADDRESS = 600  # characters of the names and addresses above a salutation
_DATE_LINE = re.compile(r"\b(?:19|20)\d\d\s*$")


def named_with_terms(text: str) -> list[Mention]:
    """Companies that get a term in brackets, and people who get a role, close to one another near the top."""
    found: list[Mention] = []
    offset = 0
    for first in _FIRST_LETTER.finditer(text[:SEARCHED]):
        start = first.start()
        if start < offset:
            continue
        if len(found) > 1 and start > found[-1].end + _APART:
            break
        offset = end = name_end(text, start)
        start += heading_length(text[start:end]) or lines_above(text[start:end])
        if _is_party(text, start, end) or (found and _is_in_list(text, found[-1].end, start, end)):
            found.append(Mention(start, end, 2, end))
    return [mention for mention, after in zip_longest(found, found[1:]) if not after or _has_term(text, mention, after)]


def _is_party(text: str, start: int, end: int) -> bool:
    name = text[start:end]
    if (
        not is_name(name)
        or _NO_PARTY_AFTER.search(text, max(0, start - 40), start)
        or _OTHERS.search(text, max(0, start - _BEFORE), start)
        or _STREET.search(text[max(0, start - 8) : start])
    ):
        return False
    if _short_form_follows(text, name, end):
        return True
    if has_suffix(name) or _IS_COMPANY.match(text, end):
        term = _TERM_FOLLOWS.match(text, end)
        return term is not None and not _SALUTATION.search(text, end, term.end())  # that of a name in the letter
    role = _ROLE_FOLLOWS.match(text, end) or _REFERRED_AS.match(text, end)
    if not role or len(name.split()) < 2:
        return False
    surname = name.split()[-1].casefold() == role["term"].casefold()
    return surname or role["term"].startswith("Party") or role_of(role["term"]) != ""


def _short_form_follows(text: str, name: str, end: int) -> bool:
    """A bracket with the initials of a company, or with the first word of any name: "Tarn Mills, Inc., ... (TM)"."""
    short = _SHORT_FORM.match(text, end)
    words = re.findall(r"\w+", name.upper())
    if not short or len(words) < 2:
        return False
    form = short["form"].upper()
    initials = "".join(word[0] for word in words)  # "Moor Corporation of Tarn (MCOT)"
    return form == words[0] or (has_suffix(name) and initials.startswith(form))


def _is_in_list(text: str, previous_end: int, start: int, end: int) -> bool:
    """ "A Ltd (the "Lead Agent"), B Inc. and C Ltd (together the "Agents")": B has no term of its own."""
    joined = _IN_LIST.fullmatch(text, previous_end, start) is not None
    return joined and is_name(text[start:end]) and has_suffix(text[start:end])


def _has_term(text: str, mention: Mention, after: Mention) -> bool:
    """False for a name on the title page, whose next bracket is that of the name ``after`` it."""
    term = _TERM_FOLLOWS.match(text, mention.end)
    if _short_form_follows(text, text[mention.start : mention.end], mention.end):
        return True
    in_list = _IN_LIST.fullmatch(text, mention.end, after.start) is not None
    return in_list or acts_for(text, mention.end, after.start) or term is None or term.end() <= after.start


def acts_for(text: str, end: int, start: int) -> bool:
    """Whether the name that ends here acts for the one that starts there: "not individually, but as trustee for"."""
    return _ACTS_FOR.fullmatch(text, end, start) is not None


def addressee(text: str) -> Mention | None:
    """The name above the address to which "Dear ..." belongs."""
    match = _ADDRESSEE.search(text, 0, SEARCHED)
    if not match or not is_name(match["name"]):
        return None
    return Mention(match.start("name"), match.end("name"), 1, match.end("name"))


def addressed_companies(text: str, named_from: int) -> list[Mention]:
    """The companies above "Ladies and Gentlemen:", where the letter names its first company at ``named_from``."""
    salutation = next((each for each in _SALUTATION.finditer(text, 0, named_from)), None)
    if not salutation or named_from - salutation.end() > _ADDRESS:
        return []
    start = max(0, salutation.start() - _ADDRESS)
    found: list[Mention] = []
    for line in reversed(
        list(re.finditer(r"^(?:[ \t]*To:)?[ \t]*(?P<line>[^\n]+)$", text[start : salutation.start()], re.M))
    ):
        if _DATE_LINE.search(line["line"]):
            return found
        begins = start + line.start("line")
        end = name_end(text, begins)
        if has_suffix(text[begins:end]) and is_name(text[begins:end]):
            found.append(Mention(begins, end, 1, end))
    return found[:1]  # without a date there is no telling where the addresses begin
