"""What saves work is never in the way of an answer, whoever else is writing it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from search.kept import keep_rows
from search.models import VerifiedPair


def row(key: str) -> VerifiedPair:
    return VerifiedPair(key=key, verdict={})


@pytest.mark.django_db(transaction=True)
def test_two_searches_that_wait_for_each_other_both_go_on() -> None:
    both_have_one = Barrier(2)

    def search(first: str, second: str) -> bool:
        try:
            with transaction.atomic():
                keep_rows(VerifiedPair, [row(first)])
                both_have_one.wait(timeout=30)
                keep_rows(VerifiedPair, [row(second)])
                return VerifiedPair.objects.filter(pk=first).exists()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(search, ("a", "b"), ("b", "a")))
    assert ended == [True, True]
    assert set(VerifiedPair.objects.values_list("key", flat=True)) == {"a", "b"}


@pytest.mark.django_db
def test_a_database_that_is_away_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> None:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(VerifiedPair._default_manager, "bulk_create", away)
    with pytest.raises(OperationalError):
        keep_rows(VerifiedPair, [row("a")])
