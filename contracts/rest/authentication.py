"""Who asks, and what their token lets them do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from knox.auth import TokenAuthentication as KnoxAuthentication
from rest_framework.authentication import BasicAuthentication
from rest_framework.exceptions import AuthenticationFailed, MethodNotAllowed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from contracts.rest.acting import NO_TOKEN, ON_BEHALF_OF, user_acted_for
from contracts.rest.models import ApiToken

if TYPE_CHECKING:  # it imports this module, as settings name it
    from rest_framework.views import APIView

INVALID = "The token is unknown, expired or revoked. Make another with POST /api/v1/tokens."


class TokenAuthentication(KnoxAuthentication):
    """``Authorization: Bearer prv_...``, of a trusted client with ``On-Behalf-Of: lena``."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        found: tuple[User, ApiToken] | None = super().authenticate(request)
        named = request.headers.get(ON_BEHALF_OF)
        if found is None or named is None:
            return found
        _, token = found
        return _narrowed(user_acted_for(token, named), token), token

    def authenticate_credentials(self, token: bytes) -> tuple[User, ApiToken]:
        if not token.replace(b"_", b"").isalnum():
            raise AuthenticationFailed(INVALID)  # other bytes are no token, and not all of them can be looked up
        try:
            user, found = super().authenticate_credentials(token)
        except AuthenticationFailed as error:
            raise AuthenticationFailed(INVALID) from error
        return _narrowed(user, found), found


def _narrowed(user: User, token: ApiToken) -> User:
    user.token_id = token.public_id  # type: ignore[attr-defined]  # written down by contracts.audit
    if token.restricted:
        only = frozenset(token.matters.values_list("pk", flat=True))
        user.only_matters = only  # type: ignore[attr-defined]  # read by visible_to
    return user


class PasswordAuthentication(BasicAuthentication):
    def authenticate_credentials(self, userid: str, password: str, request: Any = None) -> Any:
        if "\0" in userid + password:
            raise AuthenticationFailed("Invalid username/password.")  # the database cannot be asked for a NUL
        return super().authenticate_credentials(userid, password, request)


def scope_of(request: Request, view: APIView) -> str | None:
    """The scope a token needs, or of several the first that it has; None where tokens are not accepted at all."""
    method = "GET" if request.method in ("HEAD", "OPTIONS") else request.method
    scopes: Mapping[str | None, str | tuple[str, ...]] = getattr(view, "scopes", {})
    wanted = scopes.get(method)
    if not isinstance(wanted, tuple):
        return wanted
    held = request.auth.scopes if isinstance(request.auth, ApiToken) else wanted
    return next((scope for scope in wanted if scope in held), wanted[-1])


class HasScope(BasePermission):
    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.auth, ApiToken):
            if ON_BEHALF_OF in request.headers:
                raise PermissionDenied(NO_TOKEN, code="act_for")
            return True  # signed in with a password: all that the user may do
        if request.method not in view.allowed_methods:
            raise MethodNotAllowed(str(request.method))  # and not for want of a scope
        scope = scope_of(request, view)
        if scope is None:
            raise PermissionDenied("A token cannot do this. Sign in with name and password.", code="no_token")
        if scope not in request.auth.scopes:
            raise PermissionDenied(f"This token lacks the scope “{scope}”. Make one that has it.", code="scope")
        return True
