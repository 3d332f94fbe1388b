from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from search.playbook.files import read_playbook, write_csv, write_json
from search.playbook.positions import MOST_POSITIONS, PositionText, checked_positions, new_playbook
from search.query import QueryError

POSITIONS = [
    PositionText("Supplier indemnifies Customer", "Indemnity", 'Ask for it;\n"never" accept none'),
    PositionText("Customer may terminate, for convenience", "Exit", ""),
]


def test_what_is_written_is_read_back(lawyer: User) -> None:
    playbook = new_playbook(lawyer, "Supply", POSITIONS)
    assert read_playbook("p.csv", write_csv(playbook).encode()) == ("", POSITIONS)
    assert read_playbook("p.JSON", write_json(playbook).encode()) == ("Supply", POSITIONS)


def test_a_spreadsheet_of_excel_with_only_statements_is_read() -> None:
    content = "\ufeffNote;Statement\nx;Supplier pays\n;\n;Customer pays\n".encode()
    assert [one.statement for one in read_playbook("p.csv", content)[1]] == ["Supplier pays", "Customer pays"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("p.xlsx", b"", "neither CSV nor JSON"),
        ("p.csv", b"\xff\xfe", "not UTF-8"),
        ("p.csv", b"topic,text\na,b", "no column .statement"),
        ("p.json", b"{", "no JSON"),
        ("p.json", b"[1]", "no list .positions"),
        ("p.json", b'{"positions": [{"statement": 3}]}', "no list .positions"),
        ("p.json", b"[" * 100_000, "no JSON"),
    ],
)
def test_a_file_that_is_none_is_refused_with_the_reason(name: str, content: bytes, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        read_playbook(name, content)


def test_positions_are_checked_by_number() -> None:
    [one] = checked_positions([PositionText("  The Supplier   shall insure the goods until they are delivered ")])
    assert (one.statement[:12], one.topic) == ("The Supplier", "The Supplier shall insure the goods …")
    with pytest.raises(QueryError, match="Position 2: The question is empty"):
        checked_positions([*POSITIONS[:1], PositionText(" ")])
    with pytest.raises(QueryError, match="Position 1: the topic has 121"):
        checked_positions([PositionText("x", "t" * 121)])
    with pytest.raises(QueryError, match="at most 50"):
        checked_positions([PositionText("x")] * (MOST_POSITIONS + 1))


def test_a_name_is_given_once(lawyer: User) -> None:
    new_playbook(lawyer, "Supply", POSITIONS)
    with pytest.raises(QueryError, match="You have a playbook named “Supply” already"):
        new_playbook(lawyer, " Supply ", POSITIONS)
    with pytest.raises(QueryError, match="no name"):
        new_playbook(lawyer, " ", POSITIONS)
