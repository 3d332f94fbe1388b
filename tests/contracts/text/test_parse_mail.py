from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP

import pytest

from contracts.text.parse import parse_file
from contracts.text.reading import read_contract
from contracts.text.types import ReadError
from tests.contracts.text.cfb import msg_of, outlook_mail
from tests.contracts.text.files import docx_of, paragraph

SUPPLY = docx_of(paragraph("SUPPLY AGREEMENT"), paragraph("The Supplier shall deliver."))
SENT = datetime(2024, 3, 4, 9, 30, tzinfo=UTC)


def mail(body: str = "Please find attached.", html: str = "", **files: bytes) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Signed: Löwen supply"
    message["From"] = "Ana Ruiz <ana@example.com>"
    message["To"] = "legal@example.com"
    message["Date"] = SENT
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in files.items():
        message.add_attachment(data, "application", "octet-stream", filename=name.replace("_", "."))
    return message


def written(message: EmailMessage) -> bytes:
    return message.as_bytes(policy=SMTP)


def test_the_envelope_opens_the_text_and_documents_are_handed_on() -> None:
    notes = {"notes_markdown": b"# Notes", "old_doc": b"old"}
    document = parse_file(written(mail(supply_docx=SUPPLY, logo_png=b"\x89PNG", **notes)), "signed.eml")
    assert document.format == "eml"
    assert document.text.split("\n") == [
        "Signed: Löwen supply",
        "From: Ana Ruiz <ana@example.com>",
        "To: legal@example.com",
        "Sent: 4 March 2024, 09:30",
        "Please find attached.",
    ]
    assert document.warnings == ("Attached and not read: logo.png.",)
    assert document.mail is not None and document.mail.sent_at == SENT
    assert [(one.name, one.data) for one in document.mail.attachments] == [
        ("supply.docx", SUPPLY), ("notes.markdown", b"# Notes"), ("old.doc", b"old")
    ]  # fmt: skip


def test_outlooks_own_format_gives_the_same() -> None:
    data = msg_of(
        "Signed", "Please find attached.", "Ana Ruiz", SENT, [("supply.docx", SUPPLY), ("logo.png", b"\x89PNG")]
    )
    document = parse_file(data, "signed.msg")
    assert document.format == "msg"
    assert document.text.startswith('Signed\nFrom: "Ana Ruiz" <sender@example.com>\n')
    assert document.text.endswith("Please find attached.")
    assert document.warnings == ("Attached and not read: logo.png.",)
    assert document.mail is not None and document.mail.sent_at == SENT
    assert [(one.name, one.data) for one in document.mail.attachments] == [("supply.docx", SUPPLY)]


def test_a_mail_within_outlooks_mail_is_handed_on_with_what_it_carries() -> None:
    innermost = outlook_mail("Draft", "First draft.", "Ben Hale", SENT, within=True)
    inner = outlook_mail(
        "Löwen terms", "See below.", "Ana Ruiz", SENT, [("supply.docx", SUPPLY)], [innermost], within=True
    )
    data = msg_of("Fwd", "For you.", "Cy Dow", SENT, mails=[inner])
    document = parse_file(data, "fwd.msg")
    assert document.warnings == ()
    assert document.mail is not None
    [attached] = document.mail.attachments
    assert attached.name == "Löwen terms.eml"
    within = parse_file(attached.data, attached.name)
    assert within.text.startswith("Löwen terms\nFrom: Ana Ruiz <sender@example.com>\n")
    assert within.text.endswith("See below.")
    assert within.mail is not None and within.mail.sent_at == SENT
    assert [one.name for one in within.mail.attachments] == ["supply.docx", "Draft.eml"]
    assert within.mail.attachments[0].data == SUPPLY
    assert parse_file(within.mail.attachments[1].data, "Draft.eml").text.endswith("First draft.")
    again = parse_file(data, "fwd.msg")
    assert again.mail is not None and again.mail.attachments == document.mail.attachments, "the same bytes each time"


def test_a_mail_is_known_by_its_content_and_a_printed_one_is_a_text() -> None:
    message = mail()
    message["Received"] = "from a by b"
    assert parse_file(written(message), "message").format == "eml"
    assert parse_file(b"From: Ana\nTo: Ben\nSubject: Supply\n\nWe agree.", "memo.txt").format == "txt"


