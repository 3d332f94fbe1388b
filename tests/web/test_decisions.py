"""Decisions and disagreements: on record when made, read by administrators."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from contracts.audit.models import AuditEvent
from contracts.models import Matter
from search.models import Disagreement, Hit, Search
from tests.web.agreement import AGREEMENT, store_agreement
from tests.web.test_search_page import QUESTION, text_of

DISAGREEMENTS = "/admin/search/disagreement/"


@pytest.fixture
def supported(lena: Client) -> Hit:
    """Of lena's search: the one supported clause."""
    lena.get("/search/", {"q": QUESTION})
    hit = Search.objects.get().hits.filter(label="supported").first()
    assert hit is not None
    return hit


def decide(client: Client, hit: Hit, decision: str, **fields: str) -> None:
    client.post(reverse("hit-decide", args=[hit.search_id, hit.rank]), {"decision": decision} | fields)


def disagree(client: Client, hit: Hit, should_be: str, reason: str = "") -> None:
    url = reverse("hit-disagree", args=[hit.search_id, hit.rank])
    client.post(url, {"should_be": should_be, "reason": reason})


def told(action: str) -> list[tuple[str, str, str, int | None, str]]:
    rows = AuditEvent.objects.filter(action=action).order_by("pk")
    return list(rows.values_list("username", "kind", "thing", "matter", "change"))


def test_every_decision_leaves_what_it_was_and_what_it_became(lena: Client, supported: Hit) -> None:
    decide(lena, supported, "unsure", note="Ask the tax team.")
    decide(lena, supported, "unsure")  # changes nothing
    decide(lena, supported, "relevant")
    decide(lena, supported, "relevant", note="Seen.")
    decide(lena, supported, "")
    decide(lena, supported, "")
    of = ("lena", "hit", str(supported.pk), supported.matter_id)
    assert told("decided") == [
        (*of, "none > unsure, note changed"),
        (*of, "unsure > relevant"),
        (*of, "relevant > relevant, note changed"),
        (*of, "relevant > none"),
    ]


def test_a_disagreement_is_on_record_without_its_words(lena: Client, supported: Hit) -> None:
    disagree(lena, supported, "negated", "It is denied in 4.2.")
    disagree(lena, supported, "no such verdict")
    assert told("disagreed") == [("lena", "hit", str(supported.pk), supported.matter_id, "supported > negated")]


@pytest.fixture
def office(lena: Client, supported: Hit) -> Client:
    """Lena as an administrator, with a disagreement of hers, and one of a matter that she is no member of."""
    disagree(lena, supported, "negated", "=It is denied.")
    User.objects.update(is_staff=True, is_superuser=True)
    hidden = store_agreement(Matter.objects.create(name="Hidden"), AGREEMENT.replace("1 May 2024", "2 May 2024"))
    Disagreement.objects.create(
        user=User.objects.get(), contract=hidden, query="Hidden question", text="Hidden words", label="value",
        should_be="supported", reason="Hidden reason", verifier_sha256="0" * 64,
    )  # fmt: skip
    return lena


def test_administrators_read_disagreements_of_what_they_may_see(office: Client, supported: Hit) -> None:
    response = office.get(DISAGREEMENTS)
    page = text_of(response)
    assert QUESTION in page and "It is denied." in page and "negated" in page and supported.text not in page
    assert "Hidden question" not in page and "Hidden reason" not in page
    assert f'href="/contracts/{supported.contract_id}/#c-{supported.clause_id}"' in response.content.decode()
    assert office.get(f"{DISAGREEMENTS}add/").status_code == 403
    shown = [
        office.get(DISAGREEMENTS, filters).context["cl"].result_count
        for filters in ({"label": "supported"}, {"label": "value"}, {"verifier_sha256": "fa" * 32})
    ]
    assert shown == [1, 0, 1]


def test_disagreements_are_taken_along_as_csv(office: Client, supported: Hit) -> None:
    link = re.search(r'href="([^"]*export/[^"]*)"', office.get(DISAGREEMENTS, {"label": "supported"}).content.decode())
    assert link is not None
    [line] = csv.DictReader(io.StringIO(b"".join(office.get(link[1].replace("&amp;", "&"))).decode()))
    assert (line["query"], line["text"], line["label"], line["should_be"]) == (
        QUESTION, supported.text, "supported", "negated"
    )  # fmt: skip
    assert (line["username"], line["reason"]) == ("lena", "'=It is denied.")  # never a formula
    assert (line["clause"], line["verifier"]) == (str(supported.clause_id), "fa" * 32)
    assert told("exported") == [("lena", "disagreements", "", None, "")]
    assert office.get(f"{DISAGREEMENTS}export/?no_such=1").status_code == 400
    User.objects.update(is_superuser=False)  # staff without the permission to view
    assert office.get(f"{DISAGREEMENTS}export/").status_code == 403
