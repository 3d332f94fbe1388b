from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from search.models import VerifiedPair
from search.verification import verify_pairs
from search.verified_pairs import KEPT, as_verdict, forget_old_verdicts
from tests.fakes import FakeVerifier
from verifier.types import Evidence, Pair, Party, Verdict

pytestmark = pytest.mark.django_db

SUPPLIER, CUSTOMER = Party("Northgate Ltd", "Supplier"), Party("Harbour plc", "Customer")
CLAUSE = "The Supplier shall indemnify the Customer."
ASKED = Pair("supplier indemnifies customer", CLAUSE, (SUPPLIER, CUSTOMER))


@pytest.mark.parametrize(
    ("again", "is_read"),
    [
        (ASKED, False),
        (Pair("Supplier  indemnifies customer", CLAUSE, (SUPPLIER, CUSTOMER)), False),
        (Pair("vendor indemnifies client", CLAUSE, (SUPPLIER, CUSTOMER)), False),  # read alike: Alice indemnifies Bob
        (Pair("customer indemnifies supplier", CLAUSE, (SUPPLIER, CUSTOMER)), True),
        (Pair(ASKED.query, f"{CLAUSE} ", (SUPPLIER, CUSTOMER)), True),  # evidence would point elsewhere
        (Pair(ASKED.query, CLAUSE, (SUPPLIER,)), False),  # the clause itself names the customer
    ],
)
def test_only_what_reads_otherwise_is_read_again(again: Pair, is_read: bool, fake_verifier: FakeVerifier) -> None:
    first = verify_pairs([ASKED])
    second = verify_pairs([again])
    assert len(fake_verifier.read) == 1 + is_read
    assert is_read or second == first


def test_in_how_many_parts_a_clause_was_read_is_kept_too() -> None:
    verdict = Verdict("negated", {"negated": 1.0}, (Evidence(0, 3, 0.5),), windows=3)
    assert as_verdict(asdict(verdict)) == verdict
    assert as_verdict({"label": "negated", "probabilities": {}, "evidence": []}).windows == 1  # kept before it was said


def test_new_weights_read_all_again(fake_verifier: FakeVerifier, monkeypatch: pytest.MonkeyPatch) -> None:
    verify_pairs([ASKED])
    monkeypatch.setattr(fake_verifier, "sha256", "b" * 64)
    verify_pairs([ASKED])
    assert len(fake_verifier.read) == 2


def test_what_was_not_read_is_not_kept(fake_verifier: FakeVerifier, settings: Any) -> None:
    settings.VERIFY_SECONDS = 0
    assert verify_pairs([ASKED]) == [None]
    assert not VerifiedPair.objects.exists()


def test_nothing_of_what_was_read_is_stored(fake_verifier: FakeVerifier) -> None:
    verify_pairs([ASKED])
    stored = str(VerifiedPair.objects.values().get())
    assert not any(word in stored for word in ("Supplier", "supplier", "indemn", "Northgate"))


def test_verdicts_are_forgotten_in_time(fake_verifier: FakeVerifier) -> None:
    verify_pairs([ASKED, Pair("customer pays", CLAUSE, (SUPPLIER, CUSTOMER))])
    old = VerifiedPair.objects.first()
    assert old is not None
    VerifiedPair.objects.filter(pk=old.pk).update(read_at=timezone.now() - KEPT - timedelta(days=1))
    assert forget_old_verdicts() == 1
    assert VerifiedPair.objects.count() == 1
