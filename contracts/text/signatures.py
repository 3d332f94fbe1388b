"""Who signs: names before "By:" or "/s/" in a signature block, or after "For and on behalf of"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text.label_blocks import is_label
from contracts.text.legal_forms import SUFFIX, has_suffix
from contracts.text.names import name_end

_SEARCHED = 12_000  # characters from the end
_LONGEST_NAME = 240  # with what it is: ", a Delaware limited liability company"
_SIGNED = re.compile(
    r"(?<!\s)(?:\s*[,:])?\s*+(?:\b(?-i:By|BY)\b\s*:?|\bby\s*:|/s/|(?<!\w)S/\s|"
    r"\bPer\s*:|\bSigned\s*:|\bSignature\s*:|_{5,})",
    re.I,
)
# What a signature block says of the person before it goes on to the next company.
_PERSON = re.compile(
    r".*(?:\b(?:Signatory|Officer|President|Director|Secretary|Manager|Member|Partner|Chairman|Treasurer|Counsel|"
    r"C[EFO]O|[A-Z]{0,2}VP(?:[ \t][^\n]{1,40}(?=\n))?|"
    r"Attorney[- ]in[- ][Ff]act|Individually|Date[d:]?[^A-Z]*(?:[A-Z][a-z]+ \d+, \d{4})?)\b|[:_]|\d{4})\s+",
    re.S,
)
# The name of who signed "/s/ Ada Stone", on a line of its own or printed once more.
_HAND = re.compile(
    r"\s*(?P<name>[A-Z][\w.'’-]+(?:[ \t][A-Z][\w.'’-]*){1,3})(?:[ \t]*\n\s*|\s+(?i:Name:\s*)?(?i:(?P=name))\b\s*)"
)
# Two columns of signatures for one company: "TARN AG, ZUG TARN AG, ZUG"
_TWICE = re.compile(r"(?:^|\s)(?P<once>\S.{4,120}?)\s+(?P<again>(?P=once))$", re.S)
_FOR_ONESELF = re.compile(
    r"(?<![Bb]y: )(?<![Bb]y:)(?<![Bb]y )(?<![Bb]y: \| )"
    r"(?<!presence of: )(?<!presence of )(?<!itness: )/s/\s*(?P<name>[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]*){1,3})\s+"
    r"(?:Signature\s+|Name:\s*)?(?P<printed>(?i:(?P=name)))"
    r"(?!\s*,?\s*(?:Title|Authorized|Chief|President|Vice|Director|Manag|Secretary|Treasurer|Chairman|General|C[EFO]O|Its|Partner|Member))"
)
# "ADA STONE /s/ Ada Stone": printed above the signature instead.
_ABOVE = re.compile(
    r"(?<![\w,.] )(?<!\w)(?<!Name: )(?P<printed>[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]*){1,3}),?\s+"
    r"(?:individually,?\s+)?/s/\s*(?P=printed)\b",
    re.I,
)
# A person's own name above "By: /s/ Ada Stone", or below it with no office.
_ONESELF = re.compile(
    r"^[ \t]*(?P<printed>[A-Z][\w.'’-]+(?:[ \t][A-Z][\w.'’-]*){1,3})[ \t]*\n\s*By:?\s*/s/\s*(?P=printed)\b"
    r"|^[ \t]*By:?[ \t]*/s/[ \t]*(?P<name>[A-Z][\w.'’-]+(?:[ \t][A-Z][\w.'’-]*){1,3})[ \t]*\n\s*(?:Name:[ \t]*)?"
    r"(?P<below>(?i:(?P=name)))[ \t]*(?:,[ \t]*(?i:individually)[ \t]*)?(?=$|\n[ \t]*(?:By\b|/s/|\n|\d|Date))"
    r"(?!\s*\n\s*(?i:Title|Its|Authorized|Chief|President|Vice|Director|Manag|Secretary|Treasurer|Chairman|General|C[EFO]O|Partner|"
    r"Member|Trustee|Attorney)\b)",
    re.M,
)
# "Tarn Mills", then "By: ..." with a name and an office: a company, whatever its form.
_ABOVE_OFFICE = re.compile(
    r"(?:^|\n)[ \t]*(?P<company>[A-Z][^\n:;|_]{2,60}?)[ \t,]*\n\s*By:?[ \t]*[^\n]{0,80}\n(?:[^\n]*\n){0,3}?"
    r"[ \t]*(?:Title|Its)\b"
)
# "TARN LLC, a Delaware limited liability company By:", "TARN AG, ZUG, SWITZERLAND By:"
_DESCRIPTION = re.compile(r",\s+(?:an?\s+[^\n;:]{3,90}|(?:[A-Z][A-Za-z.]+,?\s*){1,3})$", re.I)
_FORM = re.compile(rf"(?:{SUFFIX.pattern})(?!\s+of\s)", SUFFIX.flags)  # it opens no name, but "BANK OF" does
_ATTEST = re.compile(r"(?:ATTEST|WITNESS)(?:ED|ES)?\b", re.I)  # a label above the column of those who attest
_NAME_IN_CAPITALS = re.compile(
    r"(?<!\S)[A-Z][A-Z&'’-]{2,},?\s+(?:(?:[A-Z][A-Z&'’-]{2,},?|OF|&)\s+)+\S+(?:\s+[A-Z.]+)?$"
)
_GAP = re.compile(r":?[ \t]+$")
_CAPITALS = re.compile(r"[A-Z]{4,}\b")
_WORD = re.compile(r"(?<![\w.&'’-])[A-Z0-9]")
# "For and on behalf of TARN TELECOM" at the start of a piece, or "Signed by Ada Stone for and on behalf of ...".
_FOR_SIGNER = re.compile(
    r"(?:(?:^|(?<=\s\s)|(?<=[.:;)]\s))[Ff][Oo][Rr]|\b(?i:signed|executed|sealed|delivered|duly\s+authori[sz]ed)\b[^.;:\n]{0,120}?\bfor)"
    r"\W+(?i:and|&)\W+(?i:on\W+behalf\W+of)\s*:?[\s)]{1,120}(?:/s/\s(?:[A-Z][\w.]*\s){1,4}?(?=[A-Z]{2}))?(?:[Tt]he\s+)?(?=[A-Za-z\d])",
    re.M,
)
_SLOT = re.compile(r"[^\n\t|:;_/]{2,100}?(?=,?[ \t]*(?:$|\n|\t| {2}|\bBy\b|/s/|__|\bby\s|,\s+an?\s))", re.M)
_SLOT_WORD = re.compile(r"[A-Z\d(]|(?:and|of|the|for|de|du|da|der|und|y|e|&|-|–)$|\w\.(?:\w\.)+$|[a-z]+\d")
_WHOLE_LINE = re.compile(r"(?P<words>[A-Z][A-Za-z -]{2,30})[ \t]*\n")
_ON_BEHALF = re.compile(r"\b(?:By|BY|by|its|of|for|[Dd]/?[Bb]/?[Aa]|D/?B/?A):?[\s|]*(?:and\s+on\s+behalf\s+of\s*)?$")


def signing_companies(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each name, as often as it signs."""
    last = 0
    for signed in _SIGNED.finditer(text, max(0, len(text) - _SEARCHED)):
        earliest = max(last, signed.start() - _LONGEST_NAME)
        name = _name_before(text, earliest, signed.start())
        last = signed.end()
        if name:
            yield from _column_before(text, earliest, name[0])
            yield name


