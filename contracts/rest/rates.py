"""So many of something in a period, counted in the database for all processes on all machines together.

What is kept is not each use but when all of the rate will be free again (the generic cell rate algorithm): each use
puts that off by its share, by one statement that cannot lose a count; one that would put it off by more than the whole
period comes too early.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from rest_framework.throttling import SimpleRateThrottle

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


@dataclass(frozen=True, slots=True)
class Allowance:
    uses: int
    seconds: int

    @classmethod
    def written(cls, rate: str) -> Allowance:
        """``rate``: like 120/min, as settings have it."""
        uses, seconds = SimpleRateThrottle.parse_rate(None, rate)  # needs nothing of itself
        return cls(uses, seconds)

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
