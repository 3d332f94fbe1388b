"""What a word is, in a query as in a contract, and the pieces that a Words query is written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from search.words.tree import Unit, Word

# The letters and digits of a word, for Python and for Postgres alike (search/words/candidates.py).
LETTERS = r"A-Za-z0-9\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u1FFF"
WORD = re.compile(rf"([{LETTERS}]+)(?:['\u2019][sS](?![{LETTERS}]))?")  # "Supplier's" is the word "supplier"
LEAST_LETTERS = 2  # before * or !
FARTHEST = 255  # words of a distance

_PIECE = re.compile(r"(?P<open>\()|(?P<close>\))|(?P<quote>[\"\u201c\u201d])|(?P<bare>[^\s()\"\u201c\u201d]+)")
_QUOTE = re.compile(r"[\"\u201c\u201d]")
_DISTANCE = re.compile(r"(?:(?P<near>W?/)|(?P<before>\+))(?P<far>\d+|[SP])", re.IGNORECASE)
_LIKE_DISTANCE = re.compile(r"(?:W/|/|\+|PRE/)", re.IGNORECASE)
_WRITTEN_WORD = re.compile(rf"{WORD.pattern}([*!]?)([{LETTERS}*!]?)|([*!])")
_OTHER_OPERATORS = {"&": "AND", "&&": "AND", "|": "OR", "||": "OR", "%": "NOT", "~": "W/5"}
_UNITS: dict[str, Unit] = {"S": "sentence", "P": "paragraph"}


class WordsError(ValueError):
    """A query that cannot be read: where and why, and what to write instead."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}")
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Token:
    kind: Literal["(", ")", "words", "quoted", "AND", "OR", "NOT", "near", "sentence", "paragraph", "end"]
    written: str
    at: int  # character of the query, from 1
    words: tuple[Word, ...] = ()
    distance: int = 0
    ordered: bool = False

    def __str__(self) -> str:
        return f"“{self.written}” at character {self.at}"


def split_tokens(query: str) -> list[Token]:
    """Ends with a token of kind "end". Raises WordsError."""
    tokens = list(_tokens(query))
    return [*tokens, Token("end", "", len(query) + 1)]


def _tokens(query: str) -> Iterator[Token]:
    offset = 0
    while piece := _PIECE.search(query, offset):
        at, offset = piece.start() + 1, piece.end()
        if piece["open"] or piece["close"]:
            yield Token(cast(Literal["(", ")"], piece[0]), piece[0], at)
        elif piece["quote"]:
            end = _QUOTE.search(query, offset)
            if end is None:
                raise WordsError(
                    f"The quotation mark at character {at} is not closed.", 'Add " where the phrase ends, or remove it.'
                )
            written = query[offset : end.start()].strip()
            words = tuple(_words(query, offset, end.start()))
            if not words:
                raise WordsError(f"The quotation marks at character {at} hold no word.", "Write a word between them.")
            yield Token("quoted", written, at, words)
            offset = end.end()
        else:
            yield from _bare(query, piece)


def _bare(query: str, piece: re.Match[str]) -> Iterator[Token]:
    written, at = piece[0], piece.start() + 1
    if written in ("AND", "OR", "NOT"):
        yield Token(cast(Literal["AND", "OR", "NOT"], written), written, at)
    elif distance := _DISTANCE.fullmatch(written):
        yield _distance(distance, at)
    elif _LIKE_DISTANCE.match(written):
        raise WordsError(
            f"“{written}” at character {at} is not a distance.",
            "Distances are W/5 (within 5 words), +5 (at most 5 words before), /s (same sentence), /p (same paragraph). "
            "To find the characters themselves, put them in quotation marks.",
        )
    elif written in _OTHER_OPERATORS:
        raise WordsError(
            f"“{written}” at character {at} is not an operator here.",
            f"Write {_OTHER_OPERATORS[written]}, or put a name that contains it in quotation marks.",
        )
    elif words := tuple(_words(query, piece.start(), piece.end())):
        yield Token("words", written, at, words)
    # Other marks are skipped, as they are in the contract.


def _distance(match: re.Match[str], at: int) -> Token:
    ordered = match["before"] is not None
    far = match["far"].upper()
    if far in _UNITS:
        return Token(_UNITS[far], match[0], at, ordered=ordered)
    if not 1 <= int(far) <= FARTHEST:
        raise WordsError(
            f"The distance “{match[0]}” at character {at} cannot be used.",
            f"Use 1 to {FARTHEST} words, /s for the same sentence or /p for the same paragraph.",
        )
    return Token("near", match[0], at, distance=int(far), ordered=ordered)


def _words(query: str, start: int, end: int) -> Iterator[Word]:
    for match in _WRITTEN_WORD.finditer(query, start, end):
        text, ending, after, alone = match.groups()
        at = match.start() + 1
        if alone:
            raise WordsError(
                f"“{alone}” at character {at} has no word before it.", f"Write it at the end of a word: assign{alone}"
            )
        if after:
            raise WordsError(
                f"“{ending or after}” at character {match.end() - 1} stands inside a word.",
                "* and ! stand only at its end: assign*",
            )
        if ending and len(text) < LEAST_LETTERS:
            raise WordsError(
                f"“{match[0]}” at character {at} would find almost every word.",
                f"Write at least {LEAST_LETTERS} letters before {ending}",
            )
        yield Word(text.lower(), cast(Literal["", "*", "!"], ending))
