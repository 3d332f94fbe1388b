"""Bulk loads as administrators see them: what was announced and never came, and loads that were left open."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from contracts.cancel import cancel_ingest
from contracts.ingests.counts import item_counts
from contracts.ingests.models import OUTCOME, Ingest, IngestItem, Outcome
from contracts.mass_actions import fields_again
from contracts.models import Matter
from contracts.read_only_admin import ReadOnlyAdmin
from contracts.trash_admin import VisibleMatterFilter

# Where a load stands, by the name that the filter gives it.
STATES = {
    "open": ("Open: more may be sent", Q(committed_at=None, done_at=None)),
    "committed": ("Committed: being read", Q(committed_at__isnull=False, done_at=None)),
    "done": ("Done", Q(done_at__isnull=False)),
}


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(name, told) for name, (told, _) in STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Ingest]) -> QuerySet[Ingest]:
        value = self.value()
        return queryset.filter(STATES[value][1]) if value in STATES else queryset


class WithCounts(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        counts = item_counts(self.result_list)
        for ingest in self.result_list:  # evaluated above, so these are the rows that are shown
            ingest.counts = counts[ingest.pk]


@admin.register(Ingest)
class IngestAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "matter", "by", "state", "files", "unsent", "waiting", "failed", "ready", "duplicate"]
    list_display_links = None
    list_filter = [StateFilter, VisibleMatterFilter, "created_at"]
    list_select_related = ["matter", "user"]
    list_per_page = 50
    search_fields = ["=id", "user__username"]
    search_help_text = "The id that the API gave it, or who sent it"
    actions = ["cancel"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ingest]:
        return super().get_queryset(request).filter(matter__in=Matter.objects.visible_to(request.user))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_view_permission(request)  # the list shows all that there is to one

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Bulk loads", **(extra_context or {})})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WithCounts

    @admin.display(description="By", ordering="user__username")
    def by(self, ingest: Ingest) -> str:
        return ingest.user.get_username() if ingest.user else "somebody who was deleted"

    @admin.display(description="State")
    def state(self, ingest: Ingest) -> str:
        if ingest.done_at:
            return f"Done {ingest.done_at:%Y-%m-%d %H:%M}"
        return STATES["committed" if ingest.committed_at else "open"][0]

    @admin.display(description="Files")
    def files(self, ingest: Ingest) -> SafeString:
        return _items_of(ingest, "items", f"{_counted(ingest, 'items')} announced", "")

    @admin.display(description="Ready")
    def ready(self, ingest: Ingest) -> int:
        return _counted(ingest, Outcome.READY)

    @admin.display(description="Duplicate")
    def duplicate(self, ingest: Ingest) -> int:
        return _counted(ingest, Outcome.DUPLICATE)

    @admin.display(description="Failed")
    def failed(self, ingest: Ingest) -> SafeString:
        return _items_of(ingest, Outcome.FAILED, f"{_counted(ingest, Outcome.FAILED)} failed", Outcome.FAILED)

    @admin.display(description="Waiting")
    def waiting(self, ingest: Ingest) -> SafeString:
        return _items_of(ingest, Outcome.WAITING, f"{_counted(ingest, Outcome.WAITING)} waiting", Outcome.WAITING)

    @admin.display(description="Not sent yet")
    def unsent(self, ingest: Ingest) -> int:
        return _counted(ingest, "unsent")

    @admin.action(description="Cancel…", permissions=["act"])
    def cancel(self, request: HttpRequest, ingests: QuerySet[Ingest]) -> HttpResponse | None:
        """First what waits of it; then as over REST, for whoever sent it may be gone."""
        going = list(ingests.filter(done_at=None))
        if "confirmed" not in request.POST:
            counts = item_counts(going).values()
            context = self.admin_site.each_context(request) | {
                "title": "Cancel?",
                "opts": self.opts,
                "loads": len(going),
                "waiting": sum(one[Outcome.WAITING] for one in counts),
                "unsent": sum(one["unsent"] for one in counts),
                "fields": fields_again(request, "cancel"),
                "button": f"Cancel {len(going)} load{'' if len(going) == 1 else 's'}",
            }
            return TemplateResponse(request, "admin/ingests/ingest/cancel.html", context)
        cancelled = sum([cancel_ingest(ingest, request) for ingest in going])
        told = f"{cancelled} load{' is' if cancelled == 1 else 's are'} cancelled."
        self.message_user(request, told, messages.SUCCESS)
        return None


def _counted(ingest: Ingest, what: str) -> int:
    counts: dict[str, int] = vars(ingest)["counts"]  # put there by WithCounts
    return counts[what]


def _items_of(ingest: Ingest, what: str, told: str, outcome: str) -> SafeString:
    if not _counted(ingest, what):
        return format_html("{}", 0)
    address = f"{reverse('admin:ingests_ingestitem_changelist')}?ingest={ingest.pk}"
    return format_html('<a href="{}">{}</a>', address + (f"&outcome={outcome}" if outcome else ""), told)


class OutcomeFilter(admin.SimpleListFilter):
    title = "what became of it"
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(outcome.value, str(outcome.label)) for outcome in Outcome]

    def queryset(self, request: HttpRequest, queryset: QuerySet[IngestItem]) -> QuerySet[IngestItem]:
        return queryset.filter(Q(outcome=self.value())) if self.value() else queryset


@admin.register(IngestItem)
class IngestItemAdmin(ReadOnlyAdmin):
    list_display = ["key", "file_name", "load", "outcome", "reason", "sent_at", "as_contract"]
    list_display_links = None
    list_filter = [OutcomeFilter]
    list_select_related = ["ingest__matter", "contract"]
    list_per_page = 50
    search_fields = ["key", "file_name", "identifier"]
    search_help_text = "The sender's key, a file name or an external id"
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[IngestItem]:
        visible = super().get_queryset(request).filter(ingest__matter__in=Matter.objects.visible_to(request.user))
        return visible.annotate(outcome=OUTCOME).defer("contract__text", "contract__original_text")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_view_permission(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": "Files of bulk loads", **(extra_context or {})})

    @admin.display(description="Load", ordering="ingest")
    def load(self, item: IngestItem) -> str:
        return f"{item.ingest.matter}, {item.ingest.created_at:%Y-%m-%d %H:%M}"

    @admin.display(description="What became of it")
    def outcome(self, item: IngestItem) -> str:
        return str(Outcome(vars(item)["outcome"]).label)  # annotated by get_queryset

    @admin.display(description="Why")
    def reason(self, item: IngestItem) -> str:
        contract = item.contract
        if item.error_code or contract is None:
            return f"{item.error_message} {item.error_remedy}".strip()
        return f"{contract.error_message} {contract.error_remedy}".strip()

    @admin.display(description="Contract")
    def as_contract(self, item: IngestItem) -> SafeString | str:
        if item.contract is None:
            return ""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:contracts_contract_log", args=[item.contract.pk]), item.contract
        )
