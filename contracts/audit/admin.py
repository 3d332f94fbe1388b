"""Who did what, for administrators: to look through, to narrow, and to take along as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.urls import URLPattern, path

from contracts.audit.models import AuditEvent
from contracts.audit.record import record
from contracts.models import Matter
from contracts.read_only_admin import ReadOnlyAdmin
from contracts.trash_admin import VisibleMatterFilter

COLUMNS = ("at", "user", "username", "token", "action", "kind", "thing", "matter")
FORMULA = ("=", "+", "-", "@")  # what a spreadsheet would calculate; a user name may begin with + or @


@admin.register(AuditEvent)
class AuditAdmin(ReadOnlyAdmin):
    list_display = ["at", "username", "action", "kind", "thing", "matter_name", "token"]
    list_display_links = None
    list_filter = ["action", VisibleMatterFilter, "at", ("username", admin.AllValuesFieldListFilter)]
    list_per_page = 100
    date_hierarchy = "at"
    search_fields = ["username", "=thing"]
    search_help_text = "A user name, or the id of a thing"
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        name = Matter.objects.filter(pk=OuterRef("matter")).values("name")
        return AuditEvent.objects.visible_to(request.user).annotate(matter_name=Subquery(name))

    def get_urls(self) -> list[URLPattern]:
        export = path("export/", self.admin_site.admin_view(self.export), name="audit_auditevent_export")
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        """The events that the list shows under the same filters, on all its pages. Itself on record."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            events = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseBadRequest("No such filter. Go back to the list and take its link.")
        record(request, "exported", "audit")
        headers = {"Content-Disposition": 'attachment; filename="proviso-audit.csv"'}
        return StreamingHttpResponse(_lines(events.values_list(*COLUMNS)), content_type="text/csv", headers=headers)

    @admin.display(description="Matter", ordering="matter_name")
    def matter_name(self, event: AuditEvent) -> str:
        return vars(event)["matter_name"] or ""  # annotated by get_queryset


class _Line:
    """What csv writes to."""

    def write(self, text: str) -> str:
        return text


def _lines(events: QuerySet[AuditEvent, tuple[Any, ...]]) -> Iterator[str]:
    write = csv.writer(_Line()).writerow
    yield write(COLUMNS)
    for at, *rest in events.iterator(chunk_size=2000):
        yield write([at.isoformat(), *map(_plain, rest)])


def _plain(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
