from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.db import connection

from contracts.models import Clause, Contract, Matter, Passage
from search.filters import Filters
from search.models import Search
from search.present import present_search
from search.query import QueryError
from search.words import find
from search.words.candidates import find_roots, passages_with
from search.words.find import find_clauses
from search.words.match import ClauseWords, PassageText, find_words
from search.words.parse import parse_words
from search.words.search import search_words
from search.words.tokens import WORD
from tests.fakes import FakeVerifier
from tests.search import conftest


def add_contract(matter: Matter, clauses: Sequence[Sequence[str]]) -> Contract:
    """Words need no vectors."""
    return conftest.add_contract(matter, clauses, np.zeros((sum(map(len, clauses)), 384), np.float32))


NEGATED = "The Tenant shall not assign this Lease. [supported .9]"
FREELY = "The Tenant shall freely assign this Lease. [negated .9]"
CLAUSES = [
    [NEGATED],
    [FREELY],
    ["The Tenant shall assign this Lease."],
    ["Supplier indemnifies the Customer.", "Its indemnification and/or insurance is Customer's only remedy."],
    ["No party.The parties:and each Party of Café–Ltd, assign nothing"],
]


@pytest.fixture
def oak(matter: Matter) -> Contract:
    return add_contract(matter, CLAUSES)


def numbers(search: Search) -> list[str]:
    return [hit.number for hit in search.hits.all()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("shall not assign", ["1.1"]),
        ("not", ["1.1"]),  # stop words of Postgres' English
        ("only", ["4.1"]),
        ("NO party", ["5.1"]),
        ("shall W/2 assign", ["1.1", "2.1", "3.1"]),
        ("shall +1 assign", ["3.1"]),
        ("assign NOT (not OR freely)", ["3.1", "5.1"]),
        ("assign NOT shall", ["5.1"]),
        ("indemnif! W/5 Customer", ["4.1"]),
        ("indemnifies AND insurance", ["4.1"]),
        ("indemnifies /s insurance", []),
        ("indemnification and or insurance", ["4.1"]),
        ("customer only remedy", ["4.1"]),
        ("party! W/3 each", ["5.1"]),
        ("café ltd", ["5.1"]),
        ("caf*", ["5.1"]),
        ("lease /p tenant", ["1.1", "2.1", "3.1"]),
        ("subletting", []),
    ],
)
def test_which_clauses_are_found(oak: Contract, lawyer: User, query: str, found: list[str]) -> None:
    search = search_words(query, lawyer)
    assert numbers(search) == found
    assert (search.recalled, search.eligible, search.verified) == (len(found), 6, 0)


def test_no_matching_clause_goes_without_nomination(oak: Contract, lawyer: User) -> None:
    """Every single word of the contract, as it is, cut short, and with its root, against a scan of everything."""
    for letters in {match[1] for texts in CLAUSES for text in texts for match in WORD.finditer(text)}:
        for query in {letters, letters[:4] + "*", letters + "!"} if len(letters) > 1 else {letters}:
            node = parse_words(query)
            roots = find_roots(node)
            scanned = {
                clause.pk
                for clause in Clause.objects.prefetch_related("passages")
                if find_words(
                    node, ClauseWords([PassageText(p.reading, False, False) for p in clause.passages.all()]), roots
                )
            }
            found = {clause.id for clause in find_clauses(node, roots, Contract.objects.visible_to(lawyer))}
            assert found == scanned and scanned, query


def test_a_paragraph_is_one_line_of_the_contract(matter: Matter, lawyer: User) -> None:
    contract = add_contract(matter, [["No one may assign.", "Consent is given.", "Rent is due."]])
    Contract.objects.filter(pk=contract.pk).update(text="No one may assign. Consent is given.\nRent is due.")
    for reading, start, end in (("No one", 0, 18), ("Consent", 19, 36), ("Rent", 37, 49)):
        Passage.objects.filter(reading__startswith=reading).update(start=start, end=end)
    assert numbers(search_words("assign /p consent", lawyer)) == ["1.1"]
    assert numbers(search_words("assign /p rent", lawyer)) == []
    assert numbers(search_words("assign AND rent", lawyer)) == ["1.1"]


def test_the_index_serves_the_question(oak: Contract) -> None:
    (word,) = parse_words("assign").words
    with connection.cursor() as cursor:
        # A handful of rows is read fastest without an index. With plain scans off, only an index with a matching
        # expression is left, whatever the planner knows of the table.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        plan = passages_with(word, {}).explain()
    assert "search_passage_words" in plan


