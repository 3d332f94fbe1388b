"""Requests and questions as people type them, and what clauses are then read for."""

from __future__ import annotations

import pytest

from search.asked import read_asked

CASES = [
    ("find clauses where the customer indemnifies the supplier", "the customer indemnifies the supplier"),
    ("Show me all provisions under which the Tenant must insure", "the Tenant must insure"),
    ("are there any contracts that say the fee is refundable?", "the fee is refundable"),
    ("Is there a clause saying that either party may assign?", "either party may assign"),
    ("clauses stating that notice is given in writing", "notice is given in writing"),
    ("do any agreements provide that the Lender may accelerate", "the Lender may accelerate"),
    ("that the Tenant must insure the premises", "the Tenant must insure the premises"),
    ("which contracts let the licensee sublicense", "the licensee may sublicense"),
    ("which contracts allow the service provider to assign?", "the service provider may assign"),
    ("clauses that require the Tenant to insure the premises", "the Tenant must insure the premises"),
    ("agreements which do not allow either party to assign", "either party must not assign"),
    ("is there any contract without a cap on liability?", "there is a cap on liability"),
    ("which leases do not contain a break clause", "there is a break clause"),
    ("Contracts without notice are void", None),
    # Statements stay as they are, also where they speak of clauses and contracts.
    ("The Supplier indemnifies the Customer", "The Supplier indemnifies the Customer"),
    ("The Agreement says nothing of fees", "The Agreement says nothing of fees"),
    ("The Supplier shall find a replacement where the goods fail", None),
    ("The contract allows the Supplier 30 days to cure", "The contract allows the Supplier 30 days to cure"),
    ("Terms of payment are 30 days", "Terms of payment are 30 days"),
    ("find clauses where  applicable", "find clauses where applicable"),
    ("insurance", "insurance"),
]


@pytest.mark.parametrize(("typed", "statement"), CASES)
def test_a_request_is_read_as_the_statement_in_it(typed: str, statement: str | None) -> None:
    assert read_asked(typed).statement == (statement or typed)


def test_what_is_missing_is_told_from_what_is_said() -> None:
    assert read_asked("agreements lacking a governing law").lacking
    assert not read_asked("agreements that contain a governing law").lacking


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("who pays for taxes?", "The Buyer pays for taxes"),
        ("Who has to insure the goods", "The Buyer must insure the goods"),
        ("who must insure the goods", "The Buyer must insure the goods"),
    ],
)
def test_who_is_answered_party_by_party(typed: str, first: str) -> None:
    asked = read_asked(typed, ["Buyer", "Seller"])
    assert asked.suggestions[0] == first and len(asked.suggestions) == 2
    assert not asked.changed
