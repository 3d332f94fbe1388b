"""Tokens made and revoked by an administrator. The token itself is shown once, when it is made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminSplitDateTime
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from contracts.audit.record import record
from contracts.rest.models import ApiToken, Scope


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    scopes = forms.MultipleChoiceField(choices=Scope.choices, widget=forms.CheckboxSelectMultiple)
    expiry = forms.SplitDateTimeField(widget=AdminSplitDateTime, help_text="After this the token opens nothing.")

    class Meta:
        model = ApiToken
        fields = ["user", "name", "scopes", "restricted", "matters", "expiry"]
        help_texts = {
            "user": "Yourself, or a service account: a user without a password, with whom nobody can sign in. "
            "Other people make their own tokens, with POST /api/v1/tokens."
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("matters") and not cleaned.get("restricted"):
            self.add_error("restricted", "Tick this, or choose no matters: unticked, the token opens all of them.")
        user = cleaned.get("user")
        if Scope.ACT_FOR in cleaned.get("scopes", ()) and user is not None and user.has_usable_password():
            self.add_error("scopes", "Only a service account's token acts for others: choose one as its user.")
        return cleaned


def takers_of_tokens(administrator: User) -> QuerySet[User]:
    """Never another person: whoever makes a token sees it, and could act with it in that person's name."""
    service_accounts = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX, is_superuser=False)
    return User.objects.filter(service_accounts | Q(pk=administrator.pk), is_active=True).order_by("username")


@admin.register(ApiToken)
class TokenAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    form = TokenForm
    list_display = ["name", "user", "token_key", "scopes", "restricted", "created", "expiry"]
    list_select_related = ["user"]
    search_fields = ["name", "user__username", "token_key"]
    filter_horizontal = ["matters"]

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        return False  # what a client was given stays as it is; revoke it by deleting it, and make another

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"user": request.user.pk, **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = takers_of_tokens(cast(User, request.user))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        obj.digest, token = get_digest_token()
        obj.token_key = token[: CONSTANTS.TOKEN_KEY_LENGTH]
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            record(request, "token.made", "token", obj.public_id)
            if obj.user_id != request.user.pk:
                acts = "may act for users" if Scope.ACT_FOR in obj.scopes else ""
                record(request, "token.made", "user", obj.user_id, change=acts)  # for whom
        self.message_user(request, f"The token, shown only now: {token}", messages.WARNING)

    def delete_model(self, request: HttpRequest, obj: ApiToken) -> None:
        self._revoke(request, [obj])

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[ApiToken]) -> None:
        self._revoke(request, queryset)

    def _revoke(self, request: HttpRequest, tokens: Iterable[ApiToken]) -> None:
        with transaction.atomic():
            for token in tokens:
                record(request, "token.revoked", "token", token.public_id)
                token.delete()
