"""Who is bound, how and towards whom: one sentence per row."""

from __future__ import annotations

import pytest

from contracts.text.obligations import contract_obligations, find_obligations
from contracts.text.types import PartySpan, PassageSpan, Span

PARTIES = (
    PartySpan("Northgate Analytics Ltd", "Supplier", ("Northgate",), 0, 23),
    PartySpan("Harrow & Lyle LLP", "Customer", (), 30, 47),
)
CASES = [
    # A quoted clause is read; a quoted term that begins with a party is none.
    (
        'A new clause is added: "The Customer shall insure the goods of the Supplier."',
        "Customer",
        "Supplier",
        "obligation",
    ),
    ('"Supplier Improvement IP" shall be owned by the Customer.', "Customer", "", "obligation"),
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
    ("Without consent, none of the Parties may assign this Agreement.", "each party", "", "prohibition"),
    ("None of them shall solicit employees.", "each party", "", "prohibition"),
    ("The Supplier may suspend the Services.", "Supplier", "", "permission"),
    ("The Supplier may make no copies.", "Supplier", "", "prohibition"),
    ("The Supplier shall receive a fee.", "Supplier", "", "entitlement"),
    ("The Supplier shall receive and unload the Goods.", "Supplier", "", "obligation"),
    ("The Customer shall also have the right to audit the Supplier.", "Customer", "Supplier", "entitlement"),
    ("The Supplier shall not solicit any Covered Customer.", "Supplier", "", "prohibition"),
    ("The Customer will have thirty (30) days to review the Goods.", "Customer", "", "entitlement"),
    ("The Customer will have thirty (30) days to pay.", "Customer", "", "obligation"),
    ("The recipient may disclose it to a court.", "Recipient", "", "permission"),
    ("The Supplier's personnel shall keep the rules.", "Supplier", "", "obligation"),
    ("The Supplier is to deliver the Goods.", "Supplier", "", "obligation"),
    ("The Supplier covenants to the Customer that it will insure the Goods.", "Supplier", "", "obligation"),
    ("All payments to be made by the Customer shall be made in euros.", "Customer", "", "obligation"),
    (
        "Any invention developed by the Supplier shall be disclosed to the Customer.",
        "Supplier",
        "Customer",
        "obligation",
    ),
    ("Any notice given by the Customer shall be kept on file.", "", "", "obligation"),
    ("The Customer's appointment as Supplier shall be exclusive.", "", "", "obligation"),
    ("In addition, each may advertise.", "each party", "", "permission"),
    ("The arbitrator may not apply principles of equity.", "", "", "prohibition"),
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
    ("No later than the fifth day of a month Customer shall pay.", "Customer", "", "obligation"),
    ("If so requested the Supplier shall return the Goods.", "Supplier", "", "obligation"),
    ("Nothing in this Agreement obliges the Supplier to supply.", "Supplier", "", "no_obligation"),
    ("The Supplier hereby grants the Customer the right to copy it.", "Customer", "Supplier", "entitlement"),
    ("No employee of the Supplier may enter the site.", "", "", "prohibition"),
    # Who bears it, where that is no subject.
    ("All taxes are to be paid and discharged by the Customer.", "Customer", "", "obligation"),
    ("All Materials shall be delivered, stored and insured by the Customer.", "Customer", "", "obligation"),
    (
        "Insurance shall be maintained during the term of this Agreement, and two years thereafter, by the Customer.",
        "Customer",
        "",
        "obligation",
    ),
    ("This Agreement shall not be assignable by either party.", "each party", "", "prohibition"),
    ("It may not be assigned transferred or sublicense by either party.", "each party", "", "prohibition"),
    ("It may not be assigned, in whole or in part, by a Party without consent.", "each party", "", "prohibition"),
    ("It shall be checked each year, by the Customer's auditors.", "", "", "obligation"),
    ("All Materials are to be returned to the Supplier.", "Customer", "Supplier", "obligation"),
    (
        "All Materials shall be returned promptly to the Supplier upon termination.",
        "Customer",
        "Supplier",
        "obligation",
    ),
    ("The Goods shall be returned by the carrier to the Supplier.", "", "Supplier", "obligation"),
    ("All royalties shall be paid to the Supplier.", "", "Supplier", "obligation"),
    ("The Supplier shall be reimbursed for its travel costs.", "Customer", "Supplier", "obligation"),
    ("The Customer shall be reimbursed for payments made by the Supplier.", "Supplier", "Customer", "obligation"),
    (
        "This Agreement may not be assigned without the prior written consent of the other party.",
        "each party",
        "",
        "prohibition",
    ),
    ("The Supplier's rights may not be assigned without the consent of the Customer.", "", "Customer", "prohibition"),
    ("All taxes are for the account of the Customer.", "Customer", "", "obligation"),
    ("Transport shall be at the sole cost and expense of the Customer.", "Customer", "", "obligation"),
    ("Repairs will be at Customer's risk and expense.", "Customer", "", "obligation"),
    ("Shipping costs are the Customer's sole responsibility.", "Customer", "", "obligation"),
    ("Taxes that are the responsibility of the Customer shall be invoiced.", "", "", "obligation"),
    ("If the delay is the Customer's responsibility, the Supplier may invoice.", "Supplier", "", "permission"),
]


