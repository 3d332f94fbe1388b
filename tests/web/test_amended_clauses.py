"""What an amendment changes is named beside the clause of its parent."""

from __future__ import annotations

from io import BytesIO

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from contracts.amendments import amendments_of
from contracts.models import Contract
from search.models import Search
from tests.web.agreement import AGREEMENT, store_agreement
from tests.web.test_search_page import QUESTION

AMENDMENT = """AMENDMENT NO. 1

This Amendment is dated 1 June 2025.

1. Changes

1.1 Clause 2.1 of the Master Agreement is deleted and replaced by the following: "The Supplier shall pay."

1.2 In clause 3 of the Master Agreement the word "writing" is replaced by the word "text".

1.3 Clause 2.2 of Statement of Work No. 1 is deleted.
"""


def amend(parent: Contract, file_name: str, relation: str = "amendment") -> Contract:
    amendment = store_agreement(parent.matter, AMENDMENT, file_name)
    Contract.objects.filter(pk=amendment.pk).update(parent=parent, relation=relation)
    return amendment


def test_a_clause_says_where_it_is_amended(lena: Client, oak: Contract) -> None:
    amendment = amend(oak, "amendment.txt")
    by = amendment.clauses.get(number="1.1")
    link = f'Replaced by <a href="/contracts/{amendment.pk}/#c-{by.pk}">AMENDMENT NO. 1, s 1.1</a>'
    page = lena.get("/search/", {"q": QUESTION}).content.decode()
    assert page.count(link) == 1 and page.index(link) > page.index('id="clause-1"')
    document = lena.get(f"/contracts/{oak.pk}/").content.decode()
    assert document.count(link) == 1
    assert document.count('class="amended"') == 2  # and s 3, not again at 3.1
    assert "Deleted by" not in document
    files = [lena.get(f"/search/{Search.objects.get().pk}/export.{kind}").content for kind in ("docx", "xlsx")]
    said = "Replaced by AMENDMENT NO. 1, s 1.1"
    assert any(paragraph.text == said for paragraph in Document(BytesIO(files[0])).paragraphs)
    heads, *rows = load_workbook(BytesIO(files[1]))["Results"].iter_rows(values_only=True)
    assert [row[heads.index("Amended")] for row in rows].count(said) == 1
    amendment.deleted_at = amendment.read_at
    amendment.save(update_fields=["deleted_at"])
    assert "Replaced by" not in lena.get(f"/contracts/{oak.pk}/").content.decode()


def test_amendments_are_found_by_a_number_of_queries_that_does_not_grow(oak: Contract) -> None:
    lena = User.objects.get(username="lena")
    second = amend(amend(oak, "first.txt"), "second.txt")  # hangs on the first, and amends the agreement
    others = [store_agreement(oak.matter, AGREEMENT, f"{n}.txt") for n in range(3)]
    amend(others[0], "restated.txt", "restatement")
    with CaptureQueriesContext(connection) as asked:
        found = amendments_of([oak.pk, *(one.pk for one in others)], lena)
    assert len(asked) <= 4
    assert [(one.section, one.said, one.contract_id == second.pk) for one in found[oak.pk]] == [
        ("2.1", "Replaced by", False),
        ("3", "Amended by", False),
        ("2.1", "Replaced by", True),
        ("3", "Amended by", True),
    ]
    assert [(one.section, one.said) for one in found[others[0].pk]] == [("", "Restated by")]
    assert not amendments_of([oak.pk], User.objects.create_user("eve"))
