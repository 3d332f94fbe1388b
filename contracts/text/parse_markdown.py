"""Markdown: its marks taken away, its lists numbered as they would be shown; the rest is plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text.paragraphs import clean, join_cells
from contracts.text.parse_plain import decode, plain_paragraphs
from contracts.text.struck import struck_warnings
from contracts.text.types import ParsedDocument

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?P<fields>(?:\w[\w-]*:.*\n|[ \t#-].*\n|\n)+?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_TITLE = re.compile(r"^title:[ \t]*(?P<title>\S.*)$", re.MULTILINE)
_COMMENT = re.compile(r"<!--(?:(?!-->|<!--).)*-->", re.DOTALL)
_BREAK = re.compile(r"(?:(?<![ \t])[ \t]{2,}|\\)$|<br\s*/?>", re.MULTILINE | re.IGNORECASE)
_DEFINED = re.compile(r"^(\S.{0,80})\n:[ \t]+", re.MULTILINE)  # "Employer", and below it ": Tarn Ltd."
_STRUCK = re.compile(r"~~(?=\S).{1,999}?~~")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_KEPT = re.compile("[\ue021-\ue07e]")
_STARS = re.compile(r"(?<!\*)(\*{1,3})(?=[^\s*\])])((?:\[\*+\]|[^*\n]|\n(?![ \t]*\n))+)(?<=[^\s*(\[])\1(?!\*)")
_LINK = re.compile(  # no two of its alternatives match at one place: else what is no link in the end takes for ever
    r"!?\[([^\[\]]*)\]"
    r"\((?:[^(){\s]|\{(?!\{[^{}\n]*\}\})|\{\{[^{}\n]*\}\}|\([^()\s]*\)){,999}(?:\s+\"[^\"]*\")?\)"
)
_MARKS = (
    (_LINK, r"\1"),
    (re.compile(r"<((?:https?|mailto):[^\s<>]+)>"), r"\1"),
    (re.compile(r"</?(?:a|b|center|div|em|i|p|span|strong|sub|sup|u)(?:\s[^<>]*)?>", re.IGNORECASE), ""),
    (re.compile(r"(?<![\w`])(`{1,2})(?=[^\s`])(.{1,999}?)(?<=[^\s`])\1(?![\w`])"), r"\2"),
    *[(_STARS, r"\2")] * 2,  # once more for what is bold around what is in italics
    (re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])([^_\n]{1,999}?)(?<=[^\s_])\1(?![\w_])"), r"\2"),
)
_QUOTED = re.compile(r"(?:[ \t]*>)+[ \t]?(?:\[!\w+\][ \t]*)?")
_RULE = re.compile(r"[ \t]*([-*_=])(?:[ \t]*\1){2,}[ \t]*")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?P<words>.*)")
_ROW = re.compile(r"[ \t]*\|(?P<cells>.*)\|[ \t]*")
_UNDER_HEAD = re.compile(r"[-:| \t]+")
_BULLET = re.compile(r"(?P<indent>[ \t]*)[-*+][ \t]+(?P<words>\S.*)")
_NUMBER = re.compile(r"(?P<indent>[ \t]*)(?P<number>\d{1,3})[.)][ \t]+(?P<words>\S.*)")


def parse_markdown(data: bytes, name: str) -> ParsedDocument:
    text, warnings = decode(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    if front is not None:
        text = _titled(front["fields"], text[front.end() :])
        warnings = (*warnings, "The fields above its text, between two lines of ---, are not read.")
    text = _ESCAPED.sub(lambda match: chr(0xE000 + ord(match[1])), _COMMENT.sub("", text))
    text, struck = _STRUCK.subn("", text)
    text = _DEFINED.sub(r"\1: ", _BREAK.sub("\n\n", text))
    for mark, words in _MARKS:
        text = mark.sub(words, text)
    text = "\n".join(_Lines().read(text.split("\n")))
    text = _KEPT.sub(lambda match: chr(ord(match[0]) - 0xE000), text)
    return ParsedDocument(plain_paragraphs(text), "txt", (), (*warnings, *struck_warnings(struck)))


def _titled(fields: str, text: str) -> str:
    title = _TITLE.search(fields)
    if title is None or re.match(r"\s*# ", text):
        return text
    words = title["title"].strip(" \t\"'")
    return f"{words}\n\n{text}"


class _Lines:
    """Its lines as plain text. A list within a list has its number after that one's: 1. below 2. is 2.1."""

    def __init__(self) -> None:
        self.open: list[tuple[int, int, int]] = []  # of each list: its indent, the last number as written and as shown
        self.after_blank = True

    def read(self, lines: list[str]) -> Iterator[str]:
        for line in lines:
            line = _QUOTED.sub("", line, count=1) if line.lstrip().startswith(">") else line
            yield from self._line(line.expandtabs(4))
            self.after_blank = not line.strip()

    def _line(self, line: str) -> Iterator[str]:
        if _RULE.fullmatch(line):
            yield ""
        elif heading := _HEADING.fullmatch(line):
            self.open = []
            yield from ("", heading["words"].rstrip("# "), "")
        elif row := _ROW.fullmatch(line):
            if not _UNDER_HEAD.fullmatch(line):
                yield from ("", join_cells(map(clean, row["cells"].split("|"))))
        elif bullet := _BULLET.fullmatch(line):
            self._close(len(bullet["indent"]))
            yield from ("", f"{bullet['indent']}\u2022 {bullet['words']}")
        elif number := _NUMBER.fullmatch(line):
            yield from ("", f"{number['indent']}{self._count(number)} {number['words']}")
        else:
            if line.strip() and self.after_blank:
                self._close(len(line) - len(line.lstrip()))
            yield line

    def _close(self, indent: int) -> None:
        """Ends the lists that words so far to the left are not in."""
        self.open = [one for one in self.open if one[0] < indent]

    def _count(self, match: re.Match[str]) -> str:
        indent, written = len(match["indent"]), int(match["number"])
        same = next((one for one in self.open if abs(one[0] - indent) < 2), None)
        self._close(indent if same is None else same[0])
        # "1." again and again is how many write a list: it is shown as 1, 2, 3.
        shown = same[2] + 1 if same is not None and same[1] == written else written
        self.open.append((indent, written, shown))
        path = ".".join(str(one[2]) for one in self.open)
        return f"{path}." if len(self.open) == 1 else path
