from verifier.evidence import evidence_spans
from verifier.parties import neutralise
from verifier.types import Party

PARTIES = (Party("Northgate Ltd", "Supplier"),)


def test_a_peak_of_attention_becomes_whole_words_of_the_original() -> None:
    clause = "The Supplier shall not assign this agreement to anyone"
    neutral = neutralise(clause, PARTIES, query=False)  # "Alice shall not assign this agreement to anyone"
    words = ["Alice", "shall", "not", "assign", "this", "agreement", "to", "anyone"]
    offsets = [(0, 0)] + [(neutral.text.index(w), neutral.text.index(w) + len(w)) for w in words] + [(0, 0)]
    attention = [0.5, 0.0, 0.02, 0.2, 0.2, 0.02, 0.0, 0.0, 0.0, 0.5]
    (span,) = evidence_spans(attention, offsets, neutral)
    assert "not assign" in clause[span.start : span.end]
    assert "anyone" not in clause[span.start : span.end]


def test_even_attention_marks_nothing() -> None:
    neutral = neutralise("one two three", (), query=False)
    assert evidence_spans([0.1, 0.1, 0.1], [(0, 3), (4, 7), (8, 13)], neutral) == ()
