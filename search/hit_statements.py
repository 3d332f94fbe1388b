"""The statements in a hit's passage, as they were read and as a reviewer may have corrected them since."""

from __future__ import annotations

from contracts.models import Passage
from contracts.text.types import ObligationSpan
from search.models import Hit


def statements_of(hit: Hit) -> tuple[ObligationSpan, ...] | None:
    """None where its passage is gone or reads otherwise by now: then they are to be found in its words."""
    if not hit.clause_id:
        return None
    for passage in Passage.objects.filter(clause=hit.clause_id, start=hit.start).prefetch_related("obligations"):
        if passage.reading == hit.text:
            return tuple(obligation.span for obligation in passage.obligations.all())
    return None
