"""Parties named after a label, as forms and translated contracts have them: "Lender: Tarn Bank plc", "Party A: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from contracts.text.label_blocks import is_label
from contracts.text.legal_forms import has_suffix
from contracts.text.names import name_end
from contracts.text.preamble import Mention, is_name
from contracts.text.roles import role_of

_SEARCHED = 10_000
_HEADING = 3_000  # characters before the sentences of a form
_LABEL = re.compile(
    r"(?<![\w\"“])(?:(?P<party>Party\s+(?:[A-D1-4]|One|Two|Three))|"
    r"(?P<role>[A-Z][A-Za-z]+(?:[ -](?!Name\b)[A-Z][a-z]+)?))"
    r"(?P<named>:?\s+(?:Full\s+)?(?:Legal\s+)?Name)?\s*"
    r"(?:\((?:(?:hereinafter|hereafter)\s+)?(?:the\s+)?[\"“]?(?P<term>[A-Z][\w ]{2,25})[\"”]?\)\s*)?"
    r"(?::[ \t]*(?:\|[ \t]*|\n)?|[ \t]\|[ \t])"
    r"(?:\((?i:name)\b[^()]{0,60}\)\s*(?:\|[ \t]*)?)?(?=[\w(])"  # "(Name and address)", as forms print it
)
# "BETWEEN the Owner: Tarn Mills, Inc.", in the forms of architects and contractors
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?(?P<role>[A-Z]\w+)\s*:", re.I)

_LETTERED = re.compile(r"Party\s+(?:[A-D1-4]|One|Two|Three)")
_PEOPLE = frozenset(("athlete", "artist", "talent", "player", "celebrity", "endorser", "author"))
_OTHER_LABEL = re.compile(r"\w[\"”]?:[ \t|]*$")
_OF_WHOM = re.compile(r"\b(?:of|for|by)\s+(?:the\s+)?$", re.I)  # "Legal Representative of Party A: Ada Stone"
_LINE = 40
_OPENS_LINE = re.compile(r"(?:^|\n)[ \t|]*$")
_ENDS_LINE = re.compile(r"[ \t|]*(?:\n|$)")


def between_labels(text: str) -> bool:
    """Whether the preamble itself sets its parties apart by the labels of their roles."""
    return any(role_of(opening["role"]) for opening in _BETWEEN.finditer(text, 0, _SEARCHED))


def labelled(text: str) -> Iterator[tuple[Mention, tuple[str, ...]]]:
    """Each name with its terms: the label, and before it the term in brackets; "Party A" before any other.

    A name without a legal form counts beside one that has it: "Licensor: Tarn, Inc.", "Licensee: Ada Stone".
    """
    found = list(_candidates(text))
    sure = any(mention.strength for mention, _ in found)
    return iter([each for each in found if each[0].strength or sure])


def heading(text: str) -> list[tuple[Mention, tuple[str, ...]]]:
    """Companies that the first lines name, each after the label of another role: "Borrower: Tarn, Inc., ..."."""
    found = [
        each for each in labelled(text) if each[0].end < _HEADING and has_suffix(text[each[0].start : each[0].end])
    ]
    apart = len({terms[0].lower() for _, terms in found}) == len(found) > 1
    return found if apart and all(_opens_line(text, mention, terms) for mention, terms in found) else []


def _opens_line(text: str, mention: Mention, terms: Sequence[str]) -> bool:
    line = text[text.rfind("\n", 0, mention.start) + 1 : mention.start]
    return line.strip(" \t|:").startswith(tuple(terms))


def _candidates(text: str) -> Iterator[tuple[Mention, tuple[str, ...]]]:
    for match in _LABEL.finditer(text, 0, _SEARCHED):
        label = " ".join((match["party"] or match["role"]).split())
        term = " ".join((match["term"] or "").split())
        term = "" if term.lower().endswith("name") else term  # "Owner (Full name): Tarn Mills, Inc."
        lettered = match["party"] or _LETTERED.fullmatch(term)
        if not lettered and not is_label(label) and label.lower() not in _PEOPLE:
            continue
        before = text[max(0, match.start() - _LINE) : match.start()]
        if _OF_WHOM.search(before):
            continue
        if "\n" in text[match.start() : match.end()] and _OTHER_LABEL.search(before):
            continue  # "OWNER: CONTRACTOR:" above two columns: the name below may be that of either
        start, end = match.end(), name_end(text, match.end())
        end = _without_next_label(text, start, end) if match["named"] else end
        name = text[start:end]
        proper = has_suffix(name) or ((lettered or match["named"]) and len(name.split()) > 1)
        alone = (
            len(name.split()) > 1
            and _OPENS_LINE.search(text, max(0, match.start() - 20), match.start())
            and _ENDS_LINE.match(text, end)
        )
        if (proper or alone) and is_name(name):
            terms = sorted(filter(None, (term, label)), key=lambda each: not _LETTERED.fullmatch(each))
            yield Mention(start, end, 2 if proper else 0, end), tuple(terms)


def _without_next_label(text: str, start: int, end: int) -> int:
    """ "Sponsor: Name: Moor Grill Phone: 760" ends before "Phone"."""
    last = text.rfind(" ", start, end)
    return last if last > start and text.startswith(":", end) else end
