"""Which words of a paragraph are a heading, and which paragraphs open a part of an agreement."""

from __future__ import annotations

import re
from typing import Literal

from contracts.text.numbering import SCHEDULE

Opening = Literal["contents", "recital", "operative", "signature"]

LONGEST_HEADING = 90
_CONTENTS = re.compile(r"(?:TABLE OF )?CONTENTS:?|INDEX", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r".*(?:\.[ .]{2,}|[ \t|\u2026])(?:\d{1,3}|[ivxlc]{1,6}|[A-Z]-\d{1,2})$")
_ENTRY = re.compile(
    r"[A-Za-z)\"\u201d][ .]+(?:\d{1,3}|[ivxlc]{1,6})"
    r"(?= +(?:\d|Section|ARTICLE|Article|EXHIBIT|Exhibit|SCHEDULE|Schedule)|$)"
)
_RECITALS = re.compile(
    r"(?:RECITALS?|BACKGROUND|PREAMBLE|WITNESSETH|W I T N E S S E T H)[ :;,.-]*(?:THAT\b)?[ :;,.-]*", re.IGNORECASE
)
_WHEREAS = re.compile(r"WHEREAS\b", re.IGNORECASE)
_OPERATIVE = re.compile(
    r"(?:NOW,? ?THEREFORE|IN CONSIDERATION OF|AGREED TERMS|OPERATIVE PROVISIONS|IT IS (?:HEREBY )?AGREED)"
    r"|(?:the )?parties (?:hereby )?(?:agree|have agreed)(?: as follows)?[:.]?$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"(?:IN WITNESS (?:WHEREOF|HEREOF|OF)|AS WITNESS\b|SIGNATURES?:?$|SIGNATURE PAGE|EXECUTED (?:as|by|and delivered)\b"
    r"|SIGNED (?:by|for|and delivered|as a deed|sealed)\b|By signing (?:below|this)\b|Agreed and accepted[:.]?$"
    r"|The parties have (?:signed|executed|caused)\b|\[?signature page"
    r"|This agreement has been (?:entered into|signed) on the date)",
    re.IGNORECASE,
)
_SIGNATURE_LINE = re.compile(
    r"(?:By|Name|Title|Signed|Signature|Date|Its|Print(?:ed)? Name)[ \t]*:?[ \t]*(?:/s/|_{3,}|$|:)|/s/|_{8,}",
    re.IGNORECASE,
)
_RUN_IN = re.compile(
    r"(?P<heading>[A-Z\"\u201c][^.:;\u2014\n]{0,80}?(?:\b(?:Inc|No|Co|Ltd|Corp)\.[^.:;\u2014\n]{0,40}?)?)"
    r"(?P<mark>\.[-\u2013\u2014 \t]|:[ \t]|[ \t][-\u2013\u2014][ \t]|\u2014)[ \t]*(?=[A-Z(\"\u201c\u2018'\[{\d])"
)
_SMALL_WORDS = frozenset(
    "a an and as at by for from in into is of on or the to under upon with without not no nor vs its per".split()  # noqa: SIM905 -- a list of words reads better unquoted
)
_VERBS = re.compile(
    r"\b(?:shall|will|must|may|means|agrees?|is|are|was|were|has|have|hereby|include[sd]?|applies|apply|does|do)\b",
    re.IGNORECASE,
)
_DASHED = re.compile(r"[-\u2013\u2014]\s+[A-Z]")
DEFINITION = re.compile(
    r"[\"\u201c](?P<term>[^\"\u201d\n]{1,80})[\"\u201d](?:[ ,]+(?:or|and)[ ]+[\"\u201c][^\"\u201d\n]{1,80}[\"\u201d])*"
    r"[^.;\n]{0,60}?(?:\b(?:means?|shall mean"
    r"|(?:has|have|shall have) the meanings?|refers? to|includes?|is defined)\b|:)"
)


def opening(text: str) -> Opening | None:
    """What part of an agreement this paragraph opens, judged by its first words."""
    if _CONTENTS.fullmatch(text):
        return "contents"
    if _WHEREAS.match(text) or _RECITALS.fullmatch(text):
        return "recital"
    if _SIGNATURE.match(text):
        return "signature"
    if _OPERATIVE.match(text):
        return "operative"
    return None


def schedule_opening(text: str) -> re.Match[str] | None:
    """ "SCHEDULE 2 - FEES": its ``label`` and the ``rest`` of its line; None for what only refers to a schedule."""
    match = SCHEDULE.fullmatch(text) if len(text) <= 120 else None
    return match if match is not None and _heads_schedule(match) else None


def is_contents_line(text: str) -> bool:
    if len(text) < 160:
        return _CONTENTS_LINE.fullmatch(text) is not None
    entries = _ENTRY.findall(text)  # a whole page of the table of contents on one line
    return len(entries) >= 5 and len(text) / len(entries) < 90


def is_signature_line(text: str) -> bool:
    return _SIGNATURE_LINE.match(text) is not None


def _heads_schedule(match: re.Match[str]) -> bool:
    label, rest = match["label"], match["rest"].strip()
    dashed = _DASHED.match(rest) is not None  # "Schedule - Form of undertaking", where there is only one
    if " " not in label and not label.isupper() and not (label[0].isupper() and dashed):
        return False
    if not rest:
        return label[0].isupper()
    if rest[0].islower() or rest[0] in ",;)":
        return False
    words = rest.strip(' -\u2013\u2014:.|"\u201c\u201d')
    return not words or is_title(words)


def heading_length(text: str, whole: bool) -> int:
    """How many characters of a numbered paragraph's words are its heading. ``whole``: all of them may be."""
    if whole and is_title(text):
        return len(text)
    match = _RUN_IN.match(text)
    if match is None or _VERBS.search(match["heading"]) or not _capitalised(match["heading"]):
        return 0
    return match.end("mark")


def is_title(text: str) -> bool:
    """A short line in title case or capitals that is no sentence."""
    if not text or len(text) > LONGEST_HEADING or text[-1] in ",;" or " | " in text or ": " in text:
        return False
    words = text.rstrip(".:")
    if text.endswith(".") and ("." in words or len(words.split()) > 8 or not _capitalised(words, wholly=True)):
        return False
    if _VERBS.search(words) and not words.isupper():
        return False
    return _capitalised(words)


def is_title_case(text: str) -> bool:
    """Whether every word that carries meaning begins with a capital."""
    return _capitalised(text, wholly=True)


def is_capitals(text: str) -> bool:
    """A line that is a heading by its capitals alone: no number is needed."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 4 and text.upper() == text and is_title(text) and "_" not in text and len(text.split()) <= 12


def _capitalised(text: str, wholly: bool = False) -> bool:
    """Most of the words that carry meaning begin with a capital; a sentence-case heading has few words."""
    words: list[str] = [
        word for word in re.findall(r"[^\W\d_][\w'\u2019/-]*", text) if word.lower() not in _SMALL_WORDS
    ]
    if not words or not words[0][0].isupper():
        return False
    capital = sum(word[0].isupper() for word in words)
    if wholly:
        return capital == len(words)
    return capital * 2 > len(words) or len(text.split()) <= 6
