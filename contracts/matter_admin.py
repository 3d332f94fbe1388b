"""Matters as administrators see them: their members and walls. Being an administrator opens none of their contracts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from contracts.audit.record import record
from contracts.counted_deletion import CountedDeletion
from contracts.models import Contract, Matter


class MatterAdmin(CountedDeletion):
    list_display = ["name", "client", "member_names", "walled_names"]
    search_fields = ["name", "client"]
    filter_horizontal = ["members", "walled"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Matter]:
        return super().get_queryset(request).prefetch_related("members", "walled")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        # Without membership its creator could neither upload to it nor see what became of the files.
        return {"members": [request.user.pk], **super().get_changeform_initial_data(request)}

    def save_model(self, request: HttpRequest, obj: Matter, form: Any, change: bool) -> None:
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if not change or {"name", "client"} & set(form.changed_data):
                record(request, "matter.renamed" if change else "matter.made", "matter", obj.pk, obj.pk)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        before = _access(form.instance)
        with transaction.atomic():
            super().save_related(request, form, formsets, change)
            for kind, users in _access(form.instance).items():
                for user in sorted(users - before[kind]):
                    record(request, f"{kind}.added", "user", user, form.instance.pk)
                for user in sorted(before[kind] - users):
                    record(request, f"{kind}.removed", "user", user, form.instance.pk)

    def delete_model(self, request: HttpRequest, obj: Matter) -> None:
        self.delete_queryset(request, Matter.objects.filter(pk=obj.pk))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Matter]) -> None:
        with transaction.atomic():
            for matter in queryset:
                record(request, "matter.deleted", "matter", matter.pk, matter.pk)
            super().delete_queryset(request, queryset)

    def forbidden_by(self, chosen: list[Matter]) -> list[str]:
        in_trash = Count("pk", filter=Q(deleted_at__isnull=False))
        held = Contract.objects.filter(matter__in=chosen).order_by("matter__name").values_list("matter__name")
        return [
            f"{name}: {number} contract{'' if number == 1 else 's'}, {trashed} of them in the trash. Purge them first: "
            "an administrator who is a member moves them to the trash, and purges them there."
            for name, number, trashed in held.annotate(number=Count("pk"), trashed=in_trash)
        ]

    @admin.display(description="Members")
    def member_names(self, matter: Matter) -> str:
        return ", ".join(user.get_username() for user in matter.members.all()) or "nobody"

    @admin.display(description="Walled off")
    def walled_names(self, matter: Matter) -> str:
        return ", ".join(user.get_username() for user in matter.walled.all()) or "nobody"


def _access(matter: Matter) -> dict[str, set[int]]:
    members, walled = matter.members.order_by(), matter.walled.order_by()
    return {"member": set(members.values_list("pk", flat=True)), "wall": set(walled.values_list("pk", flat=True))}
