"""Clauses without a number: definitions, the words that close a list, headings on a line of their own."""

from __future__ import annotations

import re

from contracts.text import headings
from contracts.text.furniture import is_page_furniture
from contracts.text.numbering import Label
from contracts.text.opening_lines import Paragraph
from contracts.text.outline import Outline
from contracts.text.segment_state import Segmentation
from contracts.text.types import ClauseKind

_CLOSES = re.compile(
    r"(?:in\s+(?:each|any|either|all|the)|provided|but|and|or|nor|then|shall|will|must|may|which|who|where|whether|except"
    r"|together|to\s+the\s+extent|unless|if|as|without|for|by|so|such|is|are|it|the)\b"
)
_ITEM_ENDED = re.compile(r"[.;:][\"\u201d)\]]*$|[;,]\s+(?:and|or|and/or)$")


def open_unnumbered(state: Segmentation, index: int, paragraph: Paragraph) -> bool:
    if state.part in {"clause", "schedule"}:
        definition = headings.DEFINITION.match(paragraph.text)
        if definition is not None:
            _open_definition(state, paragraph, definition["term"])
            return True
        if state.outline.in_list() and paragraph.text[0].islower() and not _goes_on(state, index):
            _close_list(state, paragraph)
            return True
    if state.part == "signature":
        if len(paragraph.text) > 250 and paragraph.text.endswith("."):
            state.part = "clause" if state.schedule is None else "schedule"
            state.tree.add(paragraph.start, state.kind(), state.schedule)
            return True
        return False
    if _is_heading(state, index, paragraph):
        _open_heading(state, index, paragraph)
        return True
    return False


def _open_definition(state: Segmentation, paragraph: Paragraph, term: str) -> None:
    owner = state.outline.list_owner()
    state.outline.hold(state.tree.add(paragraph.start, state.kind(), owner, _number(state, owner), term))


def _close_list(state: Segmentation, paragraph: Paragraph) -> None:
    """The words after a list belong to what it is a list of."""
    owner = state.outline.end_list()
    state.outline.hold(state.tree.add(paragraph.start, state.kind(), owner, _number(state, owner)), keep_lists=True)


def _number(state: Segmentation, owner: int | None) -> str:
    return state.tree.nodes[owner].number if owner is not None and owner != state.schedule else ""


def _goes_on(state: Segmentation, index: int) -> bool:
    """Whether a paragraph in lower case is the rest of a sentence that a page or a wrong line break divides."""
    before = index - 1
    while before > 0 and (is_page_furniture(state.paragraphs[before].text) or state.is_running_head(before)):
        before -= 1
    words = state.paragraphs[before].text
    if _ITEM_ENDED.search(words):
        return False
    return words[-1] != "," or before < index - 1 or not _CLOSES.match(state.paragraphs[index].text)


def _is_heading(state: Segmentation, index: int, paragraph: Paragraph) -> bool:
    text = paragraph.text
    if state.part == "title" or index + 1 >= len(state.paragraphs) or state.labels[index] is not None:
        return False
    below = state.paragraphs[index + 1].text
    if headings.is_signature_line(text) or headings.is_signature_line(below):
        return False
    if state.is_running_head(index):
        return False
    if headings.is_capitals(text):
        return True
    if state.outline.levels or not headings.is_title(text) or len(text) > 60 or text.endswith("."):
        return False
    before = state.paragraphs[index - 1].text if index else ""
    follows_text = before.endswith((".", ";", ":")) or headings.is_title(before) or state.part == "preamble"
    return follows_text and (state.labels[index + 1] is not None or len(below) >= 80)


def _open_heading(state: Segmentation, index: int, paragraph: Paragraph) -> None:
    heading = paragraph.text.rstrip(" .:")
    if state.part in {"preamble", "recital"}:
        kind: ClauseKind = state.part
        opens_terms = _starts_terms(state.following[index]) or len(state.paragraphs[index + 1].text) >= 80
        if opens_terms and state.part == "preamble" and heading.lower() not in {"parties", "between"}:
            state.part, kind = "clause", "clause"
            state.outline = Outline()
        state.tree.add(paragraph.start, kind, None, heading=heading)
        if state.part == "clause":
            state.outline.base = state.outline.holder = len(state.tree.nodes) - 1
        return
    following = state.following[index]
    if following is None or _starts_terms(following) or not state.outline.levels:
        node = state.tree.add(paragraph.start, state.kind(), state.schedule, heading=heading)
        state.outline.base = node
        if following is None:
            state.outline.levels.clear()
    else:
        node = state.tree.add(paragraph.start, state.kind(), state.outline.list_owner(), heading=heading)
    state.outline.hold(node)


def _starts_terms(label: Label | None) -> bool:
    return label is not None and label.readings[0].style in {"decimal", "article"} and len(label.readings[0].path) == 1
