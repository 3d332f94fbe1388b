"""The passages of a contract: what is encoded and verified, each with the words it is read under."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Literal

from contracts.text.bare_titles import is_bare_title
from contracts.text.furniture import is_page_furniture
from contracts.text.lead_ins import has_own_subject, is_complete, is_marked, is_read_under, leads_in
from contracts.text.numbering import BULLET, read_label
from contracts.text.segment_state import CONTENTS
from contracts.text.sentences import inline_items, sentence_spans, trimmed
from contracts.text.types import ClauseSpan, PassageSpan

Span = tuple[int, int]
PassageKind = Literal["sentence", "item", "heading"]
CountTokens = Callable[[str], int]
_CUTS = (re.compile(r";\s+(?:and\s+|or\s+)?"), re.compile(r",\s+"), re.compile(r"\s+"))


def split_passages(
    text: str, clauses: Sequence[ClauseSpan], count_tokens: CountTokens, limit: int = 256
) -> tuple[PassageSpan, ...]:
    """The passages in order. No reading has more than ``limit`` tokens, unless a lone lead-in leaves no room at all."""
    passages: list[PassageSpan] = []
    lead_ins: list[tuple[Span, ...]] = []  # what the children of each clause are read under
    for index, clause in enumerate(clauses):
        inherited = lead_ins[clause.parent] if clause.parent is not None else ()
        found, opens = _clause_passages(text, index, clause, inherited)
        lead_ins.append(opens)
        for passage in found:
            passages.extend(_within_limit(text, passage, count_tokens, limit))
    return tuple(passages)


def _clause_passages(
    text: str, index: int, clause: ClauseSpan, inherited: tuple[Span, ...]
) -> tuple[list[PassageSpan], tuple[Span, ...]]:
    """The passages of a clause, and the lead-ins of its children."""
    if clause.kind == "signature" or (clause.kind == "title" and clause.heading == CONTENTS):
        return [], ()
    body = _body_start(text, clause)
    found: list[PassageSpan] = []
    listing: tuple[Span, ...] = ()  # up to the sentence that ended in a colon: bullets and rows are read under it
    complete = False  # a sentence of this clause has ended, so that no lead-in goes on
    previous = body
    for start, end in sentence_spans(text, body, clause.end):
        words = text[start:end]
        listed = BULLET.match(words) is not None or " | " in words  # a bullet or the row of a table
        own_line = "\n" in text[previous:start]
        if listed and listing:
            lead_in = _fitting(text, listing, words)
        elif (complete and not is_marked(words)) or (own_line and found and has_own_subject(words)):
            lead_in = ()
        else:
            lead_in = _fitting(text, inherited, words)
        kind: PassageKind = "item" if lead_in or listed else "sentence"
        if clause.kind == "title" or (kind == "sentence" and is_bare_title(words)):
            kind = "heading"
        items = inline_items(text, start, end)
        if items:
            found.extend(_item_passages(text, index, start, [*items, end], lead_in))
        else:
            found.append(PassageSpan(index, start, end, lead_in, kind))
        if not listed and (own_line or not listing):
            listing = (*lead_in, (start, end)) if words.endswith((":", "\u2014", "\u2013")) else ()
        complete = complete or is_complete(words)
        previous = end
    if not found:
        found = [PassageSpan(index, *span, (), "heading") for span in trimmed(text, clause.start, clause.end)]
        return found, inherited
    last = next((one for one in reversed(found) if not is_page_furniture(text[one.start : one.end])), found[-1])
    if clause.kind == "title" or not leads_in(text[last.start : last.end]):
        return found, ()
    return found, (*last.lead_in, (last.start, last.end))


def _fitting(text: str, lead_in: tuple[Span, ...], words: str) -> tuple[Span, ...]:
    """The lead-ins that the words continue, without the innermost ones that they do not."""
    while lead_in and not is_read_under(text[slice(*lead_in[-1])], words):
        lead_in = lead_in[:-1]
    return lead_in


def _body_start(text: str, clause: ClauseSpan) -> int:
    """Past the number and the heading."""
    start = clause.start
    while start < clause.end and text[start].isspace():
        start += 1
    label = read_label(text[start : min(start + 80, clause.end)]) if clause.number or clause.kind == "recital" else None
    if label is not None:
        start += label.end
    if clause.kind == "schedule" and clause.parent is None and clause.number:
        start = _line_end(text, start, clause.end)
        rest = text[start : clause.end].lstrip()
        return (
            start + text[start : clause.end].index(rest) + len(clause.heading)
            if _heads(rest, clause.heading)
            else start
        )
    rest = text[start : clause.end]
    offset = len(rest) - len(rest.lstrip())
    if _heads(rest[offset:], clause.heading):
        start += offset + len(clause.heading)
        while start < clause.end and text[start] in " .:-\u2013\u2014\n":
            start += 1
    return start


def _heads(rest: str, heading: str) -> bool:
    return bool(heading) and rest.startswith(heading)


def _line_end(text: str, start: int, end: int) -> int:
    found = text.find("\n", start, end)
    return end if found < 0 else found


def _item_passages(
    text: str, index: int, start: int, cuts: Sequence[int], outer: tuple[Span, ...]
) -> Iterator[PassageSpan]:
    lead_in = (*outer, *trimmed(text, start, cuts[0]))
    for begin, end in pairwise(cuts):
        for span in trimmed(text, begin, end):
            yield PassageSpan(index, *span, lead_in, "item")


def _within_limit(text: str, passage: PassageSpan, count_tokens: CountTokens, limit: int) -> Iterator[PassageSpan]:
    """The passage itself, or the pieces of it that fit."""
    reading = passage.reading(text)
    tokens = len(reading) if len(reading) < limit // 2 else count_tokens(reading)  # a token is a character or more
    if tokens <= limit:
        yield passage
        return
    lead_in = passage.lead_in
    while lead_in and sum(count_tokens(text[start:end]) for start, end in lead_in) > limit // 2:
        lead_in = lead_in[1:]  # the outermost words matter least
    own = passage.end - passage.start
    shorter = PassageSpan(passage.clause, passage.start, passage.end, lead_in, passage.kind)
    room = limit - sum(count_tokens(text[start:end]) for start, end in lead_in)
    # Characters that fit, by this passage's own density; a denser piece is cut again.
    width = max(int(own * room / max(count_tokens(text[passage.start : passage.end]), 1) * 0.9), 1)
    if width >= own:
        if len(lead_in) < len(passage.lead_in):
            yield from _within_limit(text, shorter, count_tokens, limit)
            return
        width = max(own // 2, 1)
    for start, end in _pieces(text, passage.start, passage.end, width):
        piece = PassageSpan(passage.clause, start, end, lead_in, passage.kind)
        if end - start < own:
            yield from _within_limit(text, piece, count_tokens, limit)
        else:
            yield piece


def _pieces(text: str, start: int, end: int, width: int) -> Iterator[Span]:
    """Consecutive pieces of at most ``width`` characters, cut at a semicolon, else a comma, else a space."""
    while end - start > width:
        cut = start + width
        for pattern in _CUTS:
            ends = [match.end() for match in pattern.finditer(text, start + width // 2, start + width)]
            if ends:
                cut = ends[-1]
                break
        yield from trimmed(text, start, cut)
        start = cut
    yield from trimmed(text, start, end)
