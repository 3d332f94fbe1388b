from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from search.encode import EncoderUnavailable, count_tokens, encode_texts, encoder_path
from verifier import precision

PINNED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FIRST = "Either party may terminate this Agreement upon thirty days notice."
LONG = "The Supplier shall indemnify the Customer. " * 60


def test_vectors_have_length_one_and_do_not_depend_on_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "has_fast_bfloat16", lambda device: False)
    together = encode_texts([FIRST, LONG, "Rent"])
    assert together.shape == (3, 384) and together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for row, text in enumerate([FIRST, LONG, "Rent"]):
        np.testing.assert_allclose(together[row], encode_texts([text])[0], atol=1e-5)


def test_bfloat16_gives_the_vectors_of_fp32(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = []
    for fast in (True, False):
        monkeypatch.setattr(precision, "has_fast_bfloat16", lambda device, fast=fast: fast)
        vectors.append(encode_texts([FIRST, LONG, "Rent"]))
    assert not np.array_equal(*vectors)
    assert ((vectors[0] * vectors[1]).sum(axis=1) > 0.9999).all()


def test_a_paraphrase_is_nearer_than_another_subject() -> None:
    vectors = encode_texts(
        [FIRST, "Each party can end the contract on 30 days' notice.", "The rent is payable monthly."]
    )
    assert vectors[0] @ vectors[1] > 0.6 > vectors[0] @ vectors[2] + 0.1


def test_no_text_gives_no_vector() -> None:
    assert encode_texts([]).shape == (0, 384)


def test_tokens_are_counted_past_what_is_encoded() -> None:
    assert count_tokens("hello world") == 4  # with the marks that open and close
    assert count_tokens("word " * 600) == 602


def test_the_weights_are_the_ones_we_measured() -> None:
    assert hashlib.sha256((encoder_path() / "model.safetensors").read_bytes()).hexdigest() == PINNED_SHA256


def test_a_folder_without_a_model_says_what_to_do(settings: Any, tmp_path: Path) -> None:
    settings.ENCODER_PATH = str(tmp_path)
    with pytest.raises(EncoderUnavailable, match=r"has no config\.json. Set ENCODER_PATH"):
        encode_texts(["x"])


def test_nothing_heavy_is_imported_before_the_first_text(settings: Any) -> None:
    code = (
        "import django, sys; django.setup(); import search.search, search.api; "
        "print({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("set()\n", "")
