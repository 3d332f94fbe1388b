from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from openpyxl import load_workbook

from contracts.models import Contract, Matter
from search.absence import check as absence_check
from search.absence.reading import run_absence_check
from search.models import AbsenceCheck
from tests.fakes import FAKE
from tests.web.agreement import store_agreement
from tests.web.test_search_page import HTMX, text_of
from verifier.types import Share

STATEMENT = "the Supplier indemnifies the Customer"
OTHER_AGREEMENT = """LEASE

This Lease is dated 1 May 2024.

1. Rent

1.1 The rent is due each month.
"""


def check_page() -> str:
    return f"/search/absence/{AbsenceCheck.objects.get().pk}/"


def test_found_clauses_near_misses_and_the_nearest_are_shown(lena: Client, oak: Contract) -> None:
    assert lena.get("/search/absence/").status_code == 200
    response = lena.post("/search/absence/", {"q": STATEMENT, "contracts": [oak.pk]}, follow=True)
    passages = oak.passages.exclude(kind="heading").count()
    assert "1 clause says it." in text_of(response)
    assert f"Read {passages} of {passages} passages, all there are in 1 contract but for headings." in text_of(response)
    page = response.content.decode()
    assert 'id="group-flagged"' in page and "<details open>" in page
    assert "not a proof" in page
    assert STATEMENT in text_of(lena.get("/search/absence/"))


def test_a_search_for_what_is_missing_leads_to_the_check(lena: Client, oak: Contract) -> None:
    page = lena.get("/search/", {"q": "which contracts have no cap on liability?", "matter": oak.matter_id})
    assert "Read as “there is cap on liability”" in text_of(page)
    address = f"/search/absence/?q=there+is+cap+on+liability&amp;matter={oak.matter_id}"
    assert f'<a href="{address}">Check for absence</a> reads every passage' in page.content.decode()
    form = lena.get("/search/absence/", {"q": "is there any contract without a cap on liability?"}).content.decode()
    assert 'value="there is a cap on liability"' in form


