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

# A licensor is also asked for as "vendor", a licensee as "customer"; the reverse classes of one deal.
BROADER: dict[str, str] = {
    "licensor": "provider", "licensee": "recipient", "franchisor": "provider", "franchisee": "recipient",
    "principal": "provider",
}  # fmt: skip

OPPOSITE: dict[str, str] = {
    "provider": "recipient", "licensor": "licensee", "landlord": "tenant", "lender": "borrower",
    "employer": "employee", "discloser": "receiver", "principal": "distributor", "franchisor": "franchisee",
    "indemnitor": "indemnitee", "issuer": "investor",
}  # fmt: skip
OPPOSITE |= {other: side for side, other in OPPOSITE.items()}

_CLASS_OF = {word: role for role, words in ROLE_CLASSES.items() for word in words}


def role_of(term: str) -> str:
    """The class of a role word ("the Suppliers" -> "provider"), or "" for a name or another word."""
    word = " ".join(term.lower().split()).removeprefix("the ")
    return _CLASS_OF.get(word) or _CLASS_OF.get(word.removesuffix("s"), "")


def synonyms(term: str) -> tuple[str, ...]:
    """Other role words that a lawyer may use for the same side, nearest class first; empty for a name."""
    role = role_of(term)
    if not role:
        return ()
    words = ROLE_CLASSES[role] + ROLE_CLASSES.get(BROADER.get(role, ""), ())
    own = " ".join(term.lower().split()).removeprefix("the ")
    return tuple(word for word in words if word not in (own, own.removesuffix("s")))
