"""Outlook's .msg: the same as any e-mail, out of another container."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from contracts.text.paragraphs import clean
from contracts.text.parse_mail import html_text, mail_document
from contracts.text.parse_plain import plain_paragraphs
from contracts.text.types import Mail, ParsedDocument, ReadError

SHORT_NAME = 0x3704  # PidTagAttachFilename, where there is no long one
DISPLAY_TO = 0x0E04
EMBEDDED = "__substg1.0_3701000D"  # the attachment is itself a mail
PROPERTIES = "__properties_version1.0"


def parse_msg(data: bytes, name: str) -> ParsedDocument:
    from olefile import OleFileIO
    from oxmsg import Message  # brings a command line toolkit; few files are .msg
    from oxmsg.storage import Storage

    try:
        with OleFileIO(data) as container:
            root = Storage.from_ole(container)
        message = Message(root)
        envelope = Mail(message.subject, clean(message.sender or ""), _recipients(message), _sent_at(message))
        body = plain_paragraphs(message.body or "")
        if not body and message.html_body:
            body = html_text(message.html_body.encode(), name)
        files = list(_files(root))
    except (OSError, ValueError, KeyError, IndexError, LookupError, struct.error, AssertionError) as error:
        raise ReadError("corrupt", f"{name} is a damaged Outlook message.", "Save it again from Outlook.") from error
    return mail_document("msg", envelope, body, files)


def _recipients(message: Any) -> str:
    shown = message.properties.str_prop_value(DISPLAY_TO)
    return clean(shown or message.message_headers.get("To", ""))


def _sent_at(message: Any) -> datetime | None:
    sent: datetime | None = message.sent_date
    return sent


def _files(root: Any) -> Iterator[tuple[str, bytes]]:
    from oxmsg.attachment import Attachment

    for storage in root.iter_attachment_storages():
        within = next((inner for inner in storage.storages if inner.name == EMBEDDED), None)
        if within is not None:
            mail = _embedded(within)
            yield f"{clean(mail['subject'] or 'Forwarded e-mail')}.eml", mail.as_bytes()
            continue
        attachment = Attachment(storage)
        name = attachment.file_name or attachment.properties.str_prop_value(SHORT_NAME) or "attachment"
        yield clean(name), attachment.file_bytes or b""


def _embedded(storage: Any) -> EmailMessage:
    """A mail within the mail, as a file of its own: the format that has a standard, and always the same bytes."""
    from oxmsg import Message

    storage = _with_header_of_a_file(storage)
    message = Message(storage)
    mail = EmailMessage(policy=SMTP)
    for field, value in (("Subject", message.subject), ("From", message.sender), ("To", _recipients(message))):
        if value and clean(value):
            mail[field] = " ".join(clean(value).split())
    if message.sent_date is not None:
        mail["Date"] = message.sent_date
    if message.body or not message.html_body:
        mail.set_content(message.body or "")
    else:
        mail.set_content(message.html_body, subtype="html")
    for name, data in _files(storage):
        mail.add_attachment(data, "application", "octet-stream", filename=name)
    if mail.is_multipart():
        mail.set_boundary(
            "=_" + hashlib.sha256(repr([part.get_content() for part in mail.iter_parts()]).encode()).hexdigest()[:40]
        )
    return mail


def _with_header_of_a_file(storage: Any) -> Any:
    """The properties of an embedded mail have a header of 24 bytes, those of a file one of 32."""
    from oxmsg.storage import Storage, Stream

    streams = tuple(
        Stream(stream.path, stream.bytes_[:24] + bytes(8) + stream.bytes_[24:]) if stream.name == PROPERTIES else stream
        for stream in storage.streams
    )
    return Storage(storage.path, streams, storage.storages)
