"""Where the time of one piece of work goes."""

from __future__ import annotations

import time
from collections import defaultdict


class StepClock:
    """Seconds by step. One step runs at any time, so that the steps add up to the whole."""

    def __init__(self, step: str) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._step, self._since = step, time.monotonic()

    def turn_to(self, step: str) -> str:
        """The step that ran until now."""
        now = time.monotonic()
        self.seconds[self._step] += now - self._since
        before, self._step, self._since = self._step, step, now
        return before
