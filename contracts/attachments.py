"""What an e-mail brings: each document it carries becomes a contract of the same matter."""

from __future__ import annotations

import hashlib

from contracts.models import Contract, Mail
from contracts.queue import FOLLOWING
from contracts.receive import receive_file
from contracts.storage import storable
from contracts.text.types import Mail as ReadMail


def receive_attachments(contract: Contract, read: ReadMail | None) -> None:
    """Keep the envelope and receive the documents. Bytes that the matter has already stay one contract."""
    if read is None:
        return
    envelope = {"subject": read.subject, "sender": read.sender, "recipients": read.recipients}
    mail, _ = Mail.objects.update_or_create(
        contract=contract,
        defaults={"sent_at": read.sent_at, **{field: storable(value) for field, value in envelope.items()}},
    )
    known = {attached.sha256 for attached in mail.attachments.all()}
    for attachment in read.attachments:
        if hashlib.sha256(attachment.data).hexdigest() not in known:  # else this is another reading of the same mail
            received = receive_file(
                contract.matter,
                attachment.name,
                attachment.data,
                contract.received_by,
                came_in=contract.file_name,
                priority=FOLLOWING,
            )
            mail.attachments.add(received.contract)
