"""From a person's correction to the reading that the worker makes with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from django.contrib.auth.models import User
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts import corrections
from contracts.amount_corrections import add_amount, read_amount, remove_amount, said
from contracts.audit.models import AuditEvent
from contracts.corrections import NotCorrectable
from contracts.models import Clause, Contract, Correction, Matter, Obligation, Party
from contracts.receive import receive_file
from search import indexing
from search.encode import DIMENSIONS
from search.indexing import index_contract
from search.models import PassageVector

AGREEMENT = b"""SUPPLY AGREEMENT

This Agreement is made between Tarn Mills Ltd (the "Supplier") and Lake Dairies plc (the "Buyer").

1. Delivery. The Supplier shall deliver the Goods. Title shall pass on payment.

2. Payment. The Buyer shall pay within 30 days.
"""


@pytest.fixture
def encoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were encoded, in order."""
    texts: list[str] = []

    def encode(new: Sequence[str]) -> np.ndarray:
        texts.extend(new)
        return np.array([[len(text)] + [0] * (DIMENSIONS - 1) for text in new], dtype=np.float32).reshape(
            -1, DIMENSIONS
        )

    monkeypatch.setattr(indexing, "encode_texts", encode)
    monkeypatch.setattr(indexing, "encoder_sha256", lambda: "e" * 64)
    monkeypatch.setattr(indexing, "count_tokens", lambda text: len(text.split()))
    return texts


@pytest.fixture
def ana(db: None) -> User:
    return User.objects.create(username="ana")


@pytest.fixture
def contract(ana: User, encoded: list[str]) -> Contract:
    contract = receive_file(Matter.objects.create(name="Alpha"), "supply.txt", AGREEMENT).contract
    index_contract(contract.pk)
    encoded.clear()
    contract.refresh_from_db()
    return contract


def read_by_worker(contract: Contract) -> None:
    contract.refresh_from_db()
    assert contract.state == Contract.State.RECEIVED
    assert ProcrastinateJob.objects.filter(args__contract_id=contract.pk).count() > 1
    index_contract(contract.pk)
    contract.refresh_from_db()


@pytest.mark.parametrize(("written", "kept"), [("Licence", "licence"), ("distribution", "distribution"), ("", "")])
def test_the_type_of_a_contract_is_corrected_by_value_or_name(
    contract: Contract, ana: User, written: str, kept: str
) -> None:
    assert contract.contract_type == "supply"
    corrections.correct_fact(contract, ana, "contract_type", written)
    read_by_worker(contract)
    assert contract.contract_type == kept


def test_a_fact_is_shown_at_once_and_survives_re_reading(contract: Contract, ana: User) -> None:
    made = corrections.correct_fact(contract, ana, "governing_law", "  Ohio ")
    assert (made.old_value, made.new_value, made.made_by) == ("", "Ohio", ana)
    contract.refresh_from_db()
    assert contract.governing_law == "Ohio"
    for _ in range(2):
        contract.state = Contract.State.RECEIVED
        contract.save()
        read_by_worker(contract)
        assert contract.governing_law == "Ohio"
    made.refresh_from_db()
    assert made.applied is True


def test_undoing_brings_back_what_was_read_and_stays_on_record(contract: Contract, ana: User) -> None:
    first = corrections.correct_fact(contract, ana, "title", "Milk Supply")
    contract.refresh_from_db()
    second = corrections.correct_fact(contract, ana, "title", "Dairy Supply")
    corrections.undo(second, ana)
    read_by_worker(contract)
    assert contract.title == "Milk Supply"
    corrections.undo(first, ana)
    read_by_worker(contract)
    assert contract.title == "SUPPLY AGREEMENT"
    assert [one.undone_by for one in Correction.objects.all()] == [ana, ana]


def test_a_correction_undone_twice_is_undone_once(contract: Contract, ana: User) -> None:
    made = corrections.correct_fact(contract, ana, "title", "Milk Supply")
    corrections.undo(made, ana)
    jobs = ProcrastinateJob.objects.count()
    corrections.undo(made, ana)
    assert ProcrastinateJob.objects.count() == jobs


