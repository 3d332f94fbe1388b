"""A file that waits to be read, or is being read, is left unread: by itself, or all that wait of a bulk load.

The reader of a cancelled file stops at its next step and writes nothing; another reading may be asked for at any time.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request

from contracts.audit.record import record
from contracts.estimate import WAITING
from contracts.ingests.models import OUTCOME, Ingest, Outcome
from contracts.ingests.parts import close_settled
from contracts.models import Contract
from contracts.queue import INTERACTIVE
from contracts.receive import read_again
from contracts.settle import contract_settled

CANCELLED = "cancelled"  # as error_code
NOT_READ = {
    "error_code": CANCELLED,
    "error_message": "Its reading was cancelled.",
    "error_remedy": "Have it read again, or send the file again.",
}
NOT_SENT = {
    "error_code": CANCELLED,
    "error_message": "The ingest was cancelled before this file was sent.",
    "error_remedy": "Send it in another ingest, or by itself with POST /api/v1/contracts.",
}
By: TypeAlias = Request | HttpRequest | User


def waiting_readings(**which: Any) -> QuerySet[Contract]:
    return Contract.objects.filter(deleted_at=None, state__in=WAITING, **which)


def cancel_reading(contract: Contract, by: By) -> bool:
    """False when nothing waits to be read. A first reading has failed then; an earlier reading stays, and is READY."""
    with transaction.atomic():
        waiting = waiting_readings(pk=contract.pk).defer("text", "original_text")
        latest = waiting.select_for_update(of=("self",), no_key=True).first()
        if latest is None:
            return False
        if latest.read_at is None:
            latest.state = Contract.State.FAILED
            for name, value in NOT_READ.items():
                setattr(latest, name, value)
        else:
            latest.state = Contract.State.READY
        latest.save(update_fields=["state", *NOT_READ])
        record(by, "cancelled", "contract", latest.pk, latest.matter_id)
        contract_settled(latest)
    return True


def retry_reading(contract: Contract, by: By) -> bool:
    """False when it has not failed."""
    with transaction.atomic():
        failed = Contract.objects.filter(pk=contract.pk, deleted_at=None, state=Contract.State.FAILED)
        latest = failed.defer("text", "original_text").select_for_update(of=("self",), no_key=True).first()
        if latest is None:
            return False
        read_again(latest, INTERACTIVE)
        record(by, "read_again", "contract", latest.pk, latest.matter_id)
    return True


def cancel_ingest(ingest: Ingest, by: By) -> bool:
    """What was not sent, or is not read yet, has failed; what was read stays. False when it is done already.

    File by file, so that one of thousands that was interrupted goes on when it is cancelled again.
    """
    if ingest.done_at is not None:
        return False
    with transaction.atomic():
        ingest.items.filter(sent_at=None, error_code="").update(**NOT_SENT)
        if Ingest.objects.filter(pk=ingest.pk, committed_at=None).update(committed_at=timezone.now()):
            record(by, "cancelled", "ingest", ingest.pk, ingest.matter_id)
    waiting = ingest.items.annotate(outcome=OUTCOME).filter(outcome=Outcome.WAITING).values("contract")
    for contract in Contract.objects.filter(pk__in=waiting).only("pk"):
        cancel_reading(contract, by)
    close_settled(Ingest.objects.filter(pk=ingest.pk))  # when nothing of it waited
    return True
