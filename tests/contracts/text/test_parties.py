"""Parties in the shapes that real agreements have, one row each."""

from __future__ import annotations

import time

import pytest

from contracts.text.parties import find_parties
from contracts.text.roles import role_of

PREAMBLES = [
    (
        'This Agreement is made between Tarn Foods, Inc. ("Tarn") and Stay With, Inc., a Nevada corporation ("Host").',
        [("Tarn Foods, Inc.", "Tarn"), ("Stay With, Inc.", "Host")],
    ),
    (
        'This Agreement is effective from 5th March 2019 BETWEEN: Tarn Asia Ltd. (hereinafter called the "TAL"), of '
        'Hong Kong, AND: Mr. Lee Moor and Ms. Ada Stone (hereinafter called the "Developer").',
        [("Tarn Asia Ltd.", "TAL"), ("Mr. Lee Moor", ""), ("Ms. Ada Stone", "Developer")],
    ),
    (
        "LOAN AGREEMENT dated as of 1 June 2020 between TARN HOLDINGS, INC., as Borrower, and LAKE BANK, N.A., "
        "as Lender.",
        [("TARN HOLDINGS, INC.", "Borrower"), ("LAKE BANK, N.A.", "Lender")],
    ),
    (
        "JOINT VENTURE AGREEMENT\nBETWEEN\nTARN BIO Inc., a Delaware company, in person of Prof. Lee Moor, PhD\nAND\n"
        "MOORLAND S.R.L., an Italian company, in person of Ada Stone.\nWHEREAS the parties agree.",
        [("TARN BIO Inc.", ""), ("MOORLAND S.R.L.", "")],
    ),
    (
        'CONSULTING AGREEMENT\nTarn Biotech, Inc., with a place of business in Leeds ("Tarn") and MOOR B.V., having an '
        'address in Leiden, represented by Ada Stone, ("Consultant") agree to all terms of this Agreement.',
        [("Tarn Biotech, Inc.", "Tarn"), ("MOOR B.V.", "Consultant")],
    ),
    (
        'INTELLECTUAL PROPERTY AGREEMENT\nMoorsoft, Inc., a Tarn corporation (the "Investor"), and '
        'Tarn Earths Ltd., having a place of business at P.O. Box 27, Littleton, Ohio 80127 (the "Company"), agree.',
        [("Moorsoft, Inc.", "Investor"), ("Tarn Earths Ltd.", "Company")],
    ),
    (
        'ADVISORY AGREEMENT between Tarn Advisers LLC (the "Adviser") and each of the investment companies listed on '
        'Schedule A (each a "Fund").\n1. The Adviser shall advise each Fund.\nSCHEDULE A\n1. Tarn Growth Fund\n'
        "2. Tarn Income Trust, a Delaware statutory trust\n3. Moor Value Fund, Inc.\nAs of 1 May 2020",
        [
            ("Tarn Advisers LLC", "Adviser"),
            ("Tarn Growth Fund", ""),
            ("Tarn Income Trust", ""),
            ("Moor Value Fund, Inc.", ""),
        ],
    ),
    (
        "JOINT FILING AGREEMENT\nThe undersigned agree to the joint filing.\nTARN AG, ZUG, SWITZERLAND\n"
        "By: /s/ Ada Stone\nName: Ada Stone\nTitle: Director\nMOOR CAPITAL, L.P., a Delaware limited partnership\n"
        "By: Moor GP LLC, its general partner\nBy: /s/ Lee Moor\nTitle: Manager\n/s/ Ben Dale\nBEN DALE",
        [("TARN AG", ""), ("MOOR CAPITAL, L.P.", ""), ("BEN DALE", "")],
    ),
    (
        'This Agreement is made by and between A & B, LLC, a Delaware limited liability company ("A&B"), and '
        'Carver Foods, Inc., an Ohio corporation ("Buyer").',
        [("A & B, LLC", "A&B"), ("Carver Foods, Inc.", "Buyer")],
    ),
    (
        "This Agreement is dated 3 March 2024.\n\nBETWEEN:\n\n(1) NORTHGATE ANALYTICS LTD, a company of England "
        "and Wales with number 123 (the “Supplier”); and\n\n(2) HARROW & LYLE LLP, of Leeds (the “Customer”).",
        [("NORTHGATE ANALYTICS LTD", "Supplier"), ("HARROW & LYLE LLP", "Customer")],
    ),
    (
        "This Lease is entered into between Bill & Tedd LLC, hereinafter referred to as Landlord, and Mary Stone, "
        "an individual, hereinafter referred to as Tenant.",
        [("Bill & Tedd LLC", "Landlord"), ("Mary Stone", "Tenant")],
    ),
    (
        'This Agreement is between Falke Maschinenbau GmbH, together with its affiliates ("Manufacturer"), and '
        'Oakridge Retail plc ("Reseller").',
        [("Falke Maschinenbau GmbH", "Manufacturer"), ("Oakridge Retail plc", "Reseller")],
    ),
    (
        'This Agreement is made between the American Dental Association ("ADA" or the "Association") and '
        'Fonterra (USA) Inc., a California corporation (the "Vendor").',
        [("American Dental Association", "ADA"), ("Fonterra (USA) Inc.", "Vendor")],
    ),
    (
        'This Agreement is made between Orbit Systems, Inc., Plano, TX 75069 and Delta Freight LLC ("Carrier").',
        [("Orbit Systems, Inc.", ""), ("Delta Freight LLC", "Carrier")],
    ),
    (
        'This Lease is made BETWEEN Castlegate Estates plc (number 02277410), of York YO1 7EX (the "Landlord"), '
        'and Moreau & Finch Limited (number 11630982), of Skipton BD23 1PB (the "Tenant").',
        [("Castlegate Estates plc", "Landlord"), ("Moreau & Finch Limited", "Tenant")],
    ),
    (
        'This Agreement is entered into between the golfer, ADA STONE, (hereinafter referred to as "Player") and '
        'Fairway Clubs, Ltd. ("Sponsor").',
        [("ADA STONE", "Player"), ("Fairway Clubs, Ltd.", "Sponsor")],
    ),
    (
        'This Agreement is made by and between e.g.o. Lamps, Inc. (the "Company"), Tarn Equity, LLC ("Tarn"), '
        "Tarn Partners L.P., Tarn Focus Fund L.P. and Mario Bell, an individual.",
        [
            ("e.g.o. Lamps, Inc.", "Company"),
            ("Tarn Equity, LLC", "Tarn"),
            ("Tarn Partners L.P.", ""),
            ("Tarn Focus Fund L.P.", ""),
            ("Mario Bell", ""),
        ],
    ),
    (
        "This Agreement, dated May 1, 2020, is between NORD TELEKOM LIMITED (“NTL”), and\n            ---\n"
        "SEAL HOLDING COMPANY GP LLC, a Texas limited liability company (“Seal”).",
        [("NORD TELEKOM LIMITED", "NTL"), ("SEAL HOLDING COMPANY GP LLC", "Seal")],
    ),
    (
        "SERVICE AGREEMENT\n\nLadies and Gentlemen:\n\nTarn Financial Corporation, a Texas corporation (the "
        '"Company"), and Tarn Bank (the "Bank") confirm their agreement with Hill, Mott & Gray, Inc. (the "Agent").',
        [
            ("Tarn Financial Corporation", "Company"),
            ("Tarn Bank", "Bank"),
            ("Hill, Mott & Gray, Inc.", "Agent"),
        ],
    ),
    (
        "JOINT FILING\n\nThe undersigned agree to file jointly.\n\nDated: July 6, 2020\n\nTARN CAPITAL, LLC By: /s/ "
        "Ada Stone Name: Ada Stone Title: Authorized Signatory TARN CAPITAL II, LLC By: /s/ "
        "Ada Stone Title: Director",
        [("TARN CAPITAL, LLC", ""), ("TARN CAPITAL II, LLC", "")],
    ),
    (
        "Mr. John Hale\n12 Mill Road\n\nDear John:\n\nOn behalf of Tarn Mills, Inc. (the “Company”).",
        [("John Hale", ""), ("Tarn Mills, Inc.", "Company")],
    ),
    (
        'CREDIT AGREEMENT made between STATE TARN INSURANCE COMPANY, an Ohio company (the "Borrower"), and '
        'TARN BANK AG, LAKE ISLANDS BRANCH (the "Lender").',
        [("STATE TARN INSURANCE COMPANY", "Borrower"), ("TARN BANK AG", "Lender")],
    ),
    (
        'This Agreement is made between Tarn Mills, Inc. ("Tarn") and Ada B. Stone ("Stone").\nWHEREAS\n"Loan Deed" '
        'means the agreement made between Moor Wool, Inc. ("Moor") and Fell Yarn, Inc. ("Fell").',
        [("Tarn Mills, Inc.", "Tarn"), ("Ada B. Stone", "Stone")],
    ),
    (
        'AGREEMENT made between Tarn Holdings, Inc., an Ohio corporation ("Tarn"), ADA B. STONE and BEN HALE '
        '("Sellers") and MOOR WOOL, INC., a Texas corporation ("Buyer").',
        [
            ("Tarn Holdings, Inc.", "Tarn"),
            ("ADA B. STONE", ""),
            ("BEN HALE", "Sellers"),
            ("MOOR WOOL, INC.", "Buyer"),
        ],
    ),
    (
        "This Employment Agreement is made between Tarn Neighbourhood Bank and Ada Stone, its president.",
        [("Tarn Neighbourhood Bank", ""), ("Ada Stone", "")],
    ),
    (
        'LEASE made between University of Tarn (the "Landlord") and Moor Wool Limited (the "Tenant").\n'
        "MOOR WOOL LTD.\nBy: /s/ Ada Stone",
        [("University of Tarn", "Landlord"), ("Moor Wool Limited", "Tenant")],
    ),
    (
        "Contract on the Building of a Hotel. The Covenanter: Tarn Country Club Inc. (hereinafter referred to as "
        "Party A) and the Covenanter: Ada Stone Architects Office (hereinafter referred to as Party B) agree.",
        [("Tarn Country Club Inc.", "Party A"), ("Ada Stone Architects Office", "Party B")],
    ),
    (
        "MARKETING AGREEMENT\n15 May 2011\nFell Capital Inc. 7 Seventh Avenue Leeds\nLadies and Gentlemen:\n"
        'Tarn Mills, Inc., an Ohio corporation (the "Company"), and Moor Bank (the "Bank") confirm as follows.',
        [("Fell Capital Inc.", ""), ("Tarn Mills, Inc.", "Company"), ("Moor Bank", "Bank")],
    ),
    (
        "AMENDMENT Tarn Mills, Inc. (the “Company”), and Moor Wool, Inc. (the “Buyer”), agree.",
        [("Tarn Mills, Inc.", "Company"), ("Moor Wool, Inc.", "Buyer")],
    ),
    (  # a consortium: the preamble refers to the signatures, where names without a legal form stand too
        "THIS AGREEMENT, made on 3 May 2001, between and among the Parties signatory hereto (together called "
        '"Parties"), which Parties are identified in Schedule A,\nWITNESSETH: WHEREAS Tarn Corp., Moor Tel and Fell '
        '(the "Planners") planned a road;\nIN WITNESS WHEREOF the Parties have signed.\n\n'
        "  For and on behalf of Tarn Corp.\n\n  By:\n\n  For and on behalf of\n\n\n  Moor Tel\n\n  --------------\n\n"
        "  For and on behalf of the Roads Authority of Fell    By:\n\n  For and on behalf of lake2sea Ltd.\n\n  By:\n",
        [("Tarn Corp.", ""), ("Moor Tel", ""), ("Roads Authority of Fell", ""), ("lake2sea Ltd.", "")],
    ),
    (
        "GUARANTEE\nWe pay what Fell owes.\nSIGNED by Ada Stone, director, for and on behalf of TARN BREWERY\n"
        "Signature\nSigned by Lee Moor for and on behalf of MOOR MALT LIMITED in the presence of\nBen Dale\n"
        "She may not act for and on behalf of any person.",
        [("TARN BREWERY", ""), ("MOOR MALT LIMITED", "")],
    ),
    (
        "SUPPLY CONTRACT BETWEEN TARN SOLAR ESPAÑA, S.L. as Supplier AND PARQUE DEL MOOR, S.L.U. as Owner\n1 May 2010",
        [("TARN SOLAR ESPAÑA, S.L.", ""), ("PARQUE DEL MOOR, S.L.U.", "")],
    ),
    (
        "LOAN AGREEMENT between MOOR HYDRO AS and TARN BANK AS AGENT, made on 1 May 2010.",
        [("MOOR HYDRO AS", ""), ("TARN BANK", "")],
    ),
    (
        'This Lease is made between STONE, HALE AND COMPANY, INCORPORATED, an Ohio corporation ("Landlord"), and '
        'ZONA DEL MOOR, SOCIEDAD ANÓNIMA ("Tenant").',
        [("STONE, HALE AND COMPANY, INCORPORATED", "Landlord"), ("ZONA DEL MOOR, SOCIEDAD ANÓNIMA", "Tenant")],
    ),
    (
        'This Agreement is made between Tarn Mills UK Limited of 2 Mill Road ("Company") and Moor Speakers of 9 High '
        'Street ("MS"), agent for Ada Stone ("Talent"), and Fell Trust, on behalf of its Lake Money Fund (the "Fund").',
        [
            ("Tarn Mills UK Limited", "Company"),
            ("Moor Speakers", "MS"),
            ("Ada Stone", "Talent"),
            ("Fell Trust", ""),
            ("Lake Money Fund", "Fund"),
        ],
    ),
    (  # what the joint venture is for, and the quoted "Agreement" after it, is no party
        'JOINT VENTURE AGREEMENT BETWEEN TARN FARMS INC. ("TF") AND MOOR SEED INC. ("MS") FOR THE PLANNING AND '
        'OPERATION OF MILL JOINT VENTURE Dated 1 May 2019 This agreement (the "Agreement") is made.',
        [("TARN FARMS INC.", "TF"), ("MOOR SEED INC.", "MS")],
    ),
    (
        "CREDIT AGREEMENT dated 1 May 2001 among TARN MILLS, INC. (the “Borrower”), THE BANKS NAMED HEREIN (the "
        "“Banks”) and MOOR BANK, N.A. (the “Agent”).",
        [("TARN MILLS, INC.", "Borrower"), ("MOOR BANK, N.A.", "Agent")],
    ),
    (
        "Ada Stone, MD, PhD\n1 Mill Road\nLeeds\n\nDear Ada:\n\nYou and Tarn Wool, Inc. (“Tarn”) agree as follows.",
        [("Ada Stone", ""), ("Tarn Wool, Inc.", "Tarn")],
    ),
    (
        "SALE OF YARN\nBuyer (hereafter “Party A”): Tarn Mills Co., Ltd.\nSeller (hereafter “Party B”): Moor Yarn Ltd.",
        [("Tarn Mills Co., Ltd.", "Party A"), ("Moor Yarn Ltd.", "Party B")],
    ),
    (
        "AGREEMENT SUMMARY SPONSOR: Name: Moor's Fresh Grill Phone: 760 HOST: Name: Tarn Ballpark LLC Phone: 761",
        [("Moor's Fresh Grill", "SPONSOR"), ("Tarn Ballpark LLC", "HOST")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PREAMBLES)
def test_names_and_terms(text: str, expected: list[tuple[str, str]]) -> None:
    parties = find_parties(text)
    assert [(party.name, party.term) for party in parties] == expected
    assert all(" ".join(text[party.start : party.end].split()) == party.name for party in parties)


NOBODY = [
    "The quick brown fox shall jump over the lazy dog.",
    "This agreement is made between You and the Officer of the Company, via Hand Delivery.",
    "The differences between Monitoring Tools and Return of Goods are described below.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_invented(text: str) -> None:
    assert find_parties(text) == ()


def test_a_name_with_wide_gaps_is_one_name() -> None:
    text = 'This Agreement is between Lake  Dairies, Inc. ("Lake") and Tarn Mills, Inc. ("Tarn").'
    assert find_parties(text)[0].name == "Lake Dairies, Inc."


def test_aliases_are_defined_or_obvious_short_forms() -> None:
    text = (
        'Agreement between Northgate Analytics Ltd (the "Supplier") and the American Dental Association ("ADA" or the '
        '"Association"). Northgate shall report to American dentists.'
    )
    supplier, association = find_parties(text)
    assert supplier.aliases == ("Northgate Analytics", "Northgate")
    assert "Association" in association.aliases
    assert "American" not in association.aliases


def test_a_trade_name_is_an_alias_and_a_former_name_is_not() -> None:
    text = (
        'This Agreement is made between Hall Museum, Inc., d/b/a Hall of Chess, an Ohio corporation ("Hall"), and '
        'Lake Dairies, Inc. (formerly known as Pond Dairies, Inc.), a Texas corporation ("Lake").'
    )
    hall, lake = find_parties(text)
    assert (hall.name, lake.name) == ("Hall Museum, Inc.", "Lake Dairies, Inc.")
    assert "Hall of Chess" in hall.aliases
    assert "Pond Dairies, Inc." not in lake.aliases


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "LENDER: | Tarn Bank plc\nAddress: | 1 Mill Lane\nBORROWER: | Lake Dairies LLC\nAmount: | $5",
            [("Tarn Bank plc", "LENDER"), ("Lake Dairies LLC", "BORROWER")],
        ),
        (
            "Loan Contract\nBorrower (Party A): Hill Farms Co., Ltd.\nAddress: 9 Row\nLender (Party B): Tarn Bank Ltd.",
            [("Hill Farms Co., Ltd.", "Party A"), ("Tarn Bank Ltd.", "Party B")],
        ),
        (
            'The undersigned, Oak Securities Ltd. (the "Lead Agent"), Kite 7 Capital Inc. and Burr & Co. Ltd. (jointly '
            'with the Lead Agent, the "Agents"), write to Tribune Pharma Inc. (the "Issuer") on what was agreed.',
            [
                ("Oak Securities Ltd.", "Lead Agent"),
                ("Kite 7 Capital Inc.", ""),
                ("Burr & Co. Ltd.", "Agents"),
                ("Tribune Pharma Inc.", "Issuer"),
            ],
        ),
        (
            'This Agreement is made between Lake Dairies, LLC ("Lake") Tarn Foods Corporation ("Tarn") this day.',
            [("Lake Dairies, LLC", "Lake"), ("Tarn Foods Corporation", "Tarn")],
        ),
        (
            'This Agreement is made between HILL BANK, NATIONAL ASSOCIATION ("Bank") and Primo Works, K.K. ("Primo").',
            [("HILL BANK, NATIONAL ASSOCIATION", "Bank"), ("Primo Works, K.K.", "Primo")],
        ),
        (
            "JOINT FILING AGREEMENT\nThe undersigned agree to file together.\nTARN TRUST\n/s/ Ada Stone\nADA STONE\n"
            "/s/ Ada Stone\nLAKE FUND LP\nBy: /s/ Bo Reed",
            [("TARN TRUST", ""), ("ADA STONE", ""), ("LAKE FUND LP", "")],
        ),
    ],
)
def test_parties_outside_a_preamble_and_in_lists(text: str, expected: list[tuple[str, str]]) -> None:
    parties = find_parties(text)
    assert [(party.name, party.term) for party in parties] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ã¢â‚¬Å“Partiesâ€� Ã©tÃ© made by and between " * 2_000,
        "This Agreement is made between " + "A B " * 250_000,
        "made by " + " " * 300_000 + "Tarn Ltd",
        "\u200bThis\u200b Agreement is made between \u202eTarn Ltd\u202c and Lake\u200b LLC",
        "Dieser Vertrag wird zwischen der Tarn GmbH und der See AG geschlossen. " * 3_000,
        "By: " + "_" * 200_000,
    ],
    ids=["mojibake", "one long line", "spaces", "marks", "German", "rule"],
)
def test_bad_text_is_read_in_bounded_time(text: str) -> None:
    started = time.process_time()
    parties = find_parties(text)
    assert time.process_time() - started < 10
    assert all(text[party.start : party.end].split() == party.name.split() for party in parties)


@pytest.mark.parametrize(
    ("word", "role"), [("the Vendor", "provider"), ("Clients", "recipient"), ("Lessor", "landlord"), ("Acme", "")]
)
def test_role_words(word: str, role: str) -> None:
    assert role_of(word) == role
