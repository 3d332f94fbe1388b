from __future__ import annotations

import pytest

from verifier.counterfactual import denied, exchanged
from verifier.types import Party

PARTIES = (Party("Northgate Analytics Ltd", "Supplier"), Party("Harbour Retail plc", "Customer"))


@pytest.mark.parametrize(
    ("query", "opposite"),
    [
        ("Supplier must pay the fees.", "Supplier need not pay the fees"),
        ("The vendor is obliged to insure", "Supplier is not obliged to insure"),
        ("Northgate Analytics shall not assign this Agreement", "Supplier may assign this Agreement"),
        ("Customer may terminate on notice", "Customer may not terminate on notice"),
        ("Customer need not insure the goods", "Customer must insure the goods"),
        ("Supplier does not have to give notice", "Supplier must give notice"),
        ("Supplier is under no obligation to train staff", "Supplier must train staff"),
        ("Customer has no right to set off", "Customer may set off"),
        ("Customer is entitled to a refund", "Customer is not entitled to a refund"),
        ("Supplier is not liable for delay", "Supplier is liable for delay"),
        ("Liability will survive termination", "Liability will not survive termination"),
        ("Supplier does not indemnify Customer", "Supplier does indemnify Customer"),
        ("Supplier indemnifies Customer against claims", "Supplier does not indemnify Customer against claims"),
        ("Supplier has insurance in place", "Supplier does not have insurance in place"),
        ("Must the vendor pay the fees?", "Supplier need not pay the fees"),
        ("Does Harbour Retail own the data?", "Customer does not own the data"),
    ],
)
def test_a_question_is_denied(query: str, opposite: str) -> None:
    assert denied(query, PARTIES) == opposite


@pytest.mark.parametrize(
    "query",
    [
        "indemnity from vendor to client",  # no verb
        "No party may assign without consent",  # denying "may" leaves "no"
        "Supplier may not assign unless Customer agrees",
        "If the fees are late, Supplier may suspend",  # the first verb is not the one asked about
        "Who must insure?",
        "Does the notice run from Supplier to Customer?",  # where the subject ends is not known
        "Supplier's insurance covers theft",
        "Customer must only pay what is due",
        "",
    ],
)
def test_what_cannot_be_denied_cleanly_is_not(query: str) -> None:
    assert denied(query, PARTIES) == ""


@pytest.mark.parametrize(
    ("query", "opposite"),
    [
        ("vendor indemnifies Harbour Retail", "Customer indemnifies Supplier"),
        ("Supplier must insure", ""),
    ],
)
def test_two_parties_are_exchanged(query: str, opposite: str) -> None:
    assert exchanged(query, PARTIES) == opposite
