"""The table of obligations as a Word or Excel file, from its page and over REST."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from contracts.audit.models import AuditEvent
from contracts.models import Contract
from contracts.obligation_table import UNREVIEWED


def address(contract: Contract, extension: str) -> str:
    return reverse("contract-obligations-export", args=[contract.pk, extension])


def test_the_table_is_taken_along_with_what_it_is(lena: Client, oak: Contract) -> None:
    page = lena.get(reverse("contract-obligations", args=[oak.pk])).content.decode()
    assert all(f'href="{address(oak, extension)}"' in page for extension in ("docx", "xlsx"))
    response = lena.get(address(oak, "xlsx"))
    assert f'-obligations-{oak.pk}.xlsx"' in response["Content-Disposition"]
    book = load_workbook(BytesIO(response.content))
    rows = list(book["Obligations"].iter_rows(values_only=True))
    assert rows[0][:5] == ("Bearer", "Clause", "Heading", "Modality", "Action") and book.sheetnames[1:] == [
        "About this table"
    ]
    assert ("Supplier (Northgate Analytics Ltd)", "2.3", "May") in [(row[0], row[1], row[3]) for row in rows]
    document = Document(BytesIO(lena.get(address(oak, "docx")).content))
    assert [len(table.rows) for table in document.tables][-1] == len(rows)
    assert UNREVIEWED in [paragraph.text for paragraph in document.paragraphs]
    sent = lena.get(f"/api/v1/contracts/{oak.pk}/obligations/export?format=xlsx")
    assert load_workbook(BytesIO(sent.content)).sheetnames == book.sheetnames
    events = AuditEvent.objects.filter(action="exported", kind="obligations")
    assert set(events.values_list("thing", "matter", "username")) == {(str(oak.pk), oak.matter_id, "lena")}
    assert events.count() == 3


@pytest.mark.parametrize("case", ["walled", "missing", "format"])
def test_walled_answers_like_missing(lena: Client, oak: Contract, case: str) -> None:
    if case == "walled":
        oak.matter.walled.add(User.objects.get(username="lena"))
    elif case == "missing":
        oak.pk += 1000
    extension = "pdf" if case == "format" else "docx"
    sent = lena.get(f"/api/v1/contracts/{oak.pk}/obligations/export?format={extension}")
    assert lena.get(address(oak, extension)).status_code == 404
    assert sent.status_code == (400 if case == "format" else 404)
    assert not AuditEvent.objects.filter(action="exported").exists()
