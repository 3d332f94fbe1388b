from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import User

from contracts.models import Matter
from search.models import Search
from search.search import search_clauses
from tests.fakes import FakeVerifier
from tests.search.conftest import add_contract
from verifier.types import Pair, Stored, Verdict

pytestmark = pytest.mark.django_db

QUESTION = "Supplier indemnifies Customer"
EXCHANGED = "Customer indemnifies Supplier"


def verdict(label: str) -> Verdict:
    return Verdict(label, {label: 0.9}, ())


def ask(
    clause: str, asked: str, exchanged: str, matter: Matter, lawyer: User, fake: FakeVerifier, patch: pytest.MonkeyPatch
) -> Search:
    """The verifier says ``asked`` to the question and ``exchanged`` to the one with its parties exchanged."""
    add_contract(matter, [[clause]])

    def verify(pairs: Sequence[Pair], stored: Stored) -> list[Verdict]:
        fake.read.extend(pairs)
        return [verdict(exchanged if pair.query == EXCHANGED else asked) for pair in pairs]

    patch.setattr(fake, "verify", verify)
    return search_clauses(QUESTION, lawyer)


ONE_SIDED = "The Supplier shall indemnify the Customer."
MUTUAL = "The Supplier and the Customer shall indemnify each other."
EITHER = (
    "If either party, be it Supplier or Customer, fails to indemnify, the other party may terminate this Agreement."
)


@pytest.mark.parametrize(
    ("clause", "asked", "exchanged", "stable"),
    [
        (ONE_SIDED, "supported", "party_swapped", True),
        (ONE_SIDED, "supported", "supported", False),
        (ONE_SIDED, "party_swapped", "supported", True),
        (ONE_SIDED, "party_swapped", "qualified", True),
        (ONE_SIDED, "party_swapped", "party_swapped", False),
        (MUTUAL, "supported", "supported", True),
        (MUTUAL, "supported", "party_swapped", False),
        (EITHER, "supported", "supported", True),
        (ONE_SIDED, "negated", "negated", None),  # not about who owes whom
        (ONE_SIDED, "unrelated", "unrelated", None),
    ],
)
def test_a_verdict_follows_its_parties(
    clause: str,
    asked: str,
    exchanged: str,
    stable: bool | None,
    matter: Matter,
    lawyer: User,
    fake_verifier: FakeVerifier,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    search = ask(clause, asked, exchanged, matter, lawyer, fake_verifier, monkeypatch)
    assert search.hits.get().stable is stable
    assert (EXCHANGED in [pair.query for pair in fake_verifier.read]) is (stable is not None)


def test_a_question_that_names_one_party_is_not_exchanged(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier
) -> None:
    add_contract(matter, [["The Supplier shall insure. [supported .9]"]])
    assert search_clauses("Supplier insures", lawyer).hits.get().stable is None
    assert len(fake_verifier.read) == 1


def test_what_could_not_be_checked_in_time_is_unknown(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    add_contract(matter, [[ONE_SIDED]])

    def verify(pairs: Sequence[Pair], stored: Stored) -> list[Verdict]:
        settings.VERIFY_SECONDS = 0  # for what comes after the question itself
        return [verdict("supported") for _ in pairs]

    monkeypatch.setattr(fake_verifier, "verify", verify)
    hit = search_clauses(QUESTION, lawyer).hits.get()
    assert (hit.label, hit.stable) == ("supported", None)
