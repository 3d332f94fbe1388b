"""The trash as administrators see it: what was deleted by whom, to restore it or to purge it."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from contracts.estimate import extent_of
from contracts.ids import is_id
from contracts.mass_actions import fields_again, is_across
from contracts.models import Matter, TrashedContract
from contracts.receive import restore
from contracts.trash import plan_purge, purge


class VisibleMatterFilter(admin.SimpleListFilter):
    title = "matter"
    parameter_name = "matter"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in Matter.objects.visible_to(request.user).values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(matter=int(value)) if value and is_id(value) else queryset


@admin.register(TrashedContract)
class TrashAdmin(admin.ModelAdmin):
    list_display = ["__str__", "file_name", "matter", "version", "size", "deleted_at", "deleted_by", "log"]
    list_display_links = None
    list_filter = [VisibleMatterFilter, "deleted_at"]
    list_select_related = ["matter", "deleted_by"]
    list_per_page = 50
    search_fields = ["title", "file_name"]
    actions = ["restore_selected", "purge_selected"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return TrashedContract.objects.trash_of(request.user).defer("text", "original_text")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)  # it knows of no report, and of no matter that the user may not see
        return actions

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Its rows are chosen in the list alone; a page of one would show fields that nobody may change.
        return obj is None and super().has_view_permission(request)

    @admin.display(description="Log")
    def log(self, contract: TrashedContract) -> SafeString:
        address = reverse("admin:contracts_contract_log", args=[contract.pk])
        return format_html('<a href="{}" aria-label="Log of {}">Log</a>', address, contract)

    @admin.action(description="Restore", permissions=["change"])
    def restore_selected(self, request: HttpRequest, contracts: QuerySet[TrashedContract]) -> None:
        for contract in contracts:
            restore(contract, request)
        number = len(contracts)
        told = f"{number} contract{' is' if number == 1 else 's are'} restored as before."
        self.message_user(request, told, messages.SUCCESS)

    @admin.action(description="Purge: delete for good…", permissions=["delete"])
    def purge_selected(self, request: HttpRequest, contracts: QuerySet[TrashedContract]) -> TemplateResponse:
        """First what would be deleted; once that is confirmed, what was.

        All that the filters show may be more by then. Nothing is deleted that was not counted first.
        """
        pks = sorted(contracts.values_list("pk", flat=True))
        counted = hashlib.sha256(repr(pks).encode()).hexdigest()
        confirmed = "confirmed" in request.POST
        if confirmed and is_across(request) and request.POST.get("counted") != counted:
            told = "What the list shows has changed since it was counted, so nothing was deleted. Look at it again."
            self.message_user(request, told, messages.WARNING)
            confirmed = False
        chosen = contracts.filter(pk__in=pks)
        context = {
            **self.admin_site.each_context(request),
            "title": "Purged" if confirmed else "Delete for good?",
            "opts": self.opts,
            "media": self.media,
            "extent": None if confirmed else extent_of(chosen),
            "purge": purge(chosen, request) if confirmed else plan_purge(chosen),
            "confirmed": confirmed,
            "fields": [*fields_again(request, "purge_selected"), ("counted", counted)],
        }
        return TemplateResponse(request, "admin/contracts/trashedcontract/purge.html", context)
