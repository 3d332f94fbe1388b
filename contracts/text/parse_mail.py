"""E-mail: its words are text under its subject; the documents it carries are handed on to be read by themselves."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.message import EmailMessage, Message, MIMEPart
from email.utils import parsedate_to_datetime
from pathlib import PurePath

from contracts.text.extensions import DOCUMENTS
from contracts.text.paragraphs import clean
from contracts.text.parse_html import parse_html
from contracts.text.parse_plain import plain_paragraphs
from contracts.text.types import Attachment, Mail, ParsedDocument, ReadError

_TAKEN = {*DOCUMENTS, ".doc"}  # an old Word file is a document too: its reading fails with the remedy
MOST_ATTACHMENTS = 200
_HEADER = re.compile(rb"[!-9;-~]+:[ \t]*\S")
_FROM, _MIME = (re.compile(rb"^%b:" % name, re.IGNORECASE | re.MULTILINE) for name in (b"from", b"mime-version"))
_EXTENSIONS = {
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/msword": ".doc",
    "message/rfc822": ".eml",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}


def looks_like_mail(head: bytes) -> bool:
    """A printed "From: ... To: ..." is a text; a mail also says by which standard it was sent."""
    block = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return _HEADER.match(block) is not None and all(field.search(block) for field in (_FROM, _MIME))


def parse_eml(data: bytes, name: str) -> ParsedDocument:
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(message, EmailMessage)  # policy.default makes no other
    if not message.keys():
        raise ReadError("corrupt", f"{name} has no header of an e-mail.", "Save the e-mail again as .eml or .msg.")
    shown = list(_shown(message, message.get_body(("plain", "html"))))
    files = [_part_file(part) for part in _leaves(message) if part not in shown and _is_file(part)]
    texts = [_words(part, name) for part in shown]
    body = "\n".join({"".join(text.split()): text for text in texts if text}.values())  # once, if sent in two forms
    subject, sender, recipients = (_header(message, field) for field in ("subject", "from", "to"))
    return mail_document("eml", Mail(subject, sender, recipients, _sent_at(message)), body, files)


def mail_document(form: str, envelope: Mail, body: str, files: Iterable[tuple[str, bytes]]) -> ParsedDocument:
    """The document of a mail whose parts are known. What is no document (a picture, a calendar) is named, not read."""
    documents: list[Attachment] = []
    others: list[str] = []
    for name, data in files:
        is_document = PurePath(name).suffix.lower() in _TAKEN and len(documents) < MOST_ATTACHMENTS
        if is_document and data:
            documents.append(Attachment(name, data))
        else:
            others.append(name)
    subject = clean(envelope.subject) or "E-mail without a subject"
    lines = [subject, *(f"{label}: {value}" for label, value in _envelope_lines(envelope)), body]
    warnings = (f"Attached and not read: {', '.join(others)}.",) if others else ()
    mail = Mail(subject, envelope.sender, envelope.recipients, envelope.sent_at, tuple(documents))
    return ParsedDocument("\n".join(filter(None, lines)), "msg" if form == "msg" else "eml", (), warnings, mail=mail)


def _envelope_lines(envelope: Mail) -> Iterator[tuple[str, str]]:
    yield from (("From", envelope.sender),) if envelope.sender else ()
    yield from (("To", envelope.recipients),) if envelope.recipients else ()
    if envelope.sent_at is not None:
        yield "Sent", f"{envelope.sent_at:%-d %B %Y, %H:%M}"


def html_text(html: bytes, name: str) -> str:
    return parse_html(html, name).text


def _words(part: MIMEPart, name: str) -> str:
    return (
        html_text(_content(part), name) if part.get_content_type() == "text/html" else plain_paragraphs(_decoded(part))
    )


def _shown(part: MIMEPart, body: MIMEPart | None) -> Iterator[MIMEPart]:
    """The texts that a mail program shows one below the other, ``body`` also if it has a name of a file."""
    kind = part.get_content_type()
    if part is not body and _is_file(part):
        return
    if part.is_multipart():
        inside = [list(_shown(inner, body)) for inner in part.iter_parts()]
        if kind == "multipart/alternative":  # the same in several forms: the plain one
            inside.sort(key=lambda parts: -any(inner.get_content_type() == "text/plain" for inner in parts))
            inside = [parts for parts in inside if parts][:1]
        yield from (inner for parts in inside for inner in parts)
    elif kind in {"text/plain", "text/html"}:
        yield part


def _decoded(part: MIMEPart) -> str:
    """The words of a text part; a charset that nobody knows is read as Western European."""
    data = _content(part)
    for charset in (part.get_content_charset("utf-8"), "cp1252"):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("latin-1")


def _content(part: MIMEPart) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _leaves(part: MIMEPart) -> Iterator[MIMEPart]:
    """The parts that hold no others. A mail within the mail is one: its own parts are its own business."""
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        yield part
        return
    for inner in part.iter_parts():
        yield from _leaves(inner)


def _is_file(part: MIMEPart) -> bool:
    named = part.get_filename() or part.get_content_disposition() == "attachment"
    return part.get_content_type() == "message/rfc822" or bool(named)


def _part_file(part: MIMEPart) -> tuple[str, bytes]:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        inner = part.get_content()
        return f"{_header(inner, 'subject') or 'Forwarded e-mail'}.eml", inner.as_bytes()
    name = PurePath(clean(part.get_filename() or "")).name or "attachment"
    return name if PurePath(name).suffix else name + _EXTENSIONS.get(kind, ""), _content(part)


def _header(message: Message, field: str) -> str:
    """The words of a header; as they stand where the standard library cannot take them apart ("=?utf-8?q?x?= <")."""
    try:
        return clean(str(message.get(field) or ""))
    except (IndexError, ValueError, AttributeError):
        return clean(next(str(value) for name, value in message.raw_items() if name.lower() == field))


def _sent_at(message: EmailMessage) -> datetime | None:
    try:
        sent = parsedate_to_datetime(_header(message, "date"))
    except ValueError:
        return None
    return sent if sent.tzinfo is not None else None
