"""What stands between the words of a filed contract without being part of it."""

from __future__ import annotations

import re

# The underlines of typewritten contracts, and the line that EDGAR's readers print under every page.
_FURNITURE = re.compile(r"-{3,}|^Source: .*\d{4}[ \t]*$", re.M)


def without_furniture(text: str) -> str:
    """The same text with spaces in their place, so that every offset stays."""
    return _FURNITURE.sub(lambda found: " " * len(found.group()), text)
