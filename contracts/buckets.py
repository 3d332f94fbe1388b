"""A prefix of an S3-compatible bucket, and what goes wrong there said with what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ImproperlyConfigured

S3 = "s3://"
CREDENTIALS = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE"
SERVER = "for a store that is not Amazon's also AWS_ENDPOINT_URL"


class NotStaged(ValueError):
    """The place cannot be looked at; the message says why and what to do."""


def open_bucket(address: str) -> tuple[Any, str]:
    """django-storages' S3Storage of s3://bucket/prefix, and the prefix. Raises NotStaged."""
    bucket, _, prefix = address.removeprefix(S3).partition("/")
    if not bucket:
        raise NotStaged(f"{address} names no bucket. Write s3://bucket/prefix.")
    try:
        from storages.backends.s3 import S3Storage
    except (ImportError, ImproperlyConfigured) as error:
        raise NotStaged(f'{address} needs the extra s3, which is not installed: pip install ".[s3]"') from error
    with told(address, NotStaged):
        storage = S3Storage(bucket_name=bucket)
        if bool(storage.access_key) != bool(storage.secret_key):  # boto3 would sign with what is not there
            raise NotStaged(f"Half of the credentials for {address} is missing. {CREDENTIALS}; {SERVER}.")
    return storage, prefix.strip("/")


@contextmanager
def told(where: str, kind: type[Exception]) -> Iterator[None]:
    """What boto3 raises, as ``kind`` with what to do."""
    from botocore.exceptions import BotoCoreError, ClientError, NoCredentialsError, PartialCredentialsError

    try:
        yield
    except (NoCredentialsError, PartialCredentialsError) as error:
        raise kind(f"There are no credentials for {where}. {CREDENTIALS}; {SERVER}.") from error
    except ClientError as error:
        raise kind(
            f"{where}: {error}. Check the name of the bucket, and that your key may list and read it."
        ) from error
    except BotoCoreError as error:
        raise kind(f"{where} could not be reached: {error} Check the network; {SERVER}.") from error
