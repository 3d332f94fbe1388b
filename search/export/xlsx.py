"""A report as an Excel file: the hits as rows, what they rest on beside them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from search.export.remarks import Remarks
from search.export.report import Report, ReportGroup, writable
from search.present import HitView

COLUMNS: dict[str, int] = {  # heading: width
    "No.": 6,
    "Verdict": 22,
    "Probability": 12,
    "Citation": 44,
    "Contract": 32,
    "Clause": 12,
    "Heading": 30,
    "Page": 7,
    "Text": 90,
    "Of the clause": 30,
    "Reason": 60,
    "Reason code": 20,
    "Parties": 44,
    "Group": 24,
    "Note": 40,
    "Decision": 14,
    "Decided by": 16,
    "Decided at": 26,
    "Decision note": 40,
    "Disagreement": 60,
    "Contract ends": 24,
    "Renewal": 30,
    "Amended": 40,
    "Original": 40,
}
ORIGINAL = list(COLUMNS).index("Original")
LONGEST = 32_767  # characters of a cell


def write_xlsx(report: Report) -> bytes:
    book = Workbook()
    results, about = book.active, book.create_sheet("About this search")
    assert isinstance(results, Worksheet)  # a new book has one
    results.title = "Results"
    _append(results, list(COLUMNS), bold=True)
    for width, column in zip(COLUMNS.values(), results.columns, strict=True):
        results.column_dimensions[column[0].column_letter].width = width
    for group in report.groups:
        for hit in group.hits:
            remarks = report.remarks.get(hit.rank, Remarks())
            row = _append(results, _row(group, hit, report.notes.get(hit.rank, ""), remarks))
            if remarks.original:
                row[ORIGINAL].hyperlink = remarks.original
    results.freeze_panes = "A2"
    results.auto_filter.ref = results.dimensions
    if report.table:
        _add_table(book.create_sheet(report.table_title, 0), report.table)
        book.active = 0
        if not report.groups:
            book.remove(results)
            about.title = "About this table"
    for fact in report.facts:
        _append(about, list(fact))
    for limit in report.limits:
        _append(about, ["Limit", limit])
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 30, 110
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _add_table(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows):
        _append(sheet, list(row), bold=number == 0)
    for column in sheet.columns:
        sheet.column_dimensions[column[0].column_letter].width = 30
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions


def _row(group: ReportGroup, hit: HitView, note: str, remarks: Remarks) -> list[str | int | float | None]:
    return [
        hit.rank,
        hit.verdict_text,
        None if hit.probability is None else round(hit.probability, 3),
        hit.citation,
        hit.contract_title,
        hit.number,
        " › ".join(hit.heading_path),
        hit.page,
        hit.quote,
        hit.part,
        hit.reason_with_notices,
        hit.reason_code,
        "; ".join(hit.parties),
        group.title,
        note,
        remarks.decision,
        remarks.decided_by,
        remarks.decided_at,
        remarks.note,
        "\n".join(remarks.disagreements),
        remarks.ends,
        remarks.renewal,
        remarks.amended,
        remarks.original,
    ]


def _append(sheet: Worksheet, values: list[str] | list[str | int | float | None], *, bold: bool = False) -> list[Any]:
    sheet.append([None] * len(values))
    row = sheet._current_row
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=bold)
        if isinstance(value, str):
            cell.value = writable(value)[:LONGEST]
            # The words of a contract are never a formula, whatever they begin with, also after someone edits the cell.
            cell.data_type, cell.quotePrefix = "s", True
        else:
            cell.value = value
    return list(sheet[row])
