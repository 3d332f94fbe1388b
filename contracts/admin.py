"""The administrator's side: the files with what became of them; matters and people have modules of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from contracts.console import (
    UNREAD,
    cancel_many,
    cancel_one,
    contract_log,
    live_context,
    live_fragment,
    read_selected,
    retry_failed,
    retry_one,
    trash_many,
)
from contracts.folders_page import folders_page
from contracts.inspector_admin import inspect_contract
from contracts.matter_admin import MatterAdmin
from contracts.models import Contract, Matter, ReceivedFile
from contracts.people_admin import PersonAdmin
from contracts.received_admin import ReceivedFileAdmin
from contracts.trash_admin import VisibleMatterFilter
from contracts.upload import upload_files

admin.site.register(ReceivedFile, ReceivedFileAdmin)
admin.site.register(Matter, MatterAdmin)
admin.site.unregister(User)
admin.site.register(User, PersonAdmin)
ICONS = {"received": "○", "reading": "⟳", "ready": "✓", "failed": "✕"}


class LanguageFilter(admin.SimpleListFilter):
    """Django's own offers the value of contracts that are not read yet, which is no word, as a link without one."""

    title = parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        field = str(self.parameter_name)
        visible = Contract.objects.visible_to(request.user).exclude(**{field: ""}).order_by(field)
        return [(value, value) for value in visible.values_list(field, flat=True).distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Contract]) -> QuerySet[Contract]:
        return queryset.filter(**{str(self.parameter_name): self.value()}) if self.value() else queryset


class FormatFilter(LanguageFilter):
    title = parameter_name = "format"


class VersionFilter(admin.SimpleListFilter):
    title = "version"
    parameter_name = "current"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("1", "The current one"), ("0", "Superseded")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Contract]) -> QuerySet[Contract]:
        return queryset.filter(current=self.value() == "1") if self.value() in ("0", "1") else queryset


