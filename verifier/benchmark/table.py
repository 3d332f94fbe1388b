"""The report for people."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from verifier.benchmark.quality import FLAGGED
from verifier.benchmark.registry import CROSS_ENCODER, OURS, TITLES

ABSENT = "-"
PHENOMENA_SHOWN = 12


def as_text(report: dict[str, Any]) -> str:
    parts = [_heading(report), _quality(report), _against(report), _flagged(report), _logic(report), _cost(report)]
    parts += [_retrieval(report), _leak(report), _phenomena(report), _kinds(report), _checks(report), _searched(report)]
    parts.append(_left_out(report))
    return "\n\n".join(part for part in parts if part) + "\n"


def columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The first column to the left, the others to the right."""
    table = [header, *rows]
    widths = [max(len(row[place]) for row in table) for place in range(len(header))]
    lines = []
    for row in table:
        others = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        lines.append("  ".join([row[0].ljust(widths[0]), *others]).rstrip())
    return "\n".join(lines)


def _heading(report: dict[str, Any]) -> str:
    return (
        f"{report['items']} items in {report['groups']} groups; "
        f"{report['threads']} threads on {report['machine']}, {report['precision']}; "
        f"in brackets 95 % intervals from {report['resamples']} resamples of groups."
    )


def _quality(report: dict[str, Any]) -> str:
    shown = {
        "auroc": "AUROC",
        "accuracy": "accuracy of 7",
        "macro_f1": "macro-F1",
        "false_support_at_90": "false support at 90 %",
    }
    leads = [
        f"{TITLES[OURS]} minus {TITLES[name]}: "
        + ", ".join(f"{shown[measure]} {_with_interval(found)}" for measure, found in row.items())
        for name, row in report["ours_minus"].items()
    ]
    return "\n".join([_per_system(report, "quality", shown, _with_interval), *leads])


def _against(report: dict[str, Any]) -> str:
    shown = {f"auroc_against_{label}": label for label in FLAGGED}
    return "AUROC of supported against one label\n" + _per_system(report, "quality", shown, _plain)


def _flagged(report: dict[str, Any]) -> str:
    shown = {"supported_kept": "supported kept"} | {f"{label}_flagged": label for label in FLAGGED}
    table = _per_system(report, "quality", shown, _plain)
    return (
        f"Share kept of supported, and flagged (not shown as supported) of each other label\n{table}" if table else ""
    )


def _logic(report: dict[str, Any]) -> str:
    rows = []
    for name, row in report["systems"].items():
        swap, inference = row.get("swap", {}), row.get("contract_inference", {})
        if swap or inference:
            cells = [swap.get("moved"), swap.get("moved_rightly"), swap.get("unchanged")]
            cells += [inference.get("contradiction_f1"), row.get("evidence_f1")]
            cells += [row.get("reliability", {}).get("calibration_error")]
            rows.append([TITLES[name], *map(_with_interval, cells)])
    header = [
        "parties exchanged, and the rest",
        "moved",
        "moved rightly",
        "mutual unchanged",
        "ContractNLI contradiction F1",
        "evidence F1",
        "calibration error",
    ]
    return columns(header, rows) if rows else ""


def _cost(report: dict[str, Any]) -> str:
    timed = {name: row["speed"] for name, row in report["systems"].items() if "speed" in row}
    if not timed:
        return ""
    whole = timed.get(CROSS_ENCODER, {}).get("seconds_median")
    rows = [
        [
            TITLES[name],
            f"{row['seconds_median']:.3f}",
            f"{row['seconds_p95']:.3f}",
            f"{row['seconds_median'] / whole:.2f}" if whole else ABSENT,
            f"{row['bytes_per_clause']:,.0f}",
        ]
        for name, row in timed.items()
    ]
    return columns(["seconds per 100 candidates", "median", "p95", "of cross-encoder", "bytes per clause"], rows)


def _retrieval(report: dict[str, Any]) -> str:
    sets = report["retrieval"]
    if not sets:
        return ""
    rankers = list(next(iter(sets.values()))["rankers"])
    rows = [
        [name, *(_with_interval(found["rankers"][name]["ndcg_at_10"]) for found in sets.values())] for name in rankers
    ]
    heads = [f"{name}, {found['queries']} q., {found['documents']} doc." for name, found in sets.items()]
    return columns(["retrieval nDCG@10", *heads], rows)


