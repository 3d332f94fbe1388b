from __future__ import annotations

import json

import pytest

from tests.contracts.text.files import AGREEMENTS
from tests.contracts.text.update_golden import NAMES, golden_file, reading


@pytest.mark.parametrize("name", NAMES)
def test_reading_is_the_one_that_was_reviewed(name: str) -> None:
    assert reading(AGREEMENTS / name) == json.loads(golden_file(name).read_text(encoding="utf-8"))
