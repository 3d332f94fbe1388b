"""The text of an agreement as a tree of clauses whose own words partition it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contracts.text import headings
from contracts.text.clause_tree import ClauseTree
from contracts.text.numbering import SCHEDULE, Label, read_label
from contracts.text.opening_lines import Paragraph, read_paragraphs
from contracts.text.outline import Outline, Place
from contracts.text.types import ClauseKind, ClauseSpan, ParsedDocument

CONTENTS = "Table of contents"
_PARTY_ENTRY = re.compile(r"\((?:hereinafter |together |each |the )*[\"\u201c]")


def segment_clauses(document: ParsedDocument) -> tuple[ClauseSpan, ...]:
    """A partition of ``document.text``, in order."""
    segmenter = _Segmenter(read_paragraphs(document.text))
    segmenter.read()
    return segmenter.tree.spans(len(document.text))


class _Segmenter:
    """Reads paragraphs in order; ``part`` is the part of the agreement we are in."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        self.paragraphs = paragraphs
        self.labels = [read_label(paragraph.text) for paragraph in paragraphs]
        self.following = _next_labels(self.labels)
        self.last_seen = {_key(paragraph.text): index for index, paragraph in enumerate(paragraphs)}
        self.tree = ClauseTree()
        self.outline = Outline()
        self.part: ClauseKind = "title"
        self.schedule: int | None = None
        self.in_contents = False

    def read(self) -> None:
        skip = -1
        for index, paragraph in enumerate(self.paragraphs):
            if index > skip:
                skip = index + self._read_paragraph(index, paragraph)

    def _read_paragraph(self, index: int, paragraph: Paragraph) -> int:
        """Opens a node or lets the paragraph join the last; returns how many paragraphs below were its heading."""
        if self._contents(index, paragraph):
            return 0
        consumed = self._open_schedule(index, paragraph)
        if consumed is not None:
            return consumed
        if self._open_part(index, paragraph):
            return 0
        label = self.labels[index]
        if label is not None and self._open_numbered(index, paragraph, label):
            return self._heading_below(index)
        if not self._open_unnumbered(index, paragraph) and self._last_heading() in {None, CONTENTS}:
            self.tree.add(paragraph.start, "title", None)
        return 0

    def _last_heading(self) -> str | None:
        return self.tree.nodes[-1].heading if self.tree.nodes else None

    # The parts of an agreement

    def _contents(self, index: int, paragraph: Paragraph) -> bool:
        if headings.opening(paragraph.text) == "contents" and self.part in {"title", "preamble"}:
            self.in_contents = True
        elif not self.in_contents:
            return False
        elif not headings.is_contents_line(paragraph.text):
            comes_again = len(paragraph.text) < 120 and self.last_seen[_key(paragraph.text)] > index
            self.in_contents = comes_again
            if not comes_again:
                self.part = "title"
                return False
        if not self.tree.nodes or self.tree.nodes[-1].heading != CONTENTS:
            self.tree.add(paragraph.start, "title", None, heading=CONTENTS)
        return True

    def _open_schedule(self, index: int, paragraph: Paragraph) -> int | None:
        match = SCHEDULE.fullmatch(paragraph.text) if len(paragraph.text) <= 120 else None
        if match is None or not _heads_schedule(match) or (self.part == "title" and not self.tree.nodes):
            return None
        number, heading = _named(match["label"]), match["rest"].strip(' -\u2013\u2014:.|"\u201c\u201d')
        if self.schedule is not None and self.tree.nodes[self.schedule].number == number and not heading:
            return 0  # a running head
        consumed = 0
        if not heading and index + 1 < len(self.paragraphs) and self.labels[index + 1] is None:
            below = self.paragraphs[index + 1].text
            if headings.is_title(below) and headings.opening(below) is None and SCHEDULE.fullmatch(below) is None:
                heading, consumed = below.rstrip(" .:"), 1
        self.schedule = self.tree.add(paragraph.start, "schedule", None, number, heading)
        self.outline = Outline(base=self.schedule)
        self.part = "schedule"
        return consumed

    def _open_part(self, index: int, paragraph: Paragraph) -> bool:
        opening = headings.opening(paragraph.text)
        before_terms = self.part in {"title", "preamble", "recital"}
        if opening == "recital" and before_terms:
            return self._open_recital(paragraph)
        if opening == "operative" and before_terms:
            self.tree.add(
                paragraph.start, "preamble", None, heading=paragraph.text if headings.is_title(paragraph.text) else ""
            )
            self.part = "clause"
            self.outline = Outline()
            return True
        if (opening == "signature" and not before_terms) or self._signature_line(index, paragraph):
            if self.part != "signature":
                self.tree.add(paragraph.start, "signature", self.schedule)
            self.part = "signature"
            return True
        sentence = self.labels[index] is None and not headings.is_title(paragraph.text)
        if self.part == "title" and self.tree.nodes and sentence:
            self.tree.add(paragraph.start, "preamble", None)
            self.part = "preamble"
            return True
        return False

    def _signature_line(self, index: int, paragraph: Paragraph) -> bool:
        if (
            not headings.is_signature_line(paragraph.text)
            or self.part not in {"clause", "schedule"}
            or not self.outline.numbered
        ):
            return False
        nearby = self.paragraphs[index + 1 : index + 4]
        return any(headings.is_signature_line(other.text) for other in nearby)

    def _open_recital(self, paragraph: Paragraph) -> bool:
        if self.part != "recital":
            self.part = "recital"
            titled = headings.is_title(paragraph.text) and len(paragraph.text) < 40
            root = self.tree.add(
                paragraph.start, "recital", None, heading=paragraph.text.rstrip(" :.;,") if titled else "Recitals"
            )
            self.outline = Outline(base=root)
        else:
            self.tree.add(paragraph.start, "recital", self.outline.base)
        return True

    # Numbered clauses

    def _open_numbered(self, index: int, paragraph: Paragraph, label: Label) -> bool:
        words = paragraph.text[label.end :]
        if not self._begins_clause(label, words):
            return False
        place = self.outline.place(label, self.following[index])
        if (
            place is None
            or (label.bare and place.score < 2)
            or (self.part == "signature" and not _resumes(place, words))
        ):
            return False
        whole = label.word or place.reading.style in {"decimal", "article"} or place.reading.shape == "."
        if self.part == "recital":
            if not (
                whole and place.reading.style in {"decimal", "article"} and headings.heading_length(words, whole=True)
            ):
                self._add(paragraph.start, "recital", label, place, "")
                return True
            self.outline = Outline()
            place = self.outline.place(label, self.following[index]) or place
        if self.part != "schedule":
            self.part = "clause"
        length = headings.heading_length(words, whole)
        self._add(paragraph.start, self._kind(), label, place, words[:length].strip(" .:-\u2013\u2014"))
        self._open_inner(paragraph, label.end + length, index)
        return True

    def _begins_clause(self, label: Label, words: str) -> bool:
        if label.word or label.bare:  # "Section 5.2 shall apply", "30 days"
            if words[:1].islower() or words[:1] in {",", ")", ";"}:
                return False
            if label.bare and not headings.heading_length(words, whole=True):
                return False
        if self.part in {"title", "preamble"}:
            if label.readings[0].style not in {"decimal", "article"}:
                return bool(label.readings[0].shape == "." and headings.heading_length(words, whole=True))
            return not (
                _PARTY_ENTRY.search(words) and not headings.heading_length(words, whole=True) and " shall " not in words
            )
        return True

    def _open_inner(self, paragraph: Paragraph, offset: int, index: int) -> None:
        """ "9. (a) ..." and "4.1 Payment. (a) ..." hold two numbers in one paragraph."""
        offset += len(paragraph.text[offset:]) - len(paragraph.text[offset:].lstrip())
        label = read_label(paragraph.text[offset:])
        if label is None or label.word or label.bare or label.end + offset >= len(paragraph.text):
            return
        if index + 1 < len(self.labels) and _inline_second(paragraph.text[offset + label.end :], label):
            return  # the whole list stands in this paragraph
        place = self.outline.place(label, self.following[index])
        if place is not None and place.score == 2 and place.reading.path[-1] == 1 and place.reading.style != "article":
            words = paragraph.text[offset + label.end :]
            self._add(
                paragraph.start + offset,
                self._kind(),
                label,
                place,
                words[: headings.heading_length(words, False)].strip(" .:"),
            )

    def _add(self, start: int, kind: ClauseKind, label: Label, place: Place, heading: str) -> None:
        self.outline.open(place, self.tree.add_numbered(start, kind, label, place, heading))

    def _heading_below(self, index: int) -> int:
        """ "ARTICLE IV" alone on its line takes the next short line as its heading."""
        node, label = self.tree.nodes[-1], self.labels[index]
        alone = label is not None and label.end >= len(self.paragraphs[index].text)
        if not alone or index + 1 >= len(self.paragraphs) or self.labels[index + 1] is not None:
            return 0
        below = self.paragraphs[index + 1].text
        if not headings.is_title(below) or headings.opening(below) is not None:
            return 0
        node.heading = below.rstrip(" .:")
        return 1

    # Unnumbered clauses

    def _open_unnumbered(self, index: int, paragraph: Paragraph) -> bool:
        if self.part in {"clause", "schedule"}:
            definition = headings.DEFINITION.match(paragraph.text)
            if definition is not None:
                self._hold(paragraph, definition["term"])
                return True
            if self.outline.in_list() and paragraph.text[0].islower():
                self._hold(paragraph, "")  # the words that close a list
                return True
        if self.part == "signature":
            if len(paragraph.text) > 250 and paragraph.text.endswith("."):
                self.part = "clause" if self.schedule is None else "schedule"
                self.tree.add(paragraph.start, self._kind(), self.schedule)
                return True
            return False
        if self._is_heading(index, paragraph):
            self._open_heading(index, paragraph)
            return True
        return False

    def _hold(self, paragraph: Paragraph, heading: str) -> None:
        owner = self.outline.list_owner()
        number = self.tree.nodes[owner].number if owner is not None and owner != self.schedule else ""
        self.outline.hold(self.tree.add(paragraph.start, self._kind(), owner, number, heading))

    def _is_heading(self, index: int, paragraph: Paragraph) -> bool:
        text = paragraph.text
        if self.part == "title" or index + 1 >= len(self.paragraphs) or self.labels[index] is not None:
            return False
        below = self.paragraphs[index + 1].text
        if headings.is_signature_line(text) or headings.is_signature_line(below):
            return False
        if headings.is_capitals(text):
            return True
        if self.outline.levels or not headings.is_title(text) or len(text) > 60 or text.endswith("."):
            return False
        before = self.paragraphs[index - 1].text if index else ""
        follows_text = before.endswith((".", ";", ":")) or headings.is_title(before) or self.part == "preamble"
        return follows_text and (self.labels[index + 1] is not None or len(below) >= 80)

    def _open_heading(self, index: int, paragraph: Paragraph) -> None:
        heading = paragraph.text.rstrip(" .:")
        if self.part in {"preamble", "recital"}:
            kind: ClauseKind = self.part
            opens_terms = _starts_terms(self.following[index]) or len(self.paragraphs[index + 1].text) >= 80
            if opens_terms and self.part == "preamble" and heading.lower() not in {"parties", "between"}:
                self.part, kind = "clause", "clause"
                self.outline = Outline()
            self.tree.add(paragraph.start, kind, None, heading=heading)
            if self.part == "clause":
                self.outline.base = self.outline.holder = len(self.tree.nodes) - 1
            return
        following = self.following[index]
        if following is None or _starts_terms(following) or not self.outline.levels:
            node = self.tree.add(paragraph.start, self._kind(), self.schedule, heading=heading)
            self.outline.base = node
            if following is None:
                self.outline.levels.clear()
        else:
            node = self.tree.add(paragraph.start, self._kind(), self.outline.list_owner(), heading=heading)
        self.outline.hold(node)

    def _kind(self) -> ClauseKind:
        return "schedule" if self.part == "schedule" else "clause"


