"""What real searches bring, judged by hand: is what is called supported so, and is what is so called supported?"""

from __future__ import annotations

from collections.abc import Sequence

from verifier.benchmark.held_out import labels_of
from verifier.benchmark.system import System
from verifier.data.items import SUPPORTED, Group
from verifier.types import Pair


def measure_searched(system: System, groups: Sequence[Group]) -> dict[str, int]:
    """Each group one result: the clause, and the one question that brought it."""
    right = [group.questions[0].allowed[0] for group in groups]
    called = labels_of(system, [Pair(group.questions[0].text, group.clause, group.parties) for group in groups])
    both = sum(label == gold == SUPPORTED for label, gold in zip(called, right, strict=True))
    return {
        "results": len(groups),
        "right": sum(label == gold for label, gold in zip(called, right, strict=True)),
        "called_supported": sum(label == SUPPORTED for label in called),
        "rightly": both,
        "supported": right.count(SUPPORTED),
    }
