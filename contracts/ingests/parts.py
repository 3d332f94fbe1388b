"""A bulk load step by step: begin with the manifest, receive each part, commit, and close when nothing waits.

Every step can be repeated after a kill. Locks are taken in the order item, contract, ingest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from contracts.corrections import give_facts
from contracts.ingests.models import OUTCOME, Ingest, IngestItem, Outcome
from contracts.models import Contract, Matter
from contracts.receive import Received, name_version, receive_file, receive_version
from contracts.webhooks.models import Event
from contracts.webhooks.publish import publish

NOT_SENT = {
    "error_code": "not_sent",
    "error_message": "The manifest names this file, but it was not sent before the ingest was committed.",
    "error_remedy": "Send it in another ingest, or by itself with POST /api/v1/contracts.",
}


class PartRefused(ValueError):
    """Nothing was kept. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A line of the manifest."""

    key: str
    file_name: str
    sha256: str = ""
    source: str = ""
    identifier: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def begin_ingest(matter: Matter, items: Sequence[Announced], user: User) -> Ingest:
    """A file that the matter has already, by its sha256, need not be sent at all."""
    promised = [item.sha256 for item in items if item.sha256]
    now = timezone.now()
    with transaction.atomic():
        present = Contract.objects.filter(matter=matter, sha256__in=promised, deleted_at=None)
        present = present.exclude(state=Contract.State.FAILED).defer("text", "original_text").order_by("pk")
        here = {contract.sha256: contract for contract in present.select_for_update(of=("self",), no_key=True)}
        ingest = Ingest.objects.create(user=user, matter=matter)
        rows = []
        for position, item in enumerate(items):
            known = here.get(item.sha256)
            rows.append(
                IngestItem(
                    ingest=ingest,
                    position=position,
                    key=item.key,
                    file_name=item.file_name,
                    sha256=item.sha256,
                    source=item.source,
                    identifier=item.identifier,
                    facts=item.facts,
                    contract=known,
                    duplicate=known is not None,
                    sent_at=now if known else None,
                )
            )
        IngestItem.objects.bulk_create(rows, batch_size=1000)
        # In one order everywhere, so that two manifests with the same documents do not wait for each other.
        for item in sorted(items, key=lambda item: (item.source, item.identifier)):
            if item.identifier and item.sha256 in here:
                name_version(Received(here[item.sha256], duplicate=True), item.source, item.identifier)
        for item in items:
            if item.sha256 in here:
                give_facts(here[item.sha256], user, item.facts)
    return ingest


def receive_part(item: IngestItem, content: bytes, user: User) -> None:
    """Receive the file of ``item``, or find that it was received before. Raises PartRefused or FileTooLarge."""
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        # The lock of the item, which commit_ingest waits for and then sees as sent.
        item = IngestItem.objects.select_for_update(of=("self",)).select_related("ingest__matter").get(pk=item.pk)
        if item.contract_id is not None and item.sha256 == digest:
            _receive_again(item, content, user)
            return
        if item.ingest.committed_at is not None:
            raise PartRefused("The ingest is committed; nothing more can be sent to it. Begin another one.")
        if item.contract_id is not None:
            raise PartRefused(f"Another file was sent as {item.key} before. Give this one its own key.")
        if item.sha256 not in ("", digest):
            raise PartRefused(
                f"The file has the sha256 {digest}, the manifest says {item.sha256}. Send it again; if they still "
                "differ, the manifest was made of another file."
            )
        received = _receive(item, content, user)
        item.contract, item.duplicate, item.sha256 = received.contract, received.duplicate, digest
        item.sent_at = timezone.now()
        item.save(update_fields=["contract", "duplicate", "sha256", "sent_at"])


def _receive_again(item: IngestItem, content: bytes, user: User) -> None:
    """Of what was received before only what has failed or was deleted since is worth it."""
    contract = item.contract
    if contract is not None and (contract.state == Contract.State.FAILED or contract.deleted_at is not None):
        _receive(item, content, user)


def _receive(item: IngestItem, content: bytes, user: User) -> Received:
    matter = item.ingest.matter
    if item.identifier:
        received = receive_version(matter, item.source, item.identifier, item.file_name, content, user)
    else:
        received = receive_file(matter, item.file_name, content, user)
    give_facts(received.contract, user, item.facts)
    return received


def commit_ingest(ingest: Ingest) -> None:
    """Nothing more comes: what was not sent has failed. Committing again changes nothing."""
    with transaction.atomic():
        if Ingest.objects.filter(pk=ingest.pk, committed_at=None).exists():
            ingest.items.filter(sent_at=None).update(**NOT_SENT)
            Ingest.objects.filter(pk=ingest.pk, committed_at=None).update(committed_at=timezone.now())
        close_settled(Ingest.objects.filter(pk=ingest.pk))


def close_settled(ingests: QuerySet[Ingest]) -> None:
    """Say once that an ingest is done, in the transaction of what settled its last item.

    Of two workers that settle the last two items the lock lets the second see what the first has written.
    """
    for ingest in ingests.filter(committed_at__isnull=False, done_at=None).select_for_update():
        if not ingest.items.annotate(outcome=OUTCOME).filter(outcome=Outcome.WAITING).exists():
            Ingest.objects.filter(pk=ingest.pk).update(done_at=timezone.now())
            data = {"ingest": str(ingest.pk), "matter": ingest.matter_id}
            publish(Event.INGEST_DONE, data, [ingest.matter_id], ingest.user_id)
