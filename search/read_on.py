"""What a search reads next, and how far it reads that was not told how far.

First what is nearest to the question, then what is also like the clauses that were found to say it: these are put in
words that the question has not ("shall be held harmless by the Licensor"). It goes on as long as what it read last
still says what was asked; a question that thirty contracts answer would else get the answers of ten.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from search.recall import like_those_found
from search.shared_words import Ranked
from search.verification import is_close_call
from verifier.types import Verdict

STEP = 25  # passages read on by, and looked back on


def reach(limit: int | None, waiting: int | None = None) -> tuple[int, int]:
    """Passages that are read in any case, and those that may be.

    ``limit``: as asked for, None where nothing was; ``waiting``: the most that an asker who waits is kept for.
    """
    if limit is not None:
        return limit, limit
    most = settings.READ_ON_LIMIT if waiting is None else min(settings.READ_ON_LIMIT, waiting)
    return settings.RECALL_LIMIT, max(settings.RECALL_LIMIT, most)


def read_first(limit: int | None) -> int:
    """Passages read before it is known what says it. A larger limit reads these too, so that it only adds to them."""
    first: int = settings.RECALL_LIMIT
    return first if limit is None else min(limit, first)


def next_to_read(
    read: Sequence[int],
    verdicts: Sequence[Verdict | None],
    further: Sequence[Ranked],
    limit: int | None,
    waiting: int | None = None,
) -> list[Ranked]:
    """Some of ``further``; none when the search ends. ``read``: passages, in the order of their verdicts."""
    least, most = reach(limit, waiting)
    going_on = len(read) < least or says_more(verdicts)
    room = min(STEP, (least if len(read) < least else most) - len(read), len(further))
    if not going_on or room <= 0:
        return []
    found = [passage for passage, verdict in zip(read, verdicts, strict=True) if _supports(verdict)]
    return like_those_found(found, further)[:room] if found else list(further[:room])


def says_more(verdicts: Sequence[Verdict | None]) -> bool:
    """Whether, of the first ones or of the last step, one is supported and no close call. Not where time ran out."""
    last = verdicts[-STEP:] if len(verdicts) > settings.RECALL_LIMIT else verdicts
    supported = [verdict for verdict in last if verdict and _supports(verdict)]
    return all(last) and any(not is_close_call("supported", one.probabilities["supported"]) for one in supported)


def _supports(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.label == "supported"
