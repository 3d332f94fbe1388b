"""HTML: block elements become paragraphs, table rows become lines."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from contracts.text.numbering import format_ordinal
from contracts.text.paragraphs import clean, join_cells, join_labels
from contracts.text.parse_plain import decode
from contracts.text.types import ParsedDocument

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 "  # noqa: SIM905
    "h6 header hr html li main nav ol p pre section table tbody tfoot thead title tr ul".split()
)
IGNORED = ["script", "style", "noscript", "template", "head", "svg", "nav"]
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_TAGS = re.compile(rb"<(?:!doctype html|html|head|body|meta|title|div|p|table|h1)\b", re.IGNORECASE)


def looks_like_html(head: bytes) -> bool:
    return head.startswith(b"<") and _TAGS.search(head) is not None


def parse_html(data: bytes, name: str) -> ParsedDocument:
    declared = _CHARSET.search(data[:2048])
    text, warnings = decode(data, name, declared[1].decode("ascii") if declared else None)
    tree = LexborHTMLParser(text)
    tree.strip_tags(IGNORED)
    paragraphs = _Paragraphs()
    if tree.body is not None:
        paragraphs.read(tree.body)
    return ParsedDocument(join_labels(paragraphs.lines), "html", (), warnings)


class _Paragraphs:
    def __init__(self) -> None:
        self.lines: list[str] = [""]
        self.rows: list[list[str]] = []  # the cells of the table rows that are open, outermost first

    def read(self, root: LexborNode) -> None:
        """Depth first with a stack of our own: real pages nest deeper than Python's call stack."""
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            tag = node.tag or ""
            if tag == "-text":
                self._add(node.text_content or "")
            elif leaving:
                self._leave(tag)
            else:
                self._enter(node, tag)
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))

    def _add(self, text: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += text
        else:
            self.lines[-1] += text

    def _enter(self, node: LexborNode, tag: str) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
        elif tag in BLOCKS or tag == "br":
            self._break()
            if tag == "li":
                self._add(item_label(node))

    def _leave(self, tag: str) -> None:
        if tag == "tr" and self.rows:
            row = join_cells([clean(cell) for cell in self.rows.pop()])
            self._break()
            self._add(row)
            self._break()
        elif tag in BLOCKS:
            self._break()

    def _break(self) -> None:
        if self.rows:
            self._add(" ")  # a paragraph within a cell does not end the line of the row
        else:
            self.lines.append("")


def item_label(node: LexborNode) -> str:
    """What a browser would print before a list item."""
    parent = node.parent
    if parent is None or parent.tag != "ol":
        return "\u2022 "
    start = parent.attributes.get("start") or "1"
    ordinal = int(start) if start.isdigit() else 1
    sibling = node.prev
    while sibling is not None:
        ordinal += sibling.tag == "li"
        sibling = sibling.prev
    style = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
    return format_ordinal(ordinal, style.get(parent.attributes.get("type") or "1", "decimal")) + ". "
