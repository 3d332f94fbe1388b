"""The lawyer's way through the site, in a browser."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contracts.models import Contract
from tests.database import database_away
from tests.e2e.browser import sign_in
from tests.fakes import FAKE

QUESTION = "The Supplier indemnifies the Customer against claims"
pytestmark = pytest.mark.django_db(transaction=True)


def ask(page: Page, site: str) -> None:
    sign_in(page, site, "lena", "sign-in-lena")
    page.get_by_label("What must the clause say?").fill(QUESTION)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="Supported 1")).to_be_visible()


def test_a_wrong_password_is_said(page: Page, site: str) -> None:
    sign_in(page, site, "lena", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("do not match an account")


def test_an_example_is_searched_and_the_groups_are_shown(
    page: Page, site: str, oak: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.samples._sample_files", lambda: (oak.sha256,))
    sign_in(page, site, "lena", "sign-in-lena")
    page.locator(".examples a").first.click()
    expect(page).to_have_url(re.compile(r"/search/\?q=.+"))
    expect(page.get_by_role("status")).to_contain_text("1 supported · 2 near misses")
    expect(page.locator(".group-flagged article").first).to_contain_text("Other party")
    expect(page.locator(".group-related article").first).to_be_hidden()
    page.locator(".group-related summary").click()
    expect(page.locator(".group-related article").first).to_be_visible()


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


def test_selected_clauses_go_into_a_list_without_javascript(plain_page: Page, site: str) -> None:
    ask(plain_page, site)
    plain_page.locator(".group-supported .pick input").check()
    plain_page.get_by_label("Name of a new list").fill("Cover")
    plain_page.get_by_role("button", name="Put in the list").click()
    expect(plain_page.get_by_role("status")).to_contain_text("1 clause put in “Cover”.")
    plain_page.get_by_role("link", name="s 2.1").click()
    expect(plain_page.locator(".clause:target .hit-flag")).to_contain_text("Supported")
    plain_page.get_by_role("link", name="Next hit").first.click()
    expect(plain_page.locator(".clause:target .hit-flag")).to_contain_text("Other party")


def test_search_works_without_javascript(plain_page: Page, site: str) -> None:
    ask(plain_page, site)
    expect(plain_page.get_by_role("status")).to_contain_text("1 supported")
    expect(plain_page.locator(".group-flagged article")).to_have_count(2)


def test_the_clauses_around_a_hit_open_and_close_in_place(page: Page, site: str) -> None:
    ask(page, site)
    page.locator("h2").first.click()
    page.keyboard.press("j")
    page.keyboard.press("p")
    panel = page.locator(".group-supported .preview")
    expect(panel.locator(".near-here")).to_contain_text("The Supplier shall indemnify")
    expect(panel).to_contain_text("The Customer shall indemnify")
    opener = page.locator(".group-supported .action-preview")
    expect(opener).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.click()
    panel.get_by_role("link", name="Hit after it").click()
    expect(panel.locator(".near-here")).to_contain_text("The Customer shall indemnify")
    expect(panel.get_by_role("link", name="Open the contract here")).to_be_focused()
    page.locator(".group-supported .action-why").click()
    expect(page.locator(".group-supported .asked-found")).to_be_visible()
    expect(panel).to_have_count(0)
    page.locator(".group-supported .action-why").click()  # closes what it opened
    expect(page.locator(".group-supported .why")).to_have_count(0)


def test_without_javascript_the_preview_is_a_page_and_two_ticked_clauses_are_compared(
    plain_page: Page, site: str
) -> None:
    ask(plain_page, site)
    plain_page.locator(".group-supported .action-preview").click()
    expect(plain_page.locator(".near-here")).to_contain_text("The Supplier shall indemnify")
    plain_page.get_by_role("link", name="Back to the results").click()
    for place in (".group-supported", ".group-flagged"):
        plain_page.locator(f"{place} .pick input").first.check()
    plain_page.get_by_role("button", name="Compare the two").click()
    expect(plain_page.get_by_role("heading", level=1)).to_contain_text("Compare")
    expect(plain_page.locator(".comparison")).to_contain_text("Second:")
    plain_page.get_by_role("link", name="History").click()
    plain_page.get_by_role("link", name=QUESTION, exact=True).click()
    expect(plain_page.get_by_role("status")).to_contain_text("1 supported")


def test_keys_lead_from_hit_to_hit_in_a_contract(page: Page, site: str) -> None:
    ask(page, site)
    page.locator(".group-supported h3 a").click()
    flag = page.locator(".clause:target .hit-flag")
    expect(flag).to_contain_text("Supported")
    for key, said in (("n", "Other party"), ("n", "Permitted"), ("n", "Permitted"), ("p", "Other party")):
        page.keyboard.press(key)
        expect(flag).to_contain_text(said)
    page.get_by_label("Keys").uncheck()
    page.keyboard.press("p")
    expect(flag).to_contain_text("Other party")


def test_keys_focus_the_question_walk_and_open(page: Page, site: str) -> None:
    ask(page, site)
    page.locator("h2").first.click()
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.href") != first
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.href") == first
    page.keyboard.press("/")
    expect(page.get_by_label("What must the clause say?")).to_be_focused()
    page.keyboard.type("jo/")
    assert "jo/" in page.get_by_label("What must the clause say?").input_value()
    page.locator(".group-supported h3 a").focus()
    page.keyboard.press("o")
    expect(page).to_have_url(re.compile(r"/search/[^/]+/contracts/\d+/#c-\d+"))


def test_a_clause_opens_highlighted_and_the_question_is_kept(page: Page, site: str) -> None:
    ask(page, site)
    page.locator(".group-flagged h3 a").first.click()
    clause = page.locator(".clause:target")
    expect(clause).to_contain_text("The Customer shall indemnify the Supplier")
    expect(clause).to_be_in_viewport()
    page.get_by_role("link", name="Back to the results").click()
    expect(page.get_by_role("status")).to_contain_text("1 supported")
    expect(page.get_by_label("What must the clause say?")).to_have_value(QUESTION)


def test_a_clause_is_questioned_and_decided_by_keys(page: Page, site: str) -> None:
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    ask(page, site)
    page.keyboard.press("j")
    page.keyboard.press("w")
    expect(page.locator(".group-supported .why")).to_contain_text("Unstable, check by hand")
    page.keyboard.press("Escape")
    expect(page.locator(".why")).to_have_count(0)
    expect(page.locator(".group-supported .action-why")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator(".group-supported .decide-relevant")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".group-flagged h3 a").first).to_be_focused()
    page.locator("#only-verdict-supported").click()
    expect(page.get_by_role("status")).to_contain_text("clauses shown")
    expect(page.locator("#only-verdict-supported")).to_be_focused()
    expect(page).to_have_url(re.compile("verdict=supported"))
    page.get_by_text("Build it: who owes whom").click()
    page.get_by_label("Do what").fill("insure")
    expect(page.get_by_label("What must the clause say?")).to_have_value("Each party must insure")
    page.locator("#keys").uncheck()
    page.locator(".group-supported h3 a").focus()
    page.keyboard.press("w")
    expect(page.locator(".why")).to_have_count(0)
    assert problems == []


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


def test_filters_decisions_and_the_builder_need_no_javascript(plain_page: Page, site: str) -> None:
    sign_in(plain_page, site, "lena", "sign-in-lena")
    plain_page.get_by_text("Build it: who owes whom").click()
    for label, words in (("Who", "Supplier"), ("Do what", "indemnify ... against claims"), ("To whom", "Customer")):
        plain_page.get_by_label(label, exact=True).fill(words)
    plain_page.get_by_role("button", name="Write it as a sentence").click()
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


def test_a_bad_upload_is_refused_with_the_reason(page: Page, site: str, settings: Any, tmp_path: Path) -> None:
    settings.MAX_FILE_BYTES = 1000
    big = tmp_path / "big.txt"
    big.write_bytes(b"x" * 2000)
    sign_in(page, site, "lena", "sign-in-lena")
    page.get_by_role("link", name="Upload").click()
    page.get_by_label("Matter").select_option(label="Project Oak")
    page.get_by_label("Files").set_input_files(big)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("alert")).to_contain_text("big.txt is too large")


def test_the_explanation_of_a_term_closes_with_esc_and_opens_anew(page: Page, site: str, oak: Contract) -> None:
    sign_in(page, site, "lena", "sign-in-lena")
    page.goto(f"{site}/contracts/{oak.pk}/")
    term = page.locator(".term").first

    def explained() -> bool:
        return bool(term.evaluate("(one) => getComputedStyle(one, '::after').content !== 'none'"))

    assert not explained()
    for comes in (term.hover, term.focus):
        comes()
        assert explained()
        page.keyboard.press("Escape")
        assert not explained()
    expect(term).to_be_focused()  # closing it moves nothing
    page.mouse.move(0, 0)
    assert not explained()
    term.hover()
    assert explained()


@pytest.mark.parametrize("path", ["/search/?q=indemnify+claims", "/contracts/", "/contracts/upload/", "contract"])
def test_nothing_is_cut_off_at_320_pixels(page: Page, site: str, oak: Contract, path: str) -> None:
    sign_in(page, site, "lena", "sign-in-lena")
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(site + (f"/contracts/{oak.pk}/" if path == "contract" else path))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
