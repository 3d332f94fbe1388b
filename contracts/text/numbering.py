"""What a clause number looks like and what it may mean: "4.1", "(a)", "(i)", "ARTICLE IV", "Schedule 2"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from contracts.text.number_words import BELOW_HUNDRED, below_hundred, in_words

# "paren" styles nest below the decimals: (a), (i), (A), (1), a), a.
Style = Literal["article", "decimal", "lower", "upper", "lower_roman", "upper_roman", "number"]

ROMAN = re.compile(r"(?=[ivxlc])(x?c|l?x{0,4}|xl|lx{0,4})(ix|iv|v?i{0,4})", re.IGNORECASE)
_MISWRITTEN = re.compile(r"[ivxlc]+", re.IGNORECASE)  # also "VIX" for VIII or IX
_ARTICLE = re.compile(
    rf"ARTICLE[ \t]+([IVXLC]+|\d{{1,3}}|[A-Z]|{BELOW_HUNDRED})\b[ \t]*[.:\u2013\u2014-]?[ \t]*", re.IGNORECASE
)
_SECTION = re.compile(
    r"(?:Sections?|Clause|SECTION|CLAUSE|Sec\.|\u00a7)[ \t]*(\d{1,3}(?:\.\d{1,3})*)[.:)]?(?=\s|$)[ \t]*"
)
_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,5})(\.|\)|:)?(?:[ \t]+|$|(?=[A-Z\"\u201c]))")
_LETTERED = re.compile(r"(\d{1,2})\.([A-Z])\.(?:[ \t]+|$)")  # "2.A. Grant"
_PAREN = re.compile(r"\(([a-zA-Z]{1,2}|[ivxlcIVXLC]{1,6}|\d{1,3})\)[ \t]*")
_HALF_PAREN = re.compile(r"([a-zA-Z]|[ivxIVX]{1,5})\)[ \t]*")
_DOTTED = re.compile(r"([a-zA-Z]|[ivxIVX]{1,5})\.(?:[ \t]+|$)")
SCHEDULE = re.compile(
    r"(?P<label>(?:SCHEDULE|EXHIBIT|ANNEX(?:URE)?|APPENDIX|ATTACHMENT)(?:[ \t]+(?:NO\.?[ \t]*)?"
    r"(?:\d{1,2}|[A-Z]{1,2}|[IVX]{1,4})(?:[.-]?(?:\d{1,2}|[A-Z])){0,2})?)(?![\w(])[\"\u201d]?[ \t]*(?P<rest>.*)",
    re.IGNORECASE,
)
BULLET = re.compile(r"(?:[\u2022\u25aa\u25cf\u25e6\u25cb\u2023\u00b7\uf0b7\uf0a7]|[-\u2013\u2014*](?=[ \t]))[ \t]*")


@dataclass(frozen=True, slots=True)
class LabelReading:
    """One way to understand a label: "(i)" is both lower_roman 1 and lower 9."""

    style: Style
    path: tuple[int, ...]  # one ordinal, or several for "4.1.2"
    shape: str  # "(a)" and "a." count apart


@dataclass(frozen=True, slots=True)
class Label:
    text: str  # as cited: "4.1", "(a)", "Article IV"
    end: int  # where the words begin
    readings: tuple[LabelReading, ...]
    bare: bool = False  # an integer without a full stop ("4 Payment"): often no label at all
    word: bool = False  # introduced by "Section" or "Article": may be a cross-reference


def read_label(text: str) -> Label | None:
    """The clause number that opens a paragraph, if any."""
    if match := _ARTICLE.match(text):
        number = match[1].capitalize() if len(match[1]) > 2 and not _MISWRITTEN.fullmatch(match[1]) else match[1]
        return Label(
            f"Article {number}",
            match.end(),
            (LabelReading("article", (_any_ordinal(match[1]),), "article"),),
            word=True,
        )
    if match := _SECTION.match(text):
        return Label(match[1], match.end(), (_decimal(match[1]),), word=True)
    if match := _LETTERED.match(text):
        path = (int(match[1]), ord(match[2]) - ord("A") + 1)
        return Label(f"{match[1]}.{match[2]}", match.end(), (LabelReading("decimal", path, ""),))
    if match := _DECIMAL.match(text):
        return _decimal_label(match)
    for pattern, shape in ((_PAREN, "()"), (_HALF_PAREN, ")"), (_DOTTED, ".")):
        if match := pattern.match(text):
            readings = _letter_readings(match[1], shape)
            if readings:
                return Label(f"{match[1]}." if shape == "." else f"({match[1]})", match.end(), readings)
    return None


def _decimal(number: str) -> LabelReading:
    path = tuple(map(int, number.split(".")))
    while len(path) > 1 and not path[-1]:  # "3.0" is how some number their third clause
        path = path[:-1]
    return LabelReading("decimal", path, "")


def _decimal_label(match: re.Match[str]) -> Label | None:
    number, mark = match[1], match[2]
    if "." not in number and mark == ")":
        return Label(f"({number})", match.end(), (LabelReading("number", (int(number),), ")"),))
    parts = number.split(".")
    # "2.10" is a clause, "0.5" and "1.05 million" are amounts; "1.01" is a clause of an American agreement.
    if parts[0].startswith("0"):
        return None
    reading = _decimal(number)
    return Label(number, match.end(), (reading,), bare=len(reading.path) == 1 and not mark)


def _letter_readings(label: str, shape: str) -> tuple[LabelReading, ...]:
    if label.isdigit():
        return (LabelReading("number", (int(label),), shape),)
    lower = label.islower()
    found: list[LabelReading] = []
    if len(label) == 1 or (label[0] == label[1] and len(label) == 2):  # (z) is followed by (aa)
        ordinal = ord(label[0].lower()) - ord("a") + 1 + 26 * (len(label) - 1)
        found.append(LabelReading("lower" if lower else "upper", (ordinal,), shape))
    if (label.islower() or label.isupper()) and ROMAN.fullmatch(label):
        found.append(LabelReading("lower_roman" if lower else "upper_roman", (roman_value(label),), shape))
    return tuple(found)


def starts_with_label(text: str) -> bool:
    return read_label(text) is not None or BULLET.match(text) is not None


def is_bare_label(text: str) -> bool:
    """A number or bullet with no words after it."""
    if len(text) > 16:
        return False
    label, bullet = read_label(text), BULLET.match(text)
    if label is not None:
        return label.end == len(text) and not label.bare
    return bullet is not None and bullet.end() == len(text)


def roman_value(numeral: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[letter] for letter in numeral.lower()]
    return sum(-value if value < later else value for value, later in zip(values, [*values[1:], 0], strict=True))


def _any_ordinal(label: str) -> int:
    if label.isdigit():
        return int(label)
    if ROMAN.fullmatch(label):
        return roman_value(label)
    if len(label) == 1:
        return ord(label.lower()) - ord("a") + 1
    return roman_value(label) if _MISWRITTEN.fullmatch(label) else below_hundred(label)


def format_ordinal(ordinal: int, style: str) -> str:
    """An ordinal in one of the number formats of Word: decimal, lowerLetter, upperRoman ..."""
    if style in {"lowerLetter", "upperLetter"}:
        letters = chr(ord("a") + (ordinal - 1) % 26) * ((ordinal - 1) // 26 + 1)
        return letters if style == "lowerLetter" else letters.upper()
    if style in {"lowerRoman", "upperRoman"}:
        numeral = _roman(ordinal)
        return numeral if style == "lowerRoman" else numeral.upper()
    if style == "cardinalText":
        return in_words(ordinal)
    return f"{ordinal:02d}" if style == "decimalZero" else str(ordinal)


def _roman(ordinal: int) -> str:
    numeral = ""
    for value, letters in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        numeral += letters * (ordinal // value)
        ordinal %= value
    return numeral
