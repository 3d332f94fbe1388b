from __future__ import annotations

import pytest

from verifier.strangers import strangers
from verifier.types import Party

PARTIES = (Party("Northgate Analytics Ltd", "Supplier"), Party("Harbour Retail plc", "Customer", ("HR",)))
CLAUSE = "The Supplier shall indemnify the Customer and its Affiliates against claims of an End User."


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        ("Landlord must insure the building", ("Landlord",)),
        ("the tenant pays the lender", ("tenant", "lender")),
        ("Elmhurst Systems shall indemnify Harbour Retail", ("Elmhurst Systems",)),
        ("Must Elmhurst pay for the claims?", ("Elmhurst",)),
        ("Elmhurst's liability is capped", ("Elmhurst",)),
        ("claims are paid by Elmhurst and Harbour", ("Elmhurst",)),
    ],
)
def test_whom_nobody_knows_is_named(query: str, unknown: tuple[str, ...]) -> None:
    assert strangers(query, CLAUSE, PARTIES) == unknown


@pytest.mark.parametrize(
    "query",
    [
        "vendor indemnifies Harbour",  # the Supplier, by its role
        "Northgate must indemnify HR",
        "end users can claim",  # the clause knows them
        "Liability for claims is capped at the Fees",
        "Payment is due on 1 January",
        "claims of the British manufacturer's customer",
        "It is not the Supplier who pays",
        "Who indemnifies the Customer?",
        "no invoice, no payment",
    ],
)
def test_whom_contract_or_clause_knows_is_no_stranger(query: str) -> None:
    assert strangers(query, CLAUSE, PARTIES) == ()


def test_who_plays_a_role_in_the_clause_is_known() -> None:
    assert strangers("customer must pay", "Buyer shall pay.", (Party("Alfa Aesar"), Party("NTC"))) == ()
