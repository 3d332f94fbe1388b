import gzip
import json
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from verifier import evaluate
from verifier.benchmark import registry
from verifier.benchmark.encoder import TokenEncoder
from verifier.data.hand_written import near_miss_groups

PARTIES = [{"name": "Northgate Ltd", "term": "Supplier"}, {"name": "Harbour plc", "term": "Customer"}]
SOURCES = ("c0", "c1", "c2", "c50")  # the last is held out, as its name decides
DUTIES = ("pay the fees", "insure the goods", "keep records", "train the staff")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of the real form: 12 items in 4 groups, inference pairs, one retrieval set; ACORD is missing."""
    folder = tmp_path_factory.mktemp("data")
    items, lessons = [], []
    for n, duty in enumerate(DUTIES):
        clause = f"The Supplier shall {duty} in each calendar year, and the Customer shall have access at all times."
        asked = {
            f"Supplier must {duty}": "supported",
            f"Customer must {duty}": "party_swapped",
            f"Supplier need not {duty}": "negated",
        }
        for query, label in asked.items():
            items.append({"group": str(n), "query": query, "clause": clause, "parties": PARTIES, "label": label,
                          "evidence": f"shall {duty}", "phenomenon": "active"})  # fmt: skip
        queries = [{"q": f"{query}, please", "label": label} for query, label in asked.items()]
        lessons.append(
            {"clause": clause, "parties": PARTIES, "queries": queries, "source_file": SOURCES[n], "pair": ""}
        )
    write(folder / "nearmiss" / "dev.jsonl", items)
    write(folder / "nearmiss" / "train_0.jsonl", lessons)
    entailed = {"hypothesis": "It shall be kept", "label": "Entailment", "evidence": ["Keep it."], "doc": 1}
    opposed = {"hypothesis": "It may be shared", "label": "Contradiction", "evidence": ["Do not share it."], "doc": 2}
    unsaid = {"hypothesis": "It is blue", "label": "NotMentioned", "evidence": [], "doc": 2}
    write(folder / "contractnli" / "dev.jsonl.gz", [unsaid, *[entailed] * 6, *[opposed] * 6])
    write(
        folder / "retrieval" / "cisi" / "corpus.jsonl.gz",
        [{"_id": str(n), "title": "", "text": duty} for n, duty in enumerate(DUTIES)],
    )
    write(folder / "retrieval" / "cisi" / "queries.jsonl.gz", [{"_id": "q", "text": "who has to insure?"}])
    write(folder / "retrieval" / "cisi" / "qrels.jsonl.gz", [{"query-id": "q", "corpus-id": "1", "score": "1"}])
    return folder


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


def test_one_run_measures_everything(
    data: Path, small_weights: Path, small_bert: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "TokenEncoder", lambda: TokenEncoder(small_bert))
    monkeypatch.setattr(evaluate, "hand_written_groups", near_miss_groups)  # the others are more than this test needs
    monkeypatch.setattr(evaluate, "searched_groups", near_miss_groups)
    monkeypatch.setattr(evaluate, "measured_groups", near_miss_groups)
    monkeypatch.setattr(evaluate, "split_searched", lambda groups: ([], groups))
    cross_encoder = registry.BASELINES["cross-encoder"].new(small_bert)
    registry.save_baseline(cross_encoder, tmp_path / "cross-encoder", {"backbone": str(small_bert)})
    arguments = ["--data", str(data), "--weights", str(small_weights), "--cache", str(tmp_path), "--quick"]
    arguments += ["--json", str(tmp_path / "report.json"), "--plots", str(tmp_path / "plots")]
    monkeypatch.setattr(sys, "argv", ["evaluate", *arguments])
    written: list[str] = []
    monkeypatch.setattr(sys.stdout, "write", written.append)
    assert evaluate.main() == 0
    text, report = "".join(written), json.loads((tmp_path / "report.json").read_text())

    assert list(report["systems"]) == ["word-overlap", "cosine", "hybrid", "maxsim", "cross-encoder", "proviso"]
    for name, row in report["systems"].items():
        assert 0 <= row["quality"]["auroc"]["low"] <= row["quality"]["auroc"]["high"] <= 1
        assert row["quality"]["auroc_against_value"]["value"] is None  # no such item
        assert row["speed"]["seconds_p95"] >= row["speed"]["seconds_median"] > 0 and row["speed"]["repeats"] >= 5
        assert ("accuracy" in row["quality"]) == ("swap" in row) == (name in ("cross-encoder", "proviso"))
    ours = report["systems"]["proviso"]
    assert ours["contract_inference"]["contradictions"] == 1 and ours["swap"]["one_sided_items"] == 8
    assert sum(row["items"] for row in ours["phenomena"].values()) == 12
    assert sum(row["items"] for name, row in ours["kinds"].items() if name == "all") == 12
    held_out = ours["held_out"]
    assert held_out["kinds"]["all"]["items"] == 3 and len(held_out["checks"]["denied"]) == 2
    assert report["ours_minus"]["cross-encoder"]["auroc"]["value"] == pytest.approx(
        ours["quality"]["auroc"]["value"] - report["systems"]["cross-encoder"]["quality"]["auroc"]["value"]
    )
    assert report["retrieval"]["cisi"]["rankers"]["BM25"]["ndcg_at_10"]["value"] == 1.0
    assert "cosine" in report["retrieval"]["cisi"]["rankers"]
    assert 0 <= report["leak"]["query"]["accuracy"]["value"] <= 1
    assert "retrieval on acord; the data folder has none" in report["not_measured"]
    assert "not measured: F4 map Transformer, frozen. Train it: python -m verifier.benchmark.train" in text
    for line in ("Proviso's verifier", "hybrid (full text", "leak test", "seconds per 100", "retrieval nDCG@10"):
        assert line in text
    assert [found["results"] for found in ours["searched"].values()] == [4, 4]
    assert "results of searches, judged by hand" in text and "contracts never learnt from" in text
    assert "kind of query" in text and "denied: supported" in text
    for name in ("quality-against-time.svg", "reliability.svg"):
        assert (tmp_path / "plots" / name).read_text().startswith("<?xml")


def test_a_folder_without_items_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["evaluate", "--data", str(tmp_path)])
    assert evaluate.main() == 1
    assert "nearmiss/dev.jsonl is missing. Give the data folder with --data DIR." in capsys.readouterr().err


def test_the_command_says_the_same(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nearmiss/dev\.jsonl is missing"):
        call_command("benchmark", data=tmp_path, systems=["word-overlap"])
