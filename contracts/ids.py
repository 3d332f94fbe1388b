"""What may be the id of something in the database."""

from __future__ import annotations


def is_id(written: str) -> bool:
    """Python refuses to make a number of thousands of digits; no id has more than 19."""
    return written.isdecimal() and len(written) < 20
