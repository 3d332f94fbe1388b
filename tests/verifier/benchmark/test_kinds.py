from __future__ import annotations

import pytest

from verifier.benchmark.kinds import kinds_of, right_by_kind
from verifier.data.items import SUPPORTED, UNRELATED
from verifier.types import Pair, Party

PARTIES = (Party("Northgate Analytics Ltd", "Supplier"), Party("Harbour Retail plc", "Customer"))


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("Supplier must insure", ("none of these",)),
        ("indemnity from Supplier to Customer", ("nominal",)),
        ("title passes to the Customer", ("none of these",)),
        ("Must the Customer pay?", ("question",)),
        ("The fees are borne by the Customer", ("passive",)),
        ("Customer need not insure", ("negative words",)),
        ("Customer may assign whatever the cause", ("exception or its denial",)),
        ("Customer pays within 30 days", ("number",)),
        ("vendor must insure", ("party by role word",)),
        ("Northgate Analytics must insure", ("party by company name",)),
        ("the fees are not payable if the services are suspended", ("passive", "negative words", "no party named")),
    ],
)
def test_a_query_is_of_the_kinds_that_its_words_show(query: str, kinds: tuple[str, ...]) -> None:
    assert kinds_of(query, PARTIES) == kinds


def test_shares_are_counted_in_each_kind_of_a_query() -> None:
    pairs = [Pair(query, "clause", PARTIES) for query in ("Must Supplier pay?", "Supplier must pay", "Supplier pays 5")]
    rows = right_by_kind(pairs, [SUPPORTED, SUPPORTED, UNRELATED], [SUPPORTED, UNRELATED, SUPPORTED])
    assert rows["question"] == {"items": 1, "right": 1, "supported": 1, "kept": 1, "shown": 1}
    assert rows["number"] == {"items": 1, "right": 0, "supported": 0, "kept": 0, "shown": 1}
    assert rows["all"] == {"items": 3, "right": 1, "supported": 2, "kept": 1, "shown": 2}
    assert list(rows)[-1] == "question"  # what is read best stands last
