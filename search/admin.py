from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from contracts.audit.record import record
from contracts.csv_response import csv_response
from contracts.models import Contract, Passage
from contracts.read_only_admin import ReadOnlyAdmin
from search.models import Disagreement, Search

COLUMNS = ("said_at", "username", "contract", "clause", "query", "text", "label", "should_be", "reason", "verifier")
SHOWN_CHARACTERS = 200


@admin.register(Search)
class SearchAdmin(ReadOnlyAdmin):
    """What was asked, when and by which verifier. Hits are not shown: being an administrator opens no contract."""

    list_display = ["created_at", "user", "query", "eligible", "recalled", "verified", "recall_path", "verifier_name"]
    list_filter = ["recall_path", "verifier_name"]
    list_select_related = ["user"]
    search_fields = ["query", "user__username"]
    date_hierarchy = "created_at"


@admin.register(Disagreement)
class DisagreementAdmin(ReadOnlyAdmin):
    """What lawyers hold against verdicts, of contracts that the administrator may see: what to learn from next."""

    list_display = ["said_at", "user", "label", "should_be", "said_because", "statement", "place", "verifier"]
    list_display_links = None
    list_filter = ["label", "should_be", "verifier_sha256", "said_at"]
    list_select_related = ["user", "contract"]
    list_per_page = 50
    date_hierarchy = "said_at"
    search_fields = ["query", "reason", "user__username"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Disagreement]:
        # The clause as the contract is read now; words found side by side, and those read anew since, are of none.
        same = Passage.objects.filter(contract=OuterRef("contract"), reading=OuterRef("text"))
        visible = Disagreement.objects.filter(contract__in=Contract.objects.visible_to(request.user))
        return visible.annotate(clause=Subquery(same.values("clause")[:1])).defer("contract__text")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_view_permission(request)  # the list shows all that there is to one

    def get_urls(self) -> list[URLPattern]:
        export = path("export/", self.admin_site.admin_view(self.export), name="search_disagreement_export")
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        """Those that the list shows under the same filters, on all its pages, with the words of question and clause."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            said = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return HttpResponseBadRequest("No such filter. Go back to the list and take its link.")
        record(request, "exported", "disagreements")
        return csv_response("proviso-disagreements", COLUMNS, _rows(said))

    @admin.display(description="Because", ordering="reason")
    def said_because(self, one: Disagreement) -> str:
        return Truncator(one.reason).chars(SHOWN_CHARACTERS)

    @admin.display(description="Statement", ordering="query")
    def statement(self, one: Disagreement) -> str:
        return Truncator(one.query).chars(SHOWN_CHARACTERS)

    @admin.display(description="Clause", ordering="contract")
    def place(self, one: Disagreement) -> SafeString:
        clause = vars(one)["clause"]  # annotated by get_queryset
        page = reverse("contract", args=[one.contract_id]) + (f"#c-{clause}" if clause else "")
        return format_html('<a href="{}">{}</a>', page, one.contract)

    @admin.display(description="Verifier", ordering="verifier_sha256")
    def verifier(self, one: Disagreement) -> str:
        return one.verifier_sha256[:12]


def _rows(said: QuerySet[Disagreement]) -> Iterator[Sequence[object]]:
    fields = ("said_at", "user__username", "contract", "clause", "query", "text", "label", "should_be", "reason")
    for at, *rest in said.values_list(*fields, "verifier_sha256").iterator(chunk_size=2000):
        yield (at.isoformat(), *rest)
