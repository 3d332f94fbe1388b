"""The parts of an agreement: table of contents, preamble, recitals, operative terms, schedules, signatures."""

from __future__ import annotations

import re

from contracts.text import headings
from contracts.text.numbering import SCHEDULE
from contracts.text.opening_lines import Paragraph
from contracts.text.outline import Outline
from contracts.text.segment_state import CONTENTS, Segmentation

_FILED_AS = re.compile(r"Exhibit \d{1,2}\.\d{1,3}[A-Z]?")


def open_contents(state: Segmentation, index: int, paragraph: Paragraph) -> bool:
    """Whether the paragraph belongs to the table of contents."""
    if headings.opening(paragraph.text) == "contents" and state.part in {"title", "preamble"}:
        state.in_contents = True
    elif not state.in_contents:
        return False
    elif not headings.is_contents_line(paragraph.text):
        comes_again = len(paragraph.text) < 120 and state.comes_again(index)
        state.in_contents = comes_again
        if not comes_again:
            state.part = "title"
            return False
    if not state.tree.nodes or state.tree.nodes[-1].heading != CONTENTS:
        state.tree.add(paragraph.start, "title", None, heading=CONTENTS)
    return True


def open_schedule(state: Segmentation, index: int, paragraph: Paragraph) -> int | None:
    """How many paragraphs below were its heading; None where no schedule opens."""
    opens = paragraph.schedule
    if opens is None:
        return None
    number, heading = _named(opens.label), opens.heading
    filed = _FILED_AS.fullmatch(number) is not None
    if state.part == "title" or (state.part == "preamble" and (filed or _in_list(state, index))):
        state.filed_as = state.filed_as or (number if filed else "")
        return None
    if not opens.alone and (state.part in {"preamble", "recital"} or state.goes_on(index)):
        return None
    current = state.tree.nodes[state.schedule].number if state.schedule is not None else ""
    if number == state.filed_as or (number == current and not (heading and opens.alone)):
        return 0  # a running head
    consumed = 0
    if opens.alone and not heading and index + 1 < len(state.paragraphs) and state.labels[index + 1] is None:
        below = state.paragraphs[index + 1].text
        if headings.is_title(below) and headings.opening(below) is None and SCHEDULE.fullmatch(below) is None:
            heading, consumed = below.rstrip(" .:"), 1
    state.schedule = state.tree.add(paragraph.start, "schedule", None, number, heading)
    state.outline = Outline(base=state.schedule)
    state.part = "schedule"
    return consumed


def _in_list(state: Segmentation, index: int) -> bool:
    """Whether the line beside it names a schedule too: what is attached, listed before the terms."""
    beside = (*state.paragraphs[max(0, index - 1) : index], *state.paragraphs[index + 1 : index + 2])
    return any(paragraph.schedule is not None for paragraph in beside)


def open_part(state: Segmentation, index: int, paragraph: Paragraph) -> bool:
    opening = headings.opening(paragraph.text)
    before_terms = state.part in {"title", "preamble", "recital"}
    if opening == "recital" and before_terms:
        return _open_recital(state, paragraph)
    if opening == "operative" and before_terms:
        state.tree.add(
            paragraph.start, "preamble", None, heading=paragraph.text if headings.is_title(paragraph.text) else ""
        )
        state.part = "clause"
        state.outline = Outline()
        return True
    if (opening == "signature" and not before_terms) or _signature_line(state, index, paragraph):
        if state.part != "signature":
            state.tree.add(paragraph.start, "signature", state.schedule)
        state.part = "signature"
        return True
    sentence = state.labels[index] is None and not headings.is_title(paragraph.text)
    if state.part == "title" and state.tree.nodes and sentence:
        state.tree.add(paragraph.start, "preamble", None)
        state.part = "preamble"
        return True
    return False


def _signature_line(state: Segmentation, index: int, paragraph: Paragraph) -> bool:
    if (
        not headings.is_signature_line(paragraph.text)
        or state.part not in {"clause", "schedule"}
        or not state.outline.numbered
    ):
        return False
    nearby = state.paragraphs[index + 1 : index + 4]
    return any(headings.is_signature_line(other.text) for other in nearby)


def _open_recital(state: Segmentation, paragraph: Paragraph) -> bool:
    if state.part != "recital":
        state.part = "recital"
        titled = headings.is_title(paragraph.text) and len(paragraph.text) < 40
        root = state.tree.add(
            paragraph.start, "recital", None, heading=paragraph.text.rstrip(" :.;,") if titled else "Recitals"
        )
        state.outline = Outline(base=root)
    else:
        state.tree.add(paragraph.start, "recital", state.outline.base)
    return True


def _named(label: str) -> str:
    """ "SCHEDULE 2" is cited as "Schedule 2", "EXHIBIT A-1" as "Exhibit A-1"."""
    word, _, identifier = label.partition(" ")
    return f"{word.capitalize()} {identifier.strip()}".strip()
