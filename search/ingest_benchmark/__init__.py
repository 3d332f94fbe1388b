"""How fast agreements come in, beside the obvious way to bring them in."""

from search.ingest_benchmark.compare import measure
from search.ingest_benchmark.workers import work_off

__all__ = ["measure", "work_off"]