def _column_before(text: str, earliest: int, end: int) -> Iterator[tuple[int, int]]:
    """The name at the head of the column to the left: "TARN FUND L.P. MOOR FUND L.P. By: ... By: ..."."""
    gap = _GAP.search(text, earliest, end)
    if gap and (name := _name_before(text, earliest, gap.start())):
        yield name


def signing_on_behalf(text: str) -> Iterator[tuple[int, int]]:
    """Names that others sign for; there what stands alone is a name, also without a legal form."""
    for signer in _FOR_SIGNER.finditer(text, max(0, len(text) - _SEARCHED)):
        start = signer.end()
        end = name_end(text, start)
        if has_suffix(text[start:end]):
            yield start, end
        elif (slot := _SLOT.match(text, start)) and _is_slot(slot.group()):
            yield slot.span()


def _is_slot(words: str) -> bool:
    return has_suffix(words) or all(map(_SLOT_WORD.match, words.split()))


def signing_people(text: str) -> Iterator[tuple[int, int]]:
    """People who sign for themselves: "/s/ Ada Stone", printed once more, with no office and no "By:"; or above it."""
    for pattern in (_FOR_ONESELF, _ABOVE):
        for signed in pattern.finditer(text, max(0, len(text) - _SEARCHED)):
            yield signed.span("printed")
    for signed in _ONESELF.finditer(text, max(0, len(text) - _SEARCHED)):
        if signed["printed"] or not _company_above(text, signed.start()):
            yield signed.span("printed" if signed["printed"] else "below")


