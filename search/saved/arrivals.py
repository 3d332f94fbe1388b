"""What the worker does for saved searches when a contract has come in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.db import transaction

from contracts.models import Contract
from contracts.queue import FOLLOWING, defer
from contracts.webhooks.models import Event
from contracts.webhooks.publish import publish
from search.labels import OF_WHOM, SAYS_IT
from search.models import Arrival, SavedSearch
from search.modes import WORDS_MODE
from search.present import HitView
from search.query import QueryError
from search.result_page import ResultPage, lay_out_search
from search.saved.saving import state_of
from search.search import search_clauses
from search.templatetags.cards import is_close_call
from search.words.search import search_words

ARRIVAL_TASK = "search_arrival"
# Sections of the answer that are worth an alert, by way to search: never a near miss, never what was not verified.
# Words that state nothing to verify are found as they are written.
ALERTING = {"support": SAYS_IT, "opposite": ("contrary",), WORDS_MODE: (*SAYS_IT, "found")}


def enqueue_arrival(contract_id: int) -> None:
    if SavedSearch.objects.exists():
        # Not behind all that a bulk load has brought: the first contracts are news before the last are read.
        defer(ARRIVAL_TASK, priority=FOLLOWING, lock=f"arrival-{contract_id}", contract_id=contract_id)


def search_arrival(contract_id: int) -> None:
    """Each saved search is asked of this contract alone; what was asked before is not asked again.

    Raises VerifierUnavailable and EncoderUnavailable.
    """
    contract = Contract.objects.filter(pk=contract_id, state=Contract.State.READY).defer("text").first()
    if contract is None or contract.read_at is None:
        return
    done = Arrival.objects.filter(contract=contract, searched_at__gt=contract.read_at).values("saved")
    for saved in SavedSearch.objects.exclude(pk__in=done).select_related("user").order_by("pk"):
        try:
            _search(saved, contract)
        except QueryError as error:
            SavedSearch.objects.filter(pk=saved.pk).update(problem=str(error))


def hits_of_news(page: ResultPage, sections: Collection[str]) -> tuple[list[HitView], list[HitView]]:
    """Of these sections what is news, and what is shown but is none: close calls, and where it is open who is meant."""
    cards = [card for section in page.sections if section.key in sections for card in section.cards]
    hits = [hit for card in cards for hit in card.hits]
    doubtful = {hit.rank for hit in hits if is_close_call(hit) or hit.group == OF_WHOM.group}
    return [hit for hit in hits if hit.rank not in doubtful], [hit for hit in hits if hit.rank in doubtful]


def _search(saved: SavedSearch, contract: Contract) -> None:
    state, user = state_of(saved), saved.user
    if not state.filters.narrow(Contract.objects.visible_to(user).filter(pk=contract.pk)).exists():
        return
    ask = search_words if state.mode == WORDS_MODE else search_clauses
    found = ask(state.query, user, replace(state.filters, contracts=(contract.pk,)), unasked=True)
    sure, close_calls = hits_of_news(lay_out_search(found, user, state, ""), ALERTING[state.mode])
    clauses = len(sure)
    with transaction.atomic():
        if not (_held(SavedSearch, saved.pk) and _held(Contract, contract.pk)):
            return  # deleted while it was asked: the others are still to be asked
        Arrival.objects.update_or_create(
            saved=saved,
            contract=contract,
            defaults={"search": found, "clauses": clauses, "close_calls": len(close_calls), "seen_at": None},
        )
        if clauses:
            told = {"saved_search": saved.pk, "search": str(found.pk)}
            told |= {"contract": contract.pk, "matter": contract.matter_id}
            publish(Event.SAVED_NEW, told, [contract.matter_id], user.pk)


def _held(model: type[SavedSearch] | type[Contract], pk: int) -> bool:
    """Whether it is there, and then it stays for this transaction."""
    return bool(model.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk"))
