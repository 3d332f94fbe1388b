from __future__ import annotations

import pytest

from search.builder import build_sentence


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (("Supplier", "must", "indemnify", "Customer", ""), "Supplier must indemnify Customer"),
        (
            ("Supplier", "must", "indemnify … for IP claims", "Customer", "unless caused by Customer"),
            "Supplier must indemnify Customer for IP claims unless caused by Customer",
        ),
        (("Tenant", "must", "pay the rent", "Landlord", ""), "Tenant must pay the rent to Landlord"),
        (("", "must-not", "assign.", "", "consent is missing"), "Each party must not assign if consent is missing"),
        (("Tenant", "need-not", "insure", "", ""), "Tenant need not insure"),
        (("Supplier", "must", " ", "Customer", ""), ""),
    ],
)
def test_a_rule_is_written_as_one_sentence(parts: tuple[str, str, str, str, str], sentence: str) -> None:
    assert build_sentence(*parts) == sentence
