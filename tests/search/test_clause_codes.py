"""What the verifier reads of a passage before anybody asks: once, as long as the passage is there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.models import Contract, Matter, Passage
from contracts.queue import BACKGROUND
from search.clause_codes import CodesOf, forget_other_weights
from search.jobs import read_clauses_ahead
from search.models import ClauseCodes
from search.read_ahead import READ_AHEAD_TASK, enqueue_read_ahead, read_ahead
from search.recall import HEADING
from search.verification import verify_pairs, verify_passages
from tests.fakes import FakeVerifier
from tests.search.conftest import add_contract
from verifier.types import Pair

pytestmark = pytest.mark.django_db

TEXTS = ["The Supplier shall indemnify the Customer.", "The Customer shall pay.", "The Supplier shall insure."]


@pytest.fixture
def contract(matter: Matter, fake_verifier: FakeVerifier) -> Contract:
    return add_contract(matter, [TEXTS], np.eye(3, 384))


def passages_of(contract: Contract) -> list[Passage]:
    return list(Passage.objects.filter(contract=contract).order_by("position"))


def test_a_clause_is_read_once_for_all_questions(contract: Contract, fake_verifier: FakeVerifier) -> None:
    for query in ("supplier indemnifies customer", "customer indemnifies supplier"):
        verify_passages(query, passages_of(contract))
    assert len(fake_verifier.read) == 6
    assert sorted(fake_verifier.clauses) == sorted(TEXTS)


def test_read_ahead_leaves_nothing_to_read(contract: Contract, fake_verifier: FakeVerifier) -> None:
    read_clauses_ahead(contract_id=contract.pk)
    fake_verifier.clauses.clear()
    verify_passages("supplier insures", passages_of(contract))
    assert fake_verifier.clauses == []


def test_headings_are_not_read_ahead(contract: Contract, fake_verifier: FakeVerifier) -> None:
    """Nothing asks them anything: recall and absence checks leave them out."""
    Passage.objects.filter(pk=passages_of(contract)[0].pk).update(kind=HEADING)
    read_ahead(contract.pk)
    assert sorted(fake_verifier.clauses) == sorted(TEXTS[1:])


def test_another_contract_s_same_words_are_not_read_again(
    contract: Contract, matter: Matter, fake_verifier: FakeVerifier
) -> None:
    read_ahead(contract.pk)
    other = add_contract(matter, [[TEXTS[1], "The Customer may audit."]], np.eye(2, 384))
    read_ahead(other.pk)
    assert sorted(fake_verifier.clauses) == sorted([*TEXTS, "The Customer may audit."])


def test_what_was_read_goes_with_the_passage(contract: Contract) -> None:
    read_ahead(contract.pk)
    assert ClauseCodes.objects.count() == 3
    passages_of(contract)[0].delete()
    assert ClauseCodes.objects.count() == 2


def test_words_that_are_no_passage_s_are_not_kept(fake_verifier: FakeVerifier) -> None:
    verify_pairs([Pair("customer pays", "A clause from elsewhere.")])
    assert fake_verifier.clauses and not ClauseCodes.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_passage_that_is_gone_meanwhile_is_no_error(contract: Contract) -> None:
    first, second, _ = passages_of(contract)
    stored = CodesOf([first.pk, second.pk], "a" * 64)
    second.delete()
    stored.keep({"k1": b"1", "k2": b"2"}, {"k1": 0, "k2": 1})
    assert not ClauseCodes.objects.exists()
    stored.keep({"k1": b"1"}, {"k1": 0})
    assert stored.find(["k1", "k2"]) == {"k1": b"1"}


def test_two_searches_may_read_the_same_at_once(contract: Contract) -> None:
    stored = CodesOf([passages_of(contract)[0].pk], "a" * 64)
    for _ in range(2):
        stored.keep({"k": b"codes"}, {"k": 0})
    assert bytes(ClauseCodes.objects.get().codes) == b"codes"


def test_codes_of_other_weights_are_forgotten(contract: Contract, fake_verifier: FakeVerifier) -> None:
    read_ahead(contract.pk)
    assert forget_other_weights(fake_verifier.sha256) == 0
    assert forget_other_weights("b" * 64) == 3


def test_a_contract_that_is_gone_is_not_read(contract: Contract, fake_verifier: FakeVerifier) -> None:
    Contract.objects.filter(pk=contract.pk).update(state=Contract.State.FAILED)
    read_ahead(contract.pk)
    read_ahead(0)
    assert fake_verifier.clauses == []


@pytest.mark.parametrize("chosen", [True, False])
def test_it_is_queued_behind_all_else_unless_switched_off(contract: Contract, settings: Any, chosen: bool) -> None:
    settings.READ_AHEAD = chosen
    enqueue_read_ahead(contract.pk)
    jobs = ProcrastinateJob.objects.filter(task_name=READ_AHEAD_TASK).values_list("args__contract_id", "priority")
    assert list(jobs) == ([(contract.pk, BACKGROUND)] if chosen else [])
