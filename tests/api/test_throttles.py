"""Rates, counted for all processes together."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import F
from rest_framework.test import APIClient

from contracts.models import Matter
from contracts.rest.models import Rate
from contracts.rest.rates import Allowance, check_rates


def test_retry_after_is_when_the_next_request_is_let_through(
    client_with: Callable[..., APIClient], oak: Matter, settings: Any
) -> None:
    settings.API_RATES = {"read": "4/min"}
    client = client_with("read")
    statuses = [client.get("/api/v1/matters").status_code for _ in range(4)]
    refused = client.get("/api/v1/matters")
    assert (statuses, refused.status_code) == ([200] * 4, 429)
    wait = int(refused["Retry-After"])
    assert 10 < wait <= 15  # a request each 15 seconds
    Rate.objects.update(free_at=F("free_at") - timedelta(seconds=wait - 5))
    again = client.get("/api/v1/matters")
    assert again.status_code == 429 and int(again["Retry-After"]) <= 5
    Rate.objects.update(free_at=F("free_at") - timedelta(seconds=5))
    assert client.get("/api/v1/matters").status_code == 200
    assert client.get("/api/v1/matters").status_code == 429  # one was free, not four


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("10/sec", 0.1),
        ("10/second", 0.1),
        ("120/min", 0.5),
        ("60/minutes", 1),
        ("60/hours", 60),
        ("24/day", 3600),
    ],
)
def test_a_rate_is_read_as_it_is_written(written: str, share: float) -> None:
    assert Allowance.written(written).share == share


@pytest.mark.parametrize("wrong", ["1200", "10/fortnight", "10/month", "0/min", "-1/min", "1.5/min", ""])
def test_no_process_starts_with_a_rate_that_is_none(settings: Any, wrong: str) -> None:
    settings.SIGN_IN_FAILURES = {"name": wrong}
    with pytest.raises(ImproperlyConfigured, match=f"SIGN_IN_FAILURES_NAME: “{re.escape(wrong)}” is no rate"):
        check_rates()


@pytest.mark.django_db(transaction=True)
def test_requests_at_once_lose_no_count(client_with: Callable[..., APIClient], oak: Matter, settings: Any) -> None:
    settings.API_RATES = {"read": "5/hour"}
    client = client_with("read")
    statuses: list[int] = []

    def get() -> None:
        statuses.append(client.get("/api/v1/matters").status_code)
        connection.close()

    threads = [threading.Thread(target=get) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * 5 + [429] * 7
