"""What lawyers decide on clauses, and where they disagree with the verifier. Both leave an audit event."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from contracts.audit.record import record
from search.labels import FOUND, LABELS, NOT_VERIFIED
from search.models import Disagreement, Hit, Review

UNDECIDED = "none"  # before the first decision, and after the last is taken back
LONGEST_NOTE = 2000  # characters, of a reason too


@transaction.atomic
def decide(user: User, hit: Hit, decision: str, note: str | None = None) -> None:
    """Record a ``Review.Decision``; "" takes back what was decided. Without a ``note`` the one made before stays."""
    question_and_clause: dict[str, Any] = {
        "user": user,
        "contract": hit.contract,
        "query_sha256": _sha256(hit.search.query),
        "text_sha256": _sha256(hit.text),
    }
    before = Review.objects.select_for_update().filter(**question_and_clause).first()
    if not decision:
        Review.objects.filter(**question_and_clause).delete()
    else:
        decided = {"hit": hit, "query": hit.search.query, "decision": Review.Decision(decision)}
        if note is not None:
            decided["note"] = note
        Review.objects.update_or_create(**question_and_clause, defaults=decided)
    _record_decision(user, hit, before, decision, note)


def _record_decision(user: User, hit: Hit, before: Review | None, decision: str, note: str | None) -> None:
    """A review is overwritten by the next one, so its history is in the audit events."""
    was = before.decision if before else ""
    other_note = bool(decision) and note is not None and note != (before.note if before else "")
    if was == decision and not other_note:
        return
    change = f"{was or UNDECIDED} > {decision or UNDECIDED}" + (", note changed" if other_note else "")
    record(user, "decided", "hit", hit.pk, hit.matter_id, change)


def decisions_on(user: User, query: str, hits: Iterable[Hit]) -> dict[int, Review]:
    """By rank: what the user decided on these clauses for this question, now or in an earlier search."""
    reviews = Review.objects.filter(user=user, query_sha256=_sha256(query))
    decided = {(review.contract_id, review.text_sha256): review for review in reviews}
    found = ((hit.rank, decided.get((hit.contract_id or 0, _sha256(hit.text)))) for hit in hits)
    return {rank: review for rank, review in found if review is not None}


def decisions_of(user: User, hits: Collection[Hit]) -> dict[int, Review]:
    """By the hits' ids: what the user decided on clauses of one search or of many, each for its own question."""
    reviews = Review.objects.filter(user=user, contract__in={hit.contract_id for hit in hits if hit.contract_id})
    decided = {(one.contract_id, one.query_sha256, one.text_sha256): one for one in reviews.select_related("user")}
    keys = {hit.pk: (hit.contract_id or 0, _sha256(hit.search.query), _sha256(hit.text)) for hit in hits}
    return {pk: decided[key] for pk, key in keys.items() if key in decided}


def disagreements_of(user: User, hits: Collection[Hit]) -> dict[int, list[Disagreement]]:
    """By the hits' ids: what the user said against verdicts on these clauses for these questions, earliest first."""
    said = Disagreement.objects.filter(user=user, contract__in={hit.contract_id for hit in hits if hit.contract_id})
    of_key: dict[tuple[int, str, str], list[Disagreement]] = {}
    for one in said.select_related("user").order_by("said_at", "pk"):
        of_key.setdefault((one.contract_id, one.query, one.text), []).append(one)
    found = ((hit.pk, of_key.get((hit.contract_id or 0, hit.search.query, hit.text))) for hit in hits)
    return {pk: several for pk, several in found if several}


def disagreements_on(user: User, hit: Hit) -> QuerySet[Disagreement]:
    return Disagreement.objects.filter(user=user, contract=hit.contract_id, query=hit.search.query, text=hit.text)


def verdicts_of(hit: Hit) -> dict[str, str]:
    """What the verdict could have been instead."""
    return {label: known.text for label, known in LABELS.items() if label not in (hit.label, NOT_VERIFIED, FOUND)}


@transaction.atomic
def disagree(user: User, hit: Hit, should_be: str, reason: str) -> Disagreement:
    assert hit.contract is not None  # hits to open have theirs
    record(user, "disagreed", "hit", hit.pk, hit.matter_id, f"{hit.label} > {should_be}")
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
