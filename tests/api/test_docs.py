"""The commands of docs/api.md, run as they stand, against a server that reads the file as a worker would."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction

from contracts.models import Contract, Matter
from search.citation import cite_hit
from search.indexing import index_contract
from search.models import AbsenceCheck, Search

BLOCK = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)
SECONDS = 300


@pytest.mark.django_db(transaction=True)
def test_the_commands_of_the_page_do_what_it_says(
    live_server: Any, lena: User, oak: Matter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers: list[threading.Thread] = []

    def read(contract_id: int) -> None:
        index_contract(contract_id)
        connection.close()

    def enqueue(contract_id: int) -> None:
        """Stands in for the queue: the job begins when the contract is committed, and runs beside the server."""
        reader = threading.Thread(target=read, args=[contract_id])
        readers.append(reader)
        transaction.on_commit(reader.start)

    monkeypatch.setattr("contracts.receive.enqueue", enqueue)
    blocks = BLOCK.findall((settings.BASE_DIR / "docs" / "api.md").read_text("utf-8"))
    names = {"PROVISO": live_server.url, "LOGIN": "lena:sign-in-lena", "MATTER": "Oak"}
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(blocks)],
        cwd=tmp_path, env=os.environ | names, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    for reader in readers:
        reader.join()
    assert run.returncode == 0, run.stdout + run.stderr
    assert len(blocks) == 10
    contract = Contract.objects.get()
    assert (contract.state, str(contract.external_ids.get())) == ("ready", "dms/4711")
    search = Search.objects.get(recall_path="exact")
    assert search.verified == contract.passages.count() > 0
    assert AbsenceCheck.objects.get(position=None).passages_read == contract.passages.count()
    for hit in search.hits.all():
        assert json.dumps(cite_hit(hit)) in run.stdout
