from __future__ import annotations

import pytest

from contracts.text.parse import parse_file


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>1. <b>Fees</b>.\n The Buyer pays.</p><p>2. Term</p>", "1. Fees. The Buyer pays.\n2. Term"),
        ("<div>Heading<p>Text</p>after</div>", "Heading\nText\nafter"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div>4.1</div><div>The Buyer pays.</div>", "4.1 The Buyer pays."),
        ("<table><tr><td><p>(a)</p></td><td><p>pay;</p></td></tr></table>", "(a) pay;"),
        (
            "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Pump</td><td>10</td></tr></table>",
            "Item | Price\nPump | 10",
        ),
        (
            '<ol type="a" start="2"><li>pay</li><li>report</li></ol><ul><li>rest</li></ul>',
            "b. pay\nc. report\n\u2022 rest",
        ),
        (
            '<ol style="list-style-type: lower-alpha"><li value=4>deliver</li><li>pay</li>'
            '<li style="list-style:upper-roman inside" value="2">end</li></ol>',
            "d. deliver\ne. pay\nII. end",
        ),
        (
            "<style>body {x:y} ol.a, .b{list-style: lower-roman outside}</style><ol class='x a'><li>pay</li></ol>"
            "<ul style='list-style:none'><li>4.1 Fees</li></ul><ol type=A class=c><li>report</li></ol>",
            "i. pay\n4.1 Fees\nA. report",
        ),
        ("A&nbsp;&amp;&nbsp;B, &sect;&nbsp;12", "A & B, \u00a7 12"),
        ("x<script>bad()</script><style>p{}</style><!-- note -->y", "xy"),
    ],
)
def test_blocks_become_lines(body: str, expected: str) -> None:
    assert (
        parse_file(f"<html><head><title>T</title></head><body>{body}</body></html>".encode(), "a.html").text == expected
    )


def test_the_declared_encoding_is_used() -> None:
    html = '<html><head><meta charset="iso-8859-2"></head><body><p>Łódź pays</p></body></html>'
    document = parse_file(html.encode("iso-8859-2"), "a.html")
    assert document.text == "Łódź pays"
    assert document.warnings == ()


def test_deep_nesting_is_read() -> None:
    assert parse_file(("<div>" * 3000 + "deep" + "</div>" * 3000).encode(), "a.html").text == "deep"


@pytest.mark.parametrize(
    ("body", "text", "places"),
    [
        ("The Buyer shall <del>not </del>pay.", "The Buyer shall pay.", "one place"),
        ("<p>A <s>b</s> c</p><p>D <strike>e</strike></p>", "A c\nD", "2 places"),
        ("<p>A</p><div style='Display: none'><p>B</p></div><p hidden>C</p>", "A", "2 places"),
        ("A <span style='color:red;text-decoration: line-through'>b</span>", "A", "one place"),
        ("A <ins>b</ins> <span style='display:inline'>c</span><del> </del>", "A b c", ""),
    ],
)
def test_what_is_deleted_or_hidden_is_no_text(body: str, text: str, places: str) -> None:
    document = parse_file(f"<html><body>{body}</body></html>".encode(), "a.html")
    assert document.text == text
    assert [places in warning for warning in document.warnings] == ([True] if places else [])
