"""Actions of the console's lists that ask first, over any number of contracts.

All that the filters of a list show are asked for again by saying so, never by naming thousands: Django takes no form of
more than DATA_UPLOAD_MAX_NUMBER_FIELDS fields.
"""

from __future__ import annotations

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest


def is_across(request: HttpRequest) -> bool:
    """All that the filters show are chosen, and not only those that are ticked."""
    return request.POST.get("select_across") == "1"


def fields_again(request: HttpRequest, action: str) -> list[tuple[str, str]]:
    """What a form sends, to the address of the request, to ask for the same action over the same contracts."""
    chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
    return [
        ("action", action),
        ("select_across", "1" if is_across(request) else "0"),
        *((ACTION_CHECKBOX_NAME, pk) for pk in (chosen[:1] if is_across(request) else chosen)),
    ]
