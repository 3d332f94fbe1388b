"""The names of companies and people: where one starting at a given offset ends, and its words without the form."""

from __future__ import annotations

import re

_LEGAL_FORM = r"""
    Inc(?:orporated)?|L\.?\s?L\.?\s?[CP]|L\.?\s?L\.?\s?L\.?\s?P|L\.?\s?P|L\.?C|P\.?C|Ltd|Limited|Corp(?:oration)?|Co(?:mpany)?|
    plc|p\.l\.c|GmbH|mbH|A\.?\s?G|AktG|Aktiengesellschaft|S\.?\s?A\.?\s?S?|S\.?p\.?A|S\.?\s?[àa]\s?r\.?l|S\.?r\.?l|N\.?\s?V|
    B\.?\s?V|A/S|S/A|ApS|A\.?B|ASA|(?-i:A\.?S(?!\s+(?!AND\b)[A-Z]{2}))|Oyj?|Pty|Pte|Pvt|K\.?K|K\.?G|KGaA|SE|SNC|MHC|G\.?I\.?E|Ltda|Lda|N\.?\s?A|F\.?S\.?B|Sdn|
    S\.?L\.?U?|Berhad|Bhd|Tbk|PLLC|ULC|Kft|S\.?C\.?A|Soci(?:edad|ét[ée]|eta)\s+An[óo]n[yi]m[ae]|
    S\.?\s?de\s?R\.?L\.?(?:\s?de\s?C\.?V)?|S\.?A\.?\s?de\s?C\.?V|S\.?A\.?B\.?\s?de\s?C\.?V|
    Partnership|National\s+Association|s\.?\s?r\.?\s?o|a\.\s?s|d\.o\.o|Sp\.\s?z\s?o\.?\s?o
"""
_BODIES = "Trust|Foundation|Association|University|Bank|Fund|Authority|Institute|Group|Holdings?|Ventures|Partners"
_CLOSING = re.compile(rf"(?:{_LEGAL_FORM})(?![\w&])\.?", re.X | re.I)
# These tell an organisation too, but more of its name may follow ("Hertz Group Realty Trust").
SUFFIX = re.compile(rf"(?:{_LEGAL_FORM}|{_BODIES})(?![\w&])\.?", re.X | re.I)
# A comma may stand before these only, so that "Acme, Bank of X" stays two names.
_AFTER_COMMA = re.compile(
    r"(?:Inc(?:orporated)?|L\.?\s?L\.?\s?[CP]|L\.?\s?L\.?\s?L\.?\s?P|L\.?\s?P|Ltd|Limited|Corp(?:oration)?|Co|plc|S\.?A|"
    r"N\.?\s?A|P\.?C|MHC|GmbH|S\.?\s?[àa]\s?r\.?l|S\.?r\.?l|S\.?A\.? de C\.?V|N\.?V|A\.?G|G\.?I\.?E|"
    r"B\.?V|S\.?p\.?A|S\.L\.(?:U\.)?|S\.?C\.?A|PLLC|ULC|Sdn|Kft|Soci(?:edad|ét[ée]|eta)\s+An[óo]n[yi]m[ae]|Ltda|F\.?S\.?B|L\.?C|K\.?K|s\.?r\.?o|National\s+Association|Jr|Sr|M\.?D|Ph\.?D|III?|Esq|Pte|Pty)(?![\w&])\.?",
    re.I,
)
_TOKEN = re.compile(
    r"(?:[A-Z0-9À-ÖØ-Þ][\w'’.&\-–/®™+!@*]*|[a-z]{1,6}[A-Z][\w.]*|[a-z]{1,2}-?\d[\w-]*|[a-z]-[\w-]{2,}|(?:[a-z]\.){2,}|"
    r"\w+\.(?:com|net|org)\b)"
)
_CONNECTOR = re.compile(r"(?:&|of|and|the|for|de|del|du|do|da|la|di|y|e|van|von|in|\+|-|–|/)(?=\s)", re.I)
_ABBREVIATION = re.compile(r"(?:[A-Z]|[A-Z](?:\.[A-Z])+|Jr|Sr|St|Mr|Ms|Mrs|Dr|Bros|No|Mfg|Etc|Int'l|Intl)\.$")
_PLAIN_WORDS = """
    a an having with whose located as by on at its being is are to between among effective dated this that
    hereinafter hereafter agreement whereas witnesseth recitals party parties organized individually
    collectively both each dear exhibit
"""
_NOT_IN_NAME = frozenset(_PLAIN_WORDS.split())
_SPACE = re.compile(r"[ \t\u00a0]*\n?[ \t\u00a0]*")
_PLACE = re.compile(r"\([A-Z][\w. ]{1,20}\),?\s+(?=[A-Z(])")  # "Fonterra (USA) Inc.", "Karoo (Africa) (Pty) Limited"
# "Keefe, Bruyette & Woods, Inc.", "Fair, Isaac and Company, Incorporated"
_FIRM = re.compile(
    r"(?:[A-Z][\w.'’]+,\s+){0,3}[A-Z][\w.'’]+\s+(?:and|AND)\s+(?i:Company|Co\b|Sons|Partners)\b"
    r"|(?:[A-Z][\w.'’]+,\s+){0,3}[A-Z][\w.'’]+,?\s+&\s+[A-Z][\w.'’]+,?\s+(?:Inc|L\.?L\.?[CP]|P\.?C|L\.?P|Ltd)\b"
)
# "Moelis & Company Holdings LP" goes on after its "Company".
_LONGER = re.compile(
    r"(?i:Company|Co\.?|Group|Partnership)\s(?:[A-Z][\w&]*\s){1,3}(?:L\.?L\.?C|L\.?P|Inc|Ltd|Limited|PLC|plc)\b"
)
# "Alliance Bancorp, Inc. of Pennsylvania (", "Lux S.à r.l. II"
_TAIL = re.compile(r"\s(?:of\s[A-Z]\w+(?=\s*[,(])|(?:I{1,3}|IV|VI{0,3})\b(?!\.))")
_NO_START = re.compile(r"\d{1,3}(?:\.\d{1,2})*\.?\s|(?:19|20)\d\d,?\s")  # the number of a section, a year
_PUBLIC_BODY = re.compile(
    r"(?:The\s+)?(?:University|Bank|City|County|Regents|Trustees|Republic)\s+of\s+(?:the\s+)?[A-Z]", re.I
)
_NOT_FIRST = re.compile(r"(?:and|of|for|or|to)\b", re.I)
_COMMON_NOUNS = frozenset(("corporation", "company", "limited", "partnership", "incorporated"))
# "and" alone on its line, or set apart, or before a person's title
_NEXT_NAME = re.compile(r"and(?:[ \t]{3,}|[ \t]*\n|[ \t]+(?:Mr|Ms|Mrs|Dr)\b)", re.I)
# "Peoples Bank and Ada Stone ("
_PERSON_NEXT = re.compile(r"and\s+[A-Z][a-z]+\s(?:[A-Z]\.\s)?[A-Z][\w'’-]+(?=\s*[,(;\n])")
_IN_CAPITALS = re.compile(
    r"\S*[A-Z]{2,}\S*(?:\s+(?:&|[A-Z.,']{2,}))+\s+(?=and\s+[A-Z]{2,}\b)"
)  # "CREDIT TARN FIRST and"
_AND_COMPANY = re.compile(r"and\s+(?:company|co|sons|partners)\b", re.I)
# What a title or a form prints large, or a label names, right before a name: "AMENDMENT Tarn, Inc.".
_HEADING = re.compile(
    r"(?:[A-Z][A-Z&'’.-]*\s+)*?(?:AGREEMENT|AMENDMENT|ADDENDUM|CONTRACT|LEASE|TERMS|PRESENTATION|SUMMARY)\s+(?=[A-Z][a-z])"
    r"|(?:[A-Z]\w+\s+)*?Legal\s+Name\s+(?=[A-Z])"
    r"|You\s+and\s+(?=[A-Z])"
    r"|(?:[A-Z]\w+\s+(?:and\s+)?)*?(?:President|Officer|Director|Secretary|Counsel|Chairman|Meeting)\s+of\s+(?:[Tt]he\s+)?(?=[A-Z])"
)
_NUMBER_BELOW = re.compile(r"[ \t]*\n\s*\(?\d{1,3}[.)]?\s")  # the number of the clause on the next line
_FORM_FOLLOWS = re.compile(r",\s(?:Inc|L\.?L\.?[CP]|Ltd|Corp)\b")
_MAX_TOKENS = 14
_SHORT = {"limited": "ltd", "incorporated": "inc", "corporation": "corp", "company": "co"}


