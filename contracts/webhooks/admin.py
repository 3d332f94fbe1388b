"""Webhooks as administrators see them: where they go, how it went, and switching them off and on. Never a secret."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from contracts.audit.record import record
from contracts.read_only_admin import ReadOnlyAdmin
from contracts.webhooks.models import Attempt, Delivery, Endpoint
from contracts.webhooks.publish import send_again

LAST = 20  # deliveries on the page of an endpoint
BY_AN_ADMINISTRATOR = "Disabled by an administrator."


@admin.register(Endpoint)
class EndpointAdmin(ReadOnlyAdmin):
    list_display = ["url", "user", "state", "events", "waiting", "last_success_at", "created_at"]
    list_filter = ["enabled", "created_at"]
    list_select_related = ["user"]
    list_per_page = 50
    search_fields = ["url", "user__username"]
    actions = ["enable", "disable"]
    # Neither secret nor old_secret.
    fields = ("url", "user", "state", "events", "restricted", "last_success_at", "created_at", "last_deliveries")
    readonly_fields = ["state", "last_deliveries"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Endpoint]:
        waiting = Count("deliveries", filter=Q(deliveries__state=Delivery.State.WAITING))
        return super().get_queryset(request).defer("secret", "old_secret").annotate(waiting=waiting)

    @admin.display(description="State", ordering="enabled")
    def state(self, endpoint: Endpoint) -> str:
        return "✓ Enabled" if endpoint.enabled else f"✕ Disabled. {endpoint.disabled_reason}"

    @admin.display(description="Waiting", ordering="waiting")
    def waiting(self, endpoint: Endpoint) -> int:
        return int(vars(endpoint)["waiting"])  # annotated by get_queryset

    @admin.display(description="Last deliveries")
    def last_deliveries(self, endpoint: Endpoint) -> SafeString:
        rows = with_last_attempt(endpoint.deliveries.all())[:LAST]
        shown = format_html_join(
            "",
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            (
                (f"{one.created_at:%Y-%m-%d %H:%M}", one.event, one.get_state_display(), vars(one)["last_error"] or "")
                for one in rows
            ),
        )
        everything = reverse("admin:webhooks_delivery_changelist") + f"?endpoint__id__exact={endpoint.pk}"
        return format_html(
            '<table><thead><tr><th scope="col">Made</th><th scope="col">Event</th><th scope="col">State</th>'
            '<th scope="col">Last error</th></tr></thead><tbody>{}</tbody></table>'
            '<a href="{}">All deliveries, to send some again</a>',
            shown,
            everything,
        )

    @admin.action(description="Enable", permissions=["act"])
    def enable(self, request: HttpRequest, endpoints: QuerySet[Endpoint]) -> None:
        self._switch(request, endpoints, enabled=True, reason="")

    @admin.action(description="Disable", permissions=["act"])
    def disable(self, request: HttpRequest, endpoints: QuerySet[Endpoint]) -> None:
        self._switch(request, endpoints, enabled=False, reason=BY_AN_ADMINISTRATOR)

    def _switch(self, request: HttpRequest, endpoints: QuerySet[Endpoint], *, enabled: bool, reason: str) -> None:
        """What waited is sent once it is enabled again: the worker looks for overdue messages every minute."""
        action = "webhook.enabled" if enabled else "webhook.disabled"
        with transaction.atomic():
            others = Endpoint.objects.filter(pk__in=endpoints.values("pk"), enabled=not enabled)
            changed = list(others.select_for_update().values_list("pk", flat=True))
            Endpoint.objects.filter(pk__in=changed).update(enabled=enabled, disabled_reason=reason)
            for pk in changed:
                record(request, action, "webhook", pk)
        done = "enabled" if enabled else "disabled"
        told = f"{len(changed)} webhook{' is' if len(changed) == 1 else 's are'} {done}."
        self.message_user(request, told, messages.SUCCESS)


class AttemptInline(admin.TabularInline):
    model = Attempt
    fields = readonly_fields = ("at", "seconds", "status", "error")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["created_at", "endpoint", "event", "state", "tries", "last_error"]
    list_filter = ["state", "event", "created_at", ("endpoint", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["endpoint"]
    list_per_page = 50
    search_fields = ["=id", "endpoint__url"]
    actions = ["resend"]
    inlines = [AttemptInline]
    fields = ["id", "endpoint", "event", "data", "state", "tries", "due_at", "created_at"]
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        return with_last_attempt(super().get_queryset(request).defer("endpoint__secret", "endpoint__old_secret"))

    @admin.display(description="Last error")
    def last_error(self, delivery: Delivery) -> str:
        return str(vars(delivery)["last_error"] or "")  # annotated by get_queryset

    @admin.action(description="Send again", permissions=["act"])
    def resend(self, request: HttpRequest, deliveries: QuerySet[Delivery]) -> None:
        """Whether its user may still see it is looked at when it is sent, as always."""
        with transaction.atomic():
            chosen = Delivery.objects.filter(pk__in=deliveries.values("pk"), endpoint__enabled=True)
            to_send = list(chosen.select_for_update(of=("self",)))
            for delivery in to_send:
                send_again(delivery)
                record(request, "webhook.resent", "delivery", delivery.pk)
        left = deliveries.count() - len(to_send)
        if to_send:
            number = f"{len(to_send)} message{' is' if len(to_send) == 1 else 's are'}"
            self.message_user(request, f"{number} queued to be sent again.", messages.SUCCESS)
        if left:
            refused = f"{left} not sent: the webhook is disabled. Enable it first."
            self.message_user(request, refused, messages.WARNING)


def with_last_attempt(deliveries: QuerySet[Delivery]) -> QuerySet[Delivery]:
    latest = Attempt.objects.filter(delivery=OuterRef("pk")).order_by("-at")
    return deliveries.annotate(last_error=Subquery(latest.values("error")[:1]))
