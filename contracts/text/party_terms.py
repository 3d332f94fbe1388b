"""What the preamble calls a party after its name: the term it defines, its other names, the term of its group."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.text.names import name_end
from contracts.text.party_groups import UNNAMED, members, sharing_without_words, singular_first, speaks_of_several
from contracts.text.term_owners import is_of_company_before, is_of_others, is_thing, says_more

_LAST_REACH = 900  # characters after the last name in which its term may stand
_QUOTED = re.compile(
    r"(?:[\"“”„‘]|''(?=[A-Z][^'\n]{1,40}\"))\s*((?:[^\"“”„’\n]|’(?=\w)|(?<=[A-Za-z.,])\n(?=[A-Za-z])){1,60}?)[\s,.]*(?:[\"“”]|’(?!\w))|''([^'\n]{1,60}?)[,.]?''|(?<=[(\s])'(?:[Tt]he\s)?([A-Z][^'\n]{1,40}?)[,.]?'"
    r"|(?<=\()[\"“]([A-Z][\w &.-]{1,40}?)\)"  # the quote was not closed
)
_REFERRED = re.compile(
    r"\(?\b(?:hereinafter|hereafter|herein|collectively)\b(?:\s*,)?"
    r"(?:\s+(?:sometimes|individually|collectively|also|be))*"
    r"(?:\s+(?:referred\s+to(?:\s+(?:herein|hereinafter))?|called|known|designated|jointly))*"
    r"(?:\s+(?:as|to\s+as))?\s+(?:the\s+)?((?:[A-Z][\w&.-]*\s?){1,4})"
)
_BARE = re.compile(r"\(\s*(?:the\s+)?((?:[A-Z][\w&-]+\s?){1,3})\)")
# "Tarn Mills as Borrower", "Tarn Bank, a Texas bank, as Joint Lead Arranger"; on a cover a new line opens the next one
_AS = re.compile(
    r"(?:\s*,\s+(?i:an?)\s[^,;()\"“”]{3,60}?\b(?i:corporation|company|partnership|bank|association))?"
    r"\s*,?\s+(?:as|AS)\s+(?:(?i:the|an?)\s+)?(?=[A-Z])("
    r"(?:[A-Z][\w-]+\s){0,4}?(?:[A-Z]\w*-)?(?i:agent|arranger|manager|guarantor|borrower|lender|trustee|bank|issuer)[sS]?\b"
    r"|[A-Z]\w+(?:[ \t](?!(?i:dated|the|and)\b)[A-Z]\w+)?(?=[\s,;.]))"
)
# "Tarn Bank, an Ohio bank (“Tarn”), as a lender and as administrative agent": what it is besides
_CAPACITY = (
    r"as\s+(?:the\s+|an?\s+)?((?:[\w-]+\s+){0,2}?"
    r"(?:agent|arranger|manager|guarantor|borrower|lender|trustee|issuer|servicer))"
)
_BESIDES = re.compile(
    rf"\([^()]{{0,120}}[\"”]\s*\)(?:\s*,)?\s+{_CAPACITY}(?:,?\s+and\s+{_CAPACITY})?"
    r"(?=\s*(?:$|[,;.(]|(?:and|for)\b))",
    re.I,
)
# Another party that a form leaves open: "and ________ ("Licensee")", "and the party executing below ("Licensee")"
_UNNAMED = re.compile(
    r"\band\s+(?:[_\[<]|-{3}|\.{4}|\(\s*(?:the\s+)?[\"“]|(?:Company|Name)\s*[|:]|"
    r"the\s+(?:other\s+)?(?:(?:legal\s+)?(?:part(?:y|ies)|individual|person|entity|company|customer|licensee|licensor)\s+(?:or\s+)?){1,3}"
    r"(?:whose|(?:[a-z]+\s+){1,5}(?:below|herein|(?:on|in)\s+(?:the\b|Exhibit|Schedule|Annex))))"
    rf"|[,;]\s+(?:and\s+)?{UNNAMED}(?=[^()]{{0,200}}\()",
    re.I,
)
# Of a table: what stands there is said of something else, but not right of an address: "Leeds, AL 35094 | “Company”"
_NEXT_ROW = re.compile(r"\n(?![^\n|]*\d{5}(?:-\d{4})?[ \t]\|[ \t]+$)[^\n|]*[ \t]\|[ \t]")
_TERM_AND_ARTICLE = 50  # characters
# "between, as “Landlord”, Tarn Mills, Inc."
_BEFORE_NAME = re.compile(
    r"\b(?:by|between|and|among),?\s+as\s+(?:the\s+)?[\"“](?P<term>[A-Z][^\"“”\n]{2,30})[\"”],?\s+(?:the\s+)?$", re.I
)
_LINE_ENDS = re.compile(r"[ \t]*\n")
_NOT_A_TERM = re.compile(
    r"(?:.*agreement|.*\d{4}|contract|.*date|transaction|acquisition|merger|completion|indemnification|part(?:y|"
    r"ies)(?: to this agreement)?|amendment|lease|we|us|our|you|your|addendum|"
    r"exhibit [a-z]|sow|schedule|plan|closing|affiliates?|bankruptcy code|act|code|"
    r"(?:.* )?(?:law|note|bond|share|stock|term)|territory|"
    r"(?:main|head|principal|registered) office.*|(?:(?:full|legal|company) )*name|"
    r"as is)s?",
    re.I,
)
_QUOTE_WITHIN = re.compile(r"['’]\s+(?:or|and)\b")  # "“Repairer' or “ATR”": one quote of two kinds
_OTHER_NAME = re.compile(
    r"[\s,]*\(?\s*\b(?:(?P<kept>d\s?[/.]\s?b\s?[/.]\s?a\.?|a\s?[/.]\s?k\s?[/.]\s?a\.?|t\s?/\s?a|dba|doing\s+business\s+as|trading\s+as|also\s+known\s+as|"
    r"operating\s+(?:as|(?:under|with)\s+the\s+(?:service\s+|trade\s+)?name(?:\s+of)?))|"
    r"f\s?/\s?k\s?/\s?a|fka|(?:formerly|previously)(?:\s+(?:known|doing\s+business)\s+as)?)[\s:]+(?:the\s+)?[\"“]?",
    re.I,
)


_BRACKET_ENDS = re.compile(r"[^()\"“”]{1,80}(?=\))")  # "(formerly the Leeds branch of Tarn Bank)"


def other_name(text: str, offset: int) -> tuple[str, int]:
    """ "d/b/a Galaxy" after a name: the trade name and where it ends; a former name is passed over, not kept."""
    match = _OTHER_NAME.match(text, offset)
    if not match:
        return "", offset
    end = name_end(text, match.end())
    if end == match.end():
        return "", offset
    name = " ".join(text[match.end() : end].split()) if match["kept"] else ""
    closes = _BRACKET_ENDS.match(text, end) if "(" in match.group() else None
    end = closes.end() if closes else end
    return name, end + len(re.match(r"[\"”]?\s*\)?", text[end : end + 8]).group())  # type: ignore[union-attr]


@dataclass(slots=True)
class Called:
    """What the preamble calls one party."""

    own: list[str]
    shared: list[str]  # with the others of its group

    def add(self, more: Called) -> None:
        self.own += [term for term in more.own if term not in self.own]
        self.shared += [term for term in more.shared if term not in self.shared]


def terms_of(text: str, names: Sequence[tuple[int, int]], end: int) -> list[Called]:
    """The terms of each name (start, end), its own and those of its group."""
    found: list[tuple[list[str], list[str], str]] = []
    besides: list[list[str]] = []
    before = [_BEFORE_NAME.search(text, max(0, start - _TERM_AND_ARTICLE), start) for start, _ in names]
    for position, (name_starts, name_ends) in enumerate(names):
        until = names[position + 1][0] if position + 1 < len(names) else min(end, name_ends + _LAST_REACH)
        if term := before[position]:
            found.append(([term["term"]], [], ""))
            besides.append([])
            continue
        unnamed = _UNNAMED.search(text, name_ends, until)
        until = unnamed.start() if unnamed else until
        found.append(_terms(text, name_starts, name_ends, until))
        besides.append(_capacities(text, name_ends, until))
    own = [terms for terms, _, _ in found]
    called = [Called(list(terms), []) for terms in own]
    for position, (terms, group, words) in enumerate(found):
        if group:
            sharing = members(text, names, own, position, group, words)
            called[position].own = terms if terms or sharing else group
        elif sharing := sharing_without_words(text, names, own, position):
            group = terms
            called[position].own = []
        else:
            continue
        for member in sharing:
            called[member].shared += group
    called = _settled(called)
    taken = {term for each in called for term in each.own}
    for each, capacities in zip(called, besides, strict=True):
        each.shared += [term for term in capacities if each.own and term not in (*taken, *each.shared)]
    return called


def _capacities(text: str, start: int, end: int) -> list[str]:
    besides = _BESIDES.search(text, start, end)
    words = [" ".join(each.split()) for each in besides.groups() if each] if besides else []
    return [each.title() if each.islower() else each for each in words]


def _settled(called: Sequence[Called]) -> list[Called]:
    """A group's term is that of its members without one, but not of a single one where the others have their own."""
    own = {term for each in called if each.own for term in each.shared}
    bare = Counter(term for each in called if not each.own for term in each.shared)
    return [
        each if each.own or any(term in own and bare[term] == 1 for term in each.shared) else _termed(each)
        for each in called
    ]