def test_words_that_make_no_statement_are_plain_hits(oak: Contract, lawyer: User, fake_verifier: FakeVerifier) -> None:
    search = search_words("shall W/2 assign", lawyer)
    view = present_search(search)
    assert [(group.key, len(group.hits)) for group in view.groups] == [("found", 3)]
    assert (view.found, view.supported, view.verifier, search.recall_path) == (3, 0, "", "words")
    assert fake_verifier.read == []
    hit = view.groups[0].hits[0]
    assert (hit.label_text, hit.probability) == ("Plain word hit", None)
    assert [segment.text for segment in hit.segments if segment.mark == "found"] == ["shall", "assign"]
    assert view.understood == "“shall” and “assign”, within 2 words"


def test_words_that_make_a_statement_are_verified(oak: Contract, lawyer: User, fake_verifier: FakeVerifier) -> None:
    search = search_words("Tenant shall W/2 assign", lawyer)
    view = present_search(search)
    assert [(hit.number, hit.label) for group in view.groups for hit in group.hits] == [
        ("1.1", "supported"), ("2.1", "negated"), ("3.1", "unrelated")
    ]  # fmt: skip
    assert (view.recalled, view.verified, view.found) == (3, 3, 0)
    assert {pair.query for pair in fake_verifier.read} == {"Tenant shall assign"}
    assert view.verifier == "fake-verifier fafafafafafa"
    # What each word does in the statement is shown before that it was looked for.
    assert "found" in {mark["mark"] for mark in search.hits.get(rank=1).roles["marks"]}


def test_every_passage_with_the_words_is_read(matter: Matter, lawyer: User, fake_verifier: FakeVerifier) -> None:
    related = "Each Tenant may assign, as follows."
    add_contract(matter, [[related, "Tenant may assign with consent. [qualified .8]", "Tenant may sublet."]])
    hit = search_words("Tenant may assign", lawyer).hits.get()
    assert (hit.label, len(fake_verifier.read)) == ("qualified", 2)
    assert hit.text.startswith("Tenant may assign with")


def test_a_passage_that_cannot_be_read_is_not_verified(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier
) -> None:
    add_contract(matter, [["Tenant may assign. [crash]"]])
    search = search_words("Tenant may assign", lawyer)
    assert (search.verified, search.hits.get().label) == (0, "not_verified")


def test_several_passages_are_shown_with_their_marks(matter: Matter, lawyer: User) -> None:
    add_contract(matter, [["No one may assign.", "This is between.", "Ask for consent to assign."]])
    hit = search_words("assign AND consent", lawyer).hits.get()
    assert hit.text == "No one may assign. … Ask for consent to assign."
    marked = [hit.text[mark["start"] : mark["end"]] for mark in hit.roles["marks"]]
    assert marked == ["assign", "consent", "assign"]


def test_what_is_walled_off_is_not_found(oak: Contract, lawyer: User) -> None:
    walled = Matter.objects.create(name="Project Elm")
    add_contract(walled, [[NEGATED]])
    before = search_words("shall not assign", lawyer)
    walled.members.add(lawyer)
    assert search_words("shall not assign", lawyer).recalled == 2
    walled.walled.add(lawyer)
    after = search_words("shall not assign", lawyer)
    assert (after.recalled, after.eligible, numbers(after)) == (before.recalled, before.eligible, numbers(before))
    named = search_words("shall not assign", lawyer, Filters(matters=(walled.pk,)))
    assert (named.recalled, named.eligible) == (0, 0)


def test_what_is_not_shown_is_counted(oak: Contract, lawyer: User) -> None:
    search = search_words("assign", lawyer, limit=2)
    assert (search.recalled, numbers(search)) == (4, ["1.1", "2.1"])


def test_too_many_clauses_to_look_through(oak: Contract, lawyer: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(find, "MAX_NOMINATED", 3)
    with pytest.raises(QueryError, match="too many to look through"):
        search_words("assign", lawyer)
    assert not Search.objects.exists()


def test_over_http(oak: Contract, ask: Callable[..., Any], fake_verifier: FakeVerifier) -> None:
    body = ask(query="indemnif! W/5 Customer", mode="words").json()
    assert (body["recall_path"], body["recalled"], body["found"]) == ("words", 1, 1)
    assert body["verifier"] == {"name": "", "sha256": ""}
    assert body["understood"] == "a word that begins with “indemnif” and “Customer”, within 5 words"
    assert (body["hits"][0]["group"], body["hits"][0]["probability"]) == ("found", None)
    refused = ask(query="assign W/x consent", mode="words")
    assert refused.status_code == 400
    assert "“W/x” at character 8 is not a distance" in refused.json()["errors"][0]["detail"]
    assert ask(query="assign", mode="word").status_code == 400


def test_plain_hits_need_no_verifier_and_statements_do(oak: Contract, ask: Callable[..., Any], settings: Any) -> None:
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"
    assert ask(query="assign", mode="words").status_code == 201
    assert ask(query="Tenant shall not assign", mode="words").status_code == 503
