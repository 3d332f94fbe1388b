"""A search answered in steps: recalled at once, then verified a second at a time, as often as the page asks.

The verdicts so far are stored, so any process can take the next step; who leaves the page costs nothing more.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from contracts.audit.record import record
from contracts.models import Contract, Passage
from search.beside import beside_near_misses
from search.candidates import Candidate
from search.filters import Filters
from search.models import OpenSearch, Search
from search.query import read_query
from search.read_on import next_to_read
from search.recall import Recall, RecalledPassage, load_recalled
from search.recall_path import RecallPath
from search.search import recall_question, store_candidates
from search.shared_words import Ranked
from search.verification import BATCH_PAIRS, load_verifier, restored_verdict, stored_verdict, verify_passages
from search.words.search import Found, find, load_passages, store_verified

STEP_SECONDS = 1.0
KEPT = timedelta(hours=1)  # of a search that nobody asks to go on


def open_search(query: str, user: User, filters: Filters, limit: int | None = None) -> OpenSearch:
    """Nothing is verified yet. Raises QueryError, VerifierUnavailable or EncoderUnavailable."""
    query = read_query(query)
    recall, seconds = recall_question(query, user, filters, limit)
    recalled = [(one.passage.pk, one.similarity) for one in recall.passages]
    return _open(
        query, user, filters, recall.eligible, recall.path, recalled, seconds, further=recall.further, limit=limit
    )


def open_words(query: str, user: User, filters: Filters, limit: int | None = None) -> OpenSearch:
    """Of words that make a statement. Raises QueryError or VerifierUnavailable."""
    query = read_query(query)
    found = find(query, user, filters, limit)
    recalled = [(passage, 0.0) for passage in found.passage_ids]
    return _open(query, user, filters, found.eligible, RecallPath.WORDS, recalled, {"find": found.seconds}, found)


def _open(
    query: str,
    user: User,
    filters: Filters,
    eligible: int,
    path: RecallPath,
    recalled: Sequence[tuple[int, float | None]],
    seconds: dict[str, float],
    found: Found | None = None,
    further: Sequence[Ranked] = (),
    limit: int | None = None,
) -> OpenSearch:
    OpenSearch.objects.filter(opened_at__lt=timezone.now() - KEPT).delete()
    opened = OpenSearch(
        user=user,
        query=query,
        filters=filters.stored(),
        eligible=eligible,
        recall_path=path,
        recalled=recalled,
        further=further,
        limit=limit,
        words=asdict(found) if found else None,
        seconds=seconds | {"verify": 0.0},
        verifier_sha256=load_verifier().sha256,
    )
    with transaction.atomic():
        opened.save(force_insert=True)
        # Now, and not with the answer: who leaves the page before has read clauses. The answer keeps the id.
        record(user, "searched", "search", opened.pk)
    return opened


def found_words(opened: OpenSearch) -> Found | None:
    return None if opened.words is None else Found.restored(opened.words)


def go_on(search_id: UUID, user: User) -> OpenSearch | Search | None:
    """Some verdicts more; with the last of them the answer. None: ask anew, as it is no more or was overtaken."""
    with transaction.atomic():
        opened = OpenSearch.objects.select_for_update().filter(pk=search_id, user=user.pk).first()
        if opened is None:
            return None
        candidates = _read_for_a_step(opened, user)
        if candidates is None:
            opened.delete()
            return None
        if len(opened.verdicts) == len(opened.recalled) and opened.beside is None:
            _look_beside(opened, candidates)
        if len(opened.verdicts) < _to_read(opened):
            opened.save(update_fields=["recalled", "further", "beside", "verdicts", "seconds"])
            return opened
        answered = _answer(opened, user)
        opened.delete()
        return answered


def _read_for_a_step(opened: OpenSearch, user: User) -> list[Candidate] | None:
    """None: a contract was read anew or walled off, or the verifier replaced."""
    started = time.monotonic()
    while True:
        candidates = candidates_of(opened, user)
        if len(candidates) < _to_read(opened) or load_verifier().sha256 != opened.verifier_sha256:
            return None
        _verify_some(opened, [one.recalled for one in candidates])
        if len(opened.verdicts) != len(opened.recalled) or not _read_on(opened):
            return candidates
        if time.monotonic() - started >= STEP_SECONDS:
            return candidates


def candidates_of(opened: OpenSearch, user: User) -> list[Candidate]:
    """Those the user may see now, nearest first, then those beside near misses; without a verdict where not read."""
    wanted = [*opened.recalled, *((pk, None) for pk in opened.beside or ())]
    visible = set(
        Passage.objects.filter(
            pk__in=[pk for pk, _ in wanted], contract__in=Contract.objects.visible_to(user)
        ).values_list("pk", flat=True)
    )
    return _with_verdicts(opened, load_recalled([(pk, similarity) for pk, similarity in wanted if pk in visible]))


def _with_verdicts(opened: OpenSearch, recalled: Iterable[RecalledPassage]) -> list[Candidate]:
    return [Candidate(one, restored_verdict(opened.verdicts.get(str(one.passage.pk)))) for one in recalled]


def _to_read(opened: OpenSearch) -> int:
    return len(opened.recalled) + len(opened.beside or ())


def _verify_some(opened: OpenSearch, recalled: Sequence[RecalledPassage]) -> None:
    """For about a second. When the search has had its time, what is left is not verified."""
    found = found_words(opened)
    statement = found.statement if found and found.statement else opened.query
    left = [one.passage for one in recalled if str(one.passage.pk) not in opened.verdicts]
    started = time.monotonic()
    while left:
        batch, left = left[:BATCH_PAIRS], left[BATCH_PAIRS:]
        verdicts = verify_passages(statement, batch)
        opened.verdicts |= {
            str(passage.pk): stored_verdict(verdict) for passage, verdict in zip(batch, verdicts, strict=True)
        }
        if time.monotonic() - started >= STEP_SECONDS:
            break
    opened.seconds["verify"] = round(opened.seconds["verify"] + time.monotonic() - started, 4)
    if opened.seconds["verify"] >= settings.VERIFY_SECONDS:
        opened.verdicts |= {str(passage.pk): None for passage in left}


def _look_beside(opened: OpenSearch, candidates: Sequence[Candidate]) -> None:
    """Nothing of words, which are searched where they stand, or when the search has had its time."""
    look = opened.words is None and opened.seconds["verify"] < settings.VERIFY_SECONDS
    read = _with_verdicts(opened, [one.recalled for one in candidates])
    opened.beside = beside_near_misses(read) if look else []


def _read_on(opened: OpenSearch) -> bool:
    """Whether there is more to read."""
    read = [pk for pk, _ in opened.recalled]
    verdicts = [restored_verdict(opened.verdicts[str(pk)]) for pk in read]
    more = next_to_read(read, verdicts, [Ranked(*ranked) for ranked in opened.further], opened.limit)
    opened.recalled += [(ranked.passage, ranked.similarity) for ranked in more]
    taken = {ranked.passage for ranked in more}
    opened.further = [ranked for ranked in opened.further if ranked[0] not in taken]
    return bool(more)


def _answer(opened: OpenSearch, user: User) -> Search:
    found = found_words(opened)
    if found is not None:
        verdicts = {pk: restored_verdict(opened.verdicts[str(pk)]) for pk in found.passage_ids}
        seconds = opened.seconds["verify"]
        passages = load_passages(found)
        return store_verified(opened.query, user, opened.filters, found, passages, verdicts, seconds, opened=opened.pk)
    candidates = candidates_of(opened, user)
    recalled = tuple(one.recalled for one in candidates if not one.beside)
    recall = Recall(opened.eligible, RecallPath(opened.recall_path), recalled)
    return store_candidates(opened.query, user, opened.filters, recall, candidates, opened.seconds, opened=opened.pk)
