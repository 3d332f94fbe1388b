from __future__ import annotations

from django.core.management.base import OutputWrapper

WIDTH = 30
ERASE_LINE = "\r\x1b[K"


class Progress:
    """One line per finished item, above a bar that is drawn only on a terminal."""

    def __init__(self, out: OutputWrapper, total: int) -> None:
        self.out = out
        self.total = total
        self.done = 0
        self._draw()

    def step(self, line: str) -> None:
        self._erase()
        self.out.write(line)
        self.done += 1
        self.total = max(self.total, self.done)  # a ZIP was one file when they were counted
        self._draw()

    def close(self) -> None:
        self._erase()

    def _draw(self) -> None:
        if self.out.isatty():
            filled = WIDTH * self.done // max(self.total, 1)
            self.out.write(f"[{'#' * filled}{'.' * (WIDTH - filled)}] {self.done} of {self.total}", ending="")
            self.out.flush()

    def _erase(self) -> None:
        if self.out.isatty():
            self.out.write(ERASE_LINE, ending="")
