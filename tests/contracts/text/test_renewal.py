"""Renewals: who brings one about, how long it lasts, and the notice before it."""

from __future__ import annotations

import pytest

from contracts.text.facts import find_facts

KINDS = ("renewal", "renewal_term", "renewal_notice")


def read(clause: str) -> tuple[str, str, str]:
    facts = {}
    for fact in find_facts(clause, "contract.txt"):
        facts[fact.kind] = fact.value
        if fact.kind in KINDS[1:]:
            assert " ".join(clause[fact.start : fact.end].split()) == fact.value
    return facts.get("renewal", ""), facts.get("renewal_term", ""), facts.get("renewal_notice", "")


@pytest.mark.parametrize(
    ("clause", "renewal"),
    [
        (
            "This Agreement shall automatically renew for successive one (1) year terms unless either party gives "
            "notice of non-renewal at least sixty (60) days prior to the end of the then-current term.",
            ("automatic", "one (1) year", "sixty (60) days"),
        ),
        (
            "Thereafter, this agreement will renew automatically from year to year unless cancelled in writing by "
            "either party a minimum of 60 days before the end of the then current term.",
            ("automatic", "year to year", "60 days"),
        ),
        (
            "The term of this Agreement is 12 months and will be automatically renewed for one additional twelve month "
            "period unless either party shall notify the other. Such notice must be given ninety (90) days prior to "
            "expiration of the original term.",
            ("automatic", "twelve month", "ninety (90) days"),
        ),
        (
            "This Agreement shall be renewed for additional periods of two (2) years, unless a party objects.",
            ("automatic", "two (2) years", ""),
        ),
        (
            "The term of this Agreement may be extended for a further period of five (5) years by mutual written "
            "agreement of the parties.",
            ("agreement", "five (5) years", ""),
        ),
        (
            "The Licensee has the option to renew this Agreement for three (3) years by notice given at least six (6) "
            "months before the end of the term.",
            ("option", "three (3) years", "six (6) months"),
        ),
    ],
)
def test_renewals(clause: str, renewal: tuple[str, str, str]) -> None:
    assert read(clause) == renewal


@pytest.mark.parametrize(
    "clause",
    [
        "The Licensee shall not have the option to renew this Agreement.",
        "The Supplier shall renew its insurance policies automatically every year during the term of this Agreement.",
        "Either party may terminate this Agreement upon thirty (30) days' prior written notice.",
        "The time for delivery under this Agreement is automatically extended by a force majeure.",
    ],
)
def test_what_is_no_renewal(clause: str) -> None:
    assert read(clause) == ("", "", "")


def test_what_renews_by_itself_goes_before_what_may_be_agreed() -> None:
    clauses = (
        "This Agreement may be extended by mutual agreement of the parties.\n"
        "The term of this Agreement shall renew automatically for one year."
    )
    assert read(clauses)[0] == "automatic"