@pytest.mark.parametrize(
    "reading", ["This is the Customer's expense report.", "Each party's costs are for its account."]
)
def test_words_of_cost_that_put_nothing_on_anybody(reading: str) -> None:
    assert not find_obligations(reading, PARTIES)


@pytest.mark.parametrize(("reading", "bearer", "counterparty", "modality"), CASES)
def test_bearer_counterparty_and_modality(reading: str, bearer: str, counterparty: str, modality: str) -> None:
    (found,) = find_obligations(reading, PARTIES)
    assert (found.bearer, found.counterparty, found.modality) == (bearer, counterparty, modality)
    assert found.mutual == (bearer == "each party")


@pytest.mark.parametrize(
    ("reading", "bearer"),
    [
        ("Either party may end the SOW, in which case the Supplier will refund it.", "Supplier"),
        ("The Supplier may tell its agents, provided that they must keep it secret.", ""),
        ("The Supplier may tell its agents, provided that they are bound by duties.", ""),
        ("The parties may meet, and they shall be polite.", "each party"),
        ("The Supplier does not warrant that the Goods will last, but it will mend them.", "Supplier"),
    ],
)
def test_the_bearer_of_the_last_statement(reading: str, bearer: str) -> None:
    assert find_obligations(reading, PARTIES)[-1].bearer == bearer


def test_two_who_are_bound_are_not_all_where_no_party_is_known() -> None:
    assert find_obligations("The Customer and the User shall keep it secret.", ())[0].bearer == "Customer and User"


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


@pytest.mark.parametrize(
    ("reading", "modals"),
    [
        ("The Supplier shall deliver by 1 May 2024.", ["shall"]),
        ("From May 2024 the Supplier shall deliver.", ["shall"]),
        ("The Customer shall pay on May 1, 2024 and on the 3rd day of May in each year.", ["shall"]),
        ("BY 31 MAY 2024 THE SUPPLIER SHALL DELIVER.", ["SHALL"]),
        ("In the month of May the Customer may inspect the site.", ["may"]),
        ("The Supplier may, 10 days before May 5, deliver.", ["may"]),
    ],
)
def test_the_month_of_may_permits_nothing(reading: str, modals: list[str]) -> None:
    assert [reading[found.start : found.end] for found in find_obligations(reading, PARTIES)] == modals


def test_plain_statements_bind_nobody() -> None:
    assert find_obligations("The Supplier is a company registered in England.", PARTIES) == ()


