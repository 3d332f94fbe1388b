"""What was asked for cannot be done any more, or not yet: 409, and what to look at."""

from __future__ import annotations

from rest_framework import status
from rest_framework.exceptions import APIException


class TooLate(APIException):
    """What is to be cancelled has ended, or was cancelled before."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "too_late"
    default_detail = "It has ended already. GET it to see how."


class NothingStopped(APIException):
    """Of what is to go on, or to be tried again."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "not_stopped"
    default_detail = "It has not stopped: it waits, is being done, or is done. GET it to see which."
