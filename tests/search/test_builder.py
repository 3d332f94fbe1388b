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
        (("Bank", "must", "hold in trust", "Seller", ""), "Bank must hold in trust to Seller"),
        (("Tenant", "must", "payroll for staff", "Landlord", ""), "Tenant must payroll for staff to Landlord"),
    ],
)
def test_a_rule_is_written_as_one_sentence(parts: tuple[str, str, str, str, str], sentence: str) -> None:
    assert build_sentence(*parts) == sentence
