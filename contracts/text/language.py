"""Which language a text is in, by its letters and commonest words: only to say so where it is not English."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_SAMPLE = 50_000  # characters
_FEWEST = 5  # of its words, before a language is told
_FEWEST_OF_SENTENCE = 4  # words
_RARE = 0.05  # of the words: in English a fifth are among these, which hardly any other language has
_ONLY_ENGLISH = ("the", "of", "and", "shall", "any", "this", "that", "with", "which", "be")
_MANY = 40  # words, before their lack of English ones says anything
OTHER = "a language other than English"
_LANGUAGES = {
    "English": "the of and to shall any this or by be with that for such is not may agreement as on",
    "German": "der die das und ist nicht mit den dem des ein eine wird für auf von zu oder werden binnen muss",
    "French": "le la les des et est du une dans pour par sur qui que ou au aux sera contrat présent",
    "Spanish": "el los las del y es una por para con que en se al contrato lo su como o presente",
    "Portuguese": "o os um uma do da dos das em no na nos nas e é que para por com não ao pelo se ou será contrato",
    "Italian": "il lo gli della del e è di che per con una nel alla dei delle contratto si o presente",
    "Dutch": "het een van en de is niet met voor door op dat zal worden te aan of overeenkomst bij deze",
    "Polish": "i w z na do się nie jest oraz przez że lub dla od po umowy umowa strony strona który jego o za",
    "Swedish": "och att det som en på är av för med till den har inte ska skall eller vid ett avtal i om",
    "Danish or Norwegian": "og at det som en på er av af for med til den har ikke skal eller ved et aftale avtale i om",
}
_SCRIPTS = {
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "CYRILLIC": "Russian or a language like it",
    "GREEK": "Greek",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "THAI": "Thai",
}
_WORDS = {language: frozenset(words.split()) for language, words in _LANGUAGES.items()}
# Words of other languages that stand in English sentences too.
_ENGLISH_TOO = frozenset(
    str.split("as at au com come da de die do door el en et in is met no not of on os per se so te to van was")
)
_WORD = re.compile(r"[^\W\d_]+")


def foreign_sentence(text: str) -> str:
    """As ``foreign_language``, of a text too short to count much in: by words that English has not."""
    words = {word.lower() for word in _WORD.findall(text) if len(word) > 1}
    found = {language: len(words & own - _ENGLISH_TOO) for language, own in _WORDS.items()}
    likeliest = max(found, key=lambda language: found[language])
    told = len(words) >= _FEWEST_OF_SENTENCE and found[likeliest] > found["English"]
    return foreign_language(text) or (likeliest if told else "")


def foreign_language(text: str) -> str:
    """ "German" and the like where its letters or its common words say so; else ""."""
    sample = text[:_SAMPLE]
    if script := _foreign_script(sample):
        return script
    counts = Counter(word.lower() for word in _WORD.findall(sample))
    found = {language: sum(counts[word] for word in words) for language, words in _WORDS.items()}
    likeliest = max(found, key=lambda language: found[language])
    told = found[likeliest] >= _FEWEST and found[likeliest] > 2 * found["English"]
    if told:
        return likeliest
    english = sum(counts[word] for word in _ONLY_ENGLISH)
    return OTHER if counts.total() >= _MANY and english < _RARE * counts.total() else ""


def _foreign_script(text: str) -> str:
    """The language that is written so, where most letters are none of ours."""
    letters = Counter({letter: count for letter, count in Counter(text).items() if letter.isalpha()})
    foreign = Counter[str]()
    for letter, count in letters.items():
        script = unicodedata.name(letter, "?").split()[0]
        if script != "LATIN":
            foreign[script] += count
    if foreign.total() < _FEWEST or 2 * foreign.total() < letters.total():
        return ""
    likeliest = "HIRAGANA" if foreign["HIRAGANA"] else foreign.most_common(1)[0][0]  # beside Chinese characters
    return _SCRIPTS.get(likeliest, OTHER)
