"""How far a search reads that was not told how far: on, as long as what it read last still says what was asked.

A question that thirty contracts answer would else get the answers of the nearest ten.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

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


def says_more(verdicts: Sequence[Verdict | None]) -> bool:
    """Whether the last of them, nearest first, are supported and no close call. Not where time ran out."""
    last = verdicts[-STEP:]
    supported = [verdict for verdict in last if verdict and verdict.label == "supported"]
    return all(last) and any(not is_close_call("supported", one.probabilities["supported"]) for one in supported)
