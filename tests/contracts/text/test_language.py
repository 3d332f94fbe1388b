from __future__ import annotations

import pytest

from contracts.text.language import foreign_sentence


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Der Lieferant haftet für alle Schäden", "German"),
        ("Le fournisseur indemnise le client", "French"),
        ("El proveedor indemniza al cliente", "Spanish"),
        ("Поставщик возмещает убытки", "Russian or a language like it"),
        ("供应商应赔偿客户", "Chinese"),
        ("Supplier indemnifies Customer", ""),
        ("no invoice, no payment", ""),
        ("non-circumvent: no exploiting of pre-existing relationships", ""),
        ("the de minimis threshold is per se in the contract of Los Alamos", ""),
        ("die", ""),
    ],
)
def test_a_short_sentence_in_another_language_is_told(sentence: str, language: str) -> None:
    assert foreign_sentence(sentence) == language
