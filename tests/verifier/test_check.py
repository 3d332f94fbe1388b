import json
import subprocess
import sys
from pathlib import Path

import pytest

from verifier.__main__ import main


def arguments(tmp_path: Path, lines: list[object], weights: Path) -> list[str]:
    source = tmp_path / "pairs.jsonl"
    source.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return ["check", "--input", str(source), "--output", str(tmp_path / "out.jsonl"), "--weights", str(weights)]


def check(tmp_path: Path, lines: list[object], weights: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "verifier", *arguments(tmp_path, lines, weights)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_verdicts_in_the_order_of_the_pairs(tmp_path: Path, small_weights: Path) -> None:
    parties = [{"name": "Northgate Ltd", "term": "Supplier", "aliases": []}]
    pairs = [{"id": n, "query": "supplier pays", "clause": "word " * (9 - n), "parties": parties} for n in range(1, 8)]
    result = check(tmp_path, pairs, small_weights)
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == list(range(1, 8))
    assert set(rows[0]) == {"id", "label", "probabilities", "evidence", "windows"}


def test_other_marks_of_a_line_s_end_stay_in_the_clause(tmp_path: Path, small_weights: Path) -> None:
    line = json.dumps({"id": 1, "query": "supplier pays", "clause": "Supplier\u2028shall pay."}, ensure_ascii=False)
    assert check(tmp_path, [line], small_weights).returncode == 0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{not json", "Line 2"),
        ({"id": 2, "query": "x"}, "Line 2"),
        ({"id": 2, "query": "", "clause": "y"}, "Pair 2"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_written(
    line: object,
    words: str,
    tmp_path: Path,
    small_weights: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Within this process, as each start loads torch; the others start the program itself.
    lines = [{"id": 1, "query": "a", "clause": "b"}, line]
    monkeypatch.setattr(sys, "argv", ["verifier", *arguments(tmp_path, lines, small_weights)])
    assert main() == 1 and words in capsys.readouterr().err
    assert not (tmp_path / "out.jsonl").exists()


def test_missing_weights_are_named(tmp_path: Path) -> None:
    result = check(tmp_path, [{"id": 1, "query": "a", "clause": "b"}], tmp_path / "nowhere")
    assert result.returncode == 1 and "nowhere" in result.stderr and "VERIFIER_PATH" in result.stderr
