"""What a lawyer does with one clause: why, decide, disagree, compare."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from contracts.models import Contract, Obligation
from contracts.storage import store_obligations
from contracts.text.obligations import find_obligations
from contracts.text.types import PartySpan
from search.models import Disagreement, Hit, Review, Search
from tests.fakes import FAKE
from tests.web.test_search_page import HTMX, QUESTION, text_of
from verifier.types import Share


@pytest.fixture
def asked(lena: Client) -> Search:
    lena.get("/search/", {"q": QUESTION})
    return Search.objects.get()


def url_of(name: str, hit: Hit) -> str:
    return reverse(name, args=[hit.search_id, hit.rank])


def hit_labelled(search: Search, label: str) -> Hit:
    hit = search.hits.filter(label=label).first()
    assert hit is not None
    return hit


def test_why_sets_what_was_asked_beside_what_was_found(lena: Client, asked: Search) -> None:
    page = lena.get(url_of("hit-why", hit_labelled(asked, "party_swapped"))).content.decode()
    rows = re.findall(
        r"<tr class=\"is-(\S*)\"><th scope=\"row\">(\w+)</th><td[^>]*>([^<]*)</td><td[^>]*>([^<]*)</td>", page
    )
    assert ("differs", "Bearer", "Supplier", "Customer") in rows
    assert ("same", "Duty", "must", "must") in rows
    assert ("differs", "Counterparty", "Customer", "Supplier") in rows
    assert asked.verifier_sha256 in page and "88 %" in page
    assert "Of 50 verdicts about as sure on such contracts, 45 were right" in page


def test_the_swap_check_reads_the_question_with_its_parties_exchanged(lena: Client, asked: Search) -> None:
    page = text_of(lena.get(url_of("hit-why", hit_labelled(asked, "supported"))))
    assert "“Customer indemnifies Supplier against claims”" in page
    # The fake answers the same whoever is asked for, as a reader blind to the parties would.
    assert "Unstable, check by hand" in page and "The verdict should turn to “Other party”. That is not so" in page


def test_a_verdict_that_does_not_follow_the_parties_is_marked_on_its_card(lena: Client, asked: Search) -> None:
    page = lena.get("/search/", {"q": QUESTION})
    marked = [hit.rank for hit in asked.hits.all() if hit.stable is False]
    assert marked
    headers = re.findall(r'<article id="clause-(\d+)"(.*?)</header>', page.content.decode(), re.DOTALL)
    assert [int(rank) for rank, header in headers if "Unstable, check by hand" in header] == marked


def test_a_mutual_clause_is_stable_when_its_verdict_stays(lena: Client, oak: Contract) -> None:
    mutual = "Each party shall indemnify the other party against claims [supported .9]."
    notices = oak.passages.filter(reading__contains="in writing")
    Obligation.objects.filter(passage__in=notices).delete()
    notices.update(reading=mutual)
    passage = oak.passages.get(reading=mutual)
    parties = [PartySpan(party.name, party.term, (), 0, 1) for party in oak.parties.all()]
    store_obligations(oak.pk, ((passage.clause_id, passage.pk, one) for one in find_obligations(mutual, parties)), {})
    lena.get("/search/", {"q": QUESTION})
    page = text_of(lena.get(url_of("hit-why", Search.objects.get().hits.get(text=mutual))))
    assert "✓ Stable" in page and "The clause binds each party" in page


def test_why_shows_the_bearer_that_a_reviewer_corrected(lena: Client, asked: Search) -> None:
    hit = hit_labelled(asked, "supported")
    Obligation.objects.filter(passage__reading=hit.text).update(bearer_text="Guarantor")
    assert ">Guarantor</td>" in lena.get(url_of("hit-why", hit)).content.decode()


def test_what_another_verifier_said_is_not_checked_by_this_one(
    lena: Client, asked: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FAKE, "sha256", "ab" * 32)
    FAKE.read.clear()
    page = text_of(lena.get(url_of("hit-why", hit_labelled(asked, "supported"))))
    assert "The verifier was replaced since this answer." in page and "verdicts about as sure" not in page
    assert not FAKE.read


def test_a_related_clause_is_not_swapped(lena: Client, asked: Search) -> None:
    FAKE.read.clear()
    page = text_of(lena.get(url_of("hit-why", hit_labelled(asked, "unrelated"))))
    assert "exchanging the parties tests nothing" in page and not FAKE.read


def test_htmx_gets_the_panel_alone(lena: Client, asked: Search) -> None:
    panel = lena.get(url_of("hit-why", hit_labelled(asked, "supported")), headers=HTMX).content.decode()
    assert "asked-found" in panel and "<html" not in panel


def test_a_decision_outlives_a_new_search_and_can_be_taken_back(lena: Client, asked: Search) -> None:
    hit = hit_labelled(asked, "supported")
    response = lena.post(url_of("hit-decide", hit), {"decision": "relevant", "next": "/search/?q=x&bearer=Supplier"})
    assert response.headers["Location"] == f"/search/?q=x&bearer=Supplier#clause-{hit.rank}"
    lena.get("/search/", {"q": QUESTION, "again": "1"})
    page = lena.get("/search/", {"q": QUESTION}).content.decode()
    assert Search.objects.count() == 2
    assert re.findall(r'class="button-plain decide-(\w+)" aria-pressed="true"', page) == ["relevant"]
    lena.post(url_of("hit-decide", hit), {"decision": ""})
    assert not Review.objects.exists()


def test_a_decision_changed_is_one_decision(lena: Client, asked: Search) -> None:
    hit = hit_labelled(asked, "supported")
    for decision in ("unsure", "not_relevant"):
        fragment = lena.post(url_of("hit-decide", hit), {"decision": decision}, headers=HTMX).content.decode()
    review = Review.objects.get()
    assert (review.decision, review.hit, review.query) == ("not_relevant", hit, QUESTION)
    assert re.findall(r'decide-(\w+)" aria-pressed="true"', fragment) == ["not_relevant"]


def test_a_note_stays_when_the_decision_changes(lena: Client, asked: Search) -> None:
    hit = hit_labelled(asked, "supported")
    lena.post(url_of("hit-decide", hit), {"decision": "unsure", "note": " Ask tax. "})
    lena.post(url_of("hit-decide", hit), {"decision": "relevant"})
    review = Review.objects.get()
    assert (review.decision, review.note) == ("relevant", "Ask tax.")
    assert "Decide with a note: “Ask tax.”" in text_of(lena.get(url_of("hit-why", hit)))


def test_a_made_up_decision_and_a_foreign_way_back_are_refused(lena: Client, asked: Search) -> None:
    hit = hit_labelled(asked, "supported")
    assert lena.post(url_of("hit-decide", hit), {"decision": "great"}).status_code == 422
    response = lena.post(url_of("hit-decide", hit), {"decision": "unsure", "next": "https://elsewhere.example/"})
    assert response.headers["Location"] == f"/search/{asked.pk}/#clause-{hit.rank}"


def test_disagreement_is_kept_with_the_verdict_it_was_said_of(lena: Client, asked: Search) -> None:
    hit = hit_labelled(asked, "party_swapped")
    url = url_of("hit-disagree", hit)
    page = text_of(lena.post(url, {"should_be": "supported", "reason": "Clause 1 swaps the roles."}, follow=True))
    assert "Kept: it should be “Supported”." in page
    said = Disagreement.objects.get()
    assert (said.label, said.should_be, said.reason) == ("party_swapped", "supported", "Clause 1 swaps the roles.")
    assert (said.query, said.text, said.verifier_sha256) == (QUESTION, hit.text, asked.verifier_sha256)
    refused = text_of(lena.post(url, {"should_be": "party_swapped"}, follow=True))
    assert "choose what the verdict should have been" in refused and Disagreement.objects.count() == 1


def test_two_clauses_compared(lena: Client, asked: Search) -> None:
    first, second = hit_labelled(asked, "supported"), hit_labelled(asked, "party_swapped")
    response = lena.get(url_of("hit-compare", first), {"with": second.rank})
    page = response.content.decode()
    words = page[page.index("clause-text diff") :]
    deleted = re.findall(r"<del><span[^>]*>\[deleted: </span>([^<]+)", words)
    added = re.findall(r"<ins><span[^>]*>\[added: </span>([^<]+)", words)
    assert [word.strip() for word in deleted[:2]] == ["Supplier", "Customer"]
    assert [word.strip() for word in added[:2]] == ["Customer", "Supplier"]
    # The fake reads its verdict off the second text: 2.2 is "other party", 2.1 is "supported".
    assert "The first says all that the second says" in text_of(response)
    assert "Concerns: Customer, Supplier." in text_of(response)


def test_own_wording_is_posted_and_not_kept(lena: Client, asked: Search) -> None:
    hit = hit_labelled(asked, "supported")
    response = lena.post(url_of("hit-compare", hit), {"own": "Customer shall indemnify Supplier [supported .9]."})
    page = text_of(response)
    assert "Each seems to say what the other says, but not for certain" in page
    assert "The words put the duty on Supplier in the first and on Customer in the second" in page
    assert Search.objects.count() == 1


def test_two_wordings_are_not_called_the_same_on_a_close_call(
    lena: Client, asked: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare = url_of("hit-compare", hit_labelled(asked, "supported"))  # [supported .95]
    own = {"own": "Supplier shall indemnify Customer [supported .9]."}
    doubt = "One of the two verdicts is a close call"
    assert doubt not in text_of(lena.post(compare, own))
    monkeypatch.setattr(FAKE, "support", Share(0.92, shown=200, right=180, low=0.85, high=0.94))
    assert doubt in text_of(lena.post(compare, own))


def test_another_user_and_a_walled_clause_get_what_is_missing(
    lena: Client, stranger: Client, asked: Search, oak: Contract
) -> None:
    hit = hit_labelled(asked, "supported")
    names = ("hit-why", "hit-compare")
    assert [stranger.get(url_of(name, hit)).status_code for name in names] == [404, 404]
    oak.matter.walled.add(User.objects.get(username="lena"))
    assert [lena.get(url_of(name, hit)).status_code for name in names] == [404, 404]
    posts: list[Any] = [lena.post(url_of(name, hit), {"decision": "unsure"}) for name in ("hit-decide", "hit-disagree")]
    assert [response.status_code for response in posts] == [404, 404]
    assert not Review.objects.exists() and not Disagreement.objects.exists()
