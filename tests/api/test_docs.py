"""The commands of docs/api.md, run as they stand, against a server, with the real reading and its vectors."""

from __future__ import annotations

import os
import re
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from contracts.models import Contract, Matter
from search.indexing import index_contract
from search.models import Search

BLOCK = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)
SECONDS = 300


@pytest.mark.django_db(transaction=True)
def test_the_commands_of_the_page_do_what_it_says(
    live_server: Any, lena: User, oak: Matter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[threading.Thread] = []

    def read_at_once(contract_id: int) -> None:
        """Stands in for the worker that reads the file some seconds later."""
        reader = threading.Timer(1, index_contract, [contract_id])
        readers.append(reader)
        reader.start()

    monkeypatch.setattr("contracts.receive.enqueue", read_at_once)
    blocks = BLOCK.findall((settings.BASE_DIR / "docs" / "api.md").read_text("utf-8"))
    names = {"PROVISO": live_server.url, "LOGIN": "lena:sign-in-lena", "MATTER": "Oak"}
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(blocks)],
        cwd=tmp_path, env=os.environ | names, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    for reader in readers:
        reader.join()
    assert run.returncode == 0, run.stdout + run.stderr
    assert len(blocks) == 6
    contract = Contract.objects.get()
    assert (contract.state, str(contract.external_ids.get())) == ("ready", "dms/4711")
    assert Search.objects.get().verified == contract.passages.count() > 0
    assert "indemnify" in run.stdout
