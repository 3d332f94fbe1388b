"""Does the verdict follow when the query's two parties are exchanged?

On a clause that binds one of them, supported must become party_swapped and party_swapped supported; on a mutual one
nothing may change. Items whose clause is mutual in words that do not decide it belong to neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verifier.benchmark.bootstrap import Interval, interval, mean_of, resamples
from verifier.benchmark.system import Predictions, System
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
    system: System, items: Sequence[dict[str, Any]], pairs: Sequence[Pair], predicted: Predictions
) -> dict[str, Interval | int]:
    """Of one-sided items ``moved``: one verdict is supported, the other party_swapped, before and after the exchange;
    ``moved_rightly``: and the first is right. Of mutual items ``unchanged``: both verdicts are the same.
    """
    assert predicted.labels is not None
    mutual, one_sided = [], []
    for n, (item, pair) in enumerate(zip(items, pairs, strict=True)):
        if len(pair.parties) != 2 or not mentioned(pair.query, pair.parties, query=True):
            continue
        if item["phenomenon"] in MUTUAL_PHENOMENA:
            mutual.append(n)
        elif LABELS.index(item["label"]) in (SUPPORTED, SWAPPED) and not is_mutual(pair.clause):
            one_sided.append(n)
    asked = [*one_sided, *mutual]
    after = system.prepare([exchanged(pairs[n]) for n in asked]).read().labels
    assert after is not None
    verdicts = {n: (predicted.labels[n], label) for n, label in zip(asked, after, strict=True)}
    moved = {n: set(verdicts[n]) == {SUPPORTED, SWAPPED} for n in one_sided}
    rightly = {n: moved[n] and LABELS[verdicts[n][0]] == items[n]["label"] for n in one_sided}
    unchanged = {n: verdicts[n][0] == verdicts[n][1] for n in mutual}
    return {
        "one_sided_items": len(one_sided),
        "mutual_items": len(mutual),
        "moved": _share(moved, items),
        "moved_rightly": _share(rightly, items),
        "unchanged": _share(unchanged, items),
    }


def _share(holds: dict[int, bool], items: Sequence[dict[str, Any]]) -> Interval:
    drawn = resamples([items[n]["group"] for n in holds]) if holds else []
    return interval(mean_of([float(each) for each in holds.values()]), len(holds), drawn)
