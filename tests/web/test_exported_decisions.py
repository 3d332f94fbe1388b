"""Files that are taken along say who decided what, who disagreed and why, and lead to the page of a PDF."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from docx import Document
from openpyxl import load_workbook

from contracts.models import Contract
from search.models import ClauseList, Hit, Review
from tests.web.test_decisions import decide, disagree, supported

__all__ = ["supported"]  # the fixture


def rows_of(client: Client, path: str) -> list[dict[str, Any]]:
    heads, *rows = load_workbook(BytesIO(client.get(path).content))["Results"].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def words_of(client: Client, path: str) -> str:
    document = Document(BytesIO(client.get(path).content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


def test_an_export_says_who_decided_what_and_who_disagreed(lena: Client, supported: Hit) -> None:
    sam = User.objects.create_user("sam")
    decide(lena, supported, "relevant", note="Cap is in 4.2.")
    disagree(lena, supported, "qualified", "Only third parties.")
    mine = Review.objects.get()
    Review.objects.create(
        user=sam, contract=mine.contract, query=mine.query, query_sha256=mine.query_sha256,
        text_sha256=mine.text_sha256, decision="not_relevant", note="Sam's own words",
    )  # fmt: skip
    path = f"/search/{supported.search_id}/export"
    row, *others = rows_of(lena, f"{path}.xlsx")
    assert (row["Decision"], row["Decided by"], row["Decision note"]) == ("Relevant", "lena", "Cap is in 4.2.")
    assert row["Decided at"] == f"{mine.decided_at:%d %B %Y, %H:%M} UTC"
    assert row["Disagreement"].startswith("“Supported” should be “Exception or condition”, said by lena, ")
    assert row["Disagreement"].endswith("Because: Only third parties.")
    assert others and not any(one["Decision"] or one["Disagreement"] for one in others)
    words = words_of(lena, f"{path}.docx")
    for said in (
        "Decision: Relevant, by lena, ", "Cap is in 4.2.", "Disagreement: “Supported” should be", "Exported by",
        f"1 of {len(others) + 1} clauses, by lena; decisions of others are not in this file",
    ):  # fmt: skip
        assert said in words
    assert "Sam's own words" not in words


def test_a_list_and_its_file_keep_the_decisions_of_each_question(lena: Client, supported: Hit) -> None:
    decide(lena, supported, "unsure")
    lena.post(f"/search/{supported.search_id}/collect/", {"hit": [1, 2], "name": "Cover"})
    path = f"/search/lists/{ClauseList.objects.get().pk}/export"
    assert [row["Decision"] for row in rows_of(lena, f"{path}.xlsx")] == ["Unsure", None]
    assert "Decision: Unsure, by lena" in words_of(lena, f"{path}.docx")


def test_the_file_leads_to_the_page_of_a_pdf(lena: Client, supported: Hit, oak: Contract) -> None:
    path = f"/search/{supported.search_id}/export"
    assert not any(row["Original"] for row in rows_of(lena, f"{path}.xlsx"))
    Contract.objects.update(format="pdf")
    supported.search.hits.update(page=3)
    address = f"http://testserver/contracts/{oak.pk}/file/#page=3"
    assert {row["Original"] for row in rows_of(lena, f"{path}.xlsx")} == {address}
    document = Document(BytesIO(lena.get(f"{path}.docx").content))
    links = {one._target for one in document.part.rels.values() if one.is_external}
    assert links == {address}


def test_the_file_asks_no_query_per_clause(lena: Client, supported: Hit, django_assert_max_num_queries: Any) -> None:
    """Nor per decision."""
    for hit in supported.search.hits.all():
        decide(lena, hit, "unsure")
        disagree(lena, hit, "value")
    hits = list(supported.search.hits.all())
    assert len(hits) > 3
    with django_assert_max_num_queries(12):
        lena.get(f"/search/{supported.search_id}/export.xlsx")


def test_the_ticked_clauses_are_taken_along_and_the_file_says_so(lena: Client, supported: Hit) -> None:
    path = f"/search/{supported.search_id}/export.xlsx"
    total = supported.search.hits.count()
    file = lena.post(path, {"hit": [supported.rank, 3]})
    book = load_workbook(BytesIO(file.content))
    assert [row[0] for row in book["Results"].iter_rows(min_row=2, values_only=True)] == [supported.rank, 3]
    about = [row[:2] for row in book["About this search"].iter_rows(values_only=True)]
    assert ("In this file", f"2 of {total} clauses, those that were ticked") in about
    none = lena.post(path, {"hit": [999]})
    assert none.status_code == 422 and "Nothing was taken along" in none.content.decode()
