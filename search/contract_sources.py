"""The contracts of an answer, of a list or of a search's scope, to be chosen all at once in a form."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, User
from django.http import QueryDict

from contracts.ids import is_id
from contracts.models import Contract
from search.history.entries import latest_questions
from search.models import ClauseList, Hit, Search
from search.page_state import PageState
from search.query import QueryError
from search.read_state import read_state

ANSWER, LIST, SCOPE = "answer-", "list-", "scope-"
LATEST = 5  # answers to choose from, beside the one that led here
LONGEST = 80  # characters of a question


def source_choices(user: AbstractBaseUser | AnonymousUser, chosen: str = "") -> list[tuple[str, str]]:
    """Value and name of each; ``chosen``: also that one."""
    if not isinstance(user, User):
        return []
    answers = {str(search.pk): search for search in latest_questions(user, LATEST)}
    if (led_here := _answer(user, chosen)) is not None:
        answers = {str(led_here.pk): led_here} | answers
    lists = ClauseList.objects.filter(user=user)
    return [
        *((f"{ANSWER}{pk}", f"Answer: {search.query[:LONGEST]}") for pk, search in answers.items()),
        *((f"{LIST}{one.pk}", f"List: {one}") for one in lists),
    ]


def scope_source(state: PageState) -> str:
    return SCOPE + urlencode([(one.parameter, one.value) for one in state.scope])


def contracts_of(user: AbstractBaseUser | AnonymousUser, source: str) -> set[int]:
    """Those open to the user now; of an answer, with a clause that is more than related. None where not theirs."""
    if source.startswith(SCOPE):
        return _within(user, source.removeprefix(SCOPE))
    hits = Hit.objects.visible_to(user).filter(contract__deleted_at=None).exclude(contract=None)
    if (answer := _answer(user, source)) is not None:
        hits = hits.filter(search=answer).exclude(label="unrelated")
    elif source.startswith(LIST) and is_id(source.removeprefix(LIST)):
        listed = ClauseList.objects.filter(user=user.pk, pk=int(source.removeprefix(LIST)))
        hits = hits.filter(pk__in=listed.values("clauses__hit"))
    else:
        return set()
    return {pk for pk in hits.order_by().values_list("contract", flat=True) if pk is not None}


def _within(user: AbstractBaseUser | AnonymousUser, scope: str) -> set[int]:
    try:
        filters = read_state(QueryDict(scope)).filters
    except QueryError:
        return set()
    return set(filters.narrow(Contract.objects.visible_to(user).read()).values_list("pk", flat=True))


def _answer(user: AbstractBaseUser | AnonymousUser, source: str) -> Search | None:
    try:
        pk = UUID(source.removeprefix(ANSWER)) if source.startswith(ANSWER) else None
    except ValueError:
        return None
    return Search.objects.filter(user=user.pk, pk=pk).first() if pk else None
