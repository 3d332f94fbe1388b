"""The text of an agreement as a tree of clauses whose own words partition it."""

from __future__ import annotations

from contracts.text.opening_lines import Paragraph, read_paragraphs
from contracts.text.segment_numbered import open_numbered, take_heading_below
from contracts.text.segment_parts import open_contents, open_part, open_schedule
from contracts.text.segment_state import CONTENTS, Segmentation
from contracts.text.segment_unnumbered import open_unnumbered
from contracts.text.types import ClauseSpan, ParsedDocument


def segment_clauses(document: ParsedDocument) -> tuple[ClauseSpan, ...]:
    """A partition of ``document.text``, in order."""
    state = Segmentation(read_paragraphs(document.text))
    skip = -1
    for index, paragraph in enumerate(state.paragraphs):
        if index > skip:
            skip = index + _read_paragraph(state, index, paragraph)
    return state.tree.spans(len(document.text))


def _read_paragraph(state: Segmentation, index: int, paragraph: Paragraph) -> int:
    """Opens a node or lets the paragraph join the last; returns how many paragraphs below were its heading."""
    if open_contents(state, index, paragraph):
        return 0
    consumed = open_schedule(state, index, paragraph)
    if consumed is not None:
        return consumed
    if open_part(state, index, paragraph):
        return 0
    label = state.labels[index]
    if label is not None and open_numbered(state, index, paragraph, label):
        return take_heading_below(state, index)
    if paragraph.in_lead_in:
        return 0
    if not open_unnumbered(state, index, paragraph) and state.last_heading() in {None, CONTENTS}:
        state.tree.add(paragraph.start, "title", None)
    return 0
