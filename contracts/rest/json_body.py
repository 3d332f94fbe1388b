"""A JSON body, as deep as Python can walk it: what is nested deeper is a 400, never a failure of ours."""

from __future__ import annotations

from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MOST_LEVELS = 20  # of objects and lists within each other; the deepest body of this API has 5
TOO_DEEP = f"The JSON is nested more than {MOST_LEVELS} levels deep. GET /api/schema/ shows the form of every body."


class StrictJSONParser(JSONParser):
    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: dict[str, Any] | None = None
    ) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(TOO_DEEP) from error
        if _is_deeper(data, MOST_LEVELS):  # what could just be read may be too deep to be put into words
            raise ParseError(TOO_DEEP)
        return data


def _is_deeper(data: Any, levels: int) -> bool:
    level = [data]
    for _ in range(levels):
        level = [child for one in level for child in _children(one)]
    return any(isinstance(one, dict | list) for one in level)


def _children(one: Any) -> list[Any]:
    if isinstance(one, dict):
        return list(one.values())
    return one if isinstance(one, list) else []
