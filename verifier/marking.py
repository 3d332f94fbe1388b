"""Teach a reader's marker which words decided, by clauses in which a person marked them.

    python -m verifier.marking --data DIR [--weights FOLDER]

The rest of the weights stays as it is. Logistic regression over the words of clauses, each clause weighing the same.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from verifier.card import SHIPPED
from verifier.data.batches import pad
from verifier.data.hand_written import hand_written_groups
from verifier.data.items import Group, Question
from verifier.data.lessons import split_by_source
from verifier.inference import load_verifier
from verifier.loop import log
from verifier.marker import Marker, without_ends
from verifier.metrics import character_f1
from verifier.parties import neutralise_pair
from verifier.reader import Reader
from verifier.types import Pair, VerifierUnavailable
from verifier.weight_files import load_reader, save_marker
from verifier.windows import windows_of

WEIGHT_DECAY = 3e-3


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m verifier.marking", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with nearmiss/ and cuad/")
    parser.add_argument("--weights", type=Path, default=SHIPPED)
    options = parser.parse_args()
    try:
        learning, held_out = split_by_source(hand_written_groups(options.data))
        learn_marks(options.weights, learning)
        log({"marked": len(marked_by_hand(learning)), **overlap(options.weights, held_out)})
    except (OSError, VerifierUnavailable) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def marked_by_hand(groups: Sequence[Group]) -> list[tuple[Group, Question]]:
    return [(group, question) for group in groups for question in group.questions if question.evidence]


def learn_marks(folder: Path, groups: Sequence[Group]) -> None:
    """Nothing where nothing is marked."""
    reader, tokenizer, _ = load_reader(folder)
    marked = (words_seen(reader, tokenizer, *asked) for asked in marked_by_hand(groups))
    seen = [one for one in marked if one]
    if seen:
        fit(reader.marker, *(pad_sequence(list(rows), batch_first=True) for rows in zip(*seen, strict=True)))
        save_marker(reader.marker, folder)


@torch.no_grad()
def words_seen(
    reader: Reader, tokenizer: Tokenizer, group: Group, question: Question
) -> tuple[Tensor, Tensor, Tensor] | None:
    """Attention (L, heads), which pieces are real (L,), and which of them are marked (L,); None: the clause is long."""
    query, clause = neutralise_pair(question.text, group.clause, group.parties, reader.first)
    windows = windows_of([clause], tokenizer)
    if len(windows) > 1:
        return None
    tokens, mask = pad([windows[0].ids])
    query_tokens, query_mask = pad([tuple(tokenizer.encode(query).ids)])
    codes = reader.read_clauses(tokens, mask)
    reading = reader(query_tokens, query_mask, codes, mask, torch.zeros(1, dtype=torch.long), with_attention=True)
    places = [(clause.origin[start], clause.origin[end]) for start, end in windows[0].offsets]
    marked = [any(start < stop and begin < end for begin, stop in question.evidence) for start, end in places]
    return reading.attention[0].T.float(), mask[0], torch.tensor(marked).float()


def fit(marker: Marker, attention: Tensor, mask: Tensor, marked: Tensor) -> None:
    """attention (n, L, heads), mask and marked (n, L)."""
    attention, words = attention.transpose(1, 2), without_ends(mask)
    marker.requires_grad_()
    optimizer = torch.optim.LBFGS(marker.parameters(), max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        of_words = F.binary_cross_entropy_with_logits(marker(attention, mask), marked, reduction="none") * words
        total = (of_words.sum(1) / words.sum(1)).mean() + WEIGHT_DECAY * marker.weight.square().sum()
        total.backward()
        return total

    optimizer.step(loss)


def overlap(folder: Path, groups: Sequence[Group]) -> dict[str, Any]:
    """How the words marked, as served, agree with those that a person marked."""
    asked = marked_by_hand(groups)
    verdicts = load_verifier(folder).verify(
        [Pair(question.text, group.clause, group.parties) for group, question in asked]
    )
    scores = [
        character_f1(question.evidence, [(span.start, span.end) for span in verdict.evidence])
        for (_, question), verdict in zip(asked, verdicts, strict=True)
    ]
    whole = [character_f1(question.evidence, [(0, len(group.clause))]) for group, question in asked]
    count = max(len(asked), 1)
    return {"held_out": len(asked), "character_f1": sum(scores) / count, "of_whole_clause": sum(whole) / count}


if __name__ == "__main__":
    sys.exit(main())
