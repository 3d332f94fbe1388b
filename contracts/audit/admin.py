"""Who did what, for administrators: to look through, to narrow, and to take along as CSV."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.urls import URLPattern, path

from contracts.audit.models import AuditEvent
from contracts.audit.record import record
from contracts.csv_response import csv_response
from contracts.models import Matter
from contracts.read_only_admin import ReadOnlyAdmin
from contracts.trash_admin import VisibleMatterFilter

COLUMNS = ("at", "user", "username", "token", "acted_by", "action", "kind", "thing", "matter", "change")


@admin.register(AuditEvent)
class AuditAdmin(ReadOnlyAdmin):
    list_display = ["at", "username", "acted_by", "action", "kind", "thing", "matter_name", "change", "token"]
    list_display_links = None
    list_filter = ["action", VisibleMatterFilter, "at", ("username", admin.AllValuesFieldListFilter)]
    list_per_page = 100
    date_hierarchy = "at"
    search_fields = ["username", "acted_by", "=thing"]
    search_help_text = "A user name, that of a client that acted for users, or the id of a thing"
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
        rows = ((at.isoformat(), *rest) for at, *rest in events.values_list(*COLUMNS).iterator(chunk_size=2000))
        return csv_response("proviso-audit", COLUMNS, rows)

    @admin.display(description="Matter", ordering="matter_name")
    def matter_name(self, event: AuditEvent) -> str:
        return vars(event)["matter_name"] or ""  # annotated by get_queryset
