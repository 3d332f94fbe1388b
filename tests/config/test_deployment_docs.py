"""docs/deployment.md names every environment variable that the settings read, and no other."""

from __future__ import annotations

import re

from django.conf import settings

READ = re.compile(r'\benv\.\w+\(\s*"([A-Z][A-Z_]+)"')
ROW = re.compile(r"^\| `([A-Z][A-Z_]+)` \| (.+?) \| .+ \|$", re.MULTILINE)


def test_every_variable_is_documented_with_its_default_and_meaning() -> None:
    read = set(READ.findall((settings.BASE_DIR / "config" / "settings.py").read_text()))
    page = (settings.BASE_DIR / "docs" / "deployment.md").read_text().split("## Environment variables")[1]
    documented = [name for name, _ in ROW.findall(page)]
    assert len(read) > 30
    assert sorted(documented) == sorted(read)
