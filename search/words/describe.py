"""A Words query said back in plain words, and the statement it makes if it makes one."""

from __future__ import annotations

from contracts.text.obligations import find_obligations
from search.words.match import Roots, beginnings
from search.words.tree import AllOf, AnyOf, Near, Node, Phrase, Within, Word


def describe(node: Node, roots: Roots) -> str:
    """ "“shall not assign” and, within 5 words of it, “consent”" """
    if isinstance(node, Phrase):
        return _phrase(node, roots)
    if isinstance(node, AnyOf):
        return " or ".join(_part(part, roots) for part in node.parts)
    if isinstance(node, AllOf):
        parts = " and ".join(_part(part, roots) for part in node.parts)
        return parts + "".join(f", but not {_part(part, roots)}" for part in node.without)
    left, right = _part(node.left, roots), _part(node.right, roots)
    place = f"in the same {node.unit}" if isinstance(node, Within) else _at_most(node.distance)
    return f"{left} {'before' if node.ordered else 'and'} {right}, {place}"


def _at_most(distance: int) -> str:
    return "side by side" if distance == 1 else f"within {distance} words"


def _part(node: Node, roots: Roots) -> str:
    return describe(node, roots) if isinstance(node, Phrase) else f"({describe(node, roots)})"


def _phrase(phrase: Phrase, roots: Roots) -> str:
    open_words = [word for word in phrase.words if word.ending]
    if len(phrase.words) == 1 and open_words:
        return f"a word that begins with {_beginnings(open_words[0], roots)}"
    said = (f"“{word.text}{word.ending}” begins with {_beginnings(word, roots)}" for word in open_words)
    return f"“{phrase.written}”" + (f" where {' and '.join(said)}" if open_words else "")


def _beginnings(word: Word, roots: Roots) -> str:
    return " or ".join(f"“{text}”" for text in beginnings(word, roots))


def statement_in(node: Node) -> str | None:
    """What the words say, read in the order typed, when that names who must, may or must not do what; else None.

    The words may be found in another order: ``Supplier /s "shall indemnify" /s Customer`` finds the Customer's
    indemnity too, and verifying it against the statement is what tells the two apart.
    """
    written = _as_typed(node)
    if written is None:
        return None
    states = any(found.start > 0 and found.action.strip() for found in find_obligations(written, ()))
    return written if states else None


def _as_typed(node: Node) -> str | None:
    if isinstance(node, Phrase):
        return None if any(word.ending for word in node.words) else node.written
    if isinstance(node, Near | Within):
        parts = (_as_typed(node.left), _as_typed(node.right))
        return None if None in parts else f"{parts[0]} {parts[1]}"
    return None
