"""A report as a Word file: first what was asked, over what and with which limits, then every hit with its citation."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as DocumentType
from docx.shared import Pt

from search.export.report import Report, writable
from search.present import HitView


def write_docx(report: Report) -> bytes:
    document = Document()
    document.core_properties.author = "Proviso"
    document.core_properties.title = writable(report.title)[:255]
    document.add_heading("Search result", 0)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for name, value in report.facts:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, writable(value)
    document.add_heading("Limits", 1)
    for limit in report.limits:
        document.add_paragraph(limit, "List Bullet")
    for group in report.groups:
        document.add_heading(f"{group.title} ({len(group.hits)})", 1)
        document.add_paragraph(group.note)
        for hit in group.hits:
            _add_hit(document, hit)
    if not report.groups:
        document.add_paragraph("No clause was found.")
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_hit(document: DocumentType, hit: HitView) -> None:
    document.add_heading(f"{hit.rank}. {writable(hit.citation)}", 2)
    probability = "" if hit.probability is None else f", probability {hit.probability:.2f}"
    verdict = document.add_paragraph()
    verdict.add_run(f"{hit.icon} {hit.label_text}").bold = True
    verdict.add_run(f"{probability}. {writable(hit.reason)}".rstrip())
    quote = document.add_paragraph(style="Quote")
    for segment in hit.segments:
        run = quote.add_run(writable(segment.text))
        run.italic, run.underline = False, bool(segment.mark)
    if hit.parties:
        document.add_paragraph().add_run(writable(" · ".join(hit.parties))).font.size = Pt(9)
