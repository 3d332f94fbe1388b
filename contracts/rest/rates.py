"""So many of something in a period, counted in the database for all processes on all machines together.

What is kept is not each use but when all of the rate will be free again (the generic cell rate algorithm): each use
puts that off by its share, by one statement that cannot lose a count; one that would put it off by more than the whole
period comes too early.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

NAMES = {1: "s sec secs second seconds", 60: "m min mins minute minutes", 3600: "h hour hours", 86_400: "d day days"}
PERIODS = {name: seconds for seconds, names in NAMES.items() for name in names.split()}
WRITTEN = re.compile(rf"([1-9][0-9]{{0,8}})/({'|'.join(PERIODS)})")

# statement_timestamp(), as now() stands still within a transaction
TAKE = """
    INSERT INTO api_rate AS rate (key, free_at)
    VALUES (%(key)s, statement_timestamp() + make_interval(secs => %(share)s))
    ON CONFLICT (key) DO UPDATE
        SET free_at = greatest(rate.free_at, statement_timestamp()) + make_interval(secs => %(share)s)
        WHERE rate.free_at <= statement_timestamp() + make_interval(secs => %(ahead)s)
    RETURNING 1
"""
LEFT = "SELECT extract(epoch FROM free_at - statement_timestamp())::float FROM api_rate WHERE key = %(key)s"


def check_rates() -> None:
    """When a process starts, not in every request. Raises ImproperlyConfigured, which names the setting."""
    for prefix, rates in (("API_RATE", settings.API_RATES), ("SIGN_IN_FAILURES", settings.SIGN_IN_FAILURES)):
        for name, rate in rates.items():
            try:
                Allowance.written(rate)
            except ValueError as error:
                raise ImproperlyConfigured(f"{prefix}_{name.upper()}: {error}") from error


@dataclass(frozen=True, slots=True)
class Allowance:
    uses: int
    seconds: int

    @classmethod
    def written(cls, rate: str) -> Allowance:
        """``rate``: like 120/min, as settings have it. Raises ValueError for anything else."""
        found = WRITTEN.fullmatch(rate)
        if found is None:
            raise ValueError(f"“{rate}” is no rate. Write one like 10/sec, 120/min, 60/hour or 500/day.")
        return cls(int(found[1]), PERIODS[found[2]])

    @property
    def share(self) -> float:
        return self.seconds / self.uses

    def take(self, key: str) -> float | None:
        """None when one was free and is taken; else the seconds until one is."""
        values: dict[str, str | float] = {"key": key, "share": self.share, "ahead": self.seconds - self.share}
        with connection.cursor() as cursor:
            cursor.execute(TAKE, values)
            taken = cursor.fetchone() is not None
        return None if taken else self.wait(key)

    def wait(self, key: str) -> float:
        """Seconds until one is free; takes none."""
        with connection.cursor() as cursor:
            cursor.execute(LEFT, {"key": key})
            row = cursor.fetchone()
        return max(row[0] - (self.seconds - self.share), 0.0) if row else 0.0
