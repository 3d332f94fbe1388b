"""What a monitoring system is told, and whom it is told to."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from config.json_logs import JsonLines
from contracts.models import Contract, Matter
from contracts.receive import receive_file
from search.models import Hit, Search

pytestmark = pytest.mark.django_db


def fill() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    matter = Matter.objects.create(name="Oak")
    for name in ("a", "b"):
        receive_file(matter, f"{name}.txt", name.encode())
    Contract.objects.filter(file_name="a.txt").update(state="ready", read_seconds=1.5)
    search = Search.objects.create(
        query="secret question", eligible=1, recalled=1, verified=1, recall_path="exact", seconds={"verify": 0.25}
    )
    Hit.objects.create(search=search, rank=1, text="secret clause", start=0, end=6, label="supported", matter=matter)


def asked(client: Client, **headers: str) -> Any:
    return client.get("/metrics", headers=headers)


def test_numbers_come_without_words(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "t0k3n"
    fill()
    answer = asked(client, Authorization="Bearer t0k3n")
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = answer.content.decode().splitlines()
    for line in (
        'proviso_jobs{task="ingest_contract",state="todo"} 2',
        'proviso_contracts{state="ready"} 1',
        'proviso_contracts{state="received"} 1',
        "proviso_contract_reading_seconds_sum 1.5",
        "proviso_contract_reading_seconds_count 1",
        "proviso_searches 1",
        'proviso_search_seconds_sum{step="verify"} 0.25',
        'proviso_verdicts{label="supported"} 1',
        "# TYPE proviso_webhook_deliveries gauge",
    ):
        assert line in lines
    assert "secret" not in answer.content.decode()


@pytest.mark.parametrize(("token", "sent"), [("", "Bearer "), ("t0k3n", "Bearer other"), ("t0k3n", ""), ("t0k3n", "é")])
def test_whoever_has_no_token_is_refused(client: Client, settings: Any, token: str, sent: str) -> None:
    settings.METRICS_TOKEN = token
    assert asked(client, Authorization=sent).status_code == 403


@pytest.mark.parametrize(("staff", "status"), [(True, 200), (False, 403)])
def test_staff_may_look(client: Client, staff: bool, status: int) -> None:
    client.force_login(User.objects.create(username="sam", is_staff=staff))
    assert asked(client).status_code == status


def test_a_log_line_tells_where_an_error_was_and_not_what_it_quotes() -> None:
    try:
        raise ValueError("Supplier shall indemnify")
    except ValueError:
        record = logging.LogRecord("search", logging.ERROR, "", 1, "Contract %d failed", (7,), sys.exc_info())
    record.seconds = {"reading": 0.5}
    record.request = object()
    line = json.loads(JsonLines().format(record))
    assert line["message"] == "Contract 7 failed" and line["level"] == "ERROR" and line["seconds"] == {"reading": 0.5}
    assert line["error"]["kind"] == "ValueError" and "test_metrics.py:" in line["error"]["place"]
    assert "indemnify" not in json.dumps(line) and "request" not in line
