"""What lawyers decide on clauses, and where they disagree with the verifier."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User

from search.models import Disagreement, Hit, Review


def decide(user: User, hit: Hit, decision: str, note: str | None = None) -> None:
    """Record a ``Review.Decision``; "" takes back what was decided. Without a ``note`` the one made before stays."""
    question_and_clause: dict[str, Any] = {
        "user": user,
        "contract": hit.contract,
        "query_sha256": _sha256(hit.search.query),
        "text_sha256": _sha256(hit.text),
    }
    if not decision:
        Review.objects.filter(**question_and_clause).delete()
        return
    decided = {"hit": hit, "query": hit.search.query, "decision": Review.Decision(decision)}
    if note is not None:
        decided["note"] = note
    Review.objects.update_or_create(**question_and_clause, defaults=decided)


def decisions_on(user: User, query: str, hits: Iterable[Hit]) -> dict[int, Review]:
    """By rank: what the user decided on these clauses for this question, now or in an earlier search."""
    reviews = Review.objects.filter(user=user, query_sha256=_sha256(query))
    decided = {(review.contract_id, review.text_sha256): review for review in reviews}
    found = ((hit.rank, decided.get((hit.contract_id or 0, _sha256(hit.text)))) for hit in hits)
    return {rank: review for rank, review in found if review is not None}


def disagree(user: User, hit: Hit, should_be: str, reason: str) -> Disagreement:
    assert hit.contract is not None  # hits to open have theirs
    return Disagreement.objects.create(
        user=user,
        contract=hit.contract,
        query=hit.search.query,
        text=hit.text,
        label=hit.label,
        should_be=should_be,
        reason=reason,
        verifier_sha256=hit.search.verifier_sha256,
    )


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()
