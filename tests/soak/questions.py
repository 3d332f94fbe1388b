"""Questions of great variety, so that hardly any was answered before."""

from __future__ import annotations

import random

PEOPLE = [
    "Supplier", "Customer", "Licensor", "Licensee", "Company", "Distributor", "Manufacturer", "Consultant", "Landlord",
    "Tenant", "Lender", "Borrower", "Each party", "Executive",
]  # fmt: skip
MODALS = ["must", "may", "must not", "shall", "is not obliged to", "agrees to"]
DEEDS = [
    "indemnify the other party for claims of third parties", "pay within {number} days of the invoice",
    "keep the confidential information secret for {number} years", "terminate the agreement on {number} days' notice",
    "assign the agreement without consent", "insure the products", "deliver the products within {number} days",
    "provide support for {number} months", "sublicense the software", "audit the books once a year",
    "pay interest of {number} percent on late payments", "return all documents when the agreement ends",
    "deliver at least {number} units a year", "bear the taxes", "warrant that the products are free of defects",
    "compete during the term and for {number} months after it", "give notice in writing", "use the trade marks",
]  # fmt: skip
WORDS = [
    '"shall not" W/{number} assign', "indemnif! W/{number} claims", "terminat! AND (breach OR default)",
    "confidential /s years", '"written notice" W/{number} days', "(royalt! OR fee) AND NOT tax",
    "warrant! +{number} products", "govern! W/{number} law",
]  # fmt: skip


def question(chance: random.Random) -> str:
    deed = chance.choice(DEEDS).format(number=chance.randint(2, 90))
    return f"{chance.choice(PEOPLE)} {chance.choice(MODALS)} {deed}"


def words(chance: random.Random) -> str:
    return chance.choice(WORDS).format(number=chance.randint(3, 20))
