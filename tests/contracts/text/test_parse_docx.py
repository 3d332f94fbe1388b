from __future__ import annotations

import io
import zipfile

import pytest

from contracts.text.number_words import in_words
from contracts.text.parse import parse_file
from tests.contracts.text.files import docx_of, docx_with_notes, paragraph

LEVELS = [("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"), ("lowerRoman", "(%4)")]


def _list(number: str, levels: list[tuple[str, str]], style: str = "") -> str:
    rows = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>'
        + (f'<w:pStyle w:val="{style}{depth}"/>' if style else "")
        + f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (fmt, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{number}">{rows}</w:abstractNum>'


def _read(*body: str, numbering: str = "", styles: str = "") -> list[str]:
    return parse_file(docx_of(*body, numbering=numbering, styles=styles), "a.docx").text.split("\n")


def _num(number: str, abstract: str, override: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{override}</w:num>'


def test_automatic_numbers_are_typed_out() -> None:
    steps = [
        ("Payment", 0),
        ("Pay", 1),
        ("fees", 2),
        ("taxes", 2),
        ("import", 3),
        ("Invoice", 1),
        ("Term", 0),
        ("Start", 1),
    ]
    numbering = _list("0", LEVELS) + _num("1", "0")
    assert _read(*(paragraph(text, "1", level) for text, level in steps), numbering=numbering) == [
        "1. Payment",
        "1.1 Pay",
        "(a) fees",
        "(b) taxes",
        "(i) import",
        "1.2 Invoice",
        "2. Term",
        "2.1 Start",
    ]


def test_numbers_that_come_from_the_style() -> None:
    styles = (
        "".join(
            f'<w:style w:type="paragraph" w:styleId="Clause{depth}"><w:pPr><w:numPr>'
            '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
            for depth in (0, 1)
        )
        + '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="Clause1"/></w:style>'
    )
    body = [paragraph("Fees", style="Clause0"), paragraph("Pay", style="Clause1"), paragraph("Late", style="Child")]
    numbering = _list("0", LEVELS, style="Clause") + _num("1", "0")
    assert _read(*body, numbering=numbering, styles=styles) == ["1. Fees", "1.1 Pay", "1.2 Late"]


def test_lists_of_one_definition_count_on_unless_told_to_restart() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = _list("0", LEVELS) + _num("1", "0") + _num("2", "0") + _num("3", "0", restart)
    body = [paragraph("A", "1"), paragraph("B", "2"), paragraph("C", "3"), paragraph("D", "3")]
    assert _read(*body, numbering=numbering) == ["1. A", "2. B", "1. C", "2. D"]


def test_the_levels_of_a_list_may_be_kept_with_a_style() -> None:
    kept = _list("0", LEVELS).replace("<w:lvl ", "<w:styleLink w:val='Terms'/><w:lvl ", 1)
    linked = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Terms"/></w:abstractNum>'
    numbering = kept + linked + _num("1", "1") + _num("2", "0")
    assert _read(paragraph("Fees", "1"), paragraph("Price", "1", 1), paragraph("Term", "2"), numbering=numbering) == [
        "1. Fees",
        "1.1 Price",
        "2. Term",
    ]


def test_a_level_may_count_on_and_numbers_may_be_words() -> None:
    levels = [("cardinalText", "ARTICLE %1"), ("decimal", "Section %2."), ("lowerLetter", "(%3)")]
    numbering = _list("0", levels).replace(
        '<w:numFmt w:val="decimal"/>', "<w:lvlRestart w:val='0'/><w:numFmt w:val='decimal'/>"
    )
    steps = [("Fees", 0), ("Price", 1), ("due", 2), ("Taxes", 1), ("Term", 0), ("Years", 1), ("three", 2)]
    body = [paragraph(text, "1", level) for text, level in steps]
    assert _read(*body, numbering=numbering + _num("1", "0")) == [
        "ARTICLE One Fees",
        "Section 1. Price",
        "(a) due",
        "Section 2. Taxes",
        "ARTICLE Two Term",
        "Section 3. Years",
        "(a) three",
    ]
    assert [in_words(number) for number in (11, 20, 45, 100)] == ["Eleven", "Twenty", "Forty-five", "100"]


def test_an_empty_paragraph_takes_a_number_unless_it_only_ends_a_section() -> None:
    numbering = _list("0", LEVELS) + _num("1", "0")
    section = paragraph("", "1").replace("</w:pPr>", "<w:sectPr/></w:pPr>")
    body = [section, paragraph("Fees", "1"), paragraph("", "1"), paragraph("Term", "1")]
    assert _read(*body, numbering=numbering) == ["1. Fees", "3. Term"]


def test_tracked_insertions_are_kept_deletions_left_out_and_the_fact_recorded() -> None:
    xml = (
        "<w:p><w:r><w:t>notice of </w:t></w:r><w:del w:id='1' w:author='x'><w:r><w:delText>30</w:delText></w:r></w:del>"
        "<w:ins w:id='2' w:author='x'><w:r><w:t>60</w:t></w:r></w:ins><w:r><w:t> days</w:t></w:r></w:p>"
    )
    document = parse_file(docx_of(xml), "a.docx")
    assert document.text == "notice of 60 days"
    assert document.warnings == ("Tracked changes are read as accepted: 1 insertion kept, 1 deletion left out.",)


def test_table_rows_are_lines_and_a_number_cell_is_a_label() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    table = (
        "<w:tbl><w:tblPr/><w:tblGrid/>" + row("Grade", "Rate") + row("Senior", "900") + row("(a)", "pay") + "</w:tbl>"
    )
    assert _read(paragraph("Rates:"), table) == ["Rates:", "Grade | Rate", "Senior | 900", "(a) pay"]


def test_headers_and_footers_are_no_part_of_the_text() -> None:
    assert _read(paragraph("Only this.")) == ["Only this."]


def test_links_fields_and_special_characters() -> None:
    xml = (
        "<w:p><w:r><w:t>see</w:t><w:tab/><w:t>clause</w:t><w:br/></w:r>"
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>REF x</w:instrText></w:r>"
        "<w:hyperlink w:anchor='x'><w:r><w:t>4.1</w:t></w:r></w:hyperlink>"
        "<w:r><w:noBreakHyphen/><w:t>A</w:t></w:r></w:p>"
    )
    assert _read(xml) == ["see clause", "4.1-A"]


def test_boxes_of_forms_and_symbols_of_fonts() -> None:
    def field(inside: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{inside}</w:ffData></w:fldChar></w:r>"

    def sym(font: str, code: str) -> str:
        return f"<w:r><w:sym w:font='{font}' w:char='{code}'/></w:r>"

    entries = "<w:listEntry w:val='England'/><w:listEntry w:val='Wales'/>"
    lists = [f"<w:ddList>{result}{entries}</w:ddList>" for result in ("<w:result w:val='1'/>", "")]
    boxes = ["<w:default w:val='0'/><w:checked/>", "<w:default/><w:checked w:val='0'/>", "<w:default w:val='1'/>"]
    fields = [*(f"<w:checkBox>{state}</w:checkBox>" for state in boxes), *lists]
    symbols = [
        ("Times New Roman", "00A7"),
        ("Symbol", "F0B3"),
        ("Wingdings", "F0FE"),
        ("Wingdings", "F04A"),
        ("Wingdings", "x"),
    ]
    assert _read(
        f"<w:p>{''.join(map(field, fields))}</w:p>", f"<w:p>{''.join(sym(*one) for one in symbols)}</w:p>"
    ) == [
        "☒☐☒WalesEngland",
        "§≥☒",
    ]


def test_a_text_box_is_read_once_and_content_controls_are_read() -> None:
    box = f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>"
    xml = f"<w:p><w:r><w:t>Outside.</w:t></w:r><w:r><w:pict>{box}</w:pict></w:r></w:p>"
    control = f"<w:sdt><w:sdtContent>{paragraph('Controlled.')}</w:sdtContent></w:sdt>"
    assert _read(xml, control) == ["Outside.", "In the box.", "Controlled."]


def test_a_table_within_a_cell_keeps_its_rows() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    inner = f"<w:tbl>{row(paragraph('Tier'), paragraph('Credit'))}{row(paragraph('1'), paragraph('5%'))}</w:tbl>"
    assert _read(f"<w:tbl>{row(paragraph('SLA'), paragraph('See:') + inner + paragraph(''))}</w:tbl>") == [
        "SLA | See:",
        "Tier | Credit",
        "1 | 5%",
    ]


def test_a_footnote_follows_the_paragraph_that_refers_to_it() -> None:
    reference = "<w:r><w:footnoteReference w:id='{}'/></w:r>"
    body = (
        f"<w:p><w:r><w:t>The Fee{{}} is due</w:t></w:r>{reference.format(7)}<w:r><w:t> in May</w:t></w:r>"
        f"{reference.format(3)}<w:r><w:t>.</w:t></w:r></w:p>"
    ).replace("{}", "")
    document = parse_file(docx_with_notes(body, {3: "Of 2025.", 7: "Net of tax."}), "a.docx")
    assert document.text.split("\n") == [
        "The Fee is due in May.",
        "[Footnote 1: Net of tax.]",
        "[Footnote 2: Of 2025.]",
    ]


@pytest.mark.parametrize(
    ("form", "text", "warned"),
    [
        ("<w:strike/>", "The Buyer shall pay.", True),
        ("<w:dstrike w:val='true'/>", "The Buyer shall pay.", True),
        ("<w:vanish/>", "The Buyer shall pay.", True),
        ("<w:strike w:val='0'/>", "The Buyer shall not pay.", False),
        ("<w:b/>", "The Buyer shall not pay.", False),
    ],
)
def test_what_is_struck_or_hidden_is_no_text(form: str, text: str, warned: bool) -> None:
    def run(words: str, form: str = "") -> str:
        return f"<w:r><w:rPr>{form}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>"

    document = parse_file(docx_of(f"<w:p>{run('The Buyer shall ')}{run('not ', form)}{run('pay.')}</w:p>"), "a.docx")
    assert document.text == text
    assert ["in one place" in warning for warning in document.warnings] == [True] * warned


def test_strict_open_xml_is_read_like_any_word_file() -> None:
    strict = io.BytesIO()
    names = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    }
    with zipfile.ZipFile(io.BytesIO(docx_of(paragraph("Term")))) as usual, zipfile.ZipFile(strict, "w") as written:
        for name in usual.namelist():
            data = usual.read(name)
            for before, after in names.items():
                data = data.replace(before, after)
            written.writestr(name, data)
    assert parse_file(strict.getvalue(), "a.docx").text == "Term"
