from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from contracts.models import Contract

INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=")


def test_signed_in_pages_are_not_stored(lena: Client, oak: Contract) -> None:
    for url in ("/search/", "/contracts/", reverse("contract", args=[oak.pk]), "/contracts/0/"):
        assert lena.get(url).headers["Cache-Control"] == "private, no-store"


def test_only_own_code_runs(client: Client, db: None) -> None:
    policy = client.get("/login/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy


@pytest.mark.parametrize("path", ["/search/", "/search/?q=indemnity", "/contracts/", "/contracts/upload/"])
def test_pages_hold_nothing_that_the_policy_would_block(lena: Client, path: str) -> None:
    assert not INLINE.search(lena.get(path).content.decode())
