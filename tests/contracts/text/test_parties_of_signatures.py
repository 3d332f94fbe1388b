"""Parties that the preamble leaves to signatures and schedules, one row each."""

from __future__ import annotations

import pytest

from tests.contracts.text.party_cases import check

SIGNED = [
    (  # who signs what "I agree" to, with a label between the signature and the name
        "As a condition of my employment with TARN WOOL CORPORATION, its subsidiaries and affiliates (together the "
        "“Company”), I agree to the following:\n1. I will keep its secrets.\nDate: May 1, 2016\n/s/ Ben Hale\n"
        "Signature\nBen Hale\nName of Employee (typed or printed)",
        [("TARN WOOL CORPORATION", "Company"), ("Ben Hale", "")],
    ),
    (  # a person's office that no other word of the line tells, above the next company
        "AMENDMENT\nThe Credit Parties signatory hereto agree, with the parties listed on the signature pages hereto.\n"
        "TARN REALTY CORP.\nBy:\nName: ADA STONE\nTitle: VP - TAX\nMOOR SERVICES, INC.\nBy:\nName: ADA STONE\n"
        "Title: SVP - TAX\nFELL TELECOM, INC.\nBy:\nName: ADA STONE\nTitle: VP - TAX",
        [("TARN REALTY CORP.", ""), ("MOOR SERVICES, INC.", ""), ("FELL TELECOM, INC.", "")],
    ),
    (  # two columns run together: two names, then two signatures
        "JOINT FILING AGREEMENT\nThe undersigned agree.\nDated 7 April 2020. TARN FUND L.P. MOOR FUND (CAYMAN) "
        "L.P. By: Tarn GP "
        "LLC, By: Moor GP LLC, its General Partner By: /s/ Ada Stone Title: Manager",
        [("TARN FUND L.P.", ""), ("MOOR FUND (CAYMAN) L.P.", "")],
    ),
    (  # the closing brackets of an English column, and the signature before the name
        "MAINTENANCE AGREEMENT\n1. Tarn services the vans.\nSIGNED by ADA STONE ) duly authorised for and on "
        "behalf of ) /s/ Ada "
        "Stone TARN DAIRIES LIMITED )\nSIGNED by BEN HALE )\nduly authorised for and on behalf of ) /s/ B. Hale "
        "MOOR VANS "
        "LIMITED )\n",
        [("TARN DAIRIES LIMITED", ""), ("MOOR VANS LIMITED", "")],
    ),
    (  # it signs under a shorter name, beside a label; the other one is labelled
        'RESELLER AGREEMENT\nThis Agreement is made between Tarn Integrated Solutions, LLC ("Reseller") and the '
        "following\n"
        "Company: Moor Systems, Inc.\n1. Scope.\nIN WITNESS WHEREOF they sign. RESELLER Moor Systems, Inc. TARN "
        "IS, LLC By: /s/ "
        "Ada Roe By: /s/ Ben Poe",
        [("Tarn Integrated Solutions, LLC", "Reseller"), ("Moor Systems, Inc.", "Company")],
    ),
    (  # without the plural of the preamble
        'AGREEMENT between The Tarn Mills Group, Inc. ("Tarn"), and each investor named on the signature '
        "page.\nRECITALS\n"
        "TARN MILL GROUP, INC.\nBy: /s/ Ada Roe\nMOOR LLC\nBy: /s/ Ben Poe",
        [("The Tarn Mills Group, Inc.", "Tarn"), ("MOOR LLC", "")],
    ),
    (  # beside a column of those who attest
        "ADDENDUM\nThe following items are deemed included.\nThe parties have signed.\nATTEST TARN KIOSKS, "
        "INC.: By: Witness "
        "Name: Title: FRANCHISEE: THE MOOR TRUCK, INC. By: Name: Title: Witness",
        [("TARN KIOSKS, INC.", ""), ("THE MOOR TRUCK, INC.", "FRANCHISEE")],
    ),
    (  # who witnesses a deed is no party to it
        "JOINT FILING AGREEMENT\nThe undersigned agree.\nTARN MALT LIMITED\n/s/ Ada Stone\nin the presence of: "
        "/s/ Cy Orr Witness Name: Cy Orr Witness Address:\nMOOR MALT LIMITED\n/s/ Ben Hale\nWitness: /s/ Di Poe Di Poe",
        [("TARN MALT LIMITED", ""), ("MOOR MALT LIMITED", "")],
    ),
    (  # banks called "Bank of", after an office and a day; a colon after the name
        "JOINT FILING AGREEMENT\nThe undersigned agree.\nDated: May 1, 2020 BANK OF TARN CORPORATION\nBy: Ada "
        "Stone Title: "
        "Attorney-in-fact\nBANK OF MOOR AND FELL FUNDING CORPORATION:\nBy: Ben Hale Title: Authorized Signatory",
        [("BANK OF TARN CORPORATION", ""), ("BANK OF MOOR AND FELL FUNDING CORPORATION", "")],
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
        "JOINT FILING\n\nThe undersigned agree to file jointly.\n\nDated: July 6, 2020\n\nTARN CAPITAL, LLC By: /s/ "
        "Ada Stone Name: Ada Stone Title: Authorized Signatory TARN CAPITAL II, LLC By: /s/ "
        "Ada Stone Title: Director",
        [("TARN CAPITAL, LLC", ""), ("TARN CAPITAL II, LLC", "")],
    ),
    (
        'LEASE made between University of Tarn (the "Landlord") and Moor Wool Limited (the "Tenant").\n'
        "MOOR WOOL LTD.\nBy: /s/ Ada Stone",
        [("University of Tarn", "Landlord"), ("Moor Wool Limited", "Tenant")],
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
        "JOINT FILING AGREEMENT\nThe undersigned agree to file together.\nTARN TRUST\n/s/ Ada Stone\nADA STONE\n"
        "/s/ Ada Stone\nLAKE FUND LP\nBy: /s/ Bo Reed",
        [("TARN TRUST", ""), ("ADA STONE", ""), ("LAKE FUND LP", "")],
    ),
    (  # bare names of a preamble count where they sign
        "SPONSORSHIP AGREEMENT\nThis Agreement is dated May 1, 2020 between Tarn Nutritional Foods and Big Sky Brewing."
        "\n1. Scope.\nIN WITNESS WHEREOF, the parties have signed.\nTARN NUTRITIONAL FOODS\nBy: /s/ Ada Roe\n"
        "BIG SKY BREWING\nBy: /s/ Ben Poe",
        [("Tarn Nutritional Foods", ""), ("Big Sky Brewing", "")],
    ),
    (  # two people sign for each company, in two columns
        "JOINT FILING AGREEMENT\nThe undersigned agree.\nTARN SA, ZUG, SWITZERLAND, AN AFFILIATE OF MOOR AG, KIEL, "
        "GERMANY TARN SA, ZUG, SWITZERLAND, AN AFFILIATE OF MOOR AG, KIEL, GERMANY By: /s/ Ada Roe By: /s/ Ben Poe\n"
        "MOOR AG, KIEL, GERMANY MOOR AG, KIEL, GERMANY By: /s/ Ada Roe By: /s/ Cy Poe",
        [("TARN SA", ""), ("MOOR AG", "")],
    ),
    (  # who signed stands between one company and the next
        "JOINT FILING AGREEMENT\nThe undersigned agree.\nTarn Master Fund, Ltd.\nBy: /s/ Ada Roe\n"
        "Tarn Partners, L.P.\nBy: /s/ Ada Roe Ada Roe Moor Fund, L.P. By: /s/ Ada Roe",
        [("Tarn Master Fund, Ltd.", ""), ("Tarn Partners, L.P.", ""), ("Moor Fund, L.P.", "")],
    ),
    (  # a place in the sentence before the signatures
        "JOINT FILING AGREEMENT\nThe parties accept the courts of the County of Moor, State of Tarn, and by signing "
        "agree.\nTARN LLC\nBy: /s/ Ada Roe\nMOOR LLC\nBy: /s/ Ben Poe",
        [("TARN LLC", ""), ("MOOR LLC", "")],
    ),
    (  # people who sign "By:" themselves, and one who signs for a company
        "JOINT FILING AGREEMENT\n\nThe undersigned agree.\n\nDated: May 1, 2004\n\n"
        "By: /s/ Ada Stone\nName: Ada Stone\n\n"
        "Ben Hale\nBy: /s/ Ben Hale\n\nTARN LLC\nBy: /s/ Cy Orr\nCy Orr\n",
        [("Ada Stone", ""), ("Ben Hale", ""), ("TARN LLC", "")],
    ),
    (  # no legal form, but an office below
        "AGREEMENT\n\n1. Term. Two years.\n\nTarn Mills\n\nBy: /s/ Ada Stone\nName: Ada Stone\nTitle: President\n\n"
        "Moor Dairies\n\nBy: /s/ Ben Hale\nName: Ben Hale\nTitle: President\n",
        [("Tarn Mills", ""), ("Moor Dairies", "")],
    ),
    (  # who acts for a company stands in the next cell; a company of the body that signs nothing is no party
        'AGREEMENT\n\n1. Lessor shall contract with Fell\'s\nBuilding Company ("Contractor").\n\n'
        '"Lessor":\nTARN LANDS LLC,\nan Ohio company\nBy: | Tarn Group, Inc.,\nan Ohio corporation,\nits Manager\nBy:\n'
        'Ada Stone\nPresident\n"Lessee":\nMOOR SHOES, INC., an Ohio corporation\nBy:\nIts:\n',
        [("TARN LANDS LLC", "Lessor"), ("MOOR SHOES, INC.", "Lessee")],
    ),
    (  # goods of a list bring nobody in, nor do the affiliates of a party
        'AGREEMENT between Tarn Cards, Inc. ("Tarn") and Moor Group Inc. ("Customer"). The Products are identified in '
        "Exhibit "
        "B.\nServices are for Customer and the Affiliates of Customer that are listed in Exhibit A.\n1. Term. One "
        "year.\nMoor Lake Group "
        "Inc.\n"
        "By: /s/ Ada Stone\nEXHIBIT A\n1. Moor Bank\n2. Moor Mortgage Corporation\n3. Moor Insurance, Inc.",
        [("Tarn Cards, Inc.", "Tarn"), ("Moor Group Inc.", "Customer")],
    ),
    (  # who acts for a signer, with a number in its name; a trade name
        "JOINT FILING AGREEMENT\nThe undersigned agree to the joint filing.\nTHE TARN FUND XII (MASTER), L.P.\nBy: "
        "The Tarn "
        "Fund XII G.P., L.P., its General Partner By: Tarn Partners, Inc., its General Partner\nBy: /s/ Ada Stone\n"
        "Title: Counsel\nMOOR GRILL LLC, dba Full Moor Brewing Company By: /s/ Ben Dale",
        [("THE TARN FUND XII (MASTER), L.P.", "")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SIGNED)
def test_parties_of_signatures_and_schedules(text: str, expected: list[tuple[str, str]]) -> None:
    check(text, expected)
