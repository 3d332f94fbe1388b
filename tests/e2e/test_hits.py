"""What one does with the hits of an answer, in a browser: by mouse, by keys and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import QUESTION, ask

pytestmark = pytest.mark.django_db(transaction=True)


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
    page.keyboard.press("Escape")  # leaves the question, with its words
    expect(page.locator("#results")).to_be_focused()
    assert "jo/" in page.get_by_label("What must the clause say?").input_value()
    page.get_by_label("What must the clause say?").fill(QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 supported")
    page.keyboard.press("u")  # of the first clause in view, which it only points at
    expect(page.locator(".group-supported h3 a")).to_be_focused()
    expect(page.locator(".group-supported .decide-unsure")).to_have_attribute("aria-pressed", "false")
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


def test_keys_are_switched_off_on_a_zoomed_page_too_and_stay_so(page: Page, site: str) -> None:
    page.set_viewport_size({"width": 640, "height": 480})  # 1280 pixels at 200 %
    ask(page, site)
    page.locator(".group-supported h2").click()
    page.keyboard.press("?")
    told = page.get_by_role("dialog", name="Keys of this page")
    expect(told).to_contain_text("not relevant")
    page.keyboard.press("j")  # nothing behind it moves
    expect(told.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(told).to_have_count(0)
    page.get_by_role("checkbox", name="Keys").uncheck()
    page.reload()
    expect(page.get_by_role("checkbox", name="Keys")).not_to_be_checked()
    page.locator(".group-supported h3 a").focus()
    page.keyboard.press("w")
    page.keyboard.press("?")
    expect(page.locator(".why, dialog")).to_have_count(0)
    page.locator(".group-supported h3 a").click()
    expect(page.get_by_role("checkbox", name="Keys")).not_to_be_checked()
    page.get_by_role("checkbox", name="Keys").check()
    page.go_back()
    expect(page.get_by_role("checkbox", name="Keys")).to_be_checked()


def test_a_citation_is_copied_where_pages_have_no_clipboard(page: Page, site: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")  # as over plain http
    ask(page, site)
    card = page.locator(".group-supported")
    card.get_by_role("button", name="Copy citation").click()
    expect(card.get_by_role("button", name="Copied")).to_be_focused()
    question = page.get_by_label("What must the clause say?")
    question.fill("")
    question.press("Control+v")
    expect(question).to_have_value(re.compile(r"^MASTER SERVICES AGREEMENT .*, s 2\.1$"))
    page.evaluate("document.execCommand = () => false")
    page.locator(".group-flagged .copy").first.click()
    expect(page.get_by_label("Citation, to be copied")).to_have_value(re.compile(r"s 2\.2"))
