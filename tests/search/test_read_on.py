"""A search that was not told how far reads on while what it read last says what was asked."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User

from contracts.models import Matter
from search.encode import encode_texts
from search.filters import Filters
from search.later import answer_later
from search.models import OpenSearch, Search
from search.reuse import find_answer
from search.search import search_clauses
from search.streaming.open import go_on, open_search
from tests.fakes import FAKE, FakeVerifier
from tests.search.conftest import add_contract
from verifier.types import Share

QUERY = "Insurance is kept in force"
MARK = {"S": "[supported .9]", "c": "[supported .4]", ".": "", "!": "[crash]"}

# What the passages say, nearest first, S supported, c a close call, ! not readable; and how many of them are read.
TABLE = [
    ("S.S.S.S.S.S.", 8),  # as far as a search reads by itself
    ("SS..SSSSSSSS", 4),
    ("..SSSSSSSSSS", 2),
    ("S.ccSSSSSSSS", 4),
    ("S.S!SSSSSSSS", 4),
    ("S.S", 3),
]


@pytest.fixture(autouse=True)
def short_steps(settings: Any, monkeypatch: pytest.MonkeyPatch, fake_verifier: FakeVerifier) -> None:
    settings.RECALL_LIMIT, settings.READ_ON_LIMIT = 2, 8
    monkeypatch.setattr(FAKE, "support", Share(0.75, 50, 45, 0.79, 0.96))
    monkeypatch.setattr("search.read_on.STEP", 2)


def add_passages(matter: Matter, said: str) -> None:
    asked = encode_texts([QUERY])[0]
    aside = np.roll(asked, 1)
    texts = [f"Insurance {number}. {MARK[one]}" for number, one in enumerate(said)]
    vectors = np.stack([asked + 0.05 * number * aside for number in range(len(said))])
    add_contract(matter, [[text] for text in texts], vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


@pytest.mark.parametrize(("said", "read"), TABLE)
def test_it_reads_on_while_it_is_said(matter: Matter, lawyer: User, said: str, read: int) -> None:
    add_passages(matter, said)
    search = search_clauses(QUERY, lawyer)
    assert (search.eligible, search.recalled, search.hits.count()) == (len(said), read, read)
    assert find_answer(QUERY, lawyer, Filters()) == search


@pytest.mark.parametrize(("said", "read"), TABLE)
def test_step_by_step_it_reads_as_far(matter: Matter, lawyer: User, said: str, read: int) -> None:
    add_passages(matter, said)
    opened: OpenSearch | Search | None = open_search(QUERY, lawyer, Filters())
    assert isinstance(opened, OpenSearch) and len(opened.recalled) == 2
    while isinstance(opened, OpenSearch):
        opened = go_on(opened.pk, lawyer)
    assert opened is not None and (opened.recalled, opened.hits.count()) == (read, read)


@pytest.mark.parametrize(("limit", "read"), [(None, "0 1 4 2"), (3, "0 1 4"), (2, "0 1")])
def test_what_is_like_the_clauses_found_is_read_next(
    matter: Matter, lawyer: User, settings: Any, limit: int | None, read: str
) -> None:
    settings.READ_ON_LIMIT = 4
    asked = encode_texts([QUERY])[0]
    aside, other = np.roll(asked, 1), np.roll(asked, 2)
    vectors = np.stack([asked + 0.3 * other, *(asked + far * aside for far in (0.31, 0.8, 1.0)), asked + 0.9 * other])
    texts = [f"Insurance {number}. {MARK['S' if number == 0 else '.']}" for number in range(5)]
    add_contract(matter, [[text] for text in texts], vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    expected = {texts[int(number)] for number in read.split()}
    assert set(search_clauses(QUERY, lawyer, limit=limit).hits.values_list("text", flat=True)) == expected
    opened: OpenSearch | Search | None = open_search(QUERY, lawyer, Filters(), limit)
    while isinstance(opened, OpenSearch):
        opened = go_on(opened.pk, lawyer)
    assert opened is not None and set(opened.hits.values_list("text", flat=True)) == expected


def test_a_sure_one_anywhere_among_the_first_is_enough_to_read_on(matter: Matter, lawyer: User, settings: Any) -> None:
    settings.RECALL_LIMIT = 4
    add_passages(matter, "S.......")
    assert search_clauses(QUERY, lawyer).recalled == 6


@pytest.mark.parametrize(
    ("said", "read", "more"), [("S.S.S.S.S.", 4, True), ("SS..SSSSSS", 4, False), ("S.S", 3, False)]
)
def test_who_waits_is_answered_sooner_and_told_what_was_not_read(
    matter: Matter, lawyer: User, ask: Any, monkeypatch: pytest.MonkeyPatch, said: str, read: int, more: bool
) -> None:
    monkeypatch.setattr("search.api.LARGE", 4)
    add_passages(matter, said)
    answer = ask(query=QUERY).json()
    assert (answer["recalled"], answer["more_likely"]) == (read, more)
    found = find_answer(QUERY, lawyer, Filters())
    assert (found is None) == more  # the page would have read on
    answer_later(ask(query=QUERY, headers={"Prefer": "respond-async"}).json()["id"])
    assert Search.objects.latest("created_at").recalled == (8 if more else read)


def test_words_that_are_verified_are_fewer_where_one_waits(
    matter: Matter, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.api.LARGE", 4)
    add_contract(matter, [[f"Supplier shall indemnify Customer in case {number}."] for number in range(6)])
    verified = ask(query='"Supplier shall indemnify"', mode="words").json()
    assert (verified["verified"], verified["truncated"]) == (4, 2)
    plain = ask(query="case", mode="words").json()
    assert (plain["found"], plain["truncated"]) == (6, 0)


def test_who_says_how_far_is_heeded(matter: Matter, lawyer: User) -> None:
    add_passages(matter, "SSSSSS")
    assert search_clauses(QUERY, lawyer, limit=3).recalled == 3
    assert find_answer(QUERY, lawyer, Filters(), 4) is None
