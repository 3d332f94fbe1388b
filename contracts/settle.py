"""What follows when a contract was read or has failed, in the transaction that says so."""

from __future__ import annotations

from django.db import transaction

from contracts.ingests.models import Ingest, IngestItem
from contracts.ingests.parts import close_settled
from contracts.models import Contract, PastReading
from contracts.versions import take_over
from contracts.webhooks.models import Event
from contracts.webhooks.publish import publish

EVENTS = {Contract.State.READY: Event.CONTRACT_READY, Contract.State.FAILED: Event.CONTRACT_FAILED}


@transaction.atomic
def contract_settled(contract: Contract) -> None:
    state = Contract.State(contract.state)
    if state == Contract.State.READY and contract.current:
        retire_earlier_versions(contract)
    failure = {name: getattr(contract, name) for name in ("error_code", "error_message", "error_remedy")}
    PastReading.objects.create(contract=contract, started_at=contract.started_at, **failure)
    publish(EVENTS[state], {"contract": contract.pk, "matter": contract.matter_id}, [contract.matter_id])
    mine = IngestItem.objects.filter(contract=contract).values("ingest")
    close_settled(Ingest.objects.filter(pk__in=mine))


def retire_earlier_versions(contract: Contract) -> None:
    """Only now: a version that cannot be read must not take the last one that can out of every search."""
    seen = {contract.pk}
    earlier = contract.supersedes
    while earlier is not None and earlier.pk not in seen:
        seen.add(earlier.pk)
        take_over(contract, earlier)
        earlier = earlier.supersedes
