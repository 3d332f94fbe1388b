"""HTML: block elements become paragraphs, table rows become lines."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from contracts.text.html_lists import ListItems
from contracts.text.paragraphs import clean, join_cells, join_labels
from contracts.text.parse_plain import decode
from contracts.text.struck import hides, struck_warnings
from contracts.text.types import ParsedDocument, ReadError

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 "  # noqa: SIM905
    "h6 header hr html li main nav ol p pre section table tbody tfoot thead title tr ul".split()
)
IGNORED = ["script", "style", "noscript", "template", "head", "svg", "nav"]
DELETED = frozenset({"del", "s", "strike"})
MOST_WORK = 500_000_000  # element by element, all those that are open: the parser may look through them every time
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z][\w:-]*)", re.IGNORECASE)
# Without an end tag these hold nothing of what follows, or end where the next one begins.
_NEVER_OPEN = frozenset(
    "area base br col colgroup dd dt embed hr img input li link meta option p param source tbody td tfoot th thead "  # noqa: SIM905
    "tr track wbr".split()
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
# A table has rows: the "<TABLE>" and "<S>" of EDGAR's old text filings are marks in plain text, "<S>" no deletion.
_TAGS = re.compile(rb"<(?:!doctype html|html|head|body|meta|title|div|p|tr|h1)\b", re.IGNORECASE)


def looks_like_html(head: bytes) -> bool:
    return head.startswith(b"<") and _TAGS.search(head) is not None


def parse_html(data: bytes, name: str) -> ParsedDocument:
    declared = _CHARSET.search(data[:2048])
    text, warnings = decode(data, name, declared[1].decode("ascii") if declared else None)
    if _nests_too_deep(text):
        raise ReadError("corrupt", f"{name} nests its HTML too deep.", "Save it again in a browser, or as DOCX or PDF.")
    tree = LexborHTMLParser(text)
    sheets = "\n".join(sheet.text() for sheet in tree.css("style"))
    tree.strip_tags(IGNORED)
    paragraphs = _Paragraphs(ListItems(sheets))
    if tree.body is not None:
        paragraphs.read(tree.body)
    return ParsedDocument(join_labels(paragraphs.lines), "html", (), (*warnings, *struck_warnings(paragraphs.left_out)))


def _nests_too_deep(text: str) -> bool:
    """Whether the parser, which cannot be interrupted, would take minutes or more."""
    depth = work = closed = 0
    for tag in _TAG.finditer(text):
        if closed < tag.end():
            closed = text.find(">", tag.end()) % (len(text) + 1)
            work += len(text[tag.end() : closed].split()) ** 2  # its attributes, each compared with all before it
        work += depth
        if tag["name"].lower() not in _NEVER_OPEN:
            depth = max(0, depth - 1) if tag["end"] else depth + 1
        if work > MOST_WORK:
            return True
    return False


def _is_left_out(node: LexborNode, tag: str) -> bool:
    return tag in DELETED or "hidden" in node.attributes or hides(node.attributes.get("style") or "")


class _Paragraphs:
    def __init__(self, items: ListItems) -> None:
        self.lines: list[str] = [""]
        self.items = items
        self.rows: list[list[str]] = []  # the cells of the table rows that are open, outermost first
        self.left_out = 0  # places of words that are deleted or not shown

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
            elif node is not root and _is_left_out(node, tag):
                self.left_out += any(letter.isalnum() for letter in node.text())
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
            if tag == "ol":
                self.items.open(node)
            elif tag == "li":
                self._add(self.items.label(node))

    def _leave(self, tag: str) -> None:
        if tag == "tr" and self.rows:
            row = join_cells([clean(cell) for cell in self.rows.pop()])
            self._break()
            self._add(row)
            self._break()
        elif tag in BLOCKS:
            self._break()
            if tag == "ol":
                self.items.close()

    def _break(self) -> None:
        if self.rows:
            self._add(" ")  # a paragraph within a cell does not end the line of the row
        else:
            self.lines.append("")
