"""The ingestion benchmark runs all its ways over the same files, and leaves no database behind."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection

from contracts.models import Contract
from search.ingest_benchmark.compare import BY_CLAUSE, BY_PASSAGE, ONE, RATIOS, TWO

FILES = django_settings.BASE_DIR / "fixtures" / "agreements"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "edgar").mkdir()
    with tarfile.open(tmp_path / "edgar" / "agreements.tar.xz", "w:xz") as archive:
        for name in ("loan.txt", "nda-mutual.txt"):
            archive.add(FILES / name, f"agreements/kind/{name}")
    return tmp_path


@pytest.mark.django_db(transaction=True)
def test_all_ways_are_measured_over_the_same_files(data: Path, settings: Any) -> None:
    settings.INFERENCE_THREADS = 1
    before = connection.settings_dict["NAME"]
    call_command(
        "benchmark_ingest",
        data=data,
        files=2,
        repeats=1,
        json=data / "report.json",
        stdout=io.StringIO(),
        stderr=io.StringIO(),
    )
    report: dict[str, Any] = json.loads((data / "report.json").read_text())
    systems = report["systems"]
    assert list(systems) == [BY_CLAUSE, BY_PASSAGE, ONE, TWO]
    assert systems[BY_PASSAGE]["passages"] == systems[ONE]["passages"] == systems[TWO]["passages"] > 20
    for system in systems.values():
        assert abs(sum(system["share"].values()) - 1) < 0.01 and all(system["share"].values())
        assert system["processor_seconds"][0] > 0
    assert len(report["ratios"]) == len(report["processor_ratios"]) == len(RATIOS) and report["files"] == 2
    assert connection.settings_dict["NAME"] == before and not Contract.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_database WHERE datname LIKE 'benchmark_%%' AND datname LIKE %s", [f"%{before}"]
        )
        assert cursor.fetchone() is None


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"agreements\.tar\.xz is missing"):
        call_command("benchmark_ingest", data=tmp_path)
    with pytest.raises(CommandError, match="--data is missing"):
        call_command("benchmark_ingest")
