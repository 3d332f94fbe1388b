"""The characters that Word keeps as a font and a code (Insert, Symbol), and what its forms hold."""

from __future__ import annotations

from contracts.text.word_numbering import Element, W

TICKED, UNTICKED = "\u2612", "\u2610"
_PRIVATE = 0xF000  # where symbol fonts have their characters
_OFF = {"0", "false", "off"}
_GREEK = "ABGDEZHQIKLMNXOPRSTUFCYW", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"


def _table(codes: str, characters: str) -> dict[int, str]:
    return dict(zip(bytes.fromhex(codes), characters, strict=True))


# By the code in the font. What is not here stands as in Latin 1, but for Wingdings, which are ornaments.
_FONTS = {
    "symbol": {
        **{ord(latin): greek for latin, greek in zip(*_GREEK, strict=True)},
        **{ord(latin.lower()): greek.lower() for latin, greek in zip(*_GREEK, strict=True)},
        **_table("2d a2 b2 a3 b3 b4 b7 b9 bc ae d2 e2 d3 e3 d4 e4", "−′″≤≥×•≠…→®®©©™™"),
    },
    "wingdings": _table("6c 6e a7 d8 e0 fc fb 6f 71 a8 78 fd fe", "•▪▪➢→✓✗☐☐☐☒☒☒"),
    "wingdings 2": _table("2a a3 50 4f 51 52 53 54", "☐☐✓✗☒☒☒☒"),
}


def symbol(node: Element) -> str:
    """What ``w:sym`` prints; "" where its code is none."""
    try:
        code = int(node.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    code -= _PRIVATE if code >= _PRIVATE else 0
    font = (node.get(f"{W}font") or "").lower()
    if found := _FONTS.get(font, {}).get(code):
        return found
    return "" if "dings" in font or not 31 < code < 0xD800 else chr(code)


def check_box(node: Element) -> str:
    """The box of a form in its state, or in that which it has before anybody clicks it."""
    state = node.find(f"{W}checked")
    state = node.find(f"{W}default") if state is None else state
    return UNTICKED if state is None or state.get(f"{W}val") in _OFF else TICKED


def chosen(node: Element) -> str:
    """The entry that is chosen in the list of a form."""
    entries = [entry.get(f"{W}val") or "" for entry in node.findall(f"{W}listEntry")]
    result = node.find(f"{W}result")
    result = node.find(f"{W}default") if result is None else result
    index = "0" if result is None else result.get(f"{W}val") or "0"
    return entries[int(index)] if index.isdecimal() and int(index) < len(entries) else ""
