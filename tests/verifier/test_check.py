import json
import subprocess
import sys
from pathlib import Path


def check(tmp_path: Path, lines: list[object], weights: Path) -> subprocess.CompletedProcess[str]:
    source = tmp_path / "pairs.jsonl"
    source.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    command = [
        sys.executable,
        "-m",
        "verifier",
        "check",
        "--input",
        str(source),
        "--output",
        str(tmp_path / "out.jsonl"),
    ]
    return subprocess.run([*command, "--weights", str(weights)], capture_output=True, text=True, check=False)


def test_verdicts_in_the_order_of_the_pairs(tmp_path: Path, small_weights: Path) -> None:
    parties = [{"name": "Northgate Ltd", "term": "Supplier", "aliases": []}]
    pairs = [{"id": n, "query": "supplier pays", "clause": "word " * (9 - n), "parties": parties} for n in range(1, 8)]
    result = check(tmp_path, pairs, small_weights)
    assert result.returncode == 0, result.stderr
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["id"] for row in rows] == list(range(1, 8))
    assert set(rows[0]) == {"id", "label", "probabilities", "evidence"}


def test_a_wrong_line_is_named_and_nothing_is_written(tmp_path: Path, small_weights: Path) -> None:
    for line, words in (
        ("{not json", "Line 2"),
        ({"id": 2, "query": "x"}, "Line 2"),
        ({"id": 2, "query": "", "clause": "y"}, "Pair 2"),
    ):
        result = check(tmp_path, [{"id": 1, "query": "a", "clause": "b"}, line], small_weights)
        assert result.returncode == 1 and words in result.stderr
        assert not (tmp_path / "out.jsonl").exists()


def test_missing_weights_are_named(tmp_path: Path) -> None:
    result = check(tmp_path, [{"id": 1, "query": "a", "clause": "b"}], tmp_path / "nowhere")
    assert result.returncode == 1 and "nowhere" in result.stderr and "VERIFIER_PATH" in result.stderr