def _next_labels(labels: Sequence[Label | None]) -> list[Label | None]:
    following: list[Label | None] = [None] * len(labels)
    upcoming: Label | None = None
    for index in range(len(labels) - 1, -1, -1):
        following[index] = upcoming
        upcoming = labels[index] or upcoming
    return following


def _starts_terms(label: Label | None) -> bool:
    return label is not None and label.readings[0].style in {"decimal", "article"} and len(label.readings[0].path) == 1


def _resumes(place: Place, words: str) -> bool:
    return place.score >= 2 and place.reading.style in {"decimal", "article"} and len(words) > 12


def _inline_second(words: str, label: Label) -> bool:
    """Whether the second item of the list that ``label`` begins stands in the same paragraph."""
    second = {"(a)": "(b)", "(i)": "(ii)", "(A)": "(B)", "(1)": "(2)"}.get(label.text)
    return second is not None and second in words


def _heads_schedule(match: re.Match[str]) -> bool:
    label, rest = match["label"], match["rest"].strip()
    if " " not in label and not label.isupper():
        return False
    if not rest:
        return label[0].isupper()
    if rest[0].islower() or rest[0] in ",;)":
        return False
    words = rest.strip(' -\u2013\u2014:.|"\u201c\u201d')
    return not words or headings.is_title(words)


def _named(label: str) -> str:
    """ "SCHEDULE 2" is cited as "Schedule 2", "EXHIBIT A-1" as "Exhibit A-1"."""
    word, _, identifier = label.partition(" ")
    return f"{word.capitalize()} {identifier.strip()}".strip()


def _key(text: str) -> str:
    return re.sub(r"[\W\d]+", "", text).lower()
