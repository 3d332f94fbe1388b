from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods
from rest_framework.request import Request

from contracts.audit.record import record
from contracts.ids import read_ids
from search.export.absence import with_coverage
from search.export.docx import write_docx
from search.export.report import Report, report_of
from search.export.xlsx import write_xlsx
from search.models import Search
from search.recall_path import RecallPath

OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "docx": (write_docx, f"{OFFICE}.wordprocessingml.document"),
    "xlsx": (write_xlsx, f"{OFFICE}.spreadsheetml.sheet"),
}


NONE_TICKED = {
    "message": "No clause is selected.",
    "remedy": "Tick the clauses first, or take the whole answer along: its links stand under it.",
}


@require_http_methods(["GET", "POST"])
@login_required
def export(request: HttpRequest, search_id: UUID, extension: str) -> HttpResponse:
    """One's own stored answer as a file, as it was given, or the clauses of it that are ticked. None is read again."""
    search = get_object_or_404(Search.objects.select_related("user"), pk=search_id, user=request.user)
    if request.method == "GET":
        return export_search(request, search, extension)
    ranks = read_ids(request.POST.getlist("hit"))
    if not search.visible_hits().filter(rank__in=ranks).exists():
        refused = {"problem": NONE_TICKED, "search": search, "title": "Nothing was taken along"}
        return render(request, "search/lists/refused.html", refused, status=422)
    return export_search(request, search, extension, ranks)


def export_search(
    request: HttpRequest | Request, search: Search, extension: str, ranks: Collection[int] | None = None
) -> HttpResponse:
    record(request, "exported", "search", search.pk)
    report = report_of(search, site_of(request), ranks)
    if search.recall_path == RecallPath.EVERY:
        report = with_coverage(report, search)
    return file_response(report, str(search.pk)[:8], search.created_at, extension)


def site_of(request: HttpRequest | Request) -> str:
    """Where the links of a file lead: the site that it is taken from."""
    return str(request.build_absolute_uri("/")).rstrip("/")


def file_response(report: Report, name: str, day: datetime, extension: str) -> HttpResponse:
    write, content_type = FORMATS[extension]
    return HttpResponse(
        write(report),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="proviso-{day:%Y-%m-%d}-{name}.{extension}"'},
    )
