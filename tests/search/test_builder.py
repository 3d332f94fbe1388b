from __future__ import annotations

import pytest

from search.builder import build_sentence, names_everyone


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
        (("Supplier", "must", "...", "Customer", ""), ""),
        (
            ("Supplier", "must", "indemnify ... for IP claims", "Customer", ""),
            "Supplier must indemnify Customer for IP claims",
        ),
        (("Supplier", "must", "indemnify...", "Customer", ""), "Supplier must indemnify Customer"),
        (("Supplier", "must", "indemnify ... for IP claims", "", ""), "Supplier must indemnify for IP claims"),
        (
            ("Supplier", "must", "indemnify for IP claims", "Customer", ""),
            "Supplier must indemnify Customer for IP claims",
        ),
        (
            ("Tenant", "must", "notify promptly of damage", "Landlord", ""),
            "Tenant must notify Landlord promptly of damage",
        ),
        (("Licensee", "must", "pay monthly", "Licensor", ""), "Licensee must pay Licensor monthly"),
        (("Buyer", "must", "reimburse for freight", "Seller", ""), "Buyer must reimburse Seller for freight"),
        (("Seller", "must", "supply the goods", "Buyer", ""), "Seller must supply the goods to Buyer"),
        (("Seller", "must", "supply with the goods", "Buyer", ""), "Seller must supply Buyer with the goods"),
        (
            ("Seller", "must", "defend, indemnify and hold harmless from claims", "Buyer", ""),
            "Seller must defend, indemnify and hold harmless Buyer from claims",
        ),
        (("Bank", "must", "hold in trust", "Seller", ""), "Bank must hold in trust for Seller"),
        (("Tenant", "must", "payroll for staff", "Landlord", ""), "Tenant must payroll for staff for Landlord"),
    ],
)
def test_a_rule_is_written_as_one_sentence(parts: tuple[str, str, str, str, str], sentence: str) -> None:
    assert build_sentence(*parts) == sentence


@pytest.mark.parametrize(
    ("what", "whom", "written"),
    [
        ("enter the premises", "Tenant", "enter the premises of Tenant"),
        ("audit the records", "Supplier", "audit the records of Supplier"),
        ("deliver the goods within 5 days", "Buyer", "deliver the goods to Buyer within 5 days"),
        ("deliver within 5 days", "Buyer", "deliver to Buyer within 5 days"),
        ("manufacture and deliver the goods", "Buyer", "manufacture and deliver the goods to Buyer"),
        ("to Deliver the goods", "Buyer", "deliver the goods to Buyer"),
        ("repair the premises", "Landlord", "repair the premises for Landlord"),
        ("perform the services", "Customer", "perform the services for Customer"),
        ("perform its obligations", "Customer", "perform its obligations towards Customer"),
        ("comply with the law", "Customer", "comply with the law towards Customer"),
        ("provide the services", "Customer", "provide the services to Customer"),
        ("be liable for indirect damages", "Customer", "be liable to Customer for indirect damages"),
        ("warrant that the goods are new", "Customer", "warrant to Customer that the goods are new"),
        ("buy all its requirements", "Manufacturer", "buy all its requirements from Manufacturer"),
        ("terminate the agreement", "Tenant", "terminate the agreement with Tenant"),
        ("waive its rights", "Tenant", "waive its rights against Tenant"),
        ("compete", "Discloser", "compete with Discloser"),
        ("share data with", "Customer", "share data with Customer"),
        ("evict", "Tenant", "evict Tenant"),
        ("promptly notify of any breach", "Customer", "promptly notify Customer of any breach"),
        ("make the source code available", "Customer", "make the source code available to Customer"),
        ("pay the rent monthly", "Landlord", "pay the rent to Landlord monthly"),
        ("indemnify Customer for IP claims", "Customer", "indemnify Customer for IP claims"),
        ("sell the goods to any third party", "Seller", "sell the goods to any third party"),
    ],
)
def test_the_party_stands_where_the_verb_takes_it(what: str, whom: str, written: str) -> None:
    assert build_sentence("Supplier", "must", what, whom, "") == f"Supplier must {written}"


@pytest.mark.parametrize(
    ("when", "written"),
    [
        *((typed, typed) for typed in (
            "if it is late", "unless caused by Buyer", "without the Landlord's consent", "until the price is paid",
            "when due", "subject to clause 9", "within 30 days", "30 days after receipt", "at its own cost", "annually",
            "to the extent permitted by law", "in the event of fire", "even if it is late", "except for fraud",
        )),
        ("the price is not paid", "if the price is not paid"),
        ("Buyer gives notice", "if Buyer gives notice"),
        ("supply fails", "if supply fails"),
        ("the Landlord's consent", "with the Landlord's consent"),
        ("prior written consent of the Landlord", "with prior written consent of the Landlord"),
        ("30 days' notice", "on 30 days' notice"),
        ("material breach by Buyer", "in case of material breach by Buyer"),
        ("the event of fire", "in the event of fire"),
        ("the 1st of each month", "on the 1st of each month"),
    ],
)  # fmt: skip
def test_a_condition_reads_on(when: str, written: str) -> None:
    assert build_sentence("Seller", "may", "terminate", "", when) == f"Seller may terminate {written}"


def test_what_must_not_be_done_must_not_be_done_without_consent() -> None:
    assert build_sentence("Tenant", "must-not", "assign", "", "a consent") == "Tenant must not assign without a consent"


def test_who_has_no_place_in_the_sentence_is_told() -> None:
    assert names_everyone("Seller must pay Buyer", "buyer.")
    assert not names_everyone(build_sentence("Seller", "may", "sell to any person", "Buyer", ""), "Buyer")
