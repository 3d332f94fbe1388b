"""A report as a Word file: first what was asked, over what and with which limits, then every hit with its citation."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from contracts.text.quotation import LEFT_OUT
from search.export.remarks import Remarks
from search.export.report import Report, writable
from search.present import HitView
from search.templatetags.cards import is_close_call, percent


def write_docx(report: Report) -> bytes:
    document = Document()
    document.core_properties.author = "Proviso"
    document.core_properties.title = writable(report.title)[:255]
    document.add_heading(report.kind, 0)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for name, value in report.facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, writable(value)
    document.add_heading("Limits", 1)
    for limit in report.limits:
        document.add_paragraph(limit, "List Bullet")
    if report.table:
        document.add_heading(report.table_title, 1)
        _add_table(document, report.table)
    for group in report.groups:
        document.add_heading(f"{writable(group.title)} ({len(group.hits)})", 1)
        document.add_paragraph(writable(group.note))
        for hit in group.hits:
            _add_hit(document, hit, report.notes.get(hit.rank, ""), report.remarks.get(hit.rank, Remarks()))
    if not report.groups and not report.table:
        document.add_paragraph("No clause was found.")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_table(document: DocumentType, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            run = cell.paragraphs[0].add_run(writable(text))
            run.bold, run.font.size = number == 0, Pt(9)


def _add_hit(document: DocumentType, hit: HitView, note: str, remarks: Remarks) -> None:
    document.add_heading(f"{hit.rank}. {writable(hit.citation)}", 2)
    probability = "" if hit.probability is None else f", probability {percent(hit.probability)}"
    probability += ", a close call" if is_close_call(hit) else ""
    verdict = document.add_paragraph()
    verdict.add_run(f"{hit.icon} {hit.verdict_text}").bold = True
    verdict.add_run(f"{probability}. {writable(hit.reason_with_notices)}".rstrip())
    quote = document.add_paragraph(style="Quote")
    for segment in hit.segments:
        run = quote.add_run(f"{LEFT_OUT if segment.left_out else ''}{writable(segment.text)}")
        run.italic, run.underline = False, bool(segment.mark)
    if hit.part:
        document.add_paragraph().add_run(writable(hit.part)).font.size = Pt(9)
    if remarks.amended:
        document.add_paragraph().add_run(writable(remarks.amended)).bold = True
    if note:
        document.add_paragraph().add_run(f"Note: {writable(note)}")
    if remarks.decision:
        decided = document.add_paragraph()
        decided.add_run(f"Decision: {remarks.decision}").bold = True
        decided.add_run(writable(f", by {remarks.decided_by}, {remarks.decided_at}. {remarks.note}").rstrip())
    for disagreement in remarks.disagreements:
        document.add_paragraph(writable(f"Disagreement: {disagreement}"))
    if hit.parties:
        document.add_paragraph().add_run(writable(" · ".join(hit.parties))).font.size = Pt(9)
    if remarks.original:
        _add_link(document, f"Original, p. {hit.page}", remarks.original)


def _add_link(document: DocumentType, text: str, address: str) -> None:
    """python-docx has no verb for it."""
    paragraph = document.add_paragraph()
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = paragraph.add_run(text)
    run.font.size, run.underline = Pt(9), True
    link.append(run._r)
    paragraph._p.append(link)