def _termed(one: Called) -> Called:
    terms = singular_first(one.shared)
    return Called(terms[:1], terms[1:])


def _terms(text: str, name_starts: int, start: int, end: int) -> tuple[list[str], list[str], str]:
    """The terms given to one party before the next name, those of the group it closes, the words before those."""
    terms: list[str] = []
    group: list[str] = []
    words = ""
    last = start
    capacity = _AS.match(text, start, end)
    if capacity and _LINE_ENDS.match(text, capacity.end(), end):
        return [" ".join(capacity[1].split())], group, words  # on a cover, before the preamble
    matches = [*_QUOTED.finditer(text, start, end), *_REFERRED.finditer(text, start, end)]
    matches = matches or [*_BARE.finditer(text, start, end)]
    if not matches and capacity:
        matches = [capacity]
    for match in sorted(matches, key=lambda found: found.start()):
        term = " ".join(next(part for part in match.groups() if part).split()).removeprefix("the ").removeprefix("The ")
        term = _QUOTE_WITHIN.split(term)[0].strip(" ,.;()")
        if _NEXT_ROW.search(text, last, match.start()):
            break
        name, between = text[name_starts:start], text[last : match.start()]
        if (
            ((terms or group) and is_of_others(between))
            or says_more(between)
            or is_of_company_before(term, name, between)
        ):
            break
        if not is_term(term) or is_thing(term, name):
            continue
        if speaks_of_several(text, last, match.end(), terms) or (group and ")" not in text[last : match.start()]):
            words = words or text[last : match.start()]
            group.append(term)
        elif term not in terms:
            terms.append(term)
        last = match.end()
    return terms, group, words


def is_term(words: str) -> bool:
    """Whether a party may be called so: not "Agreement", "Effective Date" or "we"."""
    return words[:1].isalnum() and any(map(str.isupper, words)) and not _NOT_A_TERM.fullmatch(words)
