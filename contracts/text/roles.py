"""Who stands on which side: the role words of contracts, grouped into classes."""

from __future__ import annotations

# Each class holds words that may stand for one another in a question about a contract.
ROLE_CLASSES: dict[str, tuple[str, ...]] = {
    "provider": (
        "supplier", "vendor", "provider", "service provider", "seller", "contractor", "consultant", "manufacturer",
        "processor", "data processor", "host", "subcontractor", "developer", "advisor", "adviser", "publisher",
        "carrier", "servicer", "transferor", "assignor", "promoter", "influencer", "independent contractor",
    ),
    "recipient": (
        "customer", "client", "buyer", "purchaser", "subscriber", "controller", "data controller", "user", "end user",
        "merchant", "transferee", "assignee", "sponsor", "advertiser",
    ),
    "licensor": ("licensor", "grantor", "owner"),
    "licensee": ("licensee", "grantee"),
    "landlord": ("landlord", "lessor", "sublandlord", "sublessor"),
    "tenant": ("tenant", "lessee", "subtenant", "sublessee", "occupant"),
    "lender": ("lender", "bank", "creditor", "mortgagee", "secured party"),
    "borrower": ("borrower", "debtor", "obligor", "mortgagor", "guarantor"),
    "employer": ("employer", "company"),
    "employee": ("employee", "executive", "worker"),
    "discloser": ("discloser", "disclosing party", "disclosing"),
    "receiver": ("recipient", "receiving party", "receiver"),
    "principal": ("principal",),
    "distributor": ("distributor", "reseller", "dealer", "agent", "sales representative", "representative",
                    "affiliate"),
    "franchisor": ("franchisor",),
    "franchisee": ("franchisee",),
    "indemnitor": ("indemnitor", "indemnifying party"),
    "indemnitee": ("indemnitee", "indemnified party"),
    "investor": ("investor", "shareholder", "stockholder", "subscriber of shares"),
    "issuer": ("issuer",),
}  # fmt: skip

_CLASS_OF = {word: role for role, words in ROLE_CLASSES.items() for word in words}


def role_of(term: str) -> str:
    """The class of a role word ("the Suppliers" -> "provider"), or "" for a name or another word."""
    word = " ".join(term.lower().split()).removeprefix("the ")
    return _CLASS_OF.get(word) or _CLASS_OF.get(word.removesuffix("s"), "")
