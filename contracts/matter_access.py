"""Who may see a matter: members, and walls that deny. Changed one person at a time, and each change on record.

Being an administrator opens no contract: so that an administrator's token opens none either, nobody lets themselves in
here. The administration, which needs their password, does that, and it too is on record.
"""

from __future__ import annotations

from typing import Literal

from django.contrib.auth.models import User
from django.db import transaction
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from contracts.audit.record import record
from contracts.models import Matter

Kind = Literal["member", "wall"]
RELATED: dict[Kind, str] = {"member": "members", "wall": "walled"}


class NotOneself(PermissionDenied):
    default_code = "not_oneself"
    default_detail = (
        "Nobody opens a matter to themselves over the API. Do it in the administration, at /admin/contracts/matter/, "
        "or ask another administrator."
    )


def add_to(matter: Matter, kind: Kind, user: User, by: Request) -> None:
    """Raises NotOneself: nobody makes themselves a member."""
    if kind == "member" and user.pk == by.user.pk:
        raise NotOneself
    _change(matter, kind, user, by, there=True)


def take_from(matter: Matter, kind: Kind, user: User, by: Request) -> None:
    """Raises NotOneself: nobody takes down a wall against themselves."""
    if kind == "wall" and user.pk == by.user.pk:
        raise NotOneself
    _change(matter, kind, user, by, there=False)


def _change(matter: Matter, kind: Kind, user: User, by: Request, *, there: bool) -> None:
    """What is so already changes nothing."""
    with transaction.atomic():
        Matter.objects.select_for_update(no_key=True).get(pk=matter.pk)
        people = getattr(matter, RELATED[kind])
        if people.filter(pk=user.pk).exists() == there:
            return
        (people.add if there else people.remove)(user)
        record(by, f"{kind}.{'added' if there else 'removed'}", "user", user.pk, matter.pk)
