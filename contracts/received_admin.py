"""Every file that came, for an administrator who must account for each: when, by whom, and what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from contracts.console import received_files
from contracts.outcomes import RECEIVED, Outcome, ReceivedFile
from contracts.read_only_admin import ReadOnlyAdmin
from contracts.trash_admin import VisibleMatterFilter

ICONS = {"ready": "✓", "duplicate": "=", "failed": "✕", "waiting": "○", "refused": "⊘", "trash": "–"}


class OutcomeFilter(admin.SimpleListFilter):
    title = "what became of it"
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        named = [(outcome.value, str(outcome.label)) for outcome in Outcome]
        return [("received", "Received, not in the trash"), *named]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ReceivedFile]) -> QuerySet[ReceivedFile]:
        if self.value() == "received":
            return queryset.filter(outcome__in=RECEIVED)
        return queryset.filter(outcome=self.value()) if self.value() else queryset


class ReceivedFileAdmin(ReadOnlyAdmin):
    list_display = ["received_at", "file_name", "came_in", "matter", "by", "outcome_chip", "as_contract", "reason"]
    list_display_links = None
    list_filter = [OutcomeFilter, VisibleMatterFilter, "received_at"]
    list_select_related = ["matter", "received_by", "contract"]
    list_per_page = 50
    search_fields = ["file_name", "came_in", "contract__title"]
    search_help_text = "A file name, the ZIP or e-mail that brought it, or a title"
    date_hierarchy = "received_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReceivedFile]:
        return received_files(request.user).defer("contract__text", "contract__original_text")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = any(request.user.has_perm(f"contracts.{verb}_contract") for verb in ("view", "change"))
        return obj is None and may  # the list shows all that there is to one

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Received files", **(extra_context or {})})

    @admin.display(description="By", ordering="received_by__username")
    def by(self, file: ReceivedFile) -> str:
        return file.received_by.get_username() if file.received_by else "a command"

    @admin.display(description="What became of it", ordering="outcome")
    def outcome_chip(self, file: ReceivedFile) -> SafeString:
        return format_html(
            '<span class="state state-{}"><span aria-hidden="true">{}</span> {}</span>',
            file.outcome,
            ICONS[file.outcome],
            file.get_outcome_display(),
        )

    @admin.display(description="Contract", ordering="contract__title")
    def as_contract(self, file: ReceivedFile) -> SafeString | str:
        if file.contract is None:
            return ""
        log = reverse("admin:contracts_contract_log", args=[file.contract.pk])
        return format_html('<a href="{}">{}</a>', log, file.contract)