def test_only_the_passages_of_a_split_clause_are_encoded_again(
    contract: Contract, ana: User, encoded: list[str]
) -> None:
    place = contract.text.index("Title shall")
    clause = contract.clauses.get(start__lt=place, end__gt=place)
    before = dict(PassageVector.objects.values_list("passage__reading", "embedding"))
    corrections.split_clause(clause, ana, place - 4)
    read_by_worker(contract)
    assert Clause.objects.filter(contract=contract, start=place - 4).exists()
    after = dict(PassageVector.objects.values_list("passage__reading", "embedding"))
    assert encoded == [text for text in contract.passages.values_list("reading", flat=True) if text not in before]
    assert 0 < len(encoded) < len(after)
    kept = [text for text in after if text in before]
    assert [after[text][0] for text in kept] == [len(text) for text in kept]


def test_joining_a_clause_keeps_every_word(contract: Contract, ana: User) -> None:
    clause = contract.clauses.get(number="2")
    corrections.join_clause(clause, ana)
    read_by_worker(contract)
    assert not contract.clauses.filter(number="2").exists()
    assert "".join(contract.text[one.start : one.end] for one in contract.clauses.all()) == contract.text


def test_a_bearer_and_a_term_are_corrected(contract: Contract, ana: User) -> None:
    delivers = contract.obligations.order_by("position")[0]
    assert delivers.bearer_text == "Supplier"
    corrections.correct_statement(delivers, ana, "bearer", "Buyer")
    corrections.correct_party(Party.objects.get(term="Buyer"), ana, "term", "Purchaser")
    read_by_worker(contract)
    corrected = Obligation.objects.order_by("position")[0]
    assert (corrected.bearer_text, corrected.bearer) == ("Purchaser", Party.objects.get(term="Purchaser"))
    assert all(Correction.objects.values_list("applied", flat=True))


def test_what_is_corrected_beside_is_kept_on_reading_again(contract: Contract, ana: User, encoded: list[str]) -> None:
    """Kind, alias, clause, statement and amount; a correction that is undone is gone again."""
    delivers, passes, _ = contract.obligations.all()
    supplier, _ = contract.parties.all()
    corrections.correct_fact(contract, ana, "kind", "amendment")
    corrections.correct_alias(supplier, ana, "Tarn Mills")
    corrections.correct_clause(contract.clauses.get(number="2"), ana, "number", "7")
    corrections.correct_clause(contract.clauses.get(number="2"), ana, "level", "1")
    corrections.correct_statement(delivers, ana, "counterparty", "Buyer")
    corrections.correct_statement(delivers, ana, "modality", "permission")
    removed = corrections.remove_statement(passes, ana)
    add_amount(contract.clauses.get(number="2"), ana, "30 days", "eur", "1,000")
    read_by_worker(contract)
    assert all(Correction.objects.values_list("applied", flat=True))
    assert encoded == []  # every passage reads as before
    assert contract.kind == "amendment"
    assert contract.parties.get(term="Supplier").aliases == ["Tarn"]
    assert [(one.number, one.level) for one in contract.clauses.all() if one.number] == [("1", 0), ("7", 1)]
    delivers, pays = contract.obligations.all()
    assert pays.passage.reading == "The Buyer shall pay within 30 days."
    assert (delivers.modality, delivers.counterparty_text, delivers.counterparty) == (
        "permission", "Buyer", contract.parties.get(pk=delivers.counterparty_id),
    )  # fmt: skip
    (amount,) = contract.amounts.all()
    assert (amount.written, said(amount), amount.clause.number) == ("30 days", "EUR 1000", "7")
    remove_amount(amount, ana)
    corrections.undo(removed, ana)
    read_by_worker(contract)
    assert contract.obligations.count() == 3 and not contract.amounts.exists()
    told = AuditEvent.objects.filter(action="corrected", thing=str(contract.pk)).order_by("pk")
    assert [one.change for one in told][-3:] == ["amount", "amount", "no_statement undone"]


def test_the_kind_follows_from_the_relation(contract: Contract, ana: User) -> None:
    with pytest.raises(NotCorrectable, match="Choose one of: main, amendment"):
        corrections.correct_fact(contract, ana, "kind", "")
    contract.relation = Contract.Relation.AMENDMENT
    with pytest.raises(NotCorrectable, match="Change that relation"):
        corrections.correct_fact(contract, ana, "kind", "exhibit")


@pytest.mark.parametrize(
    ("currency", "value", "message"),
    [
        ("Euro", "5", "“Euro” is no currency"),
        ("EUR", "five", "“five” is no amount"),
        ("EUR", "NaN", "“NaN” is no amount"),
        ("EUR", "-1", "no amount"),
        ("EUR", "1e99", "no amount"),
    ],
)
def test_what_is_no_amount_is_refused(currency: str, value: str, message: str) -> None:
    with pytest.raises(NotCorrectable, match=message):
        read_amount(currency, value)


