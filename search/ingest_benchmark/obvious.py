"""What one would write first: encode one text after the other, store with bulk_create. Read as the product reads.

Parties, definitions and obligations are found but not stored, which favours this way.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db import transaction

from contracts.edgar import Agreement
from contracts.models import Clause, Contract, ContractFile, Matter, Passage
from contracts.storage import storable
from contracts.text.reading import read_contract
from contracts.text.types import Reading
from search.encode import count_tokens, encoder_path
from search.models import PassageVector
from search.step_clock import StepClock

Unit = tuple[int, int, int, str]  # clause, start, end, words


@cache
def _model() -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(encoder_path()), device="cpu")


def warm_up() -> None:
    _model().encode("warm")
    read_contract(b"1. Fees. Customer shall pay the fees.", "warm.txt", count_tokens)


def clauses(reading: Reading) -> list[Unit]:
    text = reading.document.text
    spans = [(place, one.start, one.end, text[one.start : one.end]) for place, one in enumerate(reading.clauses)]
    return [span for span in spans if span[3].strip()]


def passages(reading: Reading) -> list[Unit]:
    text = reading.document.text
    return [(one.clause, one.start, one.end, one.reading(text)) for one in reading.passages]


def ingest_obviously(
    matter: Matter, agreements: Sequence[Agreement], units: Callable[[Reading], list[Unit]], clock: StepClock
) -> None:
    for agreement in agreements:
        clock.turn_to("reading")
        reading = read_contract(agreement.content, agreement.file_name, count_tokens)
        encoded = units(reading)
        clock.turn_to("embedding")
        vectors = [_model().encode(words, show_progress_bar=False) for _, _, _, words in encoded]
        clock.turn_to("database")
        with transaction.atomic():
            _store(matter, agreement, reading, encoded, vectors)


def _store(
    matter: Matter, agreement: Agreement, reading: Reading, encoded: Sequence[Unit], vectors: Sequence[Any]
) -> None:
    contract = Contract.objects.create(
        matter=matter,
        file_name=agreement.file_name,
        sha256=hashlib.sha256(agreement.content).hexdigest(),
        size=len(agreement.content),
        text=storable(reading.document.text),
        state=Contract.State.READY,
    )
    ContractFile.objects.create(contract=contract, content=agreement.content)
    longest = Clause._meta.get_field("number").max_length
    stored = Clause.objects.bulk_create(
        Clause(
            contract=contract,
            position=position,
            number=storable(clause.number)[:longest],
            heading=storable(clause.heading),
            heading_path=[storable(heading) for heading in clause.heading_path],
            level=clause.level,
            kind=clause.kind,
            start=clause.start,
            end=clause.end,
        )
        for position, clause in enumerate(reading.clauses)
    )
    rows = Passage.objects.bulk_create(
        Passage(
            contract=contract,
            clause=stored[clause],
            position=position,
            kind="sentence",
            start=start,
            end=end,
            reading=storable(words),
        )
        for position, (clause, start, end, words) in enumerate(encoded)
    )
    PassageVector.objects.bulk_create(
        PassageVector(passage=row, embedding=vector) for row, vector in zip(rows, vectors, strict=True)
    )
