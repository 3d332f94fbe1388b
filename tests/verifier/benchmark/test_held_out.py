from __future__ import annotations

from collections.abc import Sequence

from verifier.benchmark import table
from verifier.benchmark.held_out import measure_held_out
from verifier.benchmark.system import Predictions, Prepared
from verifier.data.items import Group, Question
from verifier.types import LABELS, Pair, Party

PARTIES = (Party("Northgate Ltd", "Supplier"), Party("Harbour plc", "Customer"))
SUPPORTED, SWAPPED, NEGATED = (LABELS.index(label) for label in ("supported", "party_swapped", "negated"))


class ByFirstWord:
    """Negated where "not" is asked, other party where the Customer is, and blind to what is asked of "fees"."""

    def prepare(self, pairs: Sequence[Pair]) -> Prepared:
        return Prepared(lambda: Predictions([0.0] * len(pairs), labels=[self._label(pair.query) for pair in pairs]), 0)

    def _label(self, query: str) -> int:
        if "fees" in query:
            return SUPPORTED
        return NEGATED if "not" in query else SWAPPED if query.startswith("Customer") else SUPPORTED


def test_verdicts_are_counted_by_whether_they_follow_the_turned_query() -> None:
    asked = {
        "Supplier must insure": SUPPORTED,  # denied: negated
        "Supplier must pay the fees": NEGATED,  # wrong, and stays supported when it is denied
        "Customer pays the Supplier": SWAPPED,  # exchanged: supported
        "Supplier need not insure": NEGATED,  # denied: supported
    }
    questions = tuple(Question(query, (label,)) for query, label in asked.items())
    found = measure_held_out(ByFirstWord(), [Group("The Supplier shall insure.", PARTIES, questions, "c")])
    assert found["kinds"]["all"] == {"items": 4, "right": 3, "supported": 1, "kept": 1, "shown": 2}
    supported, negated = found["checks"]["denied"]
    assert (supported["stable"], supported["stable_right"]) == (1, 1)
    assert (supported["unstable"], supported["unstable_right"]) == (1, 0)
    assert (negated["stable"], negated["stable_right"], negated["unstable"]) == (1, 1, 0)
    _, swapped = found["checks"]["parties exchanged"]
    assert (swapped["stable"], swapped["stable_right"], swapped["unstable"]) == (1, 1, 0)

    report = {"systems": {table.OURS: {"held_out": found, "kinds": found["kinds"]}}}
    assert "3 of 4 (0.75)" in table._kinds(report)
    line = next(line for line in table._checks(report).splitlines() if line.startswith("denied: supported"))
    assert line.split("  ")[-1] == "0 of 1 (0.00)"
