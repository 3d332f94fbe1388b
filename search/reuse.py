"""A question asked again is answered from its stored search, while nothing it was read from has changed."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Count, Max, QuerySet
from django.db.models.functions import Least

from contracts.models import Contract, Passage
from search.filters import Filters
from search.models import Search
from search.query import read_query
from search.read_on import reach
from search.recall import searched_vectors
from search.recall_path import BY_MEANING, RecallPath
from search.verification import load_verifier
from search.words.search import CLAUSES_READ


def find_answer(
    query: str, user: User, filters: Filters, limit: int | None = None, *, words: bool = False
) -> Search | None:
    """The user's latest search of the same question over the same passages by the same verifier.

    Raises QueryError and VerifierUnavailable, as searching does.
    """
    contracts = filters.narrow(Contract.objects.visible_to(user)).order_by()
    asked = {"query": read_query(query), "filters": filters.stored(), "unasked": False}
    same = Search.objects.filter(user=user, **asked).order_by("-created_at")
    latest = (_found_by_words if words else _found_by_meaning)(same, contracts, limit)
    last_read = contracts.aggregate(last=Max("read_at"))["last"]
    unchanged = latest is not None and (last_read is None or last_read < latest.created_at)
    return latest if unchanged else None


# Contracts removed, added, walled off or opened since change the number of eligible passages.


def _found_by_meaning(searches: QuerySet[Search], contracts: QuerySet[Contract], limit: int | None) -> Search | None:
    least, most = reach(limit)
    eligible = searched_vectors(contracts).count()
    same = searches.filter(
        recall_path__in=BY_MEANING,
        verifier_sha256=load_verifier().sha256,
        eligible=eligible,
        # As much as is read in any case; what was read on after that depends on the verdicts alone.
        recalled__gte=min(least, eligible),
        recalled__lte=most,
    )
    # It stopped sooner than this one would, as its asker waited.
    return same.exclude(more_likely=True, recalled__lt=min(most, eligible)).first()


def _found_by_words(searches: QuerySet[Search], contracts: QuerySet[Contract], limit: int | None) -> Search | None:
    eligible = Passage.objects.filter(contract__in=contracts).count()
    as_many = searches.annotate(shown=Count("hits")).filter(shown=Least("recalled", limit or CLAUSES_READ))
    latest = as_many.filter(recall_path=RecallPath.WORDS, eligible=eligible).first()
    if latest is None:
        return None
    # Plain hits need no verifier.
    same_verifier = not latest.verifier_sha256 or latest.verifier_sha256 == load_verifier().sha256
    return latest if same_verifier else None