def test_a_mail_of_html_alone_is_read() -> None:
    message = EmailMessage()
    message["Subject"] = "Terms"
    message.set_content("<p>We <b>agree</b> to pay.</p><p>Ana</p>", subtype="html")
    document = parse_file(written(message), "terms.eml")
    assert document.text == "Terms\nWe agree to pay.\nAna"
    assert document.mail is not None and document.mail.attachments == ()


def test_a_plain_body_is_preferred_and_its_html_twin_is_no_attachment() -> None:
    document = parse_file(written(mail("Plain words.", "<p>Twin</p>")), "a.eml")
    assert document.text.endswith("Plain words.") and "Twin" not in document.text
    assert document.warnings == ()


def test_words_after_an_attachment_are_read() -> None:
    message = mail("We send the terms.", "<p>We send the <b>terms</b>.</p>", supply_docx=SUPPLY)
    for words, subtype in (
        ("The fee is EUR 900.", "plain"),
        ("<p>Ana</p>", "html"),
        ("<p>The fee is EUR 900.</p>", "html"),
    ):
        part = MIMEPart()
        part.set_content(words, subtype=subtype)
        message.attach(part)
    document = parse_file(written(message), "a.eml")
    assert document.text.split("\n")[4:] == ["We send the terms.", "The fee is EUR 900.", "Ana"]
    assert document.mail is not None and [one.name for one in document.mail.attachments] == ["supply.docx"]


def test_a_forwarded_mail_is_a_document_with_its_own_attachments() -> None:
    outer = mail("See below.")
    outer.add_attachment(mail("The terms.", supply_docx=SUPPLY))
    document = parse_file(written(outer), "fw.eml")
    assert document.mail is not None
    (inner,) = document.mail.attachments
    assert inner.name == "Signed: Löwen supply.eml"
    within = parse_file(inner.data, inner.name).mail
    assert within is not None and [one.data for one in within.attachments] == [SUPPLY]


@pytest.mark.parametrize("charset", ["no-such-charset", "us-ascii"])
def test_a_wrong_charset_loses_no_words(charset: str) -> None:
    data = b"Subject: S\nFrom: a@example.com\nContent-Type: text/plain; charset=" + charset.encode()
    document = parse_file(data + b"\nMIME-Version: 1.0\n\nThe fee is \xa3 900.", "a.eml")
    assert document.text.endswith("The fee is £ 900.")


@pytest.mark.parametrize("field", ["To", "From", "Subject", "Date"])
def test_a_header_that_cannot_be_taken_apart_is_read_as_it_stands(field: str) -> None:
    headers = {"From": "a@example.com", "To": "b@example.com", "Subject": "S", field: "=?utf-8?q?x?= <"}
    head = "".join(f"{name}: {value}\n" for name, value in headers.items())
    document = parse_file(f"{head}MIME-Version: 1.0\n\nThe Buyer pays.".encode(), "a.eml")
    assert document.text.endswith("The Buyer pays.")
    assert field == "Date" or "x" in document.text


def test_a_mail_without_words_has_at_least_its_envelope() -> None:
    document = parse_file(written(mail("", supply_docx=SUPPLY)), "a.eml")
    assert document.text.endswith("Sent: 4 March 2024, 09:30")


def test_a_mail_is_called_by_its_subject_and_is_of_its_own_kind() -> None:
    reading = read_contract(written(mail("Ana shall pay.")), "a.eml", lambda text: len(text.split()))
    facts = {fact.kind: fact for fact in reading.facts}
    assert (facts["title"].value, facts["kind"].value) == ("Signed: Löwen supply", "mail")
    title = facts["title"]
    assert reading.document.text[title.start : title.end] == title.value


@pytest.mark.parametrize(("name", "data"), [("a.eml", b"\n\nno header"), ("a.msg", msg_of("S", "B")[:1100])])
def test_a_damaged_mail_says_so(name: str, data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        parse_file(data, name)
    assert caught.value.code == "corrupt" and name in caught.value.message
