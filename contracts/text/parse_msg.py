"""Outlook's .msg: the same as any e-mail, out of another container."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from contracts.text.paragraphs import clean
from contracts.text.parse_mail import html_text, mail_document
from contracts.text.parse_plain import plain_paragraphs
from contracts.text.types import Mail, ParsedDocument, ReadError

SHORT_NAME = 0x3704  # PidTagAttachFilename, where there is no long one
DISPLAY_TO = 0x0E04


def parse_msg(data: bytes, name: str) -> ParsedDocument:
    from oxmsg import Message  # brings a command line toolkit; few files are .msg

    try:
        message = Message.load(data)
        envelope = Mail(message.subject, clean(message.sender or ""), _recipients(message), _sent_at(message))
        body = plain_paragraphs(message.body or "")
        if not body and message.html_body:
            body = html_text(message.html_body.encode(), name)
        files = list(_files(message))
    except (OSError, ValueError, KeyError, IndexError, LookupError, struct.error, AssertionError) as error:
        raise ReadError("corrupt", f"{name} is a damaged Outlook message.", "Save it again from Outlook.") from error
    return mail_document("msg", envelope, body, files)


def _recipients(message: Any) -> str:
    shown = message.properties.str_prop_value(DISPLAY_TO)
    return clean(shown or message.message_headers.get("To", ""))


def _sent_at(message: Any) -> datetime | None:
    sent: datetime | None = message.sent_date
    return sent


def _files(message: Any) -> Iterator[tuple[str, bytes]]:
    for attachment in message.attachments:
        name = attachment.file_name or attachment.properties.str_prop_value(SHORT_NAME) or "attachment"
        yield clean(name), attachment.file_bytes or b""  # a mail within the mail has no bytes of its own: it is named
