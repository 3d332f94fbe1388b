from __future__ import annotations

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from contracts.models import Contract, Matter
from search.absence.check import start_absence_check
from search.export.xlsx import COLUMNS
from search.filters import Filters
from search.models import Search
from search.words.search import search_words
from tests.fakes import FakeVerifier
from tests.search.conftest import add_contract

FORMULA = '=HYPERLINK("http://example.org","Tenant may assign")\x0b'
TEXTS = ["Tenant may assign freely. [supported .9]", "Tenant may assign, with consent. [qualified .8]", FORMULA]


@pytest.fixture
def lease(matter: Matter, fake_verifier: FakeVerifier) -> Contract:
    vectors = np.zeros((len(TEXTS), 384), np.float32)
    return add_contract(matter, [[text] for text in TEXTS], vectors, title="=Lease")


@pytest.fixture
def found(lease: Contract, lawyer: User) -> Search:
    return search_words("Tenant may assign", lawyer, Filters(contracts=(lease.pk,)))


def download(client: Client, search: Search, extension: str) -> BytesIO:
    assert search.user is not None
    client.force_login(search.user)
    response = client.get(f"/search/{search.pk}/export.{extension}")
    assert f".{extension}" in response["Content-Disposition"] and "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    return BytesIO(response.content)


def words_of(file: BytesIO) -> str:
    document = Document(file)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(cells + [paragraph.text for paragraph in document.paragraphs])


def test_the_rows_of_the_excel_file_are_the_rows_of_the_screen(client: Client, found: Search) -> None:
    book = load_workbook(download(client, found, "xlsx"))
    rows = list(book["Results"].iter_rows(min_row=2, values_only=True))
    assert [row[:4] for row in rows] == [
        (1, "Supported", 0.9, "=Lease (1 May 2024), s 1.1, p. 1"),
        (2, "Exception or condition", 0.8, "=Lease (1 May 2024), s 2.1, p. 2"),
        (3, "Related only", 0.9, "=Lease (1 May 2024), s 3.1, p. 3"),
    ]
    assert [row[list(COLUMNS).index("Reason code")] for row in rows] == ["says_it", "exception", "related_only"]
    about = {row[0]: row[1] for row in book["About this search"].iter_rows(values_only=True) if row[0] != "Limit"}
    assert about["Query"] == "Tenant may assign" and about["Asked by"] == "lena"
    assert about["Scope"] == "Contracts: =Lease"
    assert about["Verifier"] == f"fake-verifier, sha256 {'fa' * 32}"
    assert (about["Clauses with the words"], about["Read by the verifier"], about["Supported"]) == ("3", "3", "1")


def test_no_words_of_a_contract_become_a_formula(client: Client, found: Search) -> None:
    book = load_workbook(download(client, found, "xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} == {"s"} and all(cell.quotePrefix for cell in cells)
    assert [cell.value[:11] for cell in cells if cell.value.startswith("=H")] == ["=HYPERLINK("]


def test_the_word_file_says_what_was_asked_and_quotes_every_hit(client: Client, found: Search) -> None:
    words = words_of(download(client, found, "docx"))
    for said in (
        "Tenant may assign",
        f"fake-verifier, sha256 {'fa' * 32}",
        "Words are found only as they are written. 3 clauses have them; 3 are listed here.",
        "A verdict can be wrong.",
        "Supported (1)",
        "2. =Lease (1 May 2024), s 2.1, p. 2",
        "§ Exception or condition, probability 80 %",
        TEXTS[1],
        "Supplier = Northgate Analytics Ltd",
        "\N{REPLACEMENT CHARACTER}",  # for the character that no Word file can hold
    ):
        assert said in words


def test_plain_hits_are_called_plain(client: Client, lease: Contract, lawyer: User) -> None:
    search = search_words("freely", lawyer)
    assert "not verified" in words_of(download(client, search, "docx"))
    book = load_workbook(download(client, search, "xlsx"))
    assert [row[1] for row in book["Results"].iter_rows(min_row=2, values_only=True)] == ["Plain word hit"]


def test_absence_and_no_hits(client: Client, lease: Contract, lawyer: User) -> None:
    check = start_absence_check("Tenant may assign", lawyer)
    assert check.search is not None
    words = words_of(download(client, check.search, "docx"))
    assert "In the contracts that were read no passage was left out: 3 in all, headings not among them." in words
    assert "No clause was found." in words_of(download(client, search_words("novation", lawyer), "docx"))


def test_what_was_walled_off_since_is_not_exported(client: Client, found: Search, matter: Matter, lawyer: User) -> None:
    matter.walled.add(lawyer)
    words = words_of(download(client, found, "docx"))
    assert "Lease" not in words and "assign freely" not in words
    assert "none that the user may see" in words


def test_another_user_s_search_does_not_exist(client: Client, found: Search) -> None:
    client.force_login(User.objects.create_superuser("sam", password="sign-in-sam"))
    assert client.get(f"/search/{found.pk}/export.docx").status_code == 404
    client.logout()
    assert client.get(f"/search/{found.pk}/export.xlsx").status_code == 302


def test_the_page_offers_the_files(client: Client, found: Search, lawyer: Any) -> None:
    client.force_login(lawyer)
    page = client.get(f"/search/{found.pk}/").content.decode()
    assert f"/search/{found.pk}/export.docx" in page and f"/search/{found.pk}/export.xlsx" in page


def test_an_unstable_verdict_says_so(found: Search, client: Client) -> None:
    found.hits.filter(label="supported").update(stable=False)
    book = load_workbook(download(client, found, "xlsx"))
    verdicts = [row[1].value for row in book["Results"].iter_rows(min_row=2)]
    assert verdicts.count("Supported (unstable, check by hand)") == 1
    assert "Supported (unstable, check by hand)" in words_of(download(client, found, "docx"))
