"""The clause tree while it is being read: nodes in the order of the text, then spans."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.text.numbering import Label
from contracts.text.outline import Place
from contracts.text.types import ClauseKind, ClauseSpan


@dataclass(slots=True)
class Node:
    start: int
    kind: ClauseKind
    parent: int | None
    number: str = ""
    heading: str = ""


class ClauseTree:
    def __init__(self) -> None:
        self.nodes: list[Node] = []

    def add(self, start: int, kind: ClauseKind, parent: int | None, number: str = "", heading: str = "") -> int:
        self.nodes.append(Node(start, kind, parent, number, heading))
        return len(self.nodes) - 1

    def add_numbered(self, start: int, kind: ClauseKind, label: Label, place: Place, heading: str) -> int:
        parent = place.parent
        number = label.text.rstrip(".") if parent is None else _cited(self.nodes[parent], label, place)
        return self.add(start, kind, parent, number, heading)

    def spans(self, length: int) -> tuple[ClauseSpan, ...]:
        if not self.nodes:
            return (ClauseSpan(0, length, "", "", (), 0, None, "title"),) if length else ()
        self.nodes[0].start = 0
        found: list[ClauseSpan] = []
        ends = [node.start for node in self.nodes[1:]] + [length]
        for node, end in zip(self.nodes, ends, strict=True):
            parent = None if node.parent is None else found[node.parent]
            path = (*(parent.heading_path if parent else ()), *_path_name(node, parent))
            level = 0 if parent is None else parent.level + 1
            found.append(ClauseSpan(node.start, end, node.number, node.heading, path, level, node.parent, node.kind))
        return tuple(found)


def _path_name(node: Node, parent: ClauseSpan | None) -> tuple[str, ...]:
    if node.parent is None and node.kind == "schedule" and node.number:
        return (f"{node.number} - {node.heading}" if node.heading else node.number,)
    own_number = node.number if parent is None or node.number != parent.number else ""
    name = node.heading or own_number
    return (name,) if name else ()


def _cited(parent: Node, label: Label, place: Place) -> str:
    """A number as a lawyer cites it: "9.1(a)(ii)", but "2.1" whatever it stands under."""
    outer = (parent.kind == "schedule" and parent.parent is None) or not parent.number
    if place.reading.style == "article" or len(place.reading.path) > 1 or label.word:
        return label.text
    if place.reading.style == "decimal":
        nested = not outer and not parent.number.startswith("Article")
        return f"{parent.number}({label.text})" if nested else label.text
    return label.text.rstrip(".") if outer else parent.number + f"({label.text.strip('().')})"
