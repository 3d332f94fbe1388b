"""Lines as they are printed, joined into paragraphs: shared by wrapped plain text and PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contracts.text.numbering import is_bare_label, starts_with_label

HYPHENS = "-\u2010\u00ad\ufffe\x02"  # the last two are how pdfium reports a hyphen at the end of a line
CELL = " | "  # between the cells of a table row
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f]")
_LABELLED = re.compile(r"[A-Z][\w'\u2019/&()-]*(?: [\w'\u2019/&()-]+){0,4}: \S")  # "Governing law: England"
_OPEN_END = re.compile(  # the sentence goes on
    r"\b(?:a|(?i:the|an|of|to|in|by|with|for|from|at|as|into|under|upon|within|between|such|any|each|all|its|their|this|that|"
    r"which|if|not|is|are|be|been|was|has|have|shall|must))$"
)
_REFERENCE_END = re.compile(r"\b(?:clauses?|(?:sub)?(?:sections?|paragraphs?)|articles?)$", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def clean(text: str) -> str:
    """One paragraph on one line: every run of white space is one space, invisible characters gone, quotes as typed."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text.replace("\n", " ").replace("\r", " "))).strip()


def join_cells(cells: Iterable[str]) -> str:
    """A table row as one line. A number in a cell of its own is the number of what stands beside it."""
    filled = [cell for cell in cells if cell]
    if len(filled) > 1 and is_bare_label(filled[0]):
        return filled[0] + " " + CELL.join(filled[1:])
    return CELL.join(filled)


def join_labels(paragraphs: Iterable[str]) -> str:
    """The text of a document, where a number that stands alone on its line is put before the words it numbers."""
    lines: list[str] = []
    for paragraph in filter(None, map(clean, paragraphs)):
        if lines and is_bare_label(lines[-1]) and not starts_with_label(paragraph):
            lines[-1] += " " + paragraph
        else:
            lines.append(paragraph)
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Line:
    text: str  # cleaned; may end in one of HYPHENS
    x0: float  # left and right edge, in points or columns
    x1: float
    gap: bool  # more white space above than between the lines of a paragraph
    page: int = 0
    char_width: float = 1.0
    turned: bool = False  # the first of a column, so that white space above it says nothing
    notes: tuple[str, ...] = ()  # footnotes that the line refers to


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    pages: tuple[tuple[int, int], ...]  # (offset in the text, page) where each page's words begin
    notes: tuple[str, ...] = ()


def join_lines(lines: Sequence[Line], right_margin: float) -> list[Paragraph]:
    vocabulary = _vocabulary(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, right_margin):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_join(group, vocabulary) for group in groups]


def _continues(group: Sequence[Line], line: Line, right_margin: float) -> bool:
    previous = group[-1]
    turned = line.turned or line.page != previous.page
    if line.gap and not turned:
        return False
    if previous.text[-1] in HYPHENS and previous.text[-2:-1].isalpha() and line.text[0].islower():
        return True
    if CELL in previous.text and (CELL in line.text or (turned and not line.text[0].islower())):
        return False  # two rows of a table; or what follows it on the next page
    if _LABELLED.match(line.text) and _LABELLED.match(group[0].text):
        return False  # two lines of a form
    first_word = line.text.split(" ", 1)[0]
    room = right_margin - previous.x1
    ended = previous.text.endswith((".", ";", ":", "; and", "; or", ", and", ", or"))
    says_something = previous.x1 - previous.x0 > room or " " in previous.text or is_bare_label(previous.text)
    flows = goes_on(line.text) and not ended and says_something
    open_end = _REFERENCE_END if starts_with_label(line.text) else _OPEN_END
    flows = flows or open_end.search(previous.text) is not None
    # The word that opens this line would have fitted on the line above: the break was meant.
    if room > (len(first_word) + 2) * line.char_width and not flows:
        return False
    if turned and ended and not line.text[0].islower():
        return False
    if starts_with_label(line.text):
        hangs = len(group) > 1 and line.x0 < previous.x0 - 2 * line.char_width
        return not (ended or hangs)
    return True


def goes_on(text: str) -> bool:
    """Whether it begins in the middle of a sentence, as far as its first letter says: "b." does not."""
    first_word = text.split(" ", 1)[0]
    if first_word in ("o", "x") or "@" in first_word or first_word.startswith(("www.", "http")):
        return False  # a bullet, a box, an address
    return text[0].islower() and not starts_with_label(text)


def _join(group: Sequence[Line], vocabulary: frozenset[str]) -> Paragraph:
    text = ""
    pages: list[tuple[int, int]] = []
    for line in group:
        if text:
            text = _without_hyphen(text, line.text, vocabulary)
        if not pages or pages[-1][1] != line.page:
            pages.append((len(text), line.page))
        text += line.text
    notes = tuple(note for line in group for note in line.notes)
    return Paragraph(re.sub(f"[{HYPHENS[2:]}]", "-", text), tuple(pages), notes)


def footnote(number: str, text: str) -> str:
    """The paragraph after the one that refers to the note. Its bracket keeps the number from being a clause's."""
    return f"[Footnote {number}: {text}]"


def _without_hyphen(text: str, following: str, vocabulary: frozenset[str]) -> str:
    """The text so far, ready for the next line: a space added, or the hyphen of a divided word taken away."""
    if text[-1] not in HYPHENS or len(text) < 2 or not text[-2].isalpha():
        return text + " "
    left = text[:-1].rsplit(" ", 1)[-1].lower()
    right = _WORD.match(following)
    if right is None or not following[0].islower():
        return text[:-1] + "-"
    whole, hyphened = left + right[0].lower(), f"{left}-{right[0].lower()}"
    if hyphened in vocabulary and whole not in vocabulary:
        return text[:-1] + "-"
    both_words = left in vocabulary and right[0].lower() in vocabulary
    return text[:-1] + ("-" if both_words and whole not in vocabulary else "")


def _vocabulary(lines: Sequence[Line]) -> frozenset[str]:
    """Every word that is printed whole."""
    words: set[str] = set()
    divided = False
    for line in lines:
        found = [word.lower() for word in _WORD.findall(line.text)]
        words.update(found[1:-1])
        words.update(found[:1] if not divided else ())
        divided = line.text[-1] in HYPHENS
        words.update(found[-1:] if not divided and len(found) > 1 else ())
    return frozenset(words)
