"""Files that were never sent before, in four formats, and broken ones."""

from __future__ import annotations

import io
import random
import threading
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from contracts.edgar import Agreement
from tests.soak.load import BROKEN
from tests.soak.machines import ROOT

LARGEST = 40_000  # bytes of an agreement that is sent while others search: seconds of reading
SAMPLES = ROOT / "fixtures" / "agreements"
FORMATS = (".txt", ".html", ".pdf", ".docx")


@dataclass(frozen=True, slots=True)
class Sent:
    name: str
    content: bytes


class Files:
    """In turn; each gets a mark of its own that changes its bytes and hardly its words."""

    def __init__(self, agreements: Sequence[Agreement], samples: Path = SAMPLES) -> None:
        small = [(one.file_name, one.content) for one in agreements if len(one.content) <= LARGEST]
        others = [(path.name, path.read_bytes()) for path in sorted(samples.iterdir()) if path.suffix in FORMATS]
        self._kinds = small + others
        random.Random(0).shuffle(self._kinds)
        self._numbers = count(1)
        self._lock = threading.Lock()

    def new(self) -> Sent:
        with self._lock:
            number = next(self._numbers)
        name, content = self._kinds[number % len(self._kinds)]
        return Sent(f"{number}-{name[-80:]}", marked(name, content, number))

    def broken(self) -> Sent:
        with self._lock:
            number = next(self._numbers)
        return Sent(f"broken-{number}.pdf", BROKEN["broken/half.pdf"] + b"\n%% %d" % number)

    def archive(self) -> Sent:
        """Two agreements, and one that cannot be read."""
        held = [self.new(), self.new(), self.broken()]
        return Sent("several.zip", zipped({one.name: one.content for one in held}))


def marked(name: str, content: bytes, number: int) -> bytes:
    match Path(name).suffix:
        case ".pdf":
            return content + b"\n%% %d\n" % number
        case ".html":
            return content + b"\n<!-- %d -->\n" % number
        case ".docx":
            buffer = io.BytesIO(content)
            with zipfile.ZipFile(buffer, "a") as archive:
                archive.comment = str(number).encode()
            return buffer.getvalue()
        case _:
            return content + b"\n\nFile number %d.\n" % number


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()
