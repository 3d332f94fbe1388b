"""Whether a clause has the words of a query, and where. This alone decides; the index only nominates clauses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.words.tokens import WORD
from search.words.tree import AllOf, AnyOf, Near, Node, Phrase, Place, Within, Word

APART = 1000  # words between a passage and one that is read under a lead-in: farther than any distance

Roots = Mapping[str, str]  # of each word that ends in "!"


@dataclass(frozen=True, slots=True)
class PassageText:
    reading: str
    listed: bool  # read under a lead-in, so its first words do not follow the passage before
    new_paragraph: bool


class Occurrence(NamedTuple):
    """One word of a clause. A tuple, as a search makes hundreds of thousands of them."""

    text: str  # in small letters, without "'s"
    passage: int  # index into the clause's passages
    start: int  # in that passage's reading
    end: int
    position: int  # running through the clause; neighbours differ by 1
    sentence: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Span:
    """Where a place was found; words are indexes into the clause's occurrences."""

    first: int
    last: int
    words: frozenset[int]


class ClauseWords:
    """The words of a clause in order, and where each of them stands."""

    def __init__(self, passages: Sequence[PassageText]) -> None:
        self.occurrences = _occurrences(passages)
        self.where: defaultdict[str, list[int]] = defaultdict(list)
        for index, occurrence in enumerate(self.occurrences):
            self.where[occurrence.text].append(index)

    def find(self, word: Word, roots: Roots) -> list[int]:
        if not word.ending:
            return self.where.get(word.text, [])
        begins = beginnings(word, roots)
        return sorted(index for text, found in self.where.items() if text.startswith(begins) for index in found)


def beginnings(word: Word, roots: Roots) -> tuple[str, ...]:
    """What a word with an ending begins with: its letters or, with "!", also its root ("party!": party, parties)."""
    root = roots[word.text] if word.ending == "!" else word.text
    return (root,) if word.text.startswith(root) else (word.text, root)


def _occurrences(passages: Sequence[PassageText]) -> list[Occurrence]:
    found: list[Occurrence] = []
    position = sentence = paragraph = 0
    open_sentence = False  # a very long sentence is cut into several passages
    for index, passage in enumerate(passages):
        position += APART if passage.listed else 1
        sentence += not (open_sentence and not passage.listed)
        paragraph += passage.new_paragraph
        for match in WORD.finditer(passage.reading):
            text = match[1].lower()
            found.append(Occurrence(text, index, *match.span(), position, sentence, paragraph))
            position += 1
        position -= 1
        open_sentence = not passage.listed and passage.reading.rstrip(")]\"'\u201d\u2019")[-1:] not in ".!?:"
    return found


def find_words(node: Node, clause: ClauseWords, roots: Roots) -> list[Occurrence] | None:
    """The words found, in order; None when the clause is no match."""
    found = _match(node, clause, roots)
    return None if found is None else [clause.occurrences[index] for index in sorted(found)]


def _match(node: Node, clause: ClauseWords, roots: Roots) -> set[int] | None:
    if isinstance(node, AllOf):
        parts = [_match(part, clause, roots) for part in node.parts]
        if None in parts or any(_match(part, clause, roots) is not None for part in node.without):
            return None
        return set().union(*(part for part in parts if part))
    if isinstance(node, AnyOf):
        found = [part for part in (_match(part, clause, roots) for part in node.parts) if part is not None]
        return set().union(*found) if found else None
    spans = _spans(node, clause, roots)
    return set().union(*(span.words for span in spans)) if spans else None


def _spans(node: Place, clause: ClauseWords, roots: Roots) -> list[Span]:
    if isinstance(node, Phrase):
        return _phrase_spans(node, clause, roots)
    if isinstance(node, AnyOf):
        return _distinct(span for part in node.parts for span in _spans(part, clause, roots))  # type: ignore[arg-type]
    left, right = _spans(node.left, clause, roots), _spans(node.right, clause, roots)
    join = _within(node, clause) if isinstance(node, Within) else _near(node, clause)
    pairs = join(left, right) if node.ordered else [*join(left, right), *join(right, left)]
    return _distinct(Span(a.first, b.last, a.words | b.words) for a, b in pairs)


def _phrase_spans(phrase: Phrase, clause: ClauseWords, roots: Roots) -> list[Span]:
    following = [set(clause.find(word, roots)) for word in phrase.words[1:]]
    return [
        Span(first, first + len(following), frozenset(range(first, first + len(following) + 1)))
        for first in clause.find(phrase.words[0], roots)
        if all(first + step in found for step, found in enumerate(following, start=1))
        and _position(clause, first + len(following)) - _position(clause, first) == len(following)
    ]


def _position(clause: ClauseWords, index: int) -> int:
    return clause.occurrences[index].position


Join = Callable[[Sequence[Span], Sequence[Span]], list[tuple[Span, Span]]]


def _near(node: Near, clause: ClauseWords) -> Join:
    """Pairs in which the second begins at most ``distance`` words after the end of the first."""

    def join(before: Sequence[Span], after: Sequence[Span]) -> list[tuple[Span, Span]]:
        after = sorted(after, key=lambda span: span.first)
        begins = [_position(clause, span.first) for span in after]
        pairs = []
        for span in before:
            end = _position(clause, span.last)
            reach = slice(bisect_right(begins, end), bisect_right(begins, end + node.distance))
            pairs += [(span, other) for other in after[reach]]
        return pairs

    return join


def _within(node: Within, clause: ClauseWords) -> Join:
    """Pairs in one sentence or paragraph in which the second begins after the end of the first."""

    def unit(span: Span) -> int | None:
        first, last = clause.occurrences[span.first], clause.occurrences[span.last]
        pair = (first.sentence, last.sentence) if node.unit == "sentence" else (first.paragraph, last.paragraph)
        return pair[0] if pair[0] == pair[1] else None

    def join(before: Sequence[Span], after: Sequence[Span]) -> list[tuple[Span, Span]]:
        in_unit: defaultdict[int | None, list[Span]] = defaultdict(list)
        for span in sorted(after, key=lambda span: span.first):
            in_unit[unit(span)].append(span)
        in_unit.pop(None, None)
        pairs = []
        for span in before:
            others = in_unit.get(unit(span), [])
            pairs += [(span, other) for other in others[bisect_left(others, span.last + 1, key=lambda o: o.first) :]]
        return pairs

    return join


def _distinct(spans: Iterable[Span]) -> list[Span]:
    """One span for each pair of ends, with the words of all."""
    by_ends: dict[tuple[int, int], frozenset[int]] = {}
    for span in spans:
        ends = (span.first, span.last)
        by_ends[ends] = by_ends.get(ends, frozenset()) | span.words
    return [Span(first, last, words) for (first, last), words in by_ends.items()]
