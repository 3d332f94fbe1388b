"""The legal forms that end the names of organisations, and names with and without them.

A longer form stands before those that begin alike.
"""

from __future__ import annotations

import re

_LEGAL_FORM = r"""
    (?:Public\s+|Private\s+)?Limited\s+Liability\s+(?:Company|Partnership)|(?:Public|Private)\s+Limited(?:\s+Company)?|
    (?:General|Limited)\s+Partnership|Inc(?:orporated)?|L\.?\s?L\.?\s?[CP]|L\.?\s?L\.?\s?L\.?\s?P|L\.?\s?P|L\.?C|P\.?C|
    Ltd|Limited|Corp(?:oration)?|Co(?!\s+\d{5}\b)(?:mpany)?|plc|p\.l\.c|P\.A|P\.S\.C|P\.J\.S\.C|PJSC|
    K\.S\.C(?:\.C)?|W\.L\.L|WLL|FZ-?E|FZ-?CO|S\.I|DAC|U\.A|GmbH(?:\s*&\s*Co\.?\s*KGa?A?)?|mbH|A\.?\s?G(?:\s*&\s*Co\.?\s*KGa?A?)?|
    AktG|Aktiengesellschaft|
    S\.?\s?de\s?R\.?L\.?(?:\s?de\s?C\.?V)?|S\.?A\.?\s?de\s?C\.?V|S\.?A\.?(?:P\.?I|B)\.?\s?de\s?C\.?V|S\.A\.(?:S|U|B)|
    S\.C\.Sp|SCSp|S\.?C\.?A|S\.?A\.?R\.?L|S\.?A\.?/N\.?V|S\.?\s?A\.?(?:\s?S)?|S\.?p\.?A|S\.?\s?[àa]\s?r\.?l|S\.?r\.?l|
    B\.V\.B\.A|BVBA|N\.?\s?V(?!\s+\d{5}\b)|B\.?\s?V|A/S|S/A|ApS|A\.?B|ASA|(?-i:A\.?S(?!\s+(?!AND\b)[A-Z]{2}))|Oyj?|Pty|Pte|Pvt|K\.?K|K\.?G|KGaA|
    SE|SNC|MHC|G\.?I\.?E|Ltda|Lda|Limitada|E\.?I\.?R\.?L|
    N\.?\s?A|F\.?S\.?B|(?-i:ACA|PCA|FLCA|FCB)|Sdn|S\.L\.N\.E|S\.?L\.?[UP]?|Berhad|Bhd|Tbk|PLLC|ULC|Kft|Nyrt|Zrt|
    Soci(?:edad|ét[ée]|eta)\s+(?:An[óo]n[yi]m[ae]|de\s+Responsabilidad\s+Limitada)|Sp[óo][łl]ka\s+Akcyjna|
    Kabushiki\s+Kaisha|Partnership|National\s+Association|s\.?\s?r\.?\s?o|a\.\s?s|d\.o\.o|d\.d|Sp\.\s?z\s?o\.?\s?o
"""
_BODIES = (
    "Co-?op(?:erative)?|Trust|Foundation|Association|University|Bank|Fund|Authority|Institute|Group|Holdings?|"
    "Ventures|Partners|Unlimited|An[óo]nima|Anonyme"
)
CLOSING = re.compile(rf"(?:{_LEGAL_FORM})(?![\w&]|-\w)\.?", re.X | re.I)
# These tell an organisation too, but more of its name may follow ("Hertz Group Realty Trust").
SUFFIX = re.compile(rf"(?:{_LEGAL_FORM}|{_BODIES})(?![\w&]|-\w)\.?", re.X | re.I)
# A comma may stand before these only, so that "Acme, Bank of X" stays two names.
AFTER_COMMA = re.compile(
    r"(?:Inc(?:orporated)?|L\.?\s?L\.?\s?[CP]|L\.?\s?L\.?\s?L\.?\s?P|L\.?\s?P|Ltd|Limited|Corp(?:oration)?|Co(?!\s+\d{5}\b)|plc|S\.?A|"
    r"N\.?\s?A|P\.?C|P\.A|P\.S\.C|S\.I|MHC|GmbH|S\.?\s?[àa]\s?r\.?l|S\.?r\.?l|S\.?\s?de\s?R\.?L|N\.?V(?!\s+\d{5}\b)|A\.?G|G\.?I\.?E|"
    r"B\.?V|S\.?p\.?A|S\.L\.(?:U\.)?|S\.?C\.?A|SCSp|PLLC|ULC|Sdn|Kft|Ltda|F\.?S\.?B|(?-i:ACA|PCA|FLCA|FCB)|L\.?C|K\.?K|a\.s|s\.?r\.?o|d\.o\.o|d\.d|"
    r"Soci(?:edad|ét[ée]|eta)\s+(?:An[óo]n[yi]m[ae]|de\s+Responsabilidad\s+Limitada)|National\s+Association|"
    r"Jr|Sr|M\.?D|Ph\.?D|J\.D|P\.E|C\.?P\.?A|R\.N|D\.O|D\.V\.M|III?|Esq|Pte|Pty)(?![\w&]|-\w)\.?",
    re.I,
)
_PUBLIC_BODY = re.compile(
    r"(?:The\s+)?(?:University|Bank|City|Town|County|Regents|Trustees|Republic|Government|Ministry)\s+of\s+(?:the\s+)?[A-Z]",
    re.I,
)
_OF_FORMS = ("&", "and", "sdn", "de", "sociedad", "responsabilidad", "société")  # before the last word of a form
_SHORT = {"limited": "ltd", "incorporated": "inc", "corporation": "corp", "company": "co"}


def has_suffix(name: str) -> bool:
    """Whether its words tell an organisation: a legal form, or "University of ..."."""
    words = name.split()
    return (
        _PUBLIC_BODY.match(name) is not None
        or any(SUFFIX.fullmatch(word.strip(",()")) for word in words[1:])
        or SUFFIX.fullmatch(" ".join(words[1:][-2:])) is not None  # "Tarn S.à r.l."
    )


def without_suffix(name: str) -> str:
    """ "Northgate Analytics, Inc." -> "Northgate Analytics"."""
    words = " ".join(name.split()).split(" ")
    while len(words) > 1 and (SUFFIX.fullmatch(words[-1].strip(",")) or words[-1].lower() in _OF_FORMS):
        words.pop()
    return " ".join(words).rstrip(",")


def plain_name(name: str) -> str:
    """Alike for "Acme, Ltd." and "ACME LIMITED", for "Acme S.A." and "Acme SA"."""
    words = re.sub(r"[\W_]+", " ", name.lower().replace(".", "")).split()
    return " ".join(_SHORT.get(word, word) for word in words)