def name_end(text: str, start: int) -> int:
    """The end of the name that starts at ``start``; ``start`` itself when no name starts there."""
    end, offset, closed = start, start, False
    if _NO_START.match(text, start) or _NOT_FIRST.match(text, start):
        return start
    for position in range(_MAX_TOKENS):
        suffix = _CLOSING.match(text, offset) if position else None
        if suffix and suffix.group() in _COMMON_NOUNS:
            break  # "a Maryland corporation" is a description
        if suffix and closed and "\n" in text[end:offset]:
            break
        if suffix:
            tail = _TAIL.match(text, suffix.end())
            end, closed = (tail or suffix).end(), not _LONGER.match(text, suffix.start())
        elif closed:
            break
        else:
            place = _PLACE.match(text, offset) if position else None
            if place:
                offset = place.end()
                continue
            if position and _next_name_follows(text, start, offset):
                break
            following = _after_connector(text, offset) if position else None
            if following is not None:
                offset = following
                continue
            token = _TOKEN.match(text, offset)
            if not token or _is_plain(text, token) or (position and _NEXT_NAME.match(text, offset)):
                break
            end = _without_full_stop(token)
            if end < token.end():
                break
        if _NUMBER_BELOW.match(text, end):
            break
        offset = _space_end(text, end)
        if text[offset : offset + 1] == ",":
            offset = _space_end(text, offset + 1)
            if not _AFTER_COMMA.match(text, offset) and (position or closed or not _FIRM.match(text, offset)):
                break
        elif offset == end:
            break
    return end


