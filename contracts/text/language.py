"""Which language a text is in, by its commonest words: only to say so where it is not English."""

from __future__ import annotations

import re
from collections import Counter

_SAMPLE = 50_000  # characters
_FEWEST = 5  # of its words, before a language is told
_LANGUAGES = {
    "English": "the of and to shall any this or by be with that for such is not may agreement as on",
    "German": "der die das und ist nicht mit den dem des ein eine wird für auf von zu oder werden binnen muss",
    "French": "le la les des et est du une dans pour par sur qui que ou au aux sera contrat présent",
    "Spanish": "el los las del y es una por para con que en se al contrato lo su como o presente",
    "Italian": "il lo gli della del e è di che per con una nel alla dei delle contratto si o presente",
    "Dutch": "het een van en de is niet met voor door op dat zal worden te aan of overeenkomst bij deze",
}
_WORDS = {language: frozenset(words.split()) for language, words in _LANGUAGES.items()}
_WORD = re.compile(r"[^\W\d_]+")


def foreign_language(text: str) -> str:
    """ "German" and the like where more of the words are that language's than English; else ""."""
    counts = Counter(word.lower() for word in _WORD.findall(text[:_SAMPLE]))
    found = {language: sum(counts[word] for word in words) for language, words in _WORDS.items()}
    likeliest = max(found, key=lambda language: found[language])
    told = found[likeliest] >= _FEWEST and found[likeliest] > 2 * found["English"]
    return likeliest if told else ""
