"""People as administrators see them. Who leaves is better deactivated: a deletion takes what was theirs with it."""

from __future__ import annotations

from django.contrib.auth.admin import UserAdmin

from contracts.counted_deletion import CountedDeletion


class PersonAdmin(CountedDeletion, UserAdmin):
    """What goes with a person (webhooks, tokens, lists, ...) is counted first; the templates say what stays."""
