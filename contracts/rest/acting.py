"""A trusted client acts for a user: it names them in a header, and has their rights, never its own beside them.

Whose rights count is ``request.user``; which client used them is told by its token, and by its name in audit events.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from rest_framework.exceptions import PermissionDenied

from contracts.rest.models import ApiToken, Scope

ON_BEHALF_OF = "On-Behalf-Of"
NO_TOKEN = (
    f"{ON_BEHALF_OF} needs a token with the scope “{Scope.ACT_FOR.value}”: you are signed in with name and password. "
    "Leave the header out to act for yourself."
)


def user_acted_for(token: ApiToken, named: str) -> User:
    """Raises PermissionDenied. Administrators are never acted for: what they may do is theirs to do themselves."""
    if Scope.ACT_FOR not in token.scopes:
        raise PermissionDenied(
            f"{ON_BEHALF_OF} needs a token with the scope “{Scope.ACT_FOR.value}”, which only an administrator gives, "
            "at /admin/api/apitoken/. Leave the header out to act for yourself.",
            code="act_for",
        )
    people = User.objects.filter(is_active=True, is_staff=False, is_superuser=False)
    user = None if "\0" in named else people.filter(username=_as_text(named)).first()
    if user is None:
        raise PermissionDenied(
            f"{ON_BEHALF_OF} names nobody who can be acted for: send the user name of a person with an active account "
            "who is no administrator.",
            code="nobody_to_act_for",
        )
    user.acted_by = token.user.get_username()  # type: ignore[attr-defined]  # written down by contracts.audit
    return user


def _as_text(header: str) -> str:
    """Names beyond ASCII come as UTF-8, which WSGI hands on as Latin-1."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header