def test_vectors_of_another_encoder_are_never_kept(
    contract: Contract, ana: User, encoded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "encoder_sha256", lambda: "f" * 64)
    corrections.correct_fact(contract, ana, "title", "Milk Supply")
    read_by_worker(contract)
    assert len(encoded) == contract.passages.count()
    assert contract.encoder_sha256 == "f" * 64


def test_what_is_corrected_during_a_reading_is_read_by_the_next_job(
    contract: Contract, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    corrections.correct_fact(contract, ana, "title", "Milk Supply")
    read = indexing.read_contract

    def read_slowly(*args, **options):  # type: ignore[no-untyped-def]
        if not Correction.objects.filter(new_value="Ohio").exists():
            corrections.correct_fact(Contract.objects.get(pk=contract.pk), ana, "governing_law", "Ohio")
        return read(*args, **options)

    monkeypatch.setattr(indexing, "read_contract", read_slowly)
    index_contract(contract.pk)
    read_by_worker(contract)
    assert (contract.state, contract.title, contract.governing_law) == ("ready", "Milk Supply", "Ohio")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "SUPPLY AGREEMENT", "written already"),
        ("title", "x" * 301, "longer than the 300"),
        ("state", "failed", "no fact"),
        ("contract_type", "milk", "“milk” is no type of contract. Choose one of: nda, "),
        ("contract_type", "Supply or manufacture", "written already"),
    ],
)
def test_what_cannot_be_corrected_says_why(contract: Contract, ana: User, field: str, value: str, message: str) -> None:
    with pytest.raises(NotCorrectable, match=message):
        corrections.correct_fact(contract, ana, field, value)
    assert not Correction.objects.exists()


def test_a_boundary_must_lie_within_its_clause(contract: Contract, ana: User) -> None:
    first, *_ = contract.clauses.all()
    with pytest.raises(NotCorrectable, match="no clause before"):
        corrections.join_clause(first, ana)
    for place in (first.start, first.end, first.end + 5):
        with pytest.raises(NotCorrectable, match="within the clause"):
            corrections.split_clause(first, ana, place)
    with pytest.raises(NotCorrectable, match="as it stands"):
        corrections.add_party(contract, ana, "Nobody Inc.")


def test_a_confirmed_fact_survives_a_reading_that_finds_another(contract: Contract, ana: User) -> None:
    Contract.objects.filter(pk=contract.pk).update(governing_law="Ohio")  # as an earlier reader may have read it
    contract.refresh_from_db()
    made = corrections.confirm_fact(contract, ana, "governing_law", "Ohio")
    corrections.read_again(contract)
    read_by_worker(contract)
    made.refresh_from_db()
    assert (contract.governing_law, made.applied, made.confirms) == ("Ohio", True, True)


def test_a_corrected_date_moves_the_end_that_is_counted_from_it(ana: User, encoded: list[str]) -> None:
    text = AGREEMENT + b"\n3. Term. This Agreement shall remain in effect for two years from the Effective Date.\n"
    contract = receive_file(Matter.objects.create(name="Beta"), "supply.txt", text).contract
    index_contract(contract.pk)
    contract.refresh_from_db()
    assert (contract.expiry_date, contract.expires_on) == ("two years from the Effective Date", None)
    corrections.correct_fact(contract, ana, "effective_date", "1 May 2024")
    read_by_worker(contract)
    assert (contract.expiry_date, contract.expires_on) == ("1 May 2026", date(2026, 5, 1))
    start, end, computed_from = contract.fact_places["expiry_date"]
    assert contract.text[start:end] == "two years from the Effective Date"
    assert computed_from == "“two years from the Effective Date”, counted from the effective date, 1 May 2024"


def test_an_end_that_is_given_is_a_day_at_once(contract: Contract, ana: User) -> None:
    corrections.correct_fact(contract, ana, "expiry_date", "31 December 2027")
    contract.refresh_from_db()
    assert contract.expires_on == date(2027, 12, 31)
    corrections.correct_fact(contract, ana, "renewal", "By agreement")
    contract.refresh_from_db()
    assert contract.renewal == "agreement"
    with pytest.raises(NotCorrectable, match="Choose one of: automatic, option, agreement"):
        corrections.correct_fact(contract, ana, "renewal", "sometimes")
