"""The numbers Word prints before paragraphs, worked out from numbering.xml and the paragraph styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

from contracts.text.numbering import format_ordinal

Element: TypeAlias = etree._Element
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET_MARK = "\u2022"


@dataclass(frozen=True, slots=True)
class Level:
    style: str  # decimal, lowerLetter, bullet, none ...
    template: str  # "%1.%2"
    start: int
    legal: bool  # every number in the label is printed as a decimal
    restart: int  # it begins anew after a level above this one (0: it counts on through the whole list)


@dataclass(slots=True)
class WordNumbering:
    levels: dict[str, dict[int, Level]]  # by numId
    shared: dict[str, str]  # numId -> abstractNumId: lists made from one definition count on together
    restarts: dict[str, dict[int, int]]  # numId -> level -> first ordinal, applied on first use
    styles: dict[str, tuple[str, int]]  # paragraph style -> numId, level
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, paragraph: Element) -> str:
        """The label of this paragraph, "" if it has none. Call once per paragraph, in order: it counts."""
        number, depth = self._list_of(paragraph)
        level = self.levels.get(number, {}).get(depth)
        if level is None:
            return ""
        counts = self._count(number, depth)
        if level.style == "bullet":
            return BULLET_MARK
        if level.style == "none":
            return ""
        return re.sub(
            r"%(\d)", lambda match: self._ordinal(number, int(match[1]) - 1, counts, level.legal), level.template
        )

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return self.styles.get("", ("", 0))
        style = _value(properties.find(f"{W}pStyle"), "")
        number, depth = self.styles.get(style, ("", 0))
        own = properties.find(f"{W}numPr")
        if own is None:
            return number, depth
        return _value(own.find(f"{W}numId"), number), int(_value(own.find(f"{W}ilvl"), str(depth)))

    def _count(self, number: str, depth: int) -> dict[int, int]:
        counts = self.counts.setdefault(self.shared.get(number, number), {})
        for level, first in self.restarts.pop(number, {}).items():
            counts[level] = first - 1
        levels = self.levels[number]
        for above in range(depth):
            counts.setdefault(above, levels[above].start if above in levels else 1)
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for below in [level for level in counts if level > depth]:
            if below not in levels or depth < levels[below].restart:
                del counts[below]
        return counts

    def _ordinal(self, number: str, depth: int, counts: dict[int, int], legal: bool) -> str:
        level = self.levels[number].get(depth)
        return format_ordinal(counts.get(depth, 1), "decimal" if legal or level is None else level.style)


def read_numbering(numbering: Element | None, styles: Element | None) -> WordNumbering:
    if numbering is None:
        return WordNumbering({}, {}, {}, {})
    definitions = {_attribute(node, "abstractNumId"): node for node in numbering.findall(f"{W}abstractNum")}
    linked_to = {_value(node.find(f"{W}styleLink"), ""): number for number, node in definitions.items()}
    levels: dict[str, dict[int, Level]] = {}
    shared: dict[str, str] = {}
    restarts: dict[str, dict[int, int]] = {}
    linked: dict[str, tuple[str, int]] = {}
    for node in numbering.findall(f"{W}num"):
        number = _attribute(node, "numId")
        shared[number] = _value(node.find(f"{W}abstractNumId"), "")
        levels[number] = {}
        definition = definitions.get(shared[number])
        link = definition.find(f"{W}numStyleLink") if definition is not None else None
        if link is not None:  # its levels are kept with a list style
            shared[number] = linked_to.get(_value(link, ""), shared[number])
            definition = definitions.get(shared[number])
        for holder in [definition, *node.findall(f"{W}lvlOverride")]:
            for depth, level, style in _levels(holder):
                levels[number][depth] = level
                linked.setdefault(style, (number, depth))
        restarts[number] = {
            int(_attribute(override, "ilvl")): int(_value(override.find(f"{W}startOverride"), "1"))
            for override in node.findall(f"{W}lvlOverride")
            if override.find(f"{W}startOverride") is not None
        }
    return WordNumbering(levels, shared, restarts, _style_lists(styles, linked))


def _levels(holder: Element | None) -> Iterator[tuple[int, Level, str]]:
    for node in holder.findall(f"{W}lvl") if holder is not None else ():
        depth = int(_attribute(node, "ilvl"))
        level = Level(
            style=_value(node.find(f"{W}numFmt"), "decimal"),
            template=_value(node.find(f"{W}lvlText"), ""),
            start=int(_value(node.find(f"{W}start"), "1")),
            legal=node.find(f"{W}isLgl") is not None,
            restart=int(_value(node.find(f"{W}lvlRestart"), str(depth))),
        )
        yield depth, level, _value(node.find(f"{W}pStyle"), "")


def _style_lists(styles: Element | None, linked: dict[str, tuple[str, int]]) -> dict[str, tuple[str, int]]:
    """Paragraph style -> list and level, the styles it is based on included."""
    found: dict[str, tuple[str, int]] = {}
    nodes = {_attribute(node, "styleId"): node for node in styles.findall(f"{W}style")} if styles is not None else {}
    for style in nodes:
        ancestor, seen = style, set[str]()
        while ancestor in nodes and ancestor not in seen and style not in found:
            seen.add(ancestor)
            node = nodes[ancestor].find(f"{W}pPr/{W}numPr")
            if node is not None:
                number, depth = linked.get(ancestor, ("", 0))
                depth = int(_value(node.find(f"{W}ilvl"), str(depth)))
                found[style] = _value(node.find(f"{W}numId"), number), depth
            ancestor = _value(nodes[ancestor].find(f"{W}basedOn"), "")
    return found


def _attribute(node: Element, name: str) -> str:
    return node.get(f"{W}{name}") or ""


def _value(node: Element | None, default: str) -> str:
    return default if node is None else node.get(f"{W}val") or default
