"""What a deletion in the administration would take with it, counted: being an administrator opens no contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

Deleted = tuple[list[str], dict[str, int], set[str], list[str]]  # names, counts, permissions that lack, what forbids it


class CountedDeletion(admin.ModelAdmin):
    """Asks before it deletes, and names only what was chosen: no title, file name or question that hangs on it.

    Whoever may delete the one may delete what hangs on it, though its own administration may be to look at only.
    """

    def forbidden_by(self, chosen: list[Any]) -> list[str]:
        """Why these cannot be deleted, with the remedy."""
        return []

    def get_deleted_objects(self, objs: Iterable[Model], request: HttpRequest) -> Deleted:
        chosen = list(objs)
        names = [str(one) for one in chosen]
        forbidden = self.forbidden_by(chosen)
        if forbidden:  # before thousands of rows are loaded, to be counted for nothing
            return names, {}, set(), forbidden
        _, counts, _, protected = super().get_deleted_objects(chosen, request)
        told = [f"{len(protected)} rows that must not be lost."] if protected else []
        return names, counts, set(), told
