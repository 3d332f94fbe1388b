from __future__ import annotations

from django.contrib import admin

from contracts.read_only_admin import ReadOnlyAdmin
from search.models import Search


@admin.register(Search)
class SearchAdmin(ReadOnlyAdmin):
    """What was asked, when and by which verifier. Hits are not shown: being an administrator opens no contract."""

    list_display = ["created_at", "user", "query", "eligible", "recalled", "verified", "recall_path", "verifier_name"]
    list_filter = ["recall_path", "verifier_name"]
    list_select_related = ["user"]
    search_fields = ["query", "user__username"]
    date_hierarchy = "created_at"
