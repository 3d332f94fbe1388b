"""The commands of docs/api.md and the program docs/integration.py, run as they stand, beside a worker."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User

from contracts.models import Contract, Matter
from contracts.rest.models import ApiToken
from contracts.webhooks.models import Endpoint
from search.citation import cite_hit
from search.models import AbsenceCheck, Review, Search
from tests.api.receiver import Receiver

DOCS = django_settings.BASE_DIR / "docs"
BLOCK = re.compile(r"^```bash\n(.*?)^```", re.MULTILINE | re.DOTALL)
SECONDS = 500
AGREEMENT = """SERVICES AGREEMENT

This Agreement is made between Harrow Ltd ("Supplier") and Acme Inc. ("Customer").

1. Fees. Customer shall pay the fees within 30 days.

2. Indemnity. Supplier shall indemnify Customer against claims of third parties [supported .9].
"""

pytestmark = pytest.mark.django_db(transaction=True)


def run(command: list[str], folder: Path, **names: str) -> str:
    """What it wrote."""
    done = subprocess.run(
        command, cwd=folder, env=os.environ | names, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_commands_of_the_page_do_what_it_says(
    live_server: Any, lena: User, oak: Matter, tmp_path: Path, receiver: Receiver, worker: None
) -> None:
    blocks = BLOCK.findall((DOCS / "api.md").read_text("utf-8"))
    trusted = User.objects.create_user("dms")
    _, secret = ApiToken.objects.create(user=trusted, name="DMS", scopes=["act_for", "read"])
    names = {"PROVISO": live_server.url, "LOGIN": "lena:sign-in-lena", "MATTER": "Oak", "RECEIVER": receiver.url}
    names["DMS_TOKEN"] = secret
    written = run(["bash", "-euo", "pipefail", "-c", "\n".join(blocks)], tmp_path, **names)
    assert len(blocks) == 24
    contract = Contract.objects.get(external_ids__identifier="4711")
    assert (contract.state, str(contract.external_ids.get())) == ("ready", "dms/4711")
    search = Search.objects.filter(recall_path="exact").earliest("created_at")
    stating = contract.passages.exclude(kind="heading")  # headings are not read
    assert search.verified == search.eligible > stating.count() > 0
    assert AbsenceCheck.objects.get(position=None).passages_read == stating.count()
    for hit in search.hits.all():
        assert json.dumps(cite_hit(hit)) in written
    assert receiver.types()[0] == "webhook.test" and receiver.told[0].signed_with(Endpoint.objects.get().secret)


def test_a_new_integrator_s_program_sends_is_told_asks_and_sees_the_answer(
    live_server: Any, lena: User, oak: Matter, tmp_path: Path, settings: Any, worker: None
) -> None:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    (tmp_path / "agreement.txt").write_text(AGREEMENT)
    names = {"PROVISO": live_server.url, "LOGIN": "lena:sign-in-lena", "MATTER": "Oak"}
    program = [sys.executable, str(DOCS / "integration.py"), "agreement.txt"]
    written = run(program, tmp_path, **names)
    contract = Contract.objects.get()
    assert f"sent      contract {contract.pk}, version 1, new" in written
    assert f"told      contract.ready, contract {contract.pk}" in written
    assert f"read      {contract.title}: {contract.passages.count()} passages" in written
    assert re.search(r"^supported +.*s 2: Here Supplier shall indemnify Customer", written, re.MULTILINE), written
    assert "decided   number 1: unsure" in written and re.search(r"^compared  [A-Z].* say", written, re.MULTILINE)
    assert Review.objects.get().note == "To be compared with our standard"
    assert "version 1, again" in run(program, tmp_path, **names)
    assert not Endpoint.objects.exists() and not ApiToken.objects.exists()  # it cleans up after itself
