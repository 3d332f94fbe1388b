"""The places whose law a contract can choose: countries, states and provinces, and the adjectives of their laws."""

from __future__ import annotations

import re

STATES = """
    Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|District of Columbia|Florida|Georgia|
    Guam|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|
    Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York State|New York|
    North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Puerto Rico|Rhode Island|South Carolina|
    South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington State|Washington,? D\\.?C\\.?|Washington|
    West Virginia|Wisconsin|Wyoming|Alberta|British Columbia|Manitoba|New Brunswick|Newfoundland and Labrador|
    Newfoundland|Nova Scotia|Ontario|Prince Edward Island|Qu[eé]bec|Saskatchewan|Yukon|New South Wales|Queensland|
    South Australia|Tasmania|Victoria|Western Australia|Australian Capital Territory|Northern Territory
"""
COUNTRIES = """
    Afghanistan|Albania|Algeria|Andorra|Angola|Antigua and Barbuda|Argentina|Armenia|Aruba|Australia|Austria|
    Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bermuda|Bhutan|Bolivia|
    Bosnia and Herzegovina|Botswana|Brazil|British Virgin Islands|Brunei|Bulgaria|Burkina Faso|Burundi|Cambodia|
    Cameroon|Canada|Cape Verde|Cayman Islands|Chad|Chile|China|Colombia|Congo|Costa Rica|C[oô]te d['’]Ivoire|Croatia|
    Cuba|Cura[cç]ao|Cyprus|Czech Republic|Czechia|Denmark|Djibouti|Dominica|Dominican Republic|Dubai|Abu Dhabi|
    Ecuador|Egypt|El Salvador|England and Wales|England & Wales|England|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|
    Finland|France|Gabon|Gambia|Germany|Ghana|Gibraltar|Great Britain|Greece|Grenada|Guatemala|Guernsey|Guinea|Guyana|
    Haiti|Honduras|Hong Kong(?: SAR)?|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Isle of Man|Israel|Italy|
    Jamaica|Japan|Jersey|Jordan|Kazakhstan|Kenya|Korea|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|
    Libya|Liechtenstein|Lithuania|Luxembourg|Maca[uo]|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Marshall Islands|
    Mauritania|Mauritius|Mexico|Moldova|Monaco|Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nepal|
    Netherlands|New Zealand|Nicaragua|Nigeria|Niger|North Macedonia|Northern Ireland|Norway|Oman|Pakistan|Panama|
    Papua New Guinea|Paraguay|Peru|Philippines|Poland|Portugal|PRC|P\\.R\\.C\\.?|Qatar|Romania|Russian Federation|
    Russia|Rwanda|Samoa|San Marino|Saudi Arabia|Scotland|Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Slovakia|
    Slovenia|Somalia|South Africa|South Korea|South Sudan|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|
    Taiwan|Tajikistan|Tanzania|Thailand|Togo|Tonga|Trinidad and Tobago|Tunisia|Turkey|Türkiye|Turkmenistan|UAE|Uganda|
    Ukraine|United Arab Emirates|United Kingdom|United States(?: of America)?|USA|U\\.S\\.A\\.?|U\\.S\\.?|US|UK|
    U\\.K\\.?|Uruguay|Uzbekistan|Vanuatu|Venezuela|Viet ?nam|Virgin Islands|Wales|Yemen|Zambia|Zimbabwe|
    European Union|EU
"""
ADJECTIVES = """
    American|Argentine|Australian|Austrian|Belgian|Brazilian|British|Bulgarian|Californian?|Canadian|Chilean|Chinese|
    Colombian|Croatian|Cypriot|Czech|Danish|Dutch|Egyptian|English|Estonian|Finnish|French|German|Ghanaian|Greek|
    Hungarian|Icelandic|Indian|Indonesian|Irish|Israeli|Italian|Japanese|Kenyan|Korean|Latvian|Lebanese|Lithuanian|
    Luxembourgish|Malaysian|Maltese|Mexican|Moroccan|Nigerian|Northern Irish|Norwegian|Pakistani|Peruvian|Philippine|
    Polish|Portuguese|Romanian|Russian|Scottish|Scots|Serbian|Singaporean?|Slovak|Slovenian|South African|Spanish|
    Swedish|Swiss|Taiwanese|Thai|Turkish|Ukrainian|Vietnamese|Welsh
"""


def names_of(places: str) -> list[str]:
    """Some are patterns: "Qu[eé]bec"."""
    return [name.strip() for name in places.split("|")]


def _words(*lists: str) -> str:
    names = sorted((name for each in lists for name in names_of(each)), key=len, reverse=True)
    return "|".join(name.replace(" ", r"\s+") for name in names)


_NAME = rf"(?:{_words(STATES, COUNTRIES, ADJECTIVES)})(?![\w-])"
_FORM = r"(?:(?:[A-Z][\w'’.]*\s+){1,4}(?:of|OF)\s+(?:the\s+|THE\s+)?)?"  # "Federal Republic of"
_PLACE = re.compile(
    rf"{_FORM}(?i:{_NAME})(?:\s*,\s*(?:the\s+)?(?i:{_NAME}))?(?:\s+(?:and|AND|&)\s+(?:the\s+)?(?i:{_NAME}))?"
)


def place_end(text: str, start: int, end: int) -> int:
    """Where the known place that begins at ``start`` ends; ``start`` where none does."""
    found = _PLACE.match(text, start, end)
    return found.end() if found else start