def _leak(report: dict[str, Any]) -> str:
    leak = report["leak"]
    if not leak:
        return ""
    rows = [[f"sees only the {side}", _with_interval(leak[side]["accuracy"]), _with_interval(leak[side]["auroc"])]
            for side in ("query", "clause")]  # fmt: skip
    return columns([f"leak test (majority {leak['majority']:.3f})", "accuracy", "AUROC"], rows)


def _phenomena(report: dict[str, Any]) -> str:
    deciding = [row for row in report["systems"].values() if "phenomena" in row]
    if not deciding:
        return ""
    shown = report["systems"].get(OURS, deciding[-1])
    wrong = [(name, row) for name, row in shown["phenomena"].items() if row["wrong"]]
    if not wrong:
        return ""
    rows = [
        [name, f"{row['wrong']} of {row['items']}", "; ".join(f"{n} {kind}" for kind, n in list(row["as"].items())[:2])]
        for name, row in wrong[:PHENOMENA_SHOWN]
    ]
    return columns([f"errors of {shown['title']}", "wrong", "most often"], rows)


def _kinds(report: dict[str, Any]) -> str:
    ours = report["systems"].get(OURS, {})
    held_out, development = ours.get("held_out", {}).get("kinds", {}), ours.get("kinds", {})
    rows = [
        [kind, *(cell for kinds in (held_out, development) for cell in _kept_of(kinds.get(kind)))]
        for kind in held_out or development
    ]
    header = [f"{TITLES[OURS]}: kind of query", "held out: right", "supported kept", "dev: right", "supported kept"]
    return columns(header, rows) if rows else ""


def _kept_of(row: dict[str, int] | None) -> tuple[str, str]:
    if row is None:
        return ABSENT, ABSENT
    return _share(row["right"], row["items"]), _share(row["kept"], row["supported"])


def _checks(report: dict[str, Any]) -> str:
    checks = report["systems"].get(OURS, {}).get("held_out", {}).get("checks", {})
    rows = [
        [f"{name}: {check['verdict']}", _share(check["stable_right"], check["stable"]),
         _share(check["unstable_right"], check["unstable"])]
        for name, found in checks.items()
        for check in found
    ]  # fmt: skip
    header = ["held-out verdicts that are right, where the query turned", "the verdict followed", "it did not"]
    return columns(header, rows) if rows else ""


def _searched(report: dict[str, Any]) -> str:
    searched = report["systems"].get(OURS, {}).get("searched", {})
    rows = [
        [name, _share(found["right"], found["results"]), _share(found["rightly"], found["called_supported"]),
         _share(found["rightly"], found["supported"])]
        for name, found in searched.items()
    ]  # fmt: skip
    header = ["results of searches, judged by hand", "label right", "called supported: is", "is supported: called so"]
    return columns(header, rows) if rows else ""


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole} ({part / whole:.2f})" if whole else ABSENT


def _left_out(report: dict[str, Any]) -> str:
    lines = [
        f"not measured: {TITLES[name]}. Train it: {command}" for name, command in report["without_weights"].items()
    ]
    return "\n".join([*lines, *(f"not measured: {reason}" for reason in report["not_measured"])])


def _per_system(report: dict[str, Any], part: str, shown: dict[str, str], cell: Callable[[Any], str]) -> str:
    """Of the systems that have at least one of the figures."""
    rows = [
        [TITLES[name], *(cell(row[part].get(key)) for key in shown)]
        for name, row in report["systems"].items()
        if any(key in row[part] for key in shown)
    ]
    return columns(["", *shown.values()], rows) if rows else ""


def _plain(found: Any) -> str:
    value = found["value"] if isinstance(found, dict) else found
    return ABSENT if value is None or math.isnan(value) else f"{value:.3f}"


def _with_interval(found: Any) -> str:
    if not isinstance(found, dict) or found["low"] is None:
        return _plain(found)
    return f"{_plain(found)} ({found['low']:.2f}-{found['high']:.2f})"