def heading_length(words: str) -> int:
    """How much of what reads as a name is the heading or label before it."""
    heading = _HEADING.match(words)
    return heading.end() if heading else 0


def _next_name_follows(text: str, start: int, offset: int) -> bool:
    """Whether the "and" here divides two names: after an organisation a person, in small letters among large ones."""
    if _PERSON_NEXT.match(text, offset) and has_suffix(text[start:offset]):
        return True
    capitals = None if _AND_COMPANY.match(text, offset) else _IN_CAPITALS.match(text, start)
    return capitals is not None and capitals.end() == offset


def _space_end(text: str, offset: int) -> int:
    gap = _SPACE.match(text, offset)
    return gap.end() if gap else offset


def _after_connector(text: str, offset: int) -> int | None:
    """The start of the next capitalised word, if a connector stands here and that word can carry on the name."""
    connector = _CONNECTOR.match(text, offset)
    if not connector or _NEXT_NAME.match(text, offset):
        return None
    following = _space_end(text, connector.end())
    second = _CONNECTOR.match(text, following)
    if second:
        following = _space_end(text, second.end())
    token = _TOKEN.match(text, following)
    address = token and token.group()[0].isdigit() and connector.group().lower() in ("of", "in")
    return following if token and not address and token.group().lower() not in _NOT_IN_NAME else None


def _is_plain(text: str, token: re.Match[str]) -> bool:
    """A word of the sentence rather than of a name; the "A" of "A & B" and of "A. Smith" is not one."""
    word = token.group()
    if word in ("ON", "TO") and re.match(r"\s[A-Z][A-Za-z]{2}", text[token.end() : token.end() + 4]):
        return False  # "YOU ON DEMAND HOLDINGS"
    if word.istitle() and _FORM_FOLLOWS.match(text, token.end()):
        return False  # "Hang With, Inc."
    return word.lower() in _NOT_IN_NAME and not text.startswith(" &", token.end())


def _without_full_stop(token: re.Match[str]) -> int:
    word = token.group()
    if word.endswith(".") and not _ABBREVIATION.search(word) and not word.islower():
        return token.end() - 1
    return token.end()


def has_suffix(name: str) -> bool:
    """Whether its words tell an organisation: a legal form, or "University of ..."."""
    return _PUBLIC_BODY.match(name) is not None or any(SUFFIX.fullmatch(word.strip(",()")) for word in name.split()[1:])


def without_suffix(name: str) -> str:
    """ "Northgate Analytics, Inc." -> "Northgate Analytics"."""
    words = " ".join(name.split()).split(" ")
    while len(words) > 1 and (SUFFIX.fullmatch(words[-1].strip(",")) or words[-1] in ("&", "and", "Sdn", "de")):
        words.pop()
    return " ".join(words).rstrip(",")


def plain_name(name: str) -> str:
    """Alike for "Acme, Ltd." and "ACME LIMITED", for "Acme S.A." and "Acme SA"."""
    words = re.sub(r"[\W_]+", " ", name.lower().replace(".", "")).split()
    return " ".join(_SHORT.get(word, word) for word in words)
