"""Clauses that open with a number."""

from __future__ import annotations

import re

from contracts.text import headings
from contracts.text.numbering import Label, read_label
from contracts.text.opening_lines import Paragraph
from contracts.text.outline import Outline, Place
from contracts.text.segment_state import Segmentation
from contracts.text.types import ClauseKind

SHORTEST_CLAUSE = 12  # after the signatures: what is numbered there may be who signs
SHORTEST_SENTENCE = 80
_PARTY_ENTRY = re.compile(r"\((?:hereinafter |together |each |the )*[\"\u201c]")


def open_numbered(state: Segmentation, index: int, paragraph: Paragraph, label: Label) -> bool:
    words = paragraph.text[label.end :]
    if not _begins_clause(state, label, words):
        return False
    if state.part == "signature" and _terms_begin(state, index, paragraph, words):
        state.part, state.outline = "clause", Outline()
    place = _place(state, index, paragraph, label)
    if place is None or ((label.bare or paragraph.in_lead_in) and place.score < 2):
        return False
    if state.part == "signature" and not _resumes(place, words):
        return False
    whole = label.word or place.reading.style in {"decimal", "article"} or place.reading.shape == "."
    if state.part == "recital":
        if not (whole and place.reading.style in {"decimal", "article"} and headings.heading_length(words, whole=True)):
            _add(state, paragraph.start, "recital", label, place, "")
            return True
        state.outline = Outline()
        place = state.outline.place(label, state.following[index]) or place
    if state.part != "schedule":
        state.part = "clause"
    if _leads_in(state, index) and not headings.is_title_case(words):
        whole = False
    length = headings.heading_length(words, whole)
    _add(state, paragraph.start, state.kind(), label, place, words[:length].strip(" .:-\u2013\u2014"))
    _open_inner(state, paragraph, label.end + length, index)
    return True


def _place(state: Segmentation, index: int, paragraph: Paragraph, label: Label) -> Place | None:
    if set(paragraph.chained) == {1}:  # the terms begin: the recitals' letters above have no heading
        state.outline.leave(lambda node: not state.tree.nodes[node].heading)
    place = state.outline.place(label, state.following[index])
    if paragraph.chained:
        return state.outline.on_chain(label.readings[0], place)
    upcoming = state.upcoming[index]
    if label.bare and label.readings[0].path == upcoming:
        return None  # "9", the page number, and "10 ...": the rest of the sentence before it
    if place is not None and state.outline.closes(place, upcoming):
        return None
    return place


def _begins_clause(state: Segmentation, label: Label, words: str) -> bool:
    if label.word or label.bare:  # "Section 5.2 shall apply", "30 days"
        if words[:1].islower() or words[:1] in {",", ")", ";"}:
            return False
        if label.bare and not headings.heading_length(words, whole=True):
            return False
    if state.part in {"title", "preamble"}:
        if label.readings[0].style not in {"decimal", "article"}:
            return bool(label.readings[0].shape == "." and headings.heading_length(words, whole=True))
        return not (
            _PARTY_ENTRY.search(words) and not headings.heading_length(words, whole=True) and " shall " not in words
        )
    return True


def _open_inner(state: Segmentation, paragraph: Paragraph, offset: int, index: int) -> None:
    """ "9. (a) ..." and "4.1 Payment. (a) ..." hold two numbers in one paragraph."""
    offset += len(paragraph.text[offset:]) - len(paragraph.text[offset:].lstrip())
    label = read_label(paragraph.text[offset:])
    if label is None or label.word or label.bare or label.end + offset >= len(paragraph.text):
        return
    if index + 1 < len(state.labels) and _inline_second(paragraph.text[offset + label.end :], label):
        return  # the whole list stands in this paragraph
    place = state.outline.place(label, state.following[index])
    if place is not None and place.score == 2 and place.reading.path[-1] == 1 and place.reading.style != "article":
        words = paragraph.text[offset + label.end :]
        _add(
            state,
            paragraph.start + offset,
            state.kind(),
            label,
            place,
            words[: headings.heading_length(words, False)].strip(" .:"),
        )


def _leads_in(state: Segmentation, index: int) -> bool:
    """Whether its list goes on on the same line: "The Buyer reserves the right" may be no heading."""
    return index + 1 < len(state.paragraphs) and state.paragraphs[index + 1].in_lead_in


def _add(state: Segmentation, start: int, kind: ClauseKind, label: Label, place: Place, heading: str) -> None:
    state.outline.open(place, state.tree.add_numbered(start, kind, label, place, heading))


def take_heading_below(state: Segmentation, index: int) -> int:
    """ "ARTICLE IV" alone on its line takes the next short line as its heading."""
    node, label = state.tree.nodes[-1], state.labels[index]
    alone = label is not None and label.end >= len(state.paragraphs[index].text)
    if not alone or index + 1 >= len(state.paragraphs) or state.labels[index + 1] is not None:
        return 0
    below = state.paragraphs[index + 1].text
    if not headings.is_title(below) or headings.opening(below) is not None:
        return 0
    node.heading = below.rstrip(" .:")
    return 1


def _terms_begin(state: Segmentation, index: int, paragraph: Paragraph, words: str) -> bool:
    """Standard terms after the signatures of a cover page; those who sign may be numbered too, but say nothing more."""
    if set(paragraph.chained) != {1} or state.schedule is not None:
        return False
    below = state.paragraphs[index + 1].text if index + 1 < len(state.paragraphs) else ""
    in_parts = state.upcoming[index][: len(paragraph.chained)] == paragraph.chained
    return len(words) > SHORTEST_CLAUSE or in_parts or (len(below) > SHORTEST_SENTENCE and below.endswith("."))


def _resumes(place: Place, words: str) -> bool:
    return place.score >= 2 and place.reading.style in {"decimal", "article"} and len(words) > SHORTEST_CLAUSE


def _inline_second(words: str, label: Label) -> bool:
    """Whether the second item of the list that ``label`` begins stands in the same paragraph."""
    second = {"(a)": "(b)", "(i)": "(ii)", "(A)": "(B)", "(1)": "(2)"}.get(label.text)
    return second is not None and second in words
