"""What a browser prints before the items of a list: by ``type``, ``start`` and ``value``, or as a style says."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from contracts.text.numbering import format_ordinal

_TYPES = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_STYLES = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "none": "none",
}
_STYLE = re.compile(rf"list-style(?:-type)?\s*:[^;{{}}]*?(?<![\w-])({'|'.join(_STYLES)})(?![\w-])", re.IGNORECASE)
_RULE = re.compile(r"(?P<selectors>[^{}]{1,500})\{(?P<style>[^{}]*)\}")
_CLASS = re.compile(r"\s*(?:ol|ul|li)?\.([\w-]+)\s*(?:>\s*li)?\s*")


class ListItems:
    """Counts through the ordered lists of a document that are open. ``sheets``: the text of its style sheets."""

    def __init__(self, sheets: str) -> None:
        self._ordinals: list[int] = []  # of the next item
        self._classes = {
            name[1]: style
            for rule in _RULE.finditer(sheets)
            if (style := _style(rule["style"]))
            for selector in rule["selectors"].split(",")
            if (name := _CLASS.fullmatch(selector))
        }

    def open(self, ordered: LexborNode) -> None:
        self._ordinals.append(_number(ordered.attributes.get("start"), 1))

    def close(self) -> None:
        self._ordinals.pop()

    def label(self, item: LexborNode) -> str:
        """With the blank after it. Once for each item, in order."""
        parent = item.parent
        style = self._style_of(item) or (self._style_of(parent) if parent is not None else "")
        if parent is None or parent.tag != "ol":
            return "" if style == "none" else "\u2022 "
        ordinal = _number(item.attributes.get("value"), self._ordinals[-1])
        self._ordinals[-1] = ordinal + 1
        return "" if style == "none" else format_ordinal(ordinal, style or "decimal") + ". "

    def _style_of(self, node: LexborNode) -> str:
        names = (node.attributes.get("class") or "").split()
        classes = (self._classes[name] for name in names if name in self._classes)
        own = _style(node.attributes.get("style") or "")
        return own or next(classes, "") or _TYPES.get(node.attributes.get("type") or "", "")


def _style(declarations: str) -> str:
    found = _STYLE.search(declarations)
    return _STYLES[found[1].lower()] if found else ""


def _number(attribute: str | None, default: int) -> int:
    return int(attribute) if attribute and attribute.isdecimal() and len(attribute) < 6 else default
