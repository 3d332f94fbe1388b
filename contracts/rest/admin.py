"""Tokens made and revoked by an administrator. The token itself is shown once, when it is made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.http import HttpRequest
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from contracts.rest.models import ApiToken, Scope


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    scopes = forms.MultipleChoiceField(choices=Scope.choices, widget=forms.CheckboxSelectMultiple)
    expiry = forms.SplitDateTimeField(widget=AdminSplitDateTime, help_text="After this the token opens nothing.")

    class Meta:
        model = ApiToken
        fields = ["user", "name", "scopes", "restricted", "matters", "expiry"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("matters") and not cleaned.get("restricted"):
            self.add_error("restricted", "Tick this, or choose no matters: unticked, the token opens all of them.")
        return cleaned


@admin.register(ApiToken)
class TokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = TokenForm
    list_display = ["name", "user", "token_key", "scopes", "restricted", "created", "expiry"]
    list_select_related = ["user"]
    search_fields = ["name", "user__username", "token_key"]
    autocomplete_fields = ["user"]
    filter_horizontal = ["matters"]

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        return False  # what a client was given stays as it is; revoke it by deleting it, and make another

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        obj.digest, token = get_digest_token()
        obj.token_key = token[: CONSTANTS.TOKEN_KEY_LENGTH]
        super().save_model(request, obj, form, change)
        self.message_user(request, f"The token, shown only now: {token}", messages.WARNING)
