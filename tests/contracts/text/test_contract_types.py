"""What a contract is about, by its title, else by its preamble."""

from __future__ import annotations

import pytest

from contracts.text.contract_types import CHOICES, CONTRACT_TYPES, find_contract_type, type_named
from contracts.text.facts import find_facts
from contracts.text.titles import find_title

TITLES = {
    "nda": [
        "Mutual Non-Disclosure Agreement",
        "CONFIDENTIALITY AND INVENTION ASSIGNMENT AGREEMENT",
        "Nondisclosure Undertaking",
    ],
    "data": ["Data Processing Agreement", "Business Associate Addendum"],
    "non_compete": ["Non-Competition and Non-Solicitation Agreement", "Noncompete Agreement"],
    "employment": ["Executive Employment Agreement", "Amended and Restated Employment Agreement"],
    "joint_venture": ["Joint Venture Agreement", "Limited Partnership Agreement", "Consortium Agreement"],
    "guarantee": ["Parent Company Guarantee", "Lease Guaranty", "Pledge and Security Agreement", "Deed of Indemnity"],
    "loan": [
        "LOAN AND SECURITY AGREEMENT",
        "Second Amended and Restated Credit Agreement",
        "Credit and Guaranty Agreement",
        "Term Facility Agreement",
        "Secured Promissory Note",
        "INDENTURE",
    ],
    "ip": ["Intellectual Property Agreement", "Patent Assignment", "Assignment of Trademarks"],
    "franchise": ["Franchise Agreement", "Multi-Unit Area Franchise Development Agreement"],
    "lease": ["Lease of Unit 4, Weavers Yard", "Equipment Leasing Agreement", "SUBLEASE", "Tenancy Agreement"],
    "agency": ["Exclusive Sales Agency Agreement", "Sales Representative Agreement", "Introducer Agreement"],
    "distribution": ["Amendment No. 2 to Distribution Agreement", "Reseller Agreement", "Authorised Dealer Agreement"],
    "supply": ["Manufacturing and Supply Agreement", "Power Purchase Agreement", "MASTER SUPPLY AGREEMENT"],
    "licence": [
        "Software License and Maintenance Agreement",
        "Trade Mark Licence",
        "License Agreement for the Distribution of Films",
        "Distribution Licence Agreement",
        "Intellectual Property License Agreement",
    ],
    "transport": ["Transportation Services Agreement", "Gas Gathering Agreement", "Time Charter Party"],
    "construction": ["Construction Contract", "Engineering, Procurement and Construction Agreement"],
    "marketing": ["Co-Branding Agreement", "Sponsorship Agreement", "Product Endorsement Agreement"],
    "development": ["Strategic Alliance Agreement", "Joint Development Agreement", "Research Collaboration Agreement"],
    "shares": ["Shareholders' Agreement", "Registration Rights Agreement", "Joint Filing Agreement"],
    "purchase": ["Asset Purchase Agreement", "Agreement and Plan of Merger", "Terms and Conditions of Sale"],
    "settlement": ["Settlement Agreement and Mutual Release"],
    "insurance": ["Reinsurance Agreement"],
    "services": [
        "Master Services Agreement",
        "Consulting Agreement",
        "IT Outsourcing Agreement",
        "Web Site Hosting Agreement",
        "Statement of Work No. 3",
        "Supply Chain Management Agreement",
        "Loan Servicing Agreement",
    ],
    "": ["Agreement", "Letter Agreement", "First Amendment", "Order Form", "Memorandum of Understanding", "Exhibit B"],
}


@pytest.mark.parametrize(("value", "title"), [(value, title) for value, titles in TITLES.items() for title in titles])
def test_a_title_names_a_type(value: str, title: str) -> None:
    assert type_named(title) == value
    assert type_named(title.upper()) == value


def test_every_type_has_a_title_here_and_fits_its_column() -> None:
    assert {*TITLES} - {""} == {*CONTRACT_TYPES} and len(CHOICES) == len(CONTRACT_TYPES)
    assert max(map(len, CONTRACT_TYPES)) <= 16


@pytest.mark.parametrize(
    ("text", "value", "quoted"),
    [
        ("AGREEMENT\n\nThis Supply Agreement is made between A Ltd and B Ltd.", "supply", "Supply Agreement"),
        ("AMENDMENT NO. 1\n\nThis Amendment No. 1 to the Content License Agreement is made by A Ltd.", "licence",
         "Amendment No. 1 to the Content License Agreement"),
        ("DEED\n\nThis Lease Guaranty is given by A Ltd.", "guarantee", "Lease Guaranty"),
        ("AGREEMENT\n\nA Ltd lets the premises to B Ltd by this \"Lease\" of five years.", "lease", "Lease"),
        ("LETTER\n\nWe refer to our credit (the \"Loan Agreement\"), as follows.", "loan", "Loan Agreement"),
        ("AGREEMENT\n\nA Ltd supplies goods to B Ltd under a licence (the \"Licence\").", "", ""),
        ("GENERAL AGREEMENT\n\nThis Agreement covers supply, services and leases.", "", ""),
    ],
)  # fmt: skip
def test_the_preamble_tells_it_where_the_title_does_not(text: str, value: str, quoted: str) -> None:
    found = find_contract_type(text, find_title(text, "a.txt"))
    assert (found.value if found else "") == value
    assert not found or text[found.start : found.end] == quoted


def test_the_fact_stands_at_the_title() -> None:
    text = "EXHIBIT 10.1\n\nSUPPLY AGREEMENT\n\nThis Agreement is made between A Ltd and B Ltd."
    (found,) = (fact for fact in find_facts(text, "a.txt") if fact.kind == "contract_type")
    assert (found.value, text[found.start : found.end]) == ("supply", "SUPPLY AGREEMENT")


def test_a_file_name_may_tell_it() -> None:
    (found,) = (fact for fact in find_facts("Some words.", "acme_lease.txt") if fact.kind == "contract_type")
    assert (found.value, found.start, found.end) == ("lease", 0, 0)
