"""What a statement covers: its action, and the conditions and exceptions under which it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from contracts.text.obligations.modals import Modal
from contracts.text.sentences import sentence_spans
from contracts.text.types import Span

ClauseKind = Literal["condition", "exception"]

_SEMICOLON = re.compile(r";(?!\s+(?:and\s+|or\s+)?\([a-z\d]{1,3}\)\s)")
_OPENED = re.compile(r"[\s,:\u2014\u2013-]*(?:\([a-z\d]{1,3}\)\s+)?")
_CLOSED = re.compile(r"(?:[\s,:;\u2014\u2013]|(?:[;,]\s*|\s)(?:and|or|but)\s*$)+$")
# A comma before a digit belongs to a number.
_JOINT = re.compile(r"(?:,?\s*\b(?:and|but|or|although|while)\b|,(?!\d)|;)[^,;]*$")

# What opens a condition or an exception anywhere in a statement.
_ANYWHERE: dict[ClauseKind, tuple[str, ...]] = {
    "condition": (
        r"(?<!\bas\s)if(?!\s+(?:any|applicable|not)\s*[),;.])",
        r"in\s+the\s+event(?:\s+(?:that|of))?",
        r"provided(?:,?\s+however,?)?,?\s+(?:always\s+)?that",
        r"on\s+(?:the\s+)?condition\s+that",
        r"(?:so|as|for\s+so)\s+long\s+as",
        r"(?<!\bbe\s)(?<!\bis\s)(?<!\bare\s)subject\s+(?:always\s+)?to",
        r"when(?:ever)?",
        r"(?:only\s+)?to\s+the\s+extent",
        r"until",
        r"conditional\s+(?:up)?on",
    ),
    "exception": (
        r"except(?:ing)?(?:\s+(?:as|that|for|to\s+the\s+extent(?:\s+that)?|where|if))?",
        r"unless(?:\s+and\s+until)?",
        r"save\s+(?:that|for|as|to\s+the\s+extent(?:\s+that)?|where)",
        r"other\s+than",
        r"with\s+the\s+exception\s+of",
        r"without\s+(?:the\s+)?(?:prior\s+|express\s+|written\s+|,\s*)*(?:consent|approval|permission|authori[sz]ation)",
    ),
}
# What opens a condition only at the head of a sentence or after a comma.
_AT_THE_HEAD = (
    r"where",
    r"upon",
    r"on\s+(?:the\s+)?(?:receipt|request|demand|notice|death|occurrence|completion|expir\w+|terminat\w+)",
    r"following",
    r"after",
    r"once",
    r"should",
    r"in\s+case(?:\s+of)?",
)
_OPENERS: dict[ClauseKind, re.Pattern[str]] = {
    "condition": re.compile(
        rf"\b(?:{'|'.join(_ANYWHERE['condition'])})\b|(?:(?<=^)|(?<=[.;:,]\s))(?:{'|'.join(_AT_THE_HEAD)})\b", re.I
    ),
    "exception": re.compile(rf"\b(?:{'|'.join(_ANYWHERE['exception'])})\b", re.I),
}
_RESUMES = re.compile(r",(?=\s)")


@dataclass(frozen=True, slots=True)
class Scope:
    action: Span
    conditions: tuple[Span, ...]
    exceptions: tuple[Span, ...]


def scope_of(reading: str, modals: Sequence[Modal], position: int, subject: int) -> Scope:
    """``subject``: where the words of its subject begin, or the modal itself when nobody is named."""
    modal = modals[position]
    begin, stop = _sentence(reading, modal.start)
    end = _statement_end(reading, modal, modals[position + 1 :], stop)
    leads = begin if position == 0 or modals[position - 1].end <= begin else _last_stop(reading, modals, position)
    clauses = _clauses(reading, leads, subject, modal, end)
    conditions = tuple(span for kind, span in clauses if kind == "condition")
    exceptions = tuple(span for kind, span in clauses if kind == "exception")
    cut = end
    for _, span in reversed(clauses):  # those that close the statement, one after another
        if span[0] > modal.end and not reading[span[1] : cut].strip(" ,;."):
            cut = span[0]
    opened = _OPENED.match(reading, modal.end)
    start = opened.end() if opened else modal.end
    return Scope(_closed(reading, min(start, end), cut if cut > start else end), conditions, exceptions)


def _sentence(reading: str, offset: int) -> Span:
    return next(
        ((start, end) for start, end in sentence_spans(reading, 0, len(reading)) if start <= offset < end),
        (0, len(reading)),
    )


def _statement_end(reading: str, modal: Modal, following: Sequence[Modal], stop: int) -> int:
    semicolon = _SEMICOLON.search(reading, modal.end, stop)
    stop = semicolon.start() if semicolon else stop
    if reading[stop - 1 : stop] == ".":
        stop -= 1
    for later in following:
        joint = _JOINT.search(reading[modal.end : later.start])
        # In "shall not, and shall not permit others to, copy" the action comes after the second.
        if joint and later.start < stop and reading[modal.end : modal.end + joint.start()].strip(" ,"):
            return modal.end + joint.start()
    return max(stop, modal.end)


def _last_stop(reading: str, modals: Sequence[Modal], position: int) -> int:
    """Where the words that lead in this modal may begin, when another stands before it in the sentence."""
    joint = _JOINT.search(reading, modals[position - 1].end, modals[position].start)
    return joint.start() if joint else modals[position].start


def _clauses(reading: str, leads: int, subject: int, modal: Modal, end: int) -> list[tuple[ClauseKind, Span]]:
    openers = sorted(
        ((kind, match) for kind, opener in _OPENERS.items() for match in opener.finditer(reading, leads, end)),
        key=lambda pair: pair[1].start(),
    )
    found: list[tuple[ClauseKind, Span]] = []
    for position, (kind, opener) in enumerate(openers):
        if (found and opener.start() < found[-1][1][1]) or modal.start <= opener.start() < modal.end:
            continue
        if opener.start() < modal.start:
            span = _before_comma(reading, opener, subject if opener.start() < subject else modal.start)
        else:
            later = [other.start() for _, other in openers[position + 1 :] if other.start() > opener.end() + 12]
            span = _after_modal(reading, opener, modal, min([end, *later]))
        if span[1] - opener.end() > 1 or opener[0].lower().startswith("without"):
            found.append((kind, span))
    return found


def _before_comma(reading: str, opener: re.Match[str], limit: int) -> Span:
    """A leading clause ends with the last comma before the subject."""
    comma = reading.rfind(",", opener.end(), limit)
    return _closed(reading, opener.start(), comma if comma > 0 else limit)


def _after_modal(reading: str, opener: re.Match[str], modal: Modal, end: int) -> Span:
    """One set between commas right after the modal ends with the second; any other goes on to the end."""
    aside = re.fullmatch(r"\s*(?:\w+ly\s*)?[,(]\s*(?:\w+\s+){0,2}?", reading[modal.end : opener.start()])
    comma = _RESUMES.search(reading, opener.end(), end) if aside else None
    return _closed(reading, opener.start(), comma.start() if comma else end)


def _closed(reading: str, start: int, end: int) -> Span:
    closing = _CLOSED.search(reading, start, end)
    return start, closing.start() if closing else end
