"""Words that a file holds and does not mean: struck through, deleted or hidden. They are no part of the text."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|text-decoration[\w-]*\s*:[^;]*line-through)",
    re.I,
)


def hides(style: str) -> bool:
    """Whether a style sheet's declarations take their words from the reader, or strike them through."""
    return _UNSEEN.search(style) is not None


def struck_warnings(places: int) -> tuple[str, ...]:
    """The warning for so many places that are not in the text."""
    if not places:
        return ()
    where = "one place" if places == 1 else f"{places} places"
    return (f"Words struck through, deleted or hidden in {where} are left out: compare it with the original.",)
