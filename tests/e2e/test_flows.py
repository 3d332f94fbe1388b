"""What a lawyer does with the product beside asking, in a browser from the first page to the last."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from contracts.models import Contract
from search.models import Disagreement
from search.saved.arrivals import search_arrival
from tests.e2e.browser import QUESTION, ask, sign_in
from tests.web.agreement import AGREEMENT, store_agreement

pytestmark = pytest.mark.django_db(transaction=True)


def open_from_menu(page: Page, site: str, name: str) -> None:
    sign_in(page, site, "lena", "sign-in-lena")
    page.get_by_role("navigation", name="Main").get_by_role("link", name=name, exact=True).click()


def downloaded(page: Page, pressed: Locator) -> BytesIO:
    with page.expect_download() as download:
        pressed.click()
    return BytesIO(download.value.path().read_bytes())


def test_words_are_searched_and_verified_where_they_state_something(page: Page, site: str) -> None:
    sign_in(page, site, "lena", "sign-in-lena")
    page.get_by_role("radio", name="Words").check()
    question = page.get_by_label("What must the clause say?")
    question.fill("shall W/3 indemnify")
    question.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 plain word hits, not verified")
    expect(page.locator(".clause-text mark.mark-found").first).to_contain_text("shall")
    page.get_by_role("radio", name="Words").check()
    question.fill("The Supplier shall W/3 indemnify")
    question.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 supported")


def test_a_clause_is_compared_with_own_wording(page: Page, site: str) -> None:
    ask(page, site)
    page.locator(".group-supported .action-compare").click()
    page.get_by_label("Your own wording").fill("The Supplier shall indemnify the Customer against losses [negated .9]")
    page.get_by_role("button", name="Compare with my wording").click()
    words = page.locator(".comparison .diff")
    expect(words.locator("del").first).to_contain_text("claims of third parties")
    expect(words.locator("ins").first).to_contain_text("losses")
    expect(page.locator(".directions article")).to_have_count(2)


def test_a_saved_search_tells_what_came_in_and_is_done_with_when_seen(page: Page, site: str, oak: Contract) -> None:
    ask(page, site)
    page.get_by_text("Save this search").click()
    page.locator(".save").get_by_label("Name").fill("Cover")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("“Cover” is saved.")
    search_arrival(store_agreement(oak.matter, AGREEMENT.replace("1 May 2024", "2 June 2025"), "later.txt").pk)
    page.get_by_role("link", name="Contracts", exact=True).click()
    page.get_by_role("link", name="Saved 1 new").click()
    page.get_by_role("link", name="Cover", exact=True).click()
    expect(page.locator("article")).to_have_count(1)
    expect(page.locator("article h3")).to_contain_text("(2 June 2025), s 2.1")
    page.get_by_role("button", name="I have seen these").click()
    expect(page.get_by_role("link", name="Saved", exact=True)).to_be_visible()


def test_an_answer_and_what_is_ticked_of_it_go_to_word_and_excel(page: Page, site: str) -> None:
    ask(page, site)
    document = Document(downloaded(page, page.get_by_role("link", name="Word", exact=True)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    words = "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])
    assert QUESTION in words and "The Supplier shall indemnify the Customer against claims" in words
    book = load_workbook(downloaded(page, page.get_by_role("link", name="Excel", exact=True)))
    assert book["Results"].max_row - 1 > 3
    for key in ("j", "x", "j", "j", "X", "e"):
        page.keyboard.press(key)
    expect(page.locator("[data-ticked]")).to_have_text("3 ticked")
    expect(page.get_by_role("button", name="To Word")).to_be_focused()
    ticked = load_workbook(downloaded(page, page.get_by_role("button", name="To Excel")))
    places = [row[3] for row in ticked["Results"].iter_rows(min_row=2, values_only=True)]
    assert [str(place).split(", ")[-1] for place in places] == ["s 2.1", "s 2.2", "s 2.3"]


def test_the_obligations_of_a_party_lead_to_their_clauses(page: Page, site: str) -> None:
    open_from_menu(page, site, "Contracts")
    page.get_by_role("link", name="Master Services Agreement").first.click()
    page.get_by_role("link", name="Obligations by party").click()
    page.get_by_role("navigation", name="Bearers").get_by_role("link", name="Customer").click()
    row = page.get_by_role("region", name="Customer").get_by_role("row").filter(has_text="indemnify")
    expect(row).to_contain_text("Supplier")
    row.get_by_role("link").click()
    expect(page.locator(".clause:target")).to_contain_text("The Customer shall indemnify the Supplier")


def test_a_verdict_is_disagreed_with_where_it_stands(page: Page, site: str) -> None:
    ask(page, site)
    card = page.locator(".group-supported")
    card.get_by_role("link", name="Why").click()
    card.get_by_text("Disagree with the verdict").click()
    card.get_by_label("Exception or condition").check()
    card.get_by_label("Because").fill("Only claims of third parties.")
    card.get_by_role("button", name="Keep my disagreement").click()
    expect(page.get_by_role("status")).to_contain_text("Kept: it should be “Exception or condition”.")
    assert Disagreement.objects.get().reason == "Only claims of third parties."


def test_the_absence_form_leads_to_what_was_found(page: Page, site: str) -> None:
    open_from_menu(page, site, "Absence")
    page.get_by_label("No clause says that").fill("the Supplier indemnifies the Customer")
    page.get_by_role("button", name="Read every passage").click()
    expect(page.get_by_text("1 clause says it.").first).to_be_visible()
    expect(page.locator(".group-supported article")).to_contain_text("2.1")


def test_a_playbook_is_written_and_contracts_are_held_against_it(page: Page, site: str) -> None:
    open_from_menu(page, site, "Playbooks")
    page.get_by_label("Name", exact=True).fill("Supply")
    page.get_by_role("button", name="Make it").click()
    position = page.get_by_role("group", name="Position 1")
    position.get_by_label("Topic").fill("Indemnity")
    position.get_by_label("The contract says").fill("the Supplier indemnifies the Customer")
    page.get_by_role("button", name="Save the playbook").click()
    expect(page.get_by_text("Saved. Checks that were made before")).to_be_visible()
    page.get_by_role("button", name="Read every passage").click()
    grid = page.locator("#playbook-grid")
    expect(grid.get_by_role("columnheader", name="Indemnity")).to_be_visible()
    grid.locator("td a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("MASTER SERVICES AGREEMENT")
    expect(page.locator(".group-supported article")).to_contain_text("Here Supplier shall indemnify the Customer")
