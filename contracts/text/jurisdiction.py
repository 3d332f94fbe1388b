"""One name for one law: "English", "the laws of England & Wales" and "England" are England and Wales."""

from __future__ import annotations

import re

from contracts.text.law_places import COUNTRIES, STATES, names_of

# Other names of a jurisdiction, and the adjectives of its law.
_OTHER_NAMES = {
    "Argentina": "Argentine",
    "Australia": "Australian",
    "Austria": "Austrian",
    "Belgium": "Belgian",
    "Brazil": "Brazilian",
    "Bulgaria": "Bulgarian",
    "California": "Californian",
    "Canada": "Canadian",
    "Chile": "Chilean",
    "China": "Chinese|PRC|P.R.C.|P.R. China|People's Republic of China|Mainland China",
    "Colombia": "Colombian",
    "Croatia": "Croatian",
    "Cyprus": "Cypriot",
    "Czech Republic": "Czech|Czechia",
    "Denmark": "Danish",
    "District of Columbia": "Washington, D.C.|Washington D.C.|Washington DC|Washington, DC|D.C.",
    "Egypt": "Egyptian",
    "England and Wales": "English|England|England & Wales|Wales|Welsh|English and Welsh",
    "Estonia": "Estonian",
    "European Union": "EU",
    "Finland": "Finnish",
    "France": "French|French Republic",
    "Georgia (country)": "Republic of Georgia",
    "Germany": "German",
    "Ghana": "Ghanaian",
    "Greece": "Greek|Hellenic Republic",
    "Hong Kong": "Hong Kong SAR|Hong Kong Special Administrative Region|Hong Kong, China|"
    "Hong Kong Special Administrative Region of the People's Republic of China",
    "Hungary": "Hungarian",
    "Iceland": "Icelandic",
    "India": "Indian",
    "Indonesia": "Indonesian",
    "Ireland": "Irish|Eire",
    "Israel": "Israeli",
    "Italy": "Italian|Italian Republic",
    "Japan": "Japanese",
    "Kenya": "Kenyan",
    "Latvia": "Latvian",
    "Lebanon": "Lebanese",
    "Lithuania": "Lithuanian",
    "Luxembourg": "Luxembourgish|Grand Duchy of Luxembourg",
    "Malaysia": "Malaysian",
    "Malta": "Maltese",
    "Mexico": "Mexican|United Mexican States",
    "Morocco": "Moroccan",
    "Netherlands": "Dutch|Holland",
    "New York": "New York State",
    "Nigeria": "Nigerian",
    "Northern Ireland": "Northern Irish",
    "Norway": "Norwegian",
    "Pakistan": "Pakistani",
    "Peru": "Peruvian",
    "Philippines": "Philippine",
    "Poland": "Polish",
    "Portugal": "Portuguese",
    "Quebec": "Québec",
    "Romania": "Romanian",
    "Russia": "Russian|Russian Federation",
    "Scotland": "Scottish|Scots",
    "Serbia": "Serbian",
    "Singapore": "Singaporean",
    "Slovakia": "Slovak|Slovak Republic",
    "Slovenia": "Slovenian",
    "South Africa": "South African",
    "South Korea": "Korean|Korea",
    "Spain": "Spanish",
    "Sweden": "Swedish",
    "Switzerland": "Swiss|Swiss Confederation",
    "Taiwan": "Taiwanese|Taiwan, R.O.C.",
    "Thailand": "Thai",
    "Turkey": "Turkish|Türkiye",
    "Ukraine": "Ukrainian",
    "United Arab Emirates": "UAE|U.A.E.",
    "United Kingdom": "British|UK|U.K.|Great Britain|United Kingdom of Great Britain and Northern Ireland",
    "United States": "American|USA|U.S.A.|US|U.S.|United States of America",
    "Vietnam": "Vietnamese|Viet Nam",
    "Washington": "Washington State",
}


def _key(name: str) -> str:
    return name.casefold().replace(".", "")


_KNOWN = {
    **{_key(name): name for name in (*names_of(STATES), *names_of(COUNTRIES)) if re.fullmatch(r"[\w&' -]+", name)},
    **{_key(other): name for name, others in _OTHER_NAMES.items() for other in (name, *others.split("|"))},
}
_FORM = re.compile(
    r"(?:the|laws?|of|(?:sovereign\s+)?(?:state|commonwealth|province|territory|country|nation)"
    r"|(?:federal\s+|democratic\s+|socialist\s+)*(?:republic|kingdom|principality|grand\s+duchy|sultanate))\s+",
    re.I,
)
_LAW = re.compile(r"\s+(?:state\s+)?laws?$", re.I)
# A part of what comes after it: "Delaware, United States of America", "Ontario and Canada".
_WHOLES = ("United States", "Canada", "Australia", "United Kingdom", "China", "United Arab Emirates")


def jurisdiction(law: str) -> str:
    """The one name for what a contract or a person calls the governing law; what is not known stays as written."""
    plain = " ".join(law.replace("’", "'").split()).strip(" .,;")
    if (whole := _known(plain)) is not None:
        return whole
    part, _, rest = re.sub(r"\s+(?:and|&)\s+", ", ", plain).partition(", ")
    first, last = _known(part), _known(rest)
    if first is not None and (last in _WHOLES or last == first):
        return first
    return " ".join(law.split())


def _known(name: str) -> str | None:
    name = _LAW.sub("", name)
    while True:
        if found := _KNOWN.get(_key(name)):
            return found
        form = _FORM.match(name)
        if not form:
            return None
        name = name[form.end() :]
