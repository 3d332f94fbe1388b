"""Whatever file comes in: a reading whose clauses are all of the text, or an error that names file and remedy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from contracts.text.language import OTHER
from contracts.text.reading import read_contract
from contracts.text.types import ReadError, Reading
from tests.contracts.text import bad_files as bad
from tests.contracts.text.files import pdf_of

ROOT = Path(__file__).resolve().parents[3]
FIVE_MEGABYTES = 5 * 1024 * 1024


def read(data: bytes, name: str) -> Reading:
    return read_contract(data, name, lambda text: len(text.split()))


READABLE = {
    "one-line.txt": (b"the parties agree that time is of the essence , " * FIVE_MEGABYTES)[:FIVE_MEGABYTES],
    "utf-16-without-mark.txt": f"1. {bad.CLAUSE}".encode("utf-16-le"),
    "utf-16-big.txt": f"1. {bad.CLAUSE}".encode("utf-16-be"),
    "nul-late.txt": f"1. {bad.CLAUSE}\n".encode() * 1300 + b"2. The Term\0 is one year.\n",
    "german.txt": "1. Laufzeit\nDer Käufer muss binnen 30 Tagen zahlen.\n".encode(),
    "right-to-left.txt": "\u202e1. Term\u202c \u200fThe \u200bSupplier shall pay.\n".encode(),
    "only-a-table.txt": b"Item      Price     Date\nCrane     900       1 May\nHoist     700       2 May\n",
    "only-a-table.html": b"<table><tr><td>Item</td><td>Price</td></tr><tr><td>Crane</td><td>900</td></tr></table>",
    "only-a-table.rtf": rb"{\rtf1\ansi\trowd Item\cell Price\cell\row}",
    "only-a-table.docx": bad.TABLE_DOCX,
    "only-a-table.pdf": bad.TABLE_PDF,
    "wrong-extension.pdf": bad.DOCX,
    "wrong-extension.docx": bad.PDF,
    "wrong-extension.txt": bad.PDF,
    "long-list.html": b"<html><body><ol>" + b"<li>Terms</li>" * 5_000,
    "dates-in-a-line.txt": b"commencing on 1 May 2020 and effective " * 10_000,
    "laws-in-a-line.txt": b"governed by and construed under the laws " * 10_000,
    "unclosed.html": b"<html><body><table><tr><td>Fee<td>5<div><p>The Customer shall pay",
    "nested.html": b"<html><body>" + b"<div>" * 5000 + b"The Customer shall pay",
    "halves.html": b"<html><body>The Term &#xD800; &#0; &#x110000; is a year</body></html>",
    "halves.rtf": rb"{\rtf1\ansi\uc0 The Term \u-10179 is a year\par}",
    "code-page.rtf": rb"{\rtf1\ansi\ansicpg99999 The caf\'e9 shall pay\par}",
    "mail.eml": b"From: a@b\nSubject: Terms\nContent-Type: text/plain; charset=nonsense\n\nThe caf\xe9 shall pay.",
}


@pytest.mark.parametrize("name", READABLE)
def test_a_strange_file_is_read_and_its_clauses_are_all_of_its_text(name: str) -> None:
    reading = read(READABLE[name], name)
    text = reading.document.text
    assert text.strip()
    assert "".join(text[clause.start : clause.end] for clause in reading.clauses) == text
    assert reading.passages
    assert "\0" not in text
    assert text.encode()  # a text with half a character could not be stored


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("nothing.txt", b"", "empty"),
        ("nothing.docx", b"", "empty"),
        ("nothing.pdf", b"", "empty"),
        ("nul.txt", b"1. The Term\0 is one year.", "binary"),
        ("white.txt", " \u00a0\u200b\ufeff\n\t\u3000 \u2028".encode(), "no_text"),
        ("white.html", b"<p>&nbsp; &#8203;</p>", "no_text"),
        ("white.rtf", rb"{\rtf1\ansi \~ \par\tab\par}", "no_text"),
        ("white.docx", bad.docx_with("word/document.xml", bad.body("<w:p><w:r><w:t>  </w:t></w:r></w:p>")), "no_text"),
        ("white.pdf", pdf_of([[(72, 700, "  ")]]), "needs_ocr"),
        ("dots.txt", b"...\n;;;\n* * *\n", "no_text"),
        ("rules.txt", b"-----\n=====\n  12  \n<PAGE>\n", "no_text"),
        ("deep.html", b"<html><body>" + b"<div>" * 200_000 + b"The Customer shall pay", "corrupt"),
        ("deep-lists.html", b"<html><body>" + b"<ul><li>" * 50_000 + b"The Customer shall pay", "corrupt"),
        ("attributes.html", b"<html><body><p " + b"a=1 b " * 50_000 + b">The Customer shall pay", "corrupt"),
        ("open-tags.html", b"<html><body>The Customer" + b"<a " * 200_000, "corrupt"),
        ("scripts.html", b"<html><script>alert('The Supplier shall')</script><script>pay()", "no_text"),
        *((f"cut-at-{tenths}.docx", bad.DOCX[: len(bad.DOCX) * tenths // 10], "corrupt") for tenths in (1, 5, 9)),
        *((f"cut-at-{tenths}.pdf", bad.PDF[: len(bad.PDF) * tenths // 10], "corrupt") for tenths in (1, 5, 9)),
        ("locked.pdf", bad.LOCKED_PDF, "encrypted"),
        ("bomb.docx", bad.BOMB, "too_large"),
        ("hidden-bomb.docx", bad.HIDDEN_BOMB, "too_large"),
        ("entities.docx", bad.ENTITIES, "corrupt"),
        ("nested.docx", bad.NESTED, "corrupt"),
        ("number.rtf", rb"{\rtf1\ansi 1. Term \u99999999999? \par}", "corrupt"),
        ("swallowed.rtf", rb"{\rtf1{\*\generator x; The Supplier shall pay.", "no_text"),
        ("text.docx", b"1. Term", "corrupt"),
        ("html.rtf", b"<html><body>Term</body></html>", "corrupt"),
        ("message.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "corrupt"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_and_what_to_do(name: str, data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, name)
    assert caught.value.code == code
    assert name in caught.value.message
    assert caught.value.remedy.endswith(".")


@pytest.mark.parametrize(
    ("name", "data", "words", "warning"),
    [
        (
            "mixed.txt",
            "1. The café pays 5 €.\n".encode() + "2. The “Café” closes.\n".encode("cp1252"),
            "1. The café pays 5 €.\n2. The “Café” closes.",
            "encodings are mixed",
        ),
        (
            "late.txt",
            b"1. The fee is due.\n" * 4000 + "2. The “café” pays.\n".encode("cp1252"),
            "2. The “café” pays.",
            "cp1252",
        ),
        ("damaged.txt", "1. The Term is a year.".encode("utf-16")[:-1], "1. The Term is a year", "Damaged UTF-16"),
        ("open.rtf", rb"{\rtf1\ansi {\b 1. Term\par {The Supplier shall pay.\par", "The Supplier shall pay.", "braces"),
        (
            "closed.rtf",
            rb"{\rtf1\ansi 1. Term}}}}\par The Supplier shall pay.\par}",
            "1. Term\nThe Supplier shall pay.",
            "braces",
        ),
    ],
)
def test_what_was_repaired_is_complete_and_said(name: str, data: bytes, words: str, warning: str) -> None:
    document = read(data, name).document
    assert document.text.replace("\n\n", "\n").endswith(words) or words in document.text
    assert any(warning in each for each in document.warnings)


GERMAN = "Der Käufer muss die Ware binnen 30 Tagen bezahlen, und der Verkäufer ist nicht zur Lieferung verpflichtet. "


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "German"),
        (
            "Le présent contrat est conclu pour une durée de deux ans par les parties, et la loi le régit.",
            "French",
        ),
        ("The Supplier shall deliver the Goods to the Customer, and the Customer shall pay for them.", ""),
        (f"{bad.CLAUSE} This Agreement is governed by the law of the place that the parties name. {GERMAN}", ""),
        ("Crane 900", ""),
        ("买方应在三十日内付款，卖方应交付货物。", "Chinese"),
        ("買主は三十日以内に代金を支払うものとする。", "Japanese"),
        ("Покупатель обязан оплатить товар в течение тридцати дней.", "Russian or a language like it"),
        (
            "Kupujący zapłaci za towar w terminie trzydziestu dni od dnia dostawy, a sprzedawca nie jest do tego "
            "zobowiązany przez umowę lub po jej zakończeniu, chyba że strony się na to zgodzą.",
            "Polish",
        ),
        (
            "Köparen ska betala varorna inom trettio dagar och säljaren ska inte leverera till den som har en skuld.",
            "Swedish",
        ),
        (
            "O comprador não será obrigado a pagar os bens do vendedor em trinta dias, e uma multa é devida ao estado.",
            "Portuguese",
        ),
        ("Ostaja on velvollinen maksamaan tavaran hinnan kolmenkymmenen päivän kuluessa toimituksesta. " * 5, OTHER),
        ("Pump, steel, 900 mm. Valve, brass. Hose, rubber, 20 m, the long one. Set of bolts for a pump. " * 5, ""),
    ],
)
def test_a_text_in_another_language_is_read_with_a_warning(text: str, language: str) -> None:
    document = read(text.encode(), "foreign.txt").document
    assert [warning for warning in document.warnings if "English only" in warning] == (
        [f"This looks like {language}. Proviso reads English only: parties, dates and duties may be wrong."]
        if language
        else []
    )


def test_marks_of_direction_are_taken_out() -> None:
    document = read(READABLE["right-to-left.txt"], "right-to-left.txt").document
    assert document.text == "1. Term The Supplier shall pay."


MEASURE = """
import re, sys
from pathlib import Path
from contracts.text.reading import read_contract
path = Path(sys.argv[1])
reading = read_contract(path.read_bytes(), path.name, lambda text: len(text.split()))
text = reading.document.text
assert "".join(text[clause.start : clause.end] for clause in reading.clauses) == text
# Not getrusage: what it tells begins with the size of the process that started this one.
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024
print(peak, len(reading.document.pages), len(reading.obligations))
"""


def test_a_contract_of_500_pages_is_read_in_bounded_memory(tmp_path: Path) -> None:
    """All sentences differ, and one on each page must be parsed."""
    sentences = [
        "The Goods that the Supplier sends in month {} shall be its own.",
        *["The Supplier shall mend part {}."] * 9,
    ]
    pages = [
        [
            (60, 760 - 30 * line, f"{page}.{line} {sentence.format(10 * page + line)}")
            for line, sentence in enumerate(sentences, 1)
        ]
        for page in range(1, 501)
    ]
    file = tmp_path / "long.pdf"
    file.write_bytes(pdf_of(pages))
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(file)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=1800
    )
    megabytes, pages, statements = map(int, done.stdout.split())
    assert pages == 500
    assert statements > 4_000
    assert megabytes < 600


@pytest.mark.parametrize(("name", "remedy"), [("deal.zip", "Pack it again"), ("deal.docx", "Save it again in Word")])
def test_a_damaged_archive_has_the_remedy_of_its_kind(name: str, remedy: str) -> None:
    with pytest.raises(ReadError, match=remedy):
        read(b"PK\x03\x04 and nothing more", name)