def _company_above(text: str, offset: int) -> bool:
    """Whether the line above names whom the person signs for, rather than a day or who signed before."""
    above = text[max(0, offset - _LONGEST_NAME) : offset].rstrip().rsplit("\n", 1)[-1].split(":")[-1].strip()
    signed = re.compile(rf"/s/\s*{re.escape(above)}", re.I).search(text, max(0, len(text) - _SEARCHED))
    return above != "" and _is_slot(above) and not above[-4:].isdigit() and signed is None


def signing_with_office(text: str) -> Iterator[tuple[int, int]]:
    """Names of any kind above "By:", below which an office follows."""
    for signed in _ABOVE_OFFICE.finditer(text, max(0, len(text) - _SEARCHED)):
        if _is_slot(signed["company"]):
            yield signed.span("company")


def stands_alone(text: str, name: str, after: int) -> bool:
    """Whether the name is the whole start of a line, or follows "/s/", among the signatures."""
    words = r"\s+".join(map(re.escape, name.split()))
    alone = re.compile(rf"(?:^[ \t]*|/s/\s*){words}\s*(?:,|:|$|\bBy\b)", re.I | re.M)
    return alone.search(text, max(after, len(text) - _SEARCHED)) is not None


def _name_before(text: str, earliest: int, end: int) -> tuple[int, int] | None:
    hand = _HAND.match(text, earliest, end)
    earliest = hand.end() if hand else earliest
    person = _PERSON.match(text, earliest, end)
    first = person.end() if person else earliest
    twice = _TWICE.search(text[first:end])
    first += twice.start("again") if twice else 0
    ends = end
    while described := _DESCRIPTION.search(
        text[first:ends]
    ):  # the places, then what it is: ", ZUG, AN AFFILIATE OF ..."
        ends = first + described.start()
        if name := _company(text, first, ends):
            return name
    return _company(text, first, end)


def _company(text: str, first: int, end: int) -> tuple[int, int] | None:
    labels = [line.end() for line in _WHOLE_LINE.finditer(text, first, end) if is_label(line["words"])]
    first = max([first, *labels])  # "LICENSOR" above the name
    for word in _WORD.finditer(text, first, end):
        start = word.start()
        if _ATTEST.match(text, start, end) or _is_label_of(text, start, end):
            continue
        if name_end(text, start) == end and not _FORM.match(text, start, end):
            start += _words_of_a_person(text[start:end])
            proper = has_suffix(text[start:end]) and not _ON_BEHALF.search(text[max(0, start - 30) : start])
            return (start, end) if proper else None
    return None


def _is_label_of(text: str, start: int, end: int) -> bool:
    """Whether a role in capitals stands there before a name in small letters: "RESELLER Tarn Mills, Inc."."""
    label = _CAPITALS.match(text, start, end)
    return label is not None and is_label(label[0]) and not text[start:end].isupper()


def _words_of_a_person(words: str) -> int:
    """The length of the "EVP Business Affairs " before "HARVEST SMALL CAP LTD."; 0 of "The Fund XII G.P., L.P."."""
    capitals = _NAME_IN_CAPITALS.search(words)
    return capitals.start() if capitals and not words.isupper() else 0