def test_contracts_in_which_nothing_says_it_are_named_where_others_do(
    lena: Client, oak: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = store_agreement(oak.matter, OTHER_AGREEMENT, "lease.txt")
    response = lena.post("/search/absence/", {"q": STATEMENT}, follow=True)
    assert "1 clause says it." in text_of(response)
    assert "In 1 of the 2 contracts no clause was found that says it" in text_of(response)
    assert [contract.pk for contract in response.context["silent"]] == [lease.pk]
    assert response.context["doubtful"] == []
    monkeypatch.setattr(FAKE, "support", Share(0.96, shown=200, right=180, low=0.85, high=0.94))
    doubted = lena.post("/search/absence/", {"q": STATEMENT}, follow=True)  # [supported .95]
    assert "1 clause says it. 1 of these verdicts is a close call, often wrong." in text_of(doubted)
    assert "In 1 more only close calls were found" in text_of(doubted)
    assert [contract.pk for contract in doubted.context["doubtful"]] == [oak.pk]
    unread = lease.passages.exclude(kind="heading").update(reading="A clause [crash]")
    again = lena.post("/search/absence/", {"q": f"{STATEMENT} always"}, follow=True)
    assert unread and again.context["silent"] == []  # what was not read may say it


def test_nothing_is_called_absent_while_something_was_not_read(lena: Client, oak: Contract) -> None:
    oak.passages.update(reading="A clause [crash]")
    response = lena.post("/search/absence/", {"q": STATEMENT}, follow=True)
    assert "No clause was found that says it, but" in text_of(response)
    assert "could not be read." in text_of(response)


def test_progress_alone_is_asked_for_and_then_the_answer_once(lena: Client, oak: Contract, monkeypatch: Any) -> None:
    monkeypatch.setattr(absence_check, "AT_ONCE", 0)
    response = lena.post("/search/absence/", {"q": STATEMENT}, follow=True)
    said = f"Waiting: 0 of {oak.passages.exclude(kind='heading').count()} passages read."
    assert said in text_of(response) and b'hx-trigger="every 3s"' in response.content
    progress = lena.get(check_page(), headers=HTMX)
    # Nothing that one may have opened, or stand on, is replaced; and nothing is announced each time.
    assert said in text_of(progress) and "HX-Retarget" not in progress
    assert not any(word in progress.content for word in (b"<details", b"<a ", b"<button", b"role="))
    run_absence_check(AbsenceCheck.objects.get())
    done = lena.get(check_page(), headers=HTMX)
    assert (done["HX-Retarget"], done["HX-Reswap"]) == ("#absence", "outerHTML")
    assert b"hx-trigger" not in done.content and b"Contracts in the scope" not in done.content
    assert done.content.decode().count("1 clause says it.") == 2  # shown, and announced in its place
    assert '<div hx-swap-oob="innerHTML:#absence-said">1 clause says it.' in done.content.decode()
    assert 'id="absence-said"' in lena.get(check_page()).content.decode()


def test_what_is_read_so_far_is_shown_while_it_is_read_and_when_it_was_stopped(
    lena: Client, oak: Contract, monkeypatch: Any
) -> None:
    monkeypatch.setattr(absence_check, "AT_ONCE", 0)
    store_agreement(oak.matter, OTHER_AGREEMENT, "lease.txt")
    assert "Found so far" not in text_of(lena.post("/search/absence/", {"q": STATEMENT}, follow=True))
    assert not run_absence_check(AbsenceCheck.objects.get(), lambda: True)
    said = "In 1 of 2 contracts, read in full so far: 1 clause says it; 2 near misses. In 0 of these contracts"
    for page in (lena.get(check_page()), lena.post(f"{check_page()}stop/", follow=True)):
        assert said in text_of(page) and "Of the other 1 this says nothing." in text_of(page)
        assert f'href="/contracts/{oak.pk}/#c-' in page.content.decode()
    oak.matter.walled.add(User.objects.get(username="lena"))
    assert "In 0 of 2 contracts" in text_of(lena.get(check_page()))


def test_a_scope_that_was_closed_since_is_called_nowhere_said_no_more(lena: Client, oak: Contract) -> None:
    elm = Matter.objects.create(name="Project Elm")
    elm.members.add(User.objects.get(username="lena"))
    other = store_agreement(elm, OTHER_AGREEMENT, "other.txt")
    lena.post("/search/absence/", {"q": STATEMENT, "contracts": [oak.pk, other.pk]})
    assert "1 clause says it." in text_of(lena.get(check_page()))
    Matter.objects.get(name="Project Oak").walled.add(User.objects.get(username="lena"))
    page = text_of(lena.get(check_page()))
    assert "Part of the scope is closed to you now, so this page cannot say whether a clause says it." in page
    assert "1 of the 2 contracts that were read is closed to you now" in page
    assert "No clause was found" not in page and "says it." not in page.replace("whether a clause says it.", "")
    check = AbsenceCheck.objects.get()
    body = lena.get(f"/api/v1/absence-checks/{check.pk}").json()
    assert (body["found"], body["closed"], body["left_out"]) == (None, 1, 0)
    assert "cannot say" in body["finding"]
    about = load_workbook(BytesIO(lena.get(f"/search/{check.search_id}/export.xlsx").content))["About this search"]
    rows = [(row[0], str(row[1])) for row in about.iter_rows(values_only=True)]
    assert ("Finding", body["finding"]) in rows and ("Contracts read", "2 of 2 in the scope") in rows
    assert any(name == "Limit" and "is closed to you now" in said for name, said in rows)
    elm.walled.add(User.objects.get(username="lena"))
    stored = text_of(lena.get(f"/search/{check.search_id}/"))
    assert "nothing is open to you now" in stored and "came near the question" not in stored


def test_the_miss_rate_of_the_verifier_is_said(lena: Client, oak: Contract, monkeypatch: Any, settings: Any) -> None:
    lena.post("/search/absence/", {"q": STATEMENT})
    check = AbsenceCheck.objects.get()
    said = "Measured on 54 pairs of a statement and a clause that does say it, of held-out contracts: the verifier did "
    said += "not call 8 of them supported, so it missed 15 % (95 % interval 8 % to 27 %)."
    assert said in text_of(lena.get(check_page()))
    body = lena.get(f"/api/v1/absence-checks/{check.pk}").json()
    assert body["missed"] == {"clauses": 54, "missed": 8, "share": 8 / 54, "low": 0.077, "high": 0.266}
    about = load_workbook(BytesIO(lena.get(f"/search/{check.search_id}/export.xlsx").content))["About this search"]
    assert any(said in str(row[1]) for row in about.iter_rows(values_only=True))
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"  # its card is enough
    assert said in text_of(lena.get(check_page()))
    monkeypatch.setattr(FAKE, "supported_kept", None)
    assert "this verifier misses was not measured." in text_of(lena.get(check_page()))
    AbsenceCheck.objects.update(verifier_sha256="ba" * 32)
    assert "the verifier that read this was replaced since." in text_of(lena.get(check_page()))
    assert lena.get(f"/api/v1/absence-checks/{check.pk}").json()["missed"] is None


def test_a_check_is_stopped_and_deleted_in_its_page(
    lena: Client, stranger: Client, oak: Contract, monkeypatch: Any
) -> None:
    monkeypatch.setattr(absence_check, "AT_ONCE", 0)
    lena.post("/search/absence/", {"q": STATEMENT})
    for action in ("stop", "delete"):
        assert f'action="{check_page()}{action}/"' in lena.get(check_page()).content.decode()
        assert stranger.post(f"{check_page()}{action}/").status_code == 404
        assert lena.get(f"{check_page()}{action}/").status_code == 405
    stopped = text_of(lena.post(f"{check_page()}stop/", follow=True))
    assert "You stopped it." in stopped and "Go on with the rest" in stopped
    deleted = lena.post(f"{check_page()}delete/", follow=True)
    assert "is deleted." in text_of(deleted) and not AbsenceCheck.objects.exists()


def test_a_check_that_stopped_says_why_and_goes_on(lena: Client, oak: Contract, monkeypatch: Any) -> None:
    monkeypatch.setattr(absence_check, "AT_ONCE", 0)
    lena.post("/search/absence/", {"q": STATEMENT})
    AbsenceCheck.objects.update(state="failed", error="The disk is full. Make room.")
    said = text_of(lena.get(check_page()))
    assert "so it says nothing of the rest." in said and "The disk is full. Make room." in said
    assert "Waiting: 0 of" in text_of(lena.post(check_page(), follow=True))


def test_a_check_is_for_its_own_user(lena: Client, stranger: Client, oak: Contract) -> None:
    lena.post("/search/absence/", {"q": STATEMENT})
    assert stranger.get(check_page()).status_code == 404
    refused = stranger.post("/search/absence/", {"q": STATEMENT, "contracts": [oak.pk]})
    assert refused.status_code == 422
    assert "There is no contract to read in this scope." in text_of(stranger.post("/search/absence/", {"q": STATEMENT}))


def test_without_the_verifier_nothing_is_said(lena: Client, settings: Any) -> None:
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"
    response = lena.post("/search/absence/", {"q": STATEMENT})
    assert response.status_code == 503 and "Nothing was read." in text_of(response)
    assert not AbsenceCheck.objects.exists()


def test_a_clause_can_be_decided_on_from_the_check(lena: Client, oak: Contract) -> None:
    page = lena.post("/search/absence/", {"q": STATEMENT}, follow=True).content.decode()
    search = AbsenceCheck.objects.get().search
    assert search is not None and f"/search/{search.pk}/hits/1/why/" in page and "Try again" not in page
    decided = lena.post(
        f"/search/{search.pk}/hits/1/decision/", {"decision": "relevant", "next": check_page()}, follow=True
    )
    assert decided.redirect_chain[-1][0] == f"{check_page()}#clause-1"
    assert b'aria-pressed="true"' in decided.content


def test_the_stored_answer_offers_no_search_by_meaning_instead(lena: Client, oak: Contract) -> None:
    lena.post("/search/absence/", {"q": STATEMENT})
    search = AbsenceCheck.objects.get().search
    assert search is not None
    page = lena.get(f"/search/{search.pk}/")
    assert "every passage read" in text_of(page) and "Search again" not in text_of(page)
