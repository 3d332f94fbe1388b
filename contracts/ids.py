"""Numbers of things in the database, as forms and addresses write them."""

from __future__ import annotations

from collections.abc import Iterable


def is_id(written: str) -> bool:
    """Python refuses to make a number of thousands of digits; no id has more than 19."""
    return written.isascii() and written.isdecimal() and len(written) < 20


def read_ids(written: Iterable[str]) -> list[int]:
    """What is no number is left out: nobody ticked it on a page."""
    return [int(one) for one in written if is_id(one)]
