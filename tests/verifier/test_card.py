"""What the weights' folder says of itself, without loading them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from verifier.card import CARD, read_card
from verifier.types import Share

SHARE = {"at_least": 0.75, "shown": 490, "right": 441, "low": 0.87, "high": 0.924}


def test_it_needs_no_torch() -> None:
    code = "import verifier.card, sys; sys.exit(any(name in sys.modules for name in ('torch', 'safetensors')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_card_is_read_again_when_it_was_replaced(small_weights: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(small_weights, tmp_path / "weights")
    plain = {**read_card(folder).said, "support_threshold": None, "supported_kept": None}
    for said, expected in (({}, None), ({"support_threshold": SHARE}, Share(**SHARE))):
        (folder / CARD).write_text(json.dumps(plain | said))
        os.utime(folder / CARD, ns=(len(said), len(said)))  # written twice within one tick of the clock
        assert read_card(folder).support == expected and read_card(folder).supported_kept is None
