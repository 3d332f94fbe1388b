"""Who is bound, how and towards whom: one sentence per row."""

from __future__ import annotations

import pytest

from contracts.text.obligations import find_obligations
from contracts.text.types import PartySpan

PARTIES = (
    PartySpan("Northgate Analytics Ltd", "Supplier", ("Northgate",), 0, 23),
    PartySpan("Harrow & Lyle LLP", "Customer", (), 30, 47),
)
CASES = [
    ("The Supplier shall indemnify the Customer.", "Supplier", "Customer", "obligation"),
    ("Northgate must inform the Customer.", "Supplier", "Customer", "obligation"),
    ("The Vendor undertakes to deliver the Goods.", "Supplier", "", "obligation"),
    ("The Supplier, at its own cost, shall train the Customer.", "Supplier", "Customer", "obligation"),
    ("The Fees shall be paid by the Customer to the Supplier.", "Customer", "Supplier", "obligation"),
    ("The Fees shall be paid within 30 days.", "", "", "obligation"),
    ("Any notice by the Supplier to the Customer shall be in writing.", "", "", "obligation"),
    ("The Customer shall not disclose the Software.", "Customer", "", "prohibition"),
    ("Customer may not sublicense the Software.", "Customer", "", "prohibition"),
    ("Neither party may assign this Agreement.", "each party", "", "prohibition"),
    ("The Supplier may suspend the Services.", "Supplier", "", "permission"),
    ("The Customer is entitled to audit the Supplier.", "Customer", "Supplier", "entitlement"),
    ("The Supplier shall have the right to inspect the site.", "Supplier", "", "entitlement"),
    ("The Customer agrees that the Supplier may use its logo.", "Supplier", "", "permission"),
    ("The Supplier is not obliged to support the Customer.", "Supplier", "Customer", "no_obligation"),
    ("The Supplier shall have no obligation to refund the Customer.", "Supplier", "Customer", "no_obligation"),
    ("The Customer need not return the Goods.", "Customer", "", "no_obligation"),
    ("In no event shall the Supplier be liable to the Customer.", "Supplier", "Customer", "no_obligation"),
    ("Neither party shall be liable for loss of profit.", "each party", "", "no_obligation"),
    ("Each party shall inform the other party.", "each party", "each party", "obligation"),
    ("Supplier and Customer shall each appoint a manager.", "each party", "", "obligation"),
    ("The Receiving Party shall protect the information.", "Receiving Party", "", "obligation"),
]


@pytest.mark.parametrize(("reading", "bearer", "counterparty", "modality"), CASES)
def test_bearer_counterparty_and_modality(reading: str, bearer: str, counterparty: str, modality: str) -> None:
    (found,) = find_obligations(reading, PARTIES)
    assert (found.bearer, found.counterparty, found.modality) == (bearer, counterparty, modality)
    assert found.mutual == (bearer == "each party")


def test_joined_modals_keep_the_bearer() -> None:
    found = find_obligations("The Supplier shall deliver and shall not delay, but may subcontract.", PARTIES)
    assert [(one.bearer, one.modality, one.action) for one in found] == [
        ("Supplier", "obligation", "deliver"),
        ("Supplier", "prohibition", "delay"),
        ("Supplier", "permission", "subcontract"),
    ]


def test_the_span_is_the_modal_words() -> None:
    reading = "The Customer is not entitled to claim a refund."
    (found,) = find_obligations(reading, PARTIES)
    assert reading[found.start : found.end] == "is not entitled to"


def test_plain_statements_bind_nobody() -> None:
    assert find_obligations("The Supplier is a company registered in England.", PARTIES) == ()
