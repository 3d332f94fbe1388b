"""A question on its way, in a browser: asked, verified step by step, overtaken, refused, built and narrowed."""

from __future__ import annotations

import re
import threading
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contracts.models import Contract
from tests.database import database_away
from tests.e2e.browser import QUESTION, ask, sign_in
from tests.fakes import FAKE

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_wrong_password_is_said(page: Page, site: str) -> None:
    sign_in(page, site, "lena", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("do not match an account")


def test_an_example_is_searched_and_the_groups_are_shown(
    page: Page, site: str, oak: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.samples._sample_files", lambda: (oak.sha256,))
    verify, held = FAKE.verify, threading.Event()

    def slow(pairs: Any, stored: Any) -> Any:
        held.wait(20)
        return verify(pairs, stored)

    monkeypatch.setattr(FAKE, "verify", slow)
    sign_in(page, site, "lena", "sign-in-lena")
    page.locator(".examples a").first.click()
    expect(page).to_have_url(re.compile(r"/search/\?q=.+"))
    expect(page.locator("#verifying")).to_contain_text("Verifying: 0 of")  # not a blank page until all is read
    held.set()
    expect(page.get_by_role("status")).to_contain_text("1 supported · 2 near misses")
    expect(page.locator(".group-flagged article").first).to_contain_text("Other party")
    expect(page.locator(".group-related article").first).to_be_hidden()
    page.locator(".group-related summary").click()
    expect(page.locator(".group-related article").first).to_be_visible()
    page.go_back()
    expect(page.locator(".examples a").first).to_be_visible()


def test_htmx_keeps_the_page_and_puts_the_question_into_the_address(page: Page, site: str) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    ask(page, site)
    expect(page).to_have_url(re.compile(r"\?q=The(\+|%20)Supplier"))
    expect(page).to_have_title(re.compile(QUESTION))
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    # htmx notes the address it is at, which the browser's own history holds too; nothing of the answer is kept.
    kept = page.evaluate("({...localStorage, ...sessionStorage})")
    assert set(kept) <= {"htmx-current-path-for-history"}
    assert "shall indemnify" not in str(kept)
    assert problems == []


def test_verdicts_come_in_while_one_reads(page: Page, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    verify = FAKE.verify

    def slow(pairs: Any, stored: Any) -> Any:
        time.sleep(0.3)
        return verify(pairs, stored)

    monkeypatch.setattr(FAKE, "verify", slow)
    monkeypatch.setattr("search.streaming.open.STEP_SECONDS", 0.0)
    monkeypatch.setattr("search.streaming.open.BATCH_PAIRS", 2)
    sign_in(page, site, "lena", "sign-in-lena")
    page.get_by_label("What must the clause say?").fill(QUESTION)
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.locator("#verifying")).to_contain_text("Verifying: 0 of")
    expect(page.locator("#verifying article")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("")
    expect(page.get_by_role("heading", name="Supported so far 1")).to_be_visible()
    expect(page.get_by_role("heading", name="Supported 1")).to_be_visible()
    expect(page.locator("#verifying")).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("1 supported · 2 near misses")


def test_a_search_that_was_overtaken_by_one_that_failed_can_go_on(
    page: Page, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    verify, held = FAKE.verify, threading.Event()

    def slow(pairs: Any, stored: Any) -> Any:
        held.wait(20)
        return verify(pairs, stored)

    monkeypatch.setattr(FAKE, "verify", slow)
    sign_in(page, site, "lena", "sign-in-lena")
    page.get_by_label("What must the clause say?").fill(QUESTION)
    with page.expect_request("**/search/verifying/**"):
        page.get_by_role("button", name="Search", exact=True).click()
    page.route("**/search/?*", lambda route: route.abort())
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("The search did not finish: the server could not be reached.")
    expect(page.get_by_role("progressbar")).to_be_hidden()
    held.set()
    page.get_by_role("button", name="Go on verifying").click()
    expect(page.get_by_role("heading", name="Supported 1")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("1 supported · 2 near misses")


def test_the_builder_searches_with_the_filters_chosen_meanwhile(page: Page, site: str) -> None:
    ask(page, site)
    page.get_by_role("link", name="not Other party").click()
    expect(page.get_by_role("link", name="Verification: not Other party")).to_be_visible()
    page.get_by_text("Build it: who owes whom").click()
    page.get_by_label("Do what", exact=True).fill("insure the goods")
    with page.expect_navigation(url=re.compile("not-verdict=party_swapped")):
        page.get_by_label("Do what", exact=True).press("Enter")


def test_signed_out_meanwhile_one_signs_in_and_is_back_on_the_page(page: Page, site: str) -> None:
    ask(page, site)
    address = page.url
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("link", name="Why").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("User name").fill("lena")
    page.get_by_label("Password").fill("sign-in-lena")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(address)
    expect(page.get_by_role("heading", name="Supported 1")).to_be_visible()


def test_what_cannot_be_answered_says_so_where_one_pressed_and_works_again(page: Page, site: str) -> None:
    ask(page, site)
    card = page.locator(".group-supported")
    with database_away():
        card.get_by_role("link", name="Why").click()
        expect(card.get_by_role("alert")).to_contain_text("the database does not answer")
        page.get_by_role("button", name="Search", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("The search did not finish: the database does not answer")
        page.goto(f"{site}/contracts/")
        expect(page.get_by_role("heading", level=1)).to_have_text("The database does not answer")
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Contracts")


def test_search_works_without_javascript(plain_page: Page, site: str) -> None:
    ask(plain_page, site)
    expect(plain_page.get_by_role("status")).to_contain_text("1 supported")
    expect(plain_page.locator(".group-flagged article")).to_have_count(2)


def test_filters_decisions_and_the_builder_need_no_javascript(plain_page: Page, site: str) -> None:
    sign_in(plain_page, site, "lena", "sign-in-lena")
    plain_page.get_by_text("Build it: who owes whom").click()
    for label, words in (("Who", "Supplier"), ("Do what", "indemnify ... against claims"), ("To whom", "Customer")):
        plain_page.get_by_label(label, exact=True).fill(words)
    plain_page.get_by_role("button", name="Write it as a sentence").click()
    expect(plain_page.locator("#q")).to_have_value("Supplier must indemnify Customer against claims")
    plain_page.get_by_label("Do what", exact=True).press("Enter")
    expect(plain_page.locator("#results article").first).to_be_visible()
    expect(plain_page.locator("#q")).to_have_value("Supplier must indemnify Customer against claims")
    plain_page.get_by_label("Find the opposite").check()
    plain_page.get_by_role("button", name="Search", exact=True).click()
    expect(plain_page.locator("#results article h3").first).to_contain_text("2.2")
    plain_page.get_by_role("link", name="not Other party").click()
    expect(plain_page.get_by_role("link", name="Verification: not Other party")).to_be_visible()
    clause = plain_page.locator(".group-supported article")
    clause.get_by_role("button", name="Relevant", exact=True).click()
    expect(clause.locator(".decide-relevant")).to_have_attribute("aria-pressed", "true")
    expect(plain_page).to_have_url(re.compile("not-verdict=party_swapped.*#clause-"))
    clause.get_by_role("link", name="Why").click()
    expect(plain_page.get_by_role("row", name="Bearer")).to_contain_text("Supplier")
