from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from rest_framework.test import APIClient

from contracts.models import Matter
from contracts.text.obligations import find_obligations
from search.export.report import report_of
from search.notices import notices_on_question, notices_on_verdict
from search.search import search_clauses
from search.statements import party_spans
from tests.fakes import FakeVerifier
from tests.search.conftest import add_contract
from verifier.types import Party, Verdict

PARTIES = (Party("Northgate Analytics Ltd", "Supplier"), Party("Harbour Retail plc", "Customer"))
CLAUSE = "The Supplier shall indemnify the Customer against claims."
BOUND_BESIDE = "The Supplier shall insure the goods, and all premiums shall be paid promptly."
GERMAN = "Der Lieferant haftet dem Kunden für alle Schäden, die aus der Verletzung des Vertrags entstehen."


def verdict(label: str, windows: int = 1) -> Verdict:
    return Verdict(label, {label: 0.9}, (), windows)


@pytest.mark.parametrize(
    ("query", "clause", "parties", "found", "codes"),
    [
        ("Supplier indemnifies Customer", CLAUSE, PARTIES, verdict("supported"), []),
        ("Landlord indemnifies Tenant", CLAUSE, PARTIES, verdict("supported"), ["unknown_party"]),
        ("Landlord indemnifies Tenant", CLAUSE, PARTIES, verdict("party_swapped"), ["unknown_party"]),
        ("Landlord indemnifies Tenant", CLAUSE, PARTIES, verdict("unrelated"), []),
        ("Supplier indemnifies Customer", CLAUSE, (), verdict("supported"), ["no_parties"]),
        ("Supplier indemnifies Customer", CLAUSE, PARTIES, verdict("negated", 3), ["read_in_parts"]),
        ("Each party indemnifies the other", CLAUSE, PARTIES, verdict("supported"), ["one_sided"]),
        ("may neither party assign?", "The Supplier may not assign.", PARTIES, verdict("supported"), ["one_sided"]),
        ("each party must insure", BOUND_BESIDE, PARTIES, verdict("supported"), ["one_sided"]),
        ("each party must pay premiums promptly", BOUND_BESIDE, PARTIES, verdict("supported"), []),
        ("each party must insure", f"{BOUND_BESIDE} Customer shall help.", PARTIES, verdict("supported"), []),
        ("neither of the parties may assign", CLAUSE, PARTIES, verdict("party_swapped"), []),
        ("no party may assign", "Neither Supplier nor Customer may assign.", PARTIES, verdict("supported"), []),
        ("no party may assign", "This Agreement may not be assigned.", PARTIES, verdict("supported"), []),
        ("the parties must insure", "Supplier shall insure; Customer shall too.", PARTIES, verdict("supported"), []),
        ("Supplier notifies each party", "Supplier shall notify each of them.", PARTIES, verdict("supported"), []),
        ("Supplier is liable", GERMAN, PARTIES, verdict("supported"), ["clause_language"]),
        ("Supplier is liable", GERMAN, PARTIES, verdict("unrelated"), ["clause_language"]),
    ],
)
def test_a_verdict_that_says_more_than_can_be_told_has_a_notice(
    query: str, clause: str, parties: tuple[Party, ...], found: Verdict, codes: list[str]
) -> None:
    notices = notices_on_verdict(query, clause, parties, found, find_obligations(clause, party_spans(parties)))
    assert [notice.code for notice in notices] == codes
    assert all("{" not in notice.text for notice in notices)


def test_whom_nobody_knows_is_named_in_the_notice() -> None:
    [notice] = notices_on_verdict("Landlord indemnifies Tenant", CLAUSE, PARTIES, verdict("supported"), ())
    assert "“Landlord” and “Tenant”" in notice.text


@pytest.mark.parametrize(
    ("query", "codes"),
    [("Supplier indemnifies Customer", []), ("Der Lieferant haftet dem Kunden", ["question_language"])],
)
def test_a_question_in_another_language_is_told(query: str, codes: list[str]) -> None:
    assert [notice.code for notice in notices_on_question(query)] == codes


@pytest.mark.django_db
def test_a_supported_clause_is_never_shown_without_its_notice(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, client: Client, settings: Any
) -> None:
    add_contract(matter, [["The Supplier shall insure. [supported .9]"], ["The Supplier shall pay."]])
    search = search_clauses("Landlord insures", lawyer)
    supported, related = search.hits.order_by("rank")
    assert [notice["code"] for notice in supported.notices] == ["unknown_party"] and related.notices == []
    told = "The question names “Landlord”"

    client.force_login(lawyer)
    page = client.get(f"/search/{search.pk}/").content.decode()
    assert page.count(told) == 1
    assert told in report_of(search).groups[0].hits[0].reason_with_notices

    rest = APIClient()
    rest.force_authenticate(lawyer)
    hits = rest.get(f"/api/v1/searches/{search.pk}/hits").json()["results"]
    assert [[notice["code"] for notice in hit["notices"]] for hit in hits] == [["unknown_party"], []]


@pytest.mark.django_db
@pytest.mark.parametrize(("query", "code"), [("word " * 10_000, "too_long"), ("indemnity " * 200, "too_long")])
@pytest.mark.parametrize("path", ["searches", "absence-checks", "verify"])
def test_a_question_that_cannot_be_read_is_refused_with_a_code(
    path: str, query: str, code: str, matter: Matter, lawyer: User, fake_verifier: FakeVerifier
) -> None:
    add_contract(matter, [["The Supplier shall insure."]])
    rest = APIClient()
    rest.force_authenticate(lawyer)
    texts = {"texts": [{"text": CLAUSE}]} if path == "verify" else {}
    answer = rest.post(f"/api/v1/{path}", {"query": query} | texts, format="json")
    assert answer.status_code == 400
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [("/query", code)]
    assert fake_verifier.read == []


@pytest.mark.django_db
def test_the_answer_to_a_question_in_another_language_says_so(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, client: Client
) -> None:
    add_contract(matter, [["The Supplier shall insure. [supported .9]"]])
    search = search_clauses("Der Lieferant haftet dem Kunden für Schäden", lawyer)
    told = "The question does not look like English (by its words: German)"
    client.force_login(lawyer)
    assert told in client.get(f"/search/{search.pk}/").content.decode()
    assert told in " ".join(report_of(search).limits)
    rest = APIClient()
    rest.force_authenticate(lawyer)
    assert rest.get(f"/api/v1/searches/{search.pk}").json()["notices"][0]["code"] == "question_language"
