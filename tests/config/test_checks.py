"""The check of pgvector, against the real database and against catalogues that say something else."""

from __future__ import annotations

import pytest

from config import checks


@pytest.mark.django_db
def test_the_test_database_passes() -> None:
    assert checks.pgvector_version(databases=["default"]) == []


def test_without_databases_nothing_is_asked() -> None:
    assert checks.pgvector_version(databases=None) == []  # no database access allowed here: asking would fail


@pytest.mark.parametrize(
    ("version", "said"), [(None, "no pgvector"), ("0.8.3", "too old"), ("0.8.10", None), ("0.9", None)]
)
def test_versions(monkeypatch: pytest.MonkeyPatch, version: str | None, said: str | None) -> None:
    monkeypatch.setattr(checks, "_vector_version", lambda alias: version)
    messages = checks.pgvector_version(databases=["default"])
    assert [said in message.msg for message in messages if said] == [True] * bool(said)
    assert bool(messages) == bool(said)
