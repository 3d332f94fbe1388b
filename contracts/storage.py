"""Write what was read, in bulk: COPY inside the caller's transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models
from django.utils import timezone
from psycopg import sql
from psycopg.types.json import Jsonb

from contracts.fact_fields import fact_columns
from contracts.families import KIND_OF_RELATION
from contracts.models import Amount, Clause, Contract, DefinedTerm, NamedParent, Obligation, Party, Passage
from contracts.text.corrections import FACTS
from contracts.text.quotation import left_out
from contracts.text.types import FactSpan, ObligationSpan, ParentMention, Reading


def store_reading(contract: Contract, reading: Reading) -> list[int]:
    """Replace everything read of the contract before; the passages' ids, in the order of ``reading.passages``."""
    for rows in (contract.clauses, contract.parties, contract.defined_terms):
        rows.all().delete()  # passages and obligations go with their clauses
    _store_document(contract, reading)
    clause_ids = _store_clauses(contract.pk, reading)
    party_ids = _store_parties(contract.pk, reading)
    _store_definitions(contract.pk, reading)
    _store_named_parent(contract.pk, reading.parent)
    _store_amounts(contract.pk, reading, clause_ids)
    passage_ids = _store_passages(contract.pk, reading, clause_ids)
    found = (
        (clause_ids[reading.passages[index].clause], passage_ids[index], statement)
        for index, statement in reading.obligations
    )
    store_obligations(contract.pk, found, party_ids)
    active = contract.corrections.active()
    active.filter(pk__in=reading.corrected).update(applied=True)
    active.exclude(pk__in=reading.corrected).update(applied=False)
    return passage_ids


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Binary COPY of ``rows`` into ``columns`` (field names) of the model's table."""
    fields = [_column(model, name) for name in columns]
    names = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in fields])
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(sql.Identifier(model._meta.db_table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types([str(field.db_type(connection)).partition("(")[0] for field in fields])
        for row in rows:
            copy.write_row(row)


def _column(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field), f"{name} is a relation from elsewhere, not a column of {model.__name__}"
    return field


def storable(text: str) -> str:
    """Postgres holds neither NUL nor lone surrogates. Each becomes one other character, so that spans stay right."""
    return text.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode()


def _store_document(contract: Contract, reading: Reading) -> None:
    document = reading.document
    contract.text = storable(document.text)
    contract.format, contract.language = document.format, document.language
    contract.page_count = len(document.pages) or None
    contract.original_text = storable(document.original)
    contract.ocr_quality = [[page.number, page.ocr_quality] for page in document.pages if page.ocr_quality is not None]
    contract.warnings = [storable(warning) for warning in document.warnings]
    for field in FACTS:
        value = _fact(reading.facts, field, _column(Contract, field).max_length)
        for column, content in fact_columns(field, value).items():
            setattr(contract, column, content)
    contract.fact_places = {
        fact.kind: [fact.start, fact.end, storable(fact.computed_from)] for fact in reading.facts if fact.end
    }
    contract.kind = KIND_OF_RELATION.get(contract.relation, contract.kind or Contract.Kind.MAIN)
    contract.state = Contract.State.READY
    contract.error_code = contract.error_message = contract.error_remedy = ""
    contract.read_at = timezone.now()
    contract.save()


def _fact(facts: Iterable[FactSpan], kind: str, longest: int | None) -> str:
    return next((storable(fact.value)[:longest] for fact in facts if fact.kind == kind), "")


def _new_ids(model: type[models.Model], count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def _store_clauses(contract_id: int, reading: Reading) -> list[int]:
    ids = _new_ids(Clause, len(reading.clauses))
    columns = ("id", "contract", "parent", "position", "number", "heading", "heading_path", "level", "kind", "start",
               "end", "page")  # fmt: skip
    longest = Clause._meta.get_field("number").max_length
    copy_rows(
        Clause,
        columns,
        (
            (
                ids[position],
                contract_id,
                None if clause.parent is None else ids[clause.parent],
                position,
                storable(clause.number)[:longest],
                storable(clause.heading),
                Jsonb([storable(heading) for heading in clause.heading_path]),
                clause.level,
                clause.kind,
                clause.start,
                clause.end,
                reading.document.page_at(clause.start),
            )
            for position, clause in enumerate(reading.clauses)
        ),
    )
    return ids


def _store_passages(contract_id: int, reading: Reading, clause_ids: Sequence[int]) -> list[int]:
    ids = _new_ids(Passage, len(reading.passages))
    columns = ("id", "contract", "clause", "position", "kind", "start", "end", "reading", "left_out", "of_clause")
    text = reading.document.text
    of_clause = Counter(passage.clause for passage in reading.passages if passage.kind != "heading")
    copy_rows(
        Passage,
        columns,
        (
            (
                ids[position],
                contract_id,
                clause_ids[passage.clause],
                position,
                passage.kind,
                passage.start,
                passage.end,
                storable(passage.reading(text)),
                Jsonb(left_out(text, passage)),
                of_clause[passage.clause],
            )
            for position, passage in enumerate(reading.passages)
        ),
    )
    return ids


def _store_parties(contract_id: int, reading: Reading) -> dict[str, int]:
    """The id of each party by the label that obligations know it by; of two with one label neither is certain."""
    rows = Party.objects.bulk_create(
        Party(
            contract_id=contract_id,
            position=position,
            name=storable(party.name)[:300],
            term=storable(party.term)[:120],
            aliases=[storable(alias) for alias in party.aliases],
            role=party.role,
            affiliates=party.affiliates,
            start=party.start,
            end=party.end,
        )
        for position, party in enumerate(reading.parties)
    )
    labels = [party.term or party.name for party in reading.parties]
    return {label: row.pk for label, row in zip(labels, rows, strict=True) if labels.count(label) == 1}


def store_obligations(
    contract_id: int, statements: Iterable[tuple[int, int, ObligationSpan]], party_ids: Mapping[str, int]
) -> None:
    """``statements``: with the ids of clause and passage, in order; ``party_ids`` by the label of the party."""
    columns = ("contract", "clause", "passage", "position", "modality", "mutual", "passive", "bearer", "bearer_text",
               "bearer_start", "bearer_end", "counterparty", "counterparty_text", "counterparty_start",
               "counterparty_end", "modal_start", "modal_end", "action_start", "action_end", "conditions",
               "exceptions")  # fmt: skip
    longest = Obligation._meta.get_field("bearer_text").max_length
    copy_rows(
        Obligation,
        columns,
        (
            (
                contract_id,
                clause_id,
                passage_id,
                position,
                found.modality,
                found.mutual,
                found.passive,
                party_ids.get(found.bearer),
                storable(found.bearer)[:longest],
                found.bearer_start,
                found.bearer_end,
                party_ids.get(found.counterparty),
                storable(found.counterparty)[:longest],
                found.counterparty_start,
                found.counterparty_end,
                found.start,
                found.end,
                found.action_start,
                found.action_end,
                Jsonb(found.conditions),
                Jsonb(found.exceptions),
            )
            for position, (clause_id, passage_id, found) in enumerate(statements)
        ),
    )


def _store_amounts(contract_id: int, reading: Reading, clause_ids: Sequence[int]) -> None:
    longest = Amount._meta.get_field("written").max_length
    Amount.objects.bulk_create(
        Amount(
            contract_id=contract_id,
            clause_id=clause_ids[reading.clause_at(found.start)],
            position=position,
            currency=found.currency,
            amount=found.amount,
            written=" ".join(reading.document.text[found.start : found.end].split())[:longest],
            start=found.start,
            end=found.end,
        )
        for position, found in enumerate(reading.amounts)
    )


def _store_definitions(contract_id: int, reading: Reading) -> None:
    DefinedTerm.objects.bulk_create(
        DefinedTerm(
            contract_id=contract_id,
            term=storable(definition.term)[:300],
            start=definition.start,
            end=definition.end,
            definition_start=definition.definition_start,
            definition_end=definition.definition_end,
        )
        for definition in reading.definitions
    )


def _store_named_parent(contract_id: int, named: ParentMention | None) -> None:
    """What was refused stays refused."""
    if named is None:
        NamedParent.objects.filter(contract=contract_id).delete()
        return
    found = {"relation": named.relation, "title": storable(named.title)[:300], "date": storable(named.date)[:60]}
    place = {"start": named.start, "end": named.end}
    NamedParent.objects.update_or_create(contract_id=contract_id, defaults={**found, **place, "proposed": None})
