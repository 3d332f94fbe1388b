"""Role words that contracts and lawyers use for the two sides of an agreement."""

from __future__ import annotations

from verifier.word_lists import words_of

# Each row is one role: words that can stand for the same side of the same kind of contract.
ROLE_WORDS: tuple[frozenset[str], ...] = tuple(
    frozenset(word.replace("_", " ") for word in row.split())
    for row in (
        "supplier vendor provider service_provider services_provider seller contractor consultant manufacturer "
        "processor host developer agency servicer",
        "customer client buyer purchaser subscriber controller user",
        "licensor",
        "licensee",
        "landlord lessor",
        "tenant lessee",
        "lender bank creditor",
        "borrower debtor",
        "employer company corporation",
        "employee executive officer",
        "distributor reseller dealer agent representative",
        "franchisor",
        "franchisee",
        "discloser",
        "recipient",
        "publisher",
        "advertiser sponsor",
        "charity association foundation",
    )
)


# Terms of contracts for who does the work: "contractor" stands for the Architect, never "architect" for the Contractor.
_PERFORMERS = words_of(
    "administrator architect artist builder carrier co-packer conservator engineer grower haulier installer integrator "
    "operator packer studio translator"
)

# A role that has no word of its own in a contract is often played by the same side as another one.
SAME_SIDE: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (frozenset({"licensor"}), ROLE_WORDS[0]),
    (frozenset({"licensee", "distributor", "reseller"}), ROLE_WORDS[1]),
    (frozenset({"licensee"}), ROLE_WORDS[10]),
)


# Two parties who face each other: where one has its word, the other's words are left for the other. "User" and
# "employee" are not here, as they are third parties as often.
FACING: tuple[tuple[frozenset[str], frozenset[str]], ...] = (
    (ROLE_WORDS[0] | {"licensor"} | _PERFORMERS, (ROLE_WORDS[1] - {"user"}) | ROLE_WORDS[10] | {"licensee"}),
    (frozenset({"landlord", "lessor"}), frozenset({"tenant", "lessee"})),
    (frozenset({"lender", "creditor"}), frozenset({"borrower", "debtor"})),
    (frozenset({"franchisor"}), frozenset({"franchisee"})),
)


def faces(word: str, term: str) -> bool:
    """Whether ``word`` of a query names who deals with the party defined as ``term``."""
    return any((word in a and term in b) or (word in b and term in a) for a, b in FACING)


def performs(word: str, term: str) -> bool:
    """Whether ``word`` is a general name for who does the work, and ``term`` a special one."""
    return word in ROLE_WORDS[0] and term in _PERFORMERS


def has_side(term: str) -> bool:
    return any(term in side for sides in FACING for side in sides)


def same_role(word: str, term: str) -> bool:
    """Whether ``word`` of a query can stand for the party defined as ``term``; both lower case and singular."""
    if word == term:
        return True
    if any(word in role and term in role for role in ROLE_WORDS):
        return True
    return any((word in a and term in b) or (word in b and term in a) for a, b in SAME_SIDE)


ALL_ROLE_WORDS: frozenset[str] = frozenset().union(*ROLE_WORDS)
