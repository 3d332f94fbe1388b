"""The questions that come with the demo's sample contracts. To other contracts they are nobody's questions."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import User

from contracts.models import Contract

EXAMPLES_SHOWN = 8


def example_queries(user: User) -> tuple[str, ...]:
    """Some of them, each wording once; none for who sees no sample contract."""
    samples = Contract.objects.visible_to(user).filter(sha256__in=_sample_files())
    return _questions() if samples.exists() else ()


@lru_cache(maxsize=1)
def _questions() -> tuple[str, ...]:
    path = settings.BASE_DIR / "fixtures" / "demo_questions.json"
    if not path.exists():
        return ()
    queries = dict.fromkeys(question["query"] for question in json.loads(path.read_text("utf-8")))
    return tuple(queries)[:EXAMPLES_SHOWN]


@lru_cache(maxsize=1)
def _sample_files() -> tuple[str, ...]:
    folder = settings.BASE_DIR / "fixtures" / "agreements"
    files = (path for path in folder.glob("*.*") if path.is_file())
    return tuple(sha256(path.read_bytes()).hexdigest() for path in files)
