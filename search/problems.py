"""How a question that cannot be asked, and a model that is not there, answer over REST."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rest_framework import status
from rest_framework.exceptions import APIException, ValidationError

from search.encode import EncoderUnavailable
from search.query import QueryError
from verifier.types import VerifierUnavailable


class ModelUnavailable(APIException):
    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    default_code = "model_unavailable"


@contextmanager
def problems_at(field: str) -> Iterator[None]:
    """What is refused within is said of this field (400); without the model there is no answer (503)."""
    try:
        yield
    except QueryError as error:
        raise ValidationError({field: str(error)}, code=error.code) from error
    except (VerifierUnavailable, EncoderUnavailable) as error:
        raise ModelUnavailable(str(error)) from error
