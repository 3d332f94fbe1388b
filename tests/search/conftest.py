from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from pgvector import HalfVector
from pgvector.psycopg import register_vector

from contracts.models import Clause, Contract, Matter, Passage
from contracts.storage import copy_rows, store_obligations
from contracts.text.obligations import find_obligations
from contracts.text.types import PartySpan
from search.absence import check as absence_check
from search.encode import Vectors, encode_texts
from search.models import PassageVector
from tests.fakes import FAKE, FakeVerifier

PARTIES = (("Northgate Analytics Ltd", "Supplier"), ("Harbour Retail plc", "Customer"))


def add_contract(
    matter: Matter,
    clauses: Sequence[Sequence[str]],
    vectors: Vectors | None = None,
    parties: Sequence[tuple[str, str]] = PARTIES,
    **fields: Any,
) -> Contract:
    """A READY contract: one clause per row, one passage per text, numbered from 1."""
    defaults: dict[str, Any] = {"title": "Master Services Agreement", "agreement_date": "1 May 2024", "state": "ready"}
    name = f"file-{Contract.objects.count()}"
    contract = Contract.objects.create(matter=matter, file_name=name, sha256=name, size=1, **(defaults | fields))
    for position, (party, term) in enumerate(parties):
        contract.parties.create(position=position, name=party, term=term, start=0, end=1)
    passages: list[Passage] = []
    for number, texts in enumerate(clauses, start=1):
        clause = Clause.objects.create(
            contract=contract, position=number, number=f"{number}.1", heading=f"Heading {number}",
            heading_path=[f"Heading {number}"], level=0, kind="clause", start=0, end=1, page=number,
        )  # fmt: skip
        passages += [
            Passage(
                contract=contract, clause=clause, position=i, kind="sentence", start=0, end=1, reading=text, left_out=[]
            )
            for i, text in enumerate(texts)
        ]
    Passage.objects.bulk_create(passages)
    spans = [PartySpan(party.name, party.term, (), 0, 1) for party in contract.parties.all()]
    statements = (
        (passage.clause_id, passage.pk, found)
        for passage in passages
        for found in find_obligations(passage.reading, spans)
    )
    store_obligations(contract.pk, statements, {party.term: party.pk for party in contract.parties.all()})
    rows = encode_texts([passage.reading for passage in passages]) if vectors is None else vectors
    connection.ensure_connection()
    register_vector(connection.connection)
    embeddings = ((passage.pk, HalfVector(row)) for passage, row in zip(passages, rows, strict=True))
    copy_rows(PassageVector, ("passage", "embedding"), embeddings)
    return contract


@pytest.fixture
def lawyer(db: None) -> User:
    return User.objects.create_user("lena", password="sign-in-lena")


@pytest.fixture
def matter(lawyer: User, kept_encodings: None) -> Matter:
    matter = Matter.objects.create(name="Project Oak")
    matter.members.add(lawyer)
    return matter


@pytest.fixture
def fake_verifier(settings: Any) -> FakeVerifier:
    settings.VERIFIER_LOADER = "tests.fakes.load_fake"
    settings.VERIFIER_CARD = "tests.fakes.read_fake_card"
    FAKE.read.clear()
    FAKE.clauses.clear()
    return FAKE


@pytest.fixture
def ask(client: Any, lawyer: User) -> Callable[..., Any]:
    """POST to the API as the lawyer."""
    client.force_login(lawyer)
    return lambda headers=None, **body: client.post(
        "/api/v1/searches", body, content_type="application/json", headers=headers
    )


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little a check has to read, a worker reads it."""
    monkeypatch.setattr(absence_check, "AT_ONCE", 0)
