"""The file as it was sent, given back: by the page and over REST, and written down as a download."""

from __future__ import annotations

from io import BytesIO

from django.http import FileResponse, HttpRequest
from rest_framework.request import Request

from contracts.audit.record import record
from contracts.models import Contract

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


def original_file(request: HttpRequest | Request, contract: Contract, *, opens: bool = False) -> FileResponse:
    """``opens``: in the browser, which only a PDF may, so that a citation leads to its page; in a sandbox even so.

    Anything else is a download, of no type a browser would run: an uploaded HTML file must not become a page of this
    site.
    """
    record(request, "downloaded", "contract", contract.pk, contract.matter_id)
    return FileResponse(
        BytesIO(contract.file.content),
        as_attachment=not opens,
        filename=contract.file_name,
        content_type="application/pdf" if opens else "application/octet-stream",
        headers=HEADERS,
    )
