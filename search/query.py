"""A question as it was typed: what may be asked, and what is said of what may not."""

from __future__ import annotations

from search.encode import count_tokens

MAX_WORDS = 300
MAX_CHARACTERS = 4000
LONGEST_TYPED = 2000  # characters in the page's line: the question stands in the address, which servers cut at 8 kB
MAX_TOKENS = 128  # word pieces of a question that the verifier reads
SHORTER = "Ask for one rule at a time, in your own words."
TOO_LONG = "too_long"
MAX_LIMIT = 500  # passages, or clauses of a search for words; more would hold a page for too long


class QueryError(ValueError):
    """A question that cannot be searched. The message names what is wrong; ``remedy`` says what to do.

    ``code`` is for programs: "empty", "too_long", or "invalid".
    """

    def __init__(self, message: str, remedy: str, code: str = "invalid") -> None:
        super().__init__(f"{message} {remedy}")
        self.message = message
        self.remedy = remedy
        self.code = code


def check_limit(limit: int) -> int:
    """Passages, or clauses of a search for words. Raises QueryError."""
    if not 1 <= limit <= MAX_LIMIT:
        raise QueryError(f"The limit is {limit}.", f"Ask for 1 to {MAX_LIMIT} passages.")
    return limit


def read_query(query: str) -> str:
    """White space collapsed. Raises QueryError when there is nothing to ask, or too much."""
    query = " ".join(query.replace("\0", " ").split())
    if not query:
        raise QueryError("The question is empty.", "Type what the clause must say.", "empty")
    words = len(query.split())
    if words > MAX_WORDS:
        raise QueryError(f"The question has {words} words; at most {MAX_WORDS} are read.", SHORTER, TOO_LONG)
    if len(query) > MAX_CHARACTERS:
        message = f"The question has {len(query)} characters; at most {MAX_CHARACTERS} are read."
        raise QueryError(message, SHORTER, TOO_LONG)
    return query


def check_typed(typed: str) -> None:
    """Raises QueryError: a browser cuts off silently what is pasted beyond the line's length."""
    if len(typed) >= LONGEST_TYPED:
        message = f"The question is too long: it fills the {LONGEST_TYPED} characters of the line."
        raise QueryError(message, SHORTER, TOO_LONG)


def check_tokens(query: str) -> None:
    """Raises QueryError where the verifier would cut the question, and EncoderUnavailable."""
    tokens = count_tokens(query)
    if tokens > MAX_TOKENS:
        raise QueryError(f"The question has {tokens} word pieces; at most {MAX_TOKENS} are read.", SHORTER, TOO_LONG)
