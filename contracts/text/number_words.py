"""Numbers written out: "forty-five", "eleven", "the fifteenth". Patterns to be put between word boundaries."""

from __future__ import annotations

import re

_ONES = str.split(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_FIRSTS = str.split(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_VALUES = {word: number for words in (_ONES, _FIRSTS) for number, word in enumerate(words, 1)}
_VALUES |= {word: 10 * number for number, word in enumerate(_TENS, 2)}
_VALUES |= {word.replace("ty", "tieth"): 10 * number for number, word in enumerate(_TENS, 2)}
_BELOW_TEN = "|".join(_ONES[:9])
_BELOW_TWENTY = "|".join(sorted(_ONES, key=len, reverse=True))  # "sixteen" before "six"
BELOW_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{_BELOW_TEN}))?|{_BELOW_TWENTY})"
CARDINAL = rf"(?:(?:(?:{_BELOW_TEN}|a)\s+)?hundred(?:\s+(?:and\s+)?{BELOW_HUNDRED})?|{BELOW_HUNDRED})"
ORDINAL = (
    rf"(?:(?:{'|'.join(_TENS)})[-\s](?:{'|'.join(_FIRSTS[:9])})|twentieth|thirtieth"
    rf"|{'|'.join(sorted(_FIRSTS, key=len, reverse=True))})"
)


def below_hundred(words: str) -> int:
    """ "forty-five", or "forty-fifth", as a number."""
    return sum(_VALUES[word] for word in re.split(r"[-\s]+", words.lower()))


def in_words(number: int) -> str:
    """ "Forty-five"; in figures from a hundred on."""
    if not 0 < number < 100:
        return str(number)
    if number < 20:
        return _ONES[number - 1].capitalize()
    tens, ones = divmod(number, 10)
    return "-".join([_TENS[tens - 2], *_ONES[:ones][-1:]]).capitalize()
