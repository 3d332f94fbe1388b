"""The administrator's side: matters with members and walls, and the files with what became of them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from contracts.inspector_admin import inspect_contract
from contracts.models import Contract, Matter
from contracts.receive import read_again
from contracts.upload import upload_files

ICONS = {"received": "⧗", "reading": "⟳", "ready": "✓", "failed": "✕"}


@admin.register(Matter)
class MatterAdmin(admin.ModelAdmin):
    list_display = ["name", "client", "member_names", "walled_names"]
    search_fields = ["name", "client"]
    filter_horizontal = ["members", "walled"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Matter]:
        return super().get_queryset(request).prefetch_related("members", "walled")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        # Without membership its creator could neither upload to it nor see what became of the files.
        return {"members": [request.user.pk], **super().get_changeform_initial_data(request)}

    @admin.display(description="Members")
    def member_names(self, matter: Matter) -> str:
        return ", ".join(user.get_username() for user in matter.members.all()) or "nobody"

    @admin.display(description="Walled off")
    def walled_names(self, matter: Matter) -> str:
        return ", ".join(user.get_username() for user in matter.walled.all()) or "nobody"


class VisibleMatterFilter(admin.SimpleListFilter):
    title = "matter"
    parameter_name = "matter"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(pk), name) for pk, name in Matter.objects.visible_to(request.user).values_list("pk", "name")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Contract]) -> QuerySet[Contract]:
        value = self.value()
        return queryset.filter(matter=int(value)) if value and value.isdecimal() else queryset


@admin.register(Contract)
class ContractAdmin(admin.ModelAdmin):
    list_display = [
        "state_chip",
        "title_or_name",
        "matter",
        "format",
        "page_count",
        "passage_count",
        "problem",
        "received_at",
        "inspect",
    ]
    list_display_links = ["title_or_name"]
    list_filter = ["state", VisibleMatterFilter, "format"]
    list_select_related = ["matter"]
    list_per_page = 50
    search_fields = ["title", "file_name"]
    actions = ["read_files_again"]
    exclude = [
        "text",
        "original_text",
        "encoder_sha256",
        "ocr_quality",
        "state",
        "main_agreement",
        "error_code",
        "error_message",
        "error_remedy",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contract]:
        return (
            Contract.objects.visible_to(request.user)
            .annotate(passage_count=Count("passages"))
            .defer("text", "original_text")
        )

    def get_urls(self) -> list[URLPattern]:
        upload = path("upload/", self.admin_site.admin_view(self.upload_view), name="contracts_contract_upload")
        inspect = path(
            "<int:contract_id>/inspect/",
            self.admin_site.admin_view(self.inspect_view),
            name="contracts_contract_inspect",
        )
        return [upload, inspect, *super().get_urls()]

    def inspect_view(self, request: HttpRequest, contract_id: int) -> HttpResponse:
        return inspect_contract(request, self, contract_id)

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        return upload_files(request, self)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"counts": counts_by_outcome(request), **(extra_context or {})})

    def get_readonly_fields(self, request: HttpRequest, obj: Contract | None = None) -> list[str]:
        shown = [field.name for field in Contract._meta.concrete_fields if field.name not in self.exclude]
        return ["state_chip", "problem", *shown, "passage_count"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # files come in by upload

    def has_delete_permission(self, request: HttpRequest, obj: Contract | None = None) -> bool:
        return False

    @admin.action(description="Read again", permissions=["change"])
    def read_files_again(self, request: HttpRequest, contracts: QuerySet[Contract]) -> None:
        for contract in contracts:
            read_again(contract)
        self.message_user(request, f"{len(contracts)} files are queued to be read again.", messages.SUCCESS)

    @admin.display(description="State", ordering="state")
    def state_chip(self, contract: Contract) -> SafeString:
        return format_html(
            '<span class="state state-{}">{} {}</span>',
            contract.state,
            ICONS[contract.state],
            contract.get_state_display(),
        )

    @admin.display(description="Title", ordering="title")
    def title_or_name(self, contract: Contract) -> SafeString:
        if not contract.title:
            return SafeString(format_html("{}", contract.file_name))
        return format_html('{}<br><small class="quiet">{}</small>', contract.title, contract.file_name)

    @admin.display(description="Inspect")
    def inspect(self, contract: Contract) -> SafeString:
        address = reverse("admin:contracts_contract_inspect", args=[contract.pk])
        return format_html('<a href="{}" aria-label="Inspect {}">Inspect and correct</a>', address, contract)

    @admin.display(description="Passages", ordering="passage_count")
    def passage_count(self, contract: Contract) -> int:
        return int(vars(contract)["passage_count"])  # annotated by get_queryset

    @admin.display(description="Problem and remedy")
    def problem(self, contract: Contract) -> str:
        if contract.state == Contract.State.FAILED:
            return f"{contract.error_message} {contract.error_remedy}"
        return "; ".join(contract.warnings)


def counts_by_outcome(request: HttpRequest) -> dict[str, int]:
    """received = ready + failed + waiting, of the contracts the administrator may see."""
    by_state = dict(
        Contract.objects.visible_to(request.user).order_by().values_list("state").annotate(number=Count("pk"))
    )
    ready, failed = by_state.get(Contract.State.READY, 0), by_state.get(Contract.State.FAILED, 0)
    total = sum(by_state.values())
    return {"received": total, "ready": ready, "failed": failed, "waiting": total - ready - failed}
