"""Where a name ends: legal forms of many countries, commas, places, people."""

from __future__ import annotations

import pytest

from contracts.text.names import name_end
from contracts.text.parties import find_parties
from contracts.text.preamble import is_name

ORGANISATIONS = [
    "Looms, Spinning & Woven Fabrics, LLC",
    "Tarn Farm Credit, FLCA",
    "Lake Bank SA/NV, New York Branch",
    "Moor New York Branch",
    "Stone, Hale & Tarn-Moor, Inc.",
    "TARN_X MEDIA AG",
    "Tarn Equity S.à r.l.",
    "Minera Tarn S. A.",
    "1-800-TARN.COM, Inc.",
    "THIRD PARTY MILLS I, LLC",
    "Tarn Pension Properties II; A Real Estate Limited Partnership",
    "TARN, MOOR AND COMPANY, INCORPORATED",
    "Tarn Lynch, Pierce, Moor & Smith Incorporated",
    "Moor, Bruyette & Woods, Inc.",
    "Stone, Hale & Company",
    "Bank Tarn, Texas, N.A.",
    "Moor Bank, New York, National Association",
    "Manufacturers and Traders Trust Company",
    "Tarn Guaranty Trust Company of New York",
    "Tarn Life Insurance Company of America",
    "Moor Research Development Company of the Tarn University of Leeds, Ltd.",
    "Tarn Co-operative Group Limited",
    "Tarn Mutual Insurance Company, S.I.",
    "Fell Dental, P.S.C.",
    "Stone & Hale, P.A.",
    "Škoda Tarn a.s.",
    "Industrias Peña, S.A.B. de C.V.",
    "Tarn Peña, S.A.P.I. de C.V.",
    "Volcán, Sociedad de Responsabilidad Limitada",
    "Tarn Spółka Akcyjna",
    "Moor Finance B.V.B.A.",
    "Lake Holdings S.C.Sp.",
    "Fell Beteiligungs GmbH & Co. KG",
    "Tarn Oil K.S.C.",
    "Moor Holding W.L.L.",
    "Fell Bank P.J.S.C.",
    "Gulf Tarn FZ-LLC",
    "Tarn FZE",
    "Gedeon Moor Nyrt.",
    "Moor Hotels d.d.",
    "Lake SPV 7 DAC",
    "Coöperatieve Tarnbank U.A.",
    "Tarn Public Limited Company",
    "Moor Limited Liability Company",
    "Tarn Wool (India) Private Limited",
    "Mayo Foundation for Medical Education and Research",
    "Tarn Bank and Trust Company",
    "Moor Trust and Savings Bank",
    "Bank of Tarn National Trust and Savings Association",
    "Port Authority of New Tarn and New Moor",
    "Nippon Telegraph and Telephone Corporation",
    "Stone, Hale & Dale-Nevada, Inc.",
    "Tarn_B Media AG",
    "Tarn Mills, (Bermuda) Ltd.",
]
PEOPLE = ["Prof. Dr. Karl Stein", "Robert F. X. Stone", "Ada Stone, Ph.D.", "Ada B. Stone, Jr.", "Li Wei"]
AFTER = [", a company", ' ("Tarn")', "\nand\nMoor LLC"]


@pytest.mark.parametrize("name", ORGANISATIONS + PEOPLE)
@pytest.mark.parametrize("capitals", [False, True])
def test_a_name_is_read_whole(name: str, capitals: bool) -> None:
    name = name.upper() if capitals and name in ORGANISATIONS else name
    assert {(name + after)[: name_end(name + after, 0)] for after in AFTER} == {name}
    text = f'This Agreement is made between {name} (the "Supplier") and Fell Yarn, Inc. (the "Customer").'
    assert [party.name for party in find_parties(text)] == [name, "Fell Yarn, Inc."]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("TMI. Under the terms of the Plan", "TMI"),
        ("TARN MUSIC' located at Leeds", "TARN MUSIC"),
        ("Tarn Bank and Ada Stone (", "Tarn Bank"),
        ("Ada B. Stone and Ben Hale (the “Sellers”)", "Ada B. Stone"),
        ("Ada Stone and Ben Hale, husband and wife", "Ada Stone"),
        ("Moor Stone and Ben Hale, Inc. (", "Moor Stone and Ben Hale, Inc."),
        ("Tarn, Inc., Moor LLC", "Tarn, Inc."),
        ("Tarn Enterprises limited partnership", "Tarn Enterprises"),
        ("Ada Stone\nID number: 12345", "Ada Stone"),
        ("TARN BANK\nGeneral Terms and Conditions", "TARN BANK"),
        ("TARN WOOL\nHoldings, Inc. (", "TARN WOOL\nHoldings, Inc."),
        ("Tarn Unlimited Sounds, Inc. (", "Tarn Unlimited Sounds, Inc."),
        ("TARN LAWS. Moor Bancorp, Inc.", "TARN"),
        ("TARN BANK RELATING TO A LOAN", "TARN BANK"),
        ("Ada Stone________ (", "Ada Stone"),
        ("Moor Holdings of the Other Part", "Moor Holdings"),
        ("Moor Capital Page 1 of 10", "Moor Capital"),
        ("Ada Stone\nPresident and CEO\nTarn Mills, Inc.", "Ada Stone"),
        ("Ada Stone\nSenior Vice President", "Ada Stone"),
        ("Ada Stone\nChief Financial Officer", "Ada Stone"),
        ("President\nTarn Mills, Inc.", ""),
        ("TARN BANK\nP. O. Box 12", "TARN BANK"),
        ("Tarn Mills\n12\nMill Road", "Tarn Mills"),
        ("ADA STONE\n12 MILL ROAD", "ADA STONE"),
        ("TARN TRUST AND\nSAVINGS BANK\n1. Terms", "TARN TRUST AND\nSAVINGS BANK"),
        ("TARN. Under the terms of the Plan", "TARN"),
        ("LICENSEE AND ITS PERSONNEL", "LICENSEE"),
    ],
)
def test_a_name_ends_where_another_or_the_sentence_begins(text: str, name: str) -> None:
    assert text[: name_end(text, 0)] == name


def test_a_department_is_no_party() -> None:
    assert not is_name("Lake Bank Legal Department 101 Mill Street Leeds")
    assert is_name("Tarn Department Stores, Inc.")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Senior Vice President - Education", False),
        ("Vice Presidents, Inc.", True),
        ("President and CEO of the Trust Company", False),
        ("President Hotels, Inc.", True),
        ("First Amendment", False),
        ("Supplier/Subcontractor Contract", False),
        ("Release of All Claims", False),
        ("Release Records, Inc.", True),
        ("Termination Date", False),
        ("Date Palm Foods, Inc.", True),
        ("Sections 2", False),
        ("Construction Manager", False),
        ("Construction Managers, Inc.", True),
        ("AIA Document A111", False),
        ("Lake Islands Branches", False),
        ("Exhibits", False),
        ("Schedule 1", False),
        ("YOU REPRESENT", False),
        ("YOU ON DEMAND HOLDINGS, INC.", True),
        ("Transportation Contract", False),
        ("The Association", False),
        ("Board of Directors of the Association", False),
        ("Remarketing Agents", False),
        ("No/100 United States Dollars", False),
    ],
)
def test_offices_headings_and_forms_are_no_parties(words: str, name: bool) -> None:
    assert is_name(words) is name
