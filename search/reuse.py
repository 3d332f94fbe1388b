"""A question asked again is answered from its stored search, while nothing it was read from has changed."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Max

from contracts.models import Contract
from search.filters import Filters
from search.models import PassageVector, Search
from search.search import read_query
from search.verification import load_verifier


def find_answer(query: str, user: User, filters: Filters) -> Search | None:
    """The user's latest search of the same question over the same passages by the same verifier.

    Raises QueryError and VerifierUnavailable, as searching does.
    """
    contracts = filters.narrow(Contract.objects.visible_to(user)).order_by()
    eligible = PassageVector.objects.filter(passage__contract__in=contracts).count()
    latest = (
        Search.objects.filter(
            user=user,
            query=read_query(query),
            filters=filters.stored(),
            verifier_sha256=load_verifier().sha256,
            recall_path__in=("exact", "hnsw"),  # found by meaning
            # Contracts removed, added, walled off or opened since: then other passages may be the nearest.
            eligible=eligible,
            recalled=min(settings.RECALL_LIMIT, eligible),
        )
        .order_by("-created_at")
        .first()
    )
    last_read = contracts.aggregate(last=Max("read_at"))["last"]
    unchanged = latest is not None and (last_read is None or last_read < latest.created_at)
    return latest if unchanged else None