SCOPES = [
    (
        "If the Customer fails to pay, the Supplier may suspend the Services.",
        "suspend the Services",
        ["If the Customer fails to pay"],
        [],
    ),
    (
        "The Supplier shall, if the Customer so requests, return the Data.",
        "if the Customer so requests, return the Data",
        ["if the Customer so requests"],
        [],
    ),
    (
        "The Customer shall not use it for any purpose other than the Project without the consent of the Supplier.",
        "use it for any purpose",
        [],
        ["other than the Project", "without the consent of the Supplier"],
    ),
    (
        "Except as set out in clause 4, the Supplier shall pay the Customer, provided that an invoice was received.",
        "pay the Customer",
        ["provided that an invoice was received"],
        ["Except as set out in clause 4"],
    ),
    ("The Supplier shall be subject to audit (if any).", "be subject to audit (if any)", [], []),
]


@pytest.mark.parametrize(("reading", "action", "conditions", "exceptions"), SCOPES)
def test_action_conditions_and_exceptions_have_exact_spans(
    reading: str, action: str, conditions: list[str], exceptions: list[str]
) -> None:
    (found,) = find_obligations(reading, PARTIES)

    def words(spans: tuple[Span, ...]) -> list[str]:
        return [reading[start:end] for start, end in spans]

    assert found.action == reading[found.action_start : found.action_end] == action
    assert words(found.conditions) == conditions
    assert words(found.exceptions) == exceptions


def test_an_amount_is_not_cut_at_its_comma() -> None:
    reading = "The Supplier shall, at its own cost, insure for $1,000,000 per event and shall name the Customer."
    insure, name = find_obligations(reading, PARTIES)
    assert insure.action == "at its own cost, insure for $1,000,000 per event"
    assert name.action == "name the Customer"


def test_bearer_and_counterparty_have_exact_spans() -> None:
    reading = "All late sums shall be settled by the Customer to the order of the Supplier."
    (found,) = find_obligations(reading, PARTIES)
    assert found.passive
    assert reading[found.bearer_start : found.bearer_end] == "Customer"
    assert reading[found.counterparty_start : found.counterparty_end] == "Supplier"


RELATIONAL = [
    ("If the Supplier is in breach, the other party may terminate.", "Customer", False),
    ("If either party is in breach, the other party may terminate.", "the other party", True),
    ("If a party changes its address, such party shall give notice.", "each party", True),
    ("If the Supplier has told the Customer of it, such party shall act.", "", False),
    ("If the Supplier has told the Customer of it, it shall act.", "", False),
]


@pytest.mark.parametrize(("reading", "bearer", "mutual"), RELATIONAL)
def test_relational_roles_are_resolved_only_where_that_is_certain(reading: str, bearer: str, mutual: bool) -> None:
    (found,) = find_obligations(reading, PARTIES)
    assert (found.bearer, found.mutual) == (bearer, mutual)


@pytest.mark.parametrize(
    "reading",
    [
        "The Supplier supplies such Goods as the Customer may request.",
        "The Supplier delivers the Goods if the Customer shall have paid.",
        "The term shall have the meaning given in the Schedule.",
        "Der Lieferant muss die Ware liefern.",
        "The parties, intending to be legally bound, agree as follows.",
        "The Supplier may, at its option:",
        "A breach of this Section may cause substantial harm to the Customer.",
        "The Supplier makes no guarantee that the Goods will last.",
        "The purpose of the Goods is to help the Customer.",
        "The parties agree to the following: Row | This Amendment modifies the lease.",
    ],
)
def test_what_binds_nobody_is_no_statement(reading: str) -> None:
    assert find_obligations(reading, PARTIES) == ()


def test_a_list_item_is_read_under_its_lead_in_and_what_that_says_alone_is_told_once() -> None:
    text = "The Supplier shall insure the site, and the Customer may: (a) inspect the site; (b) appoint an expert."
    first, second = text.index("(a)"), text.index("(b)")
    lead_in = (0, first - 1)
    passages = [
        PassageSpan(0, *lead_in),
        PassageSpan(0, first, second - 1, (lead_in,)),
        PassageSpan(0, second, len(text), (lead_in,)),
    ]
    assert [(index, one.bearer, one.action) for index, one in contract_obligations(text, passages, PARTIES)] == [
        (0, "Supplier", "insure the site"),
        (1, "Customer", "inspect the site"),
        (2, "Customer", "appoint an expert"),
    ]
