"""Parties set out under the labels of their roles, with their addresses: "Owner:", then "Tarn Mills, Inc." below it."""

from __future__ import annotations

import re
from itertools import pairwise

from contracts.text.legal_forms import CLOSING, has_suffix
from contracts.text.names import name_end
from contracts.text.preamble import Mention, is_name
from contracts.text.roles import role_of

_SEARCHED = 4_000
_APART = 900  # characters between two labels, and from the last one to the last name
_OTHER_ROLES = frozenset(
    "architect|engineer|builder|design-builder|construction manager|project manager|program manager|operator|pledgor|"  # noqa: SIM905
    "pledgee|maker|holder|payee|trustee|surety|insurer|insured|manager".split("|")
)
# "Soil Contractor", "Initial Purchaser"; the other roles end the names of companies ("Tarn Bank")
_QUALIFIED = re.compile(r"[a-z-]+ (?:(?:sub)?contractor|purchaser|buyer|seller|borrower|guarantor)s?")
_LABEL = re.compile(
    r"(?:^|(?<=[:”\"][ \t])|(?<=severally[ \t]))[ \t|]*(?i:between[ \t]+|and[ \t]+)?(?:the[ \t]+)?[\"“]?"
    r"(?P<label>[A-Z][A-Za-z-]+(?:[ \t\n][A-Z][A-Za-z-]+)?)[\"”]?[ \t]*:[ \t|]*(?P<joint>jointly\s+and\s+severally\b)?",
    re.M,
)
_LINE = re.compile(r"^[ \t|]*(?=\w)", re.M)
_NAME_ENDS = re.compile(r"[ \t,]*(?:[\n|]|$|,\s+an?\s)")
_STREET = re.compile(r"\d[^\n]*\n[ \t]*")
_CAPITALS_BELOW = re.compile(r"\n[ \t]*(?=[^\na-z]+(?:\n[^a-z]*)?$)")
_FORM_BELOW = re.compile(rf"[ \t]*\n[ \t]*(?P<form>{CLOSING.pattern})[ \t]*(?=\n)", CLOSING.flags)
_BLOCK_ENDS = re.compile(r"^[^\n]{120}|^[ \t]*(?:By\b|/s/|_{4})", re.M)  # a sentence, a signature


def is_label(words: str) -> bool:
    """Whether the words say what somebody is in a contract."""
    plain = " ".join(words.lower().split())
    return role_of(plain) != "" or plain in _OTHER_ROLES or _QUALIFIED.fullmatch(plain) is not None


def under_labels(text: str) -> list[tuple[Mention, str]]:
    """Each company with its label, where at least two labels stand close together and each of them has a company.

    Forms in two columns have both labels before the names, which then follow in the same order; where a role is
    taken "jointly and severally", the names that are left belong to it.
    """
    labels = [label for label in _LABEL.finditer(text, 0, _SEARCHED) if is_label(label["label"])]
    first = next((position for position, (one, other) in enumerate(pairwise(labels)) if _are_near(one, other)), None)
    if first is None:
        return []
    labels = [label for label in labels[first:] if label.start() < labels[first].start() + _APART]
    joint = next((label for label in labels if label["joint"]), None)
    found: list[tuple[Mention, str]] = []
    waiting = list(labels)
    for company in _companies(text, labels[0].end(), labels[-1].end() + _APART):
        before = [label for label in labels if label.end() <= company.start]
        called = [label for label in waiting if label in before]
        if called and "\n" in text[called[0].end("label") : called[-1].start("label")]:
            return []  # the name under the first label was not understood: the others would get wrong ones
        named = called[0] if called else joint or before[-1]
        waiting = [label for label in waiting if label is not named]
        found.append((company, " ".join(named["label"].split())))
    return found if not waiting and len({label for _, label in found}) > 1 else []


def _are_near(one: re.Match[str], other: re.Match[str]) -> bool:
    return one["label"].lower() != other["label"].lower() and other.start() - one.end() < _APART


def _companies(text: str, start: int, stop: int) -> list[Mention]:
    """Names on lines of their own, up to the first sentence or signature."""
    ends = _BLOCK_ENDS.search(text, start, stop)
    found: list[Mention] = []
    for line in _LINE.finditer(text, start, ends.start() if ends else min(stop, len(text))):
        begins = line.end()
        end = name_end(text, begins)
        if form := _FORM_BELOW.match(text, end):
            end = form.end("form")
        begins += lines_above(text[begins:end])
        own = not found or begins >= found[-1].end
        if own and has_suffix(text[begins:end]) and is_name(text[begins:end]) and _NAME_ENDS.match(text, end):
            found.append(Mention(begins, end, 2, end))
    return found


def lines_above(words: str) -> int:
    """The length of the lines of an address above a name: of "3 Mill Row", or of "Leeds" above "TARN MILLS LTD"."""
    street = _STREET.match(words)
    if street and has_suffix(words[street.end() :]):
        return street.end()
    below = _CAPITALS_BELOW.search(words)
    moved = below.end() if below and not words[: below.start()].isupper() else 0
    return moved if has_suffix(words[moved:]) else 0
