from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from search.models import Search


@admin.register(Search)
class SearchAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """What was asked, when and by which verifier. Hits are not shown: being an administrator opens no contract."""

    list_display = ["created_at", "user", "query", "eligible", "recalled", "verified", "recall_path", "verifier_name"]
    list_filter = ["recall_path", "verifier_name"]
    list_select_related = ["user"]
    search_fields = ["query", "user__username"]
    date_hierarchy = "created_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