@admin.register(Contract)
class ContractAdmin(admin.ModelAdmin):
    # What needs a hand stands first: the rest may lie beyond the edge of the screen.
    list_display = [
        "state_chip",
        "title_or_name",
        "problem",
        "tools",
        "matter",
        "version_told",
        "external",
        "language",
        "ocr",
        "page_count",
        "clause_count",
        "seconds",
        "received_at",
        "format",
    ]
    list_display_links = ["title_or_name"]
    list_filter = ["state", VisibleMatterFilter, VersionFilter, LanguageFilter, FormatFilter]
    list_per_page = 50
    search_fields = ["title", "file_name", "came_in", "external_ids__identifier"]
    search_help_text = "A title, a file name, what another system calls it, or the ZIP or e-mail that brought it"
    actions = ["read_files_again", "embed_files_again", "cancel_readings", "delete_files"]
    exclude = [
        "text",
        "original_text",
        "encoder_sha256",
        "ocr_quality",
        "state",
        "parent",
        "relation",
        "deleted_at",
        "deleted_by",
        "error_code",
        "error_message",
        "error_remedy",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contract]:
        unread = (*UNREAD, *(f"parent__{name}" for name in UNREAD))
        visible = Contract.objects.visible_to(request.user).select_related("matter", "parent").defer(*unread)
        visible = visible.prefetch_related("external_ids")
        return visible.annotate(clause_count=Count("clauses"))

    def get_urls(self) -> list[URLPattern]:
        return [
            self._path("upload/", partial(upload_files, model_admin=self), "upload"),
            self._path("folders/", partial(folders_page, model_admin=self), "folders"),
            self._path("live/", partial(live_fragment, model_admin=self), "live"),
            self._path("retry-failed/", partial(retry_failed, model_admin=self), "retry_failed"),
            self._path("<int:contract_id>/log/", partial(contract_log, model_admin=self), "log"),
            self._path("<int:contract_id>/retry/", partial(retry_one, model_admin=self), "retry"),
            self._path("<int:contract_id>/cancel/", partial(cancel_one, model_admin=self), "cancel"),
            self._path("<int:contract_id>/inspect/", partial(inspect_contract, model_admin=self), "inspect"),
            *super().get_urls(),
        ]

    def _path(self, route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        return path(route, self.admin_site.admin_view(view), name=f"contracts_contract_{name}")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_change = {"has_change_permission": self.has_change_permission(request)}  # Django tells it to forms alone
        told = {"title": "Contracts", **may_change, **live_context(request)}
        return super().changelist_view(request, told | (extra_context or {}))

    def get_readonly_fields(self, request: HttpRequest, obj: Contract | None = None) -> list[str]:
        shown = [field.name for field in Contract._meta.concrete_fields if field.name not in self.exclude]
        return ["state_chip", "problem", *shown, "clause_count"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # files come in by upload

    def has_delete_permission(self, request: HttpRequest, obj: Contract | None = None) -> bool:
        return False  # the trash comes first

    def has_trash_permission(self, request: HttpRequest) -> bool:
        return super().has_delete_permission(request)

    @admin.action(description="Move to the trash…", permissions=["trash"])
    def delete_files(self, request: HttpRequest, contracts: QuerySet[Contract]) -> HttpResponse | None:
        return trash_many(request, self, contracts)

    @admin.action(description="Read again, keeping corrections…", permissions=["change"])
    def read_files_again(self, request: HttpRequest, contracts: QuerySet[Contract]) -> HttpResponse:
        return read_selected(request, self, contracts)

    @admin.action(description="Read again and embed anew…", permissions=["change"])
    def embed_files_again(self, request: HttpRequest, contracts: QuerySet[Contract]) -> HttpResponse:
        return read_selected(request, self, contracts, anew=True)

    @admin.action(description="Cancel the reading…", permissions=["change"])
    def cancel_readings(self, request: HttpRequest, contracts: QuerySet[Contract]) -> HttpResponse | None:
        return cancel_many(request, self, contracts)

    @admin.display(description="State", ordering="state")
    def state_chip(self, contract: Contract) -> SafeString:
        reading = contract.state == Contract.State.READING and contract.stage
        at = f": {contract.get_stage_display()}, {contract.progress} %" if reading else ""
        return format_html(
            '<span class="state state-{}">{} {}{}</span>',
            contract.state,
            ICONS[contract.state],
            contract.get_state_display(),
            at,
        )

    @admin.display(description="Title", ordering="title")
    def title_or_name(self, contract: Contract) -> SafeString:
        parent = contract.parent
        hangs = "" if parent is None or parent.deleted_at else f"{contract.get_relation_display()} {parent}"
        below = [line for line in (contract.title and contract.file_name, hangs) if line]
        return format_html(
            "{}{}", contract, format_html_join("", '<br><small class="quiet">{}</small>', ((line,) for line in below))
        )

    @admin.display(description="Version", ordering="version")
    def version_told(self, contract: Contract) -> str:
        return f"{contract.version}{'' if contract.current else ', superseded'}"

    @admin.display(description="External id")
    def external(self, contract: Contract) -> str:
        return ", ".join(str(one) for one in contract.external_ids.all())

    @admin.display(description="Tools")
    def tools(self, contract: Contract) -> SafeString:
        inspect = reverse("admin:contracts_contract_inspect", args=[contract.pk])
        finished = contract.state in (Contract.State.READY, Contract.State.FAILED)
        # Within the list's own form, whose token it sends.
        button = format_html(
            '<button class="button retry" formmethod="post" formaction="{}" aria-label="{}: {}">{}</button>',
            reverse(f"admin:contracts_contract_{'retry' if finished else 'cancel'}", args=[contract.pk]),
            "Read again" if finished else "Cancel the reading",
            contract,
            "Read again" if finished else "Cancel",
        )
        return format_html(
            '<a href="{}" aria-label="Inspect {}">Inspect</a> · <a href="{}" aria-label="Log of {}">Log</a> {}',
            inspect,
            contract,
            reverse("admin:contracts_contract_log", args=[contract.pk]),
            contract,
            button,
        )

    @admin.display(description="OCR quality")
    def ocr(self, contract: Contract) -> SafeString | str:
        """The mean of the pages that OCR read, and the worst of them."""
        if not contract.ocr_quality:
            return ""
        worst, lowest = min(contract.ocr_quality, key=lambda page: page[1])
        mean = sum(quality for _, quality in contract.ocr_quality) / len(contract.ocr_quality)
        return format_html(
            '{} %<br><small class="quiet">lowest {} %, p. {}</small>', round(100 * mean), round(100 * lowest), worst
        )

    @admin.display(description="Clauses", ordering="clause_count")
    def clause_count(self, contract: Contract) -> int:
        return int(vars(contract)["clause_count"])  # annotated by get_queryset

    @admin.display(description="Seconds", ordering="read_seconds")
    def seconds(self, contract: Contract) -> str:
        return "" if contract.read_seconds is None else f"{contract.read_seconds:.1f}"

    @admin.display(description="Problem and remedy")
    def problem(self, contract: Contract) -> str:
        if contract.state == Contract.State.FAILED:
            return f"{contract.error_message} {contract.error_remedy}"
        return "; ".join(contract.warnings)
