"""Does the verdict follow when the query's two parties are exchanged?

On a clause that binds one of them, supported must become party_swapped and party_swapped supported; on a mutual one
nothing may change. Items whose clause is mutual in words that do not decide it belong to neither.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from verifier.benchmark.bootstrap import Interval, intervals, resamples
from verifier.benchmark.system import Reading, System
from verifier.data.augment import SWAPPED, is_mutual
from verifier.data.items import SUPPORTED
from verifier.parties import mentioned, neutralise
from verifier.types import LABELS, Pair

MUTUAL_PHENOMENA = frozenset({"mutual", "either_party", "neither_party"})


def exchanged(pair: Pair) -> Pair:
    """The pair with the query's two parties in each other's place, under their defined terms."""
    names = [party.term or party.name for party in reversed(pair.parties)]
    return Pair(neutralise(pair.query, pair.parties, names, query=True).text, pair.clause, pair.parties)


def swap_consistency(
    system: System, items: Sequence[dict[str, Any]], pairs: Sequence[Pair], reading: Reading
) -> dict[str, Interval | int]:
    """``moved``: of one-sided items the verdicts are supported and party_swapped, one before and one after the exchange;
    ``moved_rightly``: and the item's own verdict is right; ``unchanged``: of mutual items both verdicts are the same."""
    assert reading.labels is not None
    named = [
        n for n, pair in enumerate(pairs)
        if len(pair.parties) == 2 and mentioned(pair.query, pair.parties, query=True)
    ]  # fmt: skip
    mutual = [n for n in named if items[n]["phenomenon"] in MUTUAL_PHENOMENA]
    one_sided = [
        n for n in named
        if LABELS.index(items[n]["label"]) in (SUPPORTED, SWAPPED) and n not in mutual and not is_mutual(pairs[n].clause)
    ]  # fmt: skip
    asked = [*one_sided, *mutual]
    after = system.prepare([exchanged(pairs[n]) for n in asked]).read().labels
    assert after is not None
    verdicts = {n: (reading.labels[n], label) for n, label in zip(asked, after, strict=True)}

    def moved(n: int) -> bool:
        return set(verdicts[n]) == {SUPPORTED, SWAPPED}

    def rightly(n: int) -> bool:
        return moved(n) and LABELS[verdicts[n][0]] == items[n]["label"]

    def unchanged(n: int) -> bool:
        return verdicts[n][0] == verdicts[n][1]

    return {
        "one_sided_items": len(one_sided),
        "mutual_items": len(mutual),
        **_shares({"moved": moved, "moved_rightly": rightly}, one_sided, items),
        **_shares({"unchanged": unchanged}, mutual, items),
    }


def _shares(tests: dict[str, Any], numbers: Sequence[int], items: Sequence[dict[str, Any]]) -> dict[str, Interval]:
    def share(test: Any) -> Any:
        return lambda places: sum(test(numbers[p]) for p in places) / len(places) if places else math.nan

    drawn = resamples([items[n]["group"] for n in numbers]) if numbers else []
    return intervals({name: share(test) for name, test in tests.items()}, len(numbers), drawn)
