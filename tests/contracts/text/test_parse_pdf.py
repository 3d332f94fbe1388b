from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from contracts.text.parse import parse_file
from tests.contracts.text.files import pdf_of

FULL = "The Supplier shall deliver the Goods to the place that the order names, at its own cost and its own risk,"


def _page(number: int, *lines: tuple[float, str]) -> list[tuple[float, float, str]]:
    furniture = [(72.0, 800.0, "ACME / Widgets - Supply"), (280.0, 30.0, f"Page {number} of 2")]
    return [*furniture, *((72.0, y, text) for y, text in lines)]


def _texts(*pages: list[tuple[float, float, str]]) -> list[str]:
    return parse_file(pdf_of(pages), "a.pdf").text.split("\n")


def test_lines_are_joined_and_furniture_is_removed() -> None:
    first = _page(
        1, (740, "1. Delivery"), (715, f"1.1 {FULL}"), (701, "and shall tell the Buyer when."), (676, f"1.2 {FULL}")
    )
    second = _page(2, (740, "save as agreed."), (715, "1.3 The Buyer shall accept."))
    assert _texts(first, second) == [
        "1. Delivery",
        f"1.1 {FULL} and shall tell the Buyer when.",
        f"1.2 {FULL} save as agreed.",
        "1.3 The Buyer shall accept.",
    ]


def test_the_fields_of_a_form_are_read_where_they_stand() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    for y, text in ((700, "Customer:"), (670, "Law:"), (640, "Ends"), (600, FULL[:39])):
        canvas.drawString(90, y, text)
    form = {"x": 160, "width": 200, "height": 18}
    canvas.acroForm.choice(name="law", value="England", options=["England", "Wales"], y=665, **form)
    canvas.acroForm.textfield(name="customer", value="Harrow Foods Ltd", y=695, **form)
    canvas.acroForm.textfield(name="hidden", value="Unseen", y=710, annotationFlags="hidden", **form)
    canvas.acroForm.checkbox(name="ends", checked=True, x=72, y=638, size=12)
    canvas.acroForm.checkbox(name="renews", checked=False, x=300, y=638, size=12)
    canvas.freeTextAnnotation("Signed by Ada", "/Helv 9 Tf", Rect=(360, 595, 460, 613))
    canvas.save()
    assert parse_file(buffer.getvalue(), "form.pdf").text.split("\n") == [
        "Customer: Harrow Foods Ltd",
        "Law: England",
        "☒ Ends | ☐",
        f"{FULL[:39]} Signed by Ada",
    ]


def test_page_map_points_at_the_first_word_of_each_page() -> None:
    first, second = _page(1, (740, f"1.1 {FULL}")), _page(2, (740, "save as agreed."))
    document = parse_file(pdf_of([first, second]), "a.pdf")
    assert [page.number for page in document.pages] == [1, 2]
    assert document.text[document.pages[1].start :] == "save as agreed."
    assert document.page_at(0) == 1
    assert document.page_at(document.text.index("agreed")) == 2


def test_a_divided_word_is_joined_and_a_hyphenated_one_is_kept() -> None:
    line = "The Supplier shall deliver the Goods to the place that the order names and shall keep the docu-"
    other = "The Buyer is granted a right to use the Goods, and that right is sole, exclusive or even non-"
    page = [(72.0, 700.0, line), (72.0, 686.0, "ments safe. A non-exclusive right is not meant.")]
    page += [(72.0, 660.0, other), (72.0, 646.0, "exclusive.")]
    text = parse_file(pdf_of([page]), "a.pdf").text
    assert "keep the documents safe" in text
    assert text.endswith("even non-exclusive.")


def test_columns_of_a_table_are_told_apart_and_a_label_is_not() -> None:
    page = [(72.0, 700.0, "Senior"), (300.0, 700.0, "GBP 900"), (72.0, 650.0, "4.1"), (130.0, 650.0, "The Buyer pays.")]
    assert _texts(page) == ["Senior | GBP 900", "4.1 The Buyer pays."]


def test_pages_without_text_are_named() -> None:
    document = parse_file(pdf_of([[(72, 700, "1. Term")], [], [(72, 700, "2. End")]]), "a.pdf")
    assert document.warnings == ("No text on page 2: an image or blank.",)
    assert [(page.start, page.end) for page in document.pages] == [(0, 8), (8, 8), (8, 14)]


def test_many_threads_may_read_at_once() -> None:
    files = [pdf_of([[(72, 700, f"{number}. Clause number {number}")]]) for number in range(1, 25)]
    with ThreadPoolExecutor(8) as pool:
        texts = list(pool.map(lambda data: parse_file(data, "a.pdf").text, files))
    assert texts == [f"{number}. Clause number {number}" for number in range(1, 25)]
