"""The two pictures of the benchmark: quality against time, and how far a probability can be believed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from verifier.benchmark.registry import OURS, TITLES

OURS_COLOUR, OTHER_COLOUR = "#0b5fa5", "#6b6b6b"


def draw(report: dict[str, Any], folder: Path) -> list[Path]:
    """Writes SVG files into ``folder``, of what the report has."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    timed = {name: row for name, row in report["systems"].items() if "speed" in row}
    if timed:
        written.append(_quality_against_time(timed, folder / "quality-against-time.svg"))
    deciding = {name: row for name, row in report["systems"].items() if "reliability" in row}
    if deciding:
        written.append(_reliability(deciding, folder / "reliability.svg"))
    return written


def _quality_against_time(systems: dict[str, Any], path: Path) -> Path:
    figure, axes = _figure()
    for name, row in systems.items():
        auroc, seconds = row["quality"]["auroc"], row["speed"]["seconds_median"]
        spread = [[auroc["value"] - auroc["low"]], [auroc["high"] - auroc["value"]]]
        colour, marker = (OURS_COLOUR, "D") if name == OURS else (OTHER_COLOUR, "o")
        axes.errorbar(seconds, auroc["value"], yerr=spread, fmt=marker, color=colour, capsize=3)
        axes.annotate(TITLES[name], (seconds, auroc["value"]), xytext=(6, 4), textcoords="offset points", fontsize=8)
    axes.axhline(0.5, color="black", linewidth=0.8, linestyle=":")
    axes.set_xscale("log")
    axes.margins(x=0.25)
    axes.set_xlabel("seconds per 100 candidates")
    axes.set_ylabel("AUROC, supported against the rest (95 % interval)")
    return _written(figure, path)


def _reliability(systems: dict[str, Any], path: Path) -> Path:
    figure, axes = _figure()
    axes.plot([0, 1], [0, 1], color="black", linewidth=0.8, linestyle=":")
    for name, row in systems.items():
        bins = row["reliability"]["bins"]
        axes.plot(
            [each["probability"] for each in bins],
            [each["share"] for each in bins],
            label=f"{TITLES[name]} (error {row['reliability']['calibration_error']:.2f})",
            color=OURS_COLOUR if name == OURS else None,
            marker="D" if name == OURS else "o",
            linewidth=2 if name == OURS else 1,
        )
    axes.set_xlabel('probability given to "supported", mean of the bin')
    axes.set_ylabel("share of the bin that is supported")
    axes.legend(fontsize=8)
    return _written(figure, path)


def _figure() -> Any:
    from matplotlib.figure import Figure  # the figure alone: no window system, no global state

    figure = Figure(figsize=(7, 4.6), layout="constrained")
    return figure, figure.subplots()


def _written(figure: Any, path: Path) -> Path:
    figure.savefig(path, metadata={"Date": None})
    return path
