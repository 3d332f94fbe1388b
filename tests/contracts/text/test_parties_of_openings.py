"""Parties of contracts that open in other ways than "between A and B", one row each."""

from __future__ import annotations

import pytest

from contracts.text.parties import find_parties
from tests.contracts.text.party_cases import check

_WHEREAS = "\n\nWHEREAS, the parties wish to cooperate;\n\n1. Term. This Agreement ends after two years.\n"
_TARN, _MOOR = "Tarn Mills, Inc.", "Moor Dairies LLC"
OPENINGS = [
    (
        "MCOT AGENCY AGREEMENT\nMoor Corporation of Tarn, an Ohio insurance corporation (MCOT) and Stone & "
        "Hale, Inc., an Ohio "
        'corporation, ("Agency"), (sometimes referred to as the Parties) agree as follows:\nA. AUTHORITY',
        [("Moor Corporation of Tarn", "MCOT"), ("Stone & Hale, Inc.", "Agency")],
    ),
    (  # a licence that is clicked
        'BY INSTALLING YOU ARE BINDING THE ENTITY THAT YOU REPRESENT ("CUSTOMER") TO THIS AGREEMENT. Tarn '
        'Systems, Inc. ("Tarn") '
        "grants to Customer a license.",
        [("Tarn Systems, Inc.", "Tarn")],
    ),
    (  # a short form in a bracket, without quotes
        "DISTRIBUTOR AGREEMENT\n1. IDENTIFICATION:\nTARN TECHNICAL SERVICES OF 12 MILL ROAD, LEEDS (TARN) "
        "certifies that the "
        "Products furnished by MOOR TEST SYSTEMS, INC. OF 4 LAKE ROAD, YORK (MTS) will be built in by TARN.",
        [("TARN TECHNICAL SERVICES", "TARN"), ("MOOR TEST SYSTEMS, INC.", "MTS")],
    ),
    (  # no "between", and legal forms that stand in front
        'PURCHASE CONTRACT\nPREAMBLE\nJSC TarnOil, hereinafter referred to as the "Company", in the person of '
        "its Director "
        'A. B. Stone, on the one side and OOO Moorneft, hereinafter referred to as the "Principal", on the other side, '
        'have agreed as follows:\n1. The Company buys oil ("Commodity").',
        [("JSC TarnOil", "Company"), ("OOO Moorneft", "Principal")],
    ),
    (  # the terms of those whom a title names
        "SEVERANCE AGREEMENT\nBETWEEN\nTARN MILLS COMPANY, INC.\nand\nADA Q. STONE\nA. INTRODUCTION\nIn this "
        "Agreement, "
        '"Employee" means Ada Q. Stone, and "Tarn Mills" means Tarn Mills Company, Inc. The purpose is to agree. Tarn '
        'Mills Company, Inc. made a plan between Moor Ltd. and others (the "Plan").',
        [("TARN MILLS COMPANY, INC.", "Tarn Mills"), ("ADA Q. STONE", "Employee")],
    ),
    (  # two names, one below the other
        "SEVERANCE AGREEMENT\nBETWEEN\nTARN INTERNATIONAL\nTHE MOOR GROUP, INC.\nAND\nADA STONE\nA. INTRODUCTION\n"
        '"Employee" means Ada Stone, and "Tarn" means Tarn International. The Moor Group, Inc. ("Moor") is its parent.',
        [("TARN INTERNATIONAL", "Tarn"), ("THE MOOR GROUP, INC.", "Moor"), ("ADA STONE", "Employee")],
    ),
    (
        'THIS AGREEMENT ENTERED into on April 11, 2003 by AS "LANDLORD", THE TARN DEVELOPMENT COMPANY, AND AS '
        '"TENANT", '
        "MOOR WOOL P.R., INC. (MOOR P.R.)." + _WHEREAS,
        [("TARN DEVELOPMENT COMPANY", "LANDLORD"), ("MOOR WOOL P.R., INC.", "TENANT")],
    ),
    (  # the country ends the address of the first
        'THIS AGREEMENT is made by and between TARN LEARNING GROUP ("Tarn") with an address at 8 Mill Road, Leeds, '
        'Missouri 63105, United States of America and MOOR FOUNDATION ("Moor") with an address in Canada.' + _WHEREAS,
        [("TARN LEARNING GROUP", "Tarn"), ("MOOR FOUNDATION", "Moor")],
    ),
    (  # a form, and the merger that its recitals tell of
        "This Amendment is made as of May 1, 2005, by and between Tarn Corporation, a Florida corporation (the "
        "“Company”) and [_______________] (“Executive”).\nWHEREAS, the Company has entered into an Agreement "
        "and Plan of "
        "Merger among the Company, Moor Industries Limited (“Moor”), Fell Sub, Inc. and Fell Sub II, Inc.;",
        [("Tarn Corporation", "Company")],
    ),
    (
        "This Agreement is among Tarn Nurseries, Inc., a Delaware corporation (the “Borrower”), Credit Moor "
        "Lake (formerly "
        "the Leeds branch of Banque Lake) (“Lake”), and Fell Bank & Trust Company (“Fell”)." + _WHEREAS,
        [("Tarn Nurseries, Inc.", "Borrower"), ("Credit Moor Lake", "Lake"), ("Fell Bank & Trust Company", "Fell")],
    ),
    (
        "AMENDMENT NO. 2\nWHEREAS, Tarn Industries, LLC (“Company”) and Adam Charles “Ad” Stone\n(“Executive”) "
        "entered into "
        "an Employment Agreement as of July 11, 2006 (“Agreement”);",
        [("Tarn Industries, LLC", "Company"), ("Adam Charles “Ad” Stone", "Executive")],
    ),
    (  # who represents a party is none
        "This Contract is made by and between: TARN: TARN MILLS, INC. (“TARN”), domiciled in Leeds, duly "
        "represented by Ada "
        "Stone, of legal age, and MOOR: MOOR YARN, INC. (“MOOR”), domiciled in Ely.\nRECITALS\nThe parties listed on "
        "Schedule A agree.\nDate: May 1\nName: Ada Stone\n/s/ Ada Stone\nSignature\n",
        [("TARN MILLS, INC.", "TARN"), ("MOOR YARN, INC.", "MOOR")],
    ),
    (
        'This Agreement is made between Tarn Mills, Inc. ("Tarn") and\nCompany | MoorYarn.com\n("Customer")' + _WHEREAS,
        [(_TARN, "Tarn"), ("MoorYarn.com", "Customer")],
    ),
    (  # a cover names two, the preamble three
        "LOAN AGREEMENT\nby and among\nTARN GROUP, LLC,\na Delaware limited liability company\nand\nMOOR CENTER, LLC\n"
        "TABLE OF CONTENTS\nTHIS AGREEMENT is made by and among TARN GROUP, LLC, a Delaware limited liability company "
        '("LENDER"), and MOOR CENTER, LLC ("BORROWER") and FELL CORPORATION, a Nevada corporation ("GUARANTOR").'
        + _WHEREAS,
        [("TARN GROUP, LLC", "LENDER"), ("MOOR CENTER, LLC", "BORROWER"), ("FELL CORPORATION", "GUARANTOR")],
    ),
    (  # an office is no term
        "CREDIT AGREEMENT between Tarn Mills, Inc., an Ohio corporation, and Moor Bank, N.A., successor by "
        "merger to Fell "
        'Bank, NA (Main Office Leeds).\nThe parties agree:\n"Bank" means Moor Bank, N.A., and its successors.',
        [(_TARN, ""), ("Moor Bank, N.A.", "Bank")],
    ),
    (
        "Owner\n(Full name): Tarn Orange Co., Ltd.\nContractor\n(Full name): Moor Metal Co., Ltd.\nAccording to law",
        [("Tarn Orange Co., Ltd.", "Owner"), ("Moor Metal Co., Ltd.", "Contractor")],
    ),
    (
        "1. Parties. The parties to this agreement are Tarn Mills, Inc., of Ohio, and Moor Dairies LLC, of Iowa.",
        [(_TARN, ""), (_MOOR, "")],
    ),
    (
        "CONTENT AGREEMENT\n\nTarn Mills, Inc. and Moor Dairies LLC have entered into this Content Agreement.",
        [(_TARN, ""), (_MOOR, "")],
    ),
    (
        "CONSULTING AGREEMENT\n\nTarn Mills, Inc., with a place of business in Leeds and Moor B.V. having an address "
        "at Lake Road, represented by Ada Stone, agree to all terms of this Consulting Agreement.",
        [(_TARN, ""), ("Moor B.V.", "")],
    ),
    (  # the end of another contract is no opening
        "JOINT FILING AGREEMENT\n\nThe undersigned agree.\n\nIN WITNESS WHEREOF, the parties hereto have executed this "
        "Agreement with respect to Fell Yarn, Inc.\n\nTARN CAPITAL LLC\nBy: /s/ Ada Stone\n\nMOOR CAPITAL LLC\n"
        "By: /s/ Ben Hale\n",
        [("TARN CAPITAL LLC", ""), ("MOOR CAPITAL LLC", "")],
    ),
    (
        "PURCHASE AGREEMENT\n\nTarn Mills, Inc. (Customer), with its place of business in Ohio, agrees to purchase "
        "from Moor Dairies LLC (Supplier) the goods described below.",
        [(_TARN, "Customer"), (_MOOR, "Supplier")],
    ),
    (
        "This Agreement is entered into by the following parties: Tarn Mills, Inc.; Moor Dairies LLC; and Fell Yarn "
        "Ltd." + _WHEREAS,
        [(_TARN, ""), (_MOOR, ""), ("Fell Yarn Ltd.", "")],
    ),
    (
        "COLLABORATION AGREEMENT dated 1 May 2004\n\nBETWEEN:\n\nA. TARN MILLS LIMITED, a company registered in "
        'England ("Tarn"); and\n\nB. MOOR DAIRIES LIMITED, a company registered in Scotland ("Moor").' + _WHEREAS,
        [("TARN MILLS LIMITED", "Tarn"), ("MOOR DAIRIES LIMITED", "Moor")],
    ),
    (
        "This Agreement is entered into between the United States of America, represented by the Secretary of Energy "
        '("DOE"), and Tarn Mills, Inc. ("Participant").' + _WHEREAS,
        [("United States of America", "DOE"), (_TARN, "Participant")],
    ),
    (
        "This Agreement is made as of May 1, 2004 by and between the State of Ohio, acting by and through its "
        'Department of Transportation ("ODOT"), and Moor Dairies LLC ("Moor").' + _WHEREAS,
        [("State of Ohio", "ODOT"), (_MOOR, "Moor")],
    ),
    (  # a state whose law a party was formed under is none
        "This Agreement is made between Tarn Mills, Inc., a corporation organized under the laws of the State of Ohio "
        '("Tarn"), and Moor Dairies LLC ("Moor").' + _WHEREAS,
        [(_TARN, "Tarn"), (_MOOR, "Moor")],
    ),
    (
        'This Agreement is between The Board of Trustees of the Tarn Junior University ("Tarn"), an institution of '
        'higher education, and Moor Dairies LLC ("Licensee").' + _WHEREAS,
        [("The Board of Trustees of the Tarn Junior University", "Tarn"), (_MOOR, "Licensee")],
    ),
    (
        "This Agreement is made by and between Tarn Mills, L.P., acting by and through its general partner, Fell GP, "
        'LLC ("Tarn"), and Moor Dairies LLC ("Moor").' + _WHEREAS,
        [("Tarn Mills, L.P.", "Tarn"), (_MOOR, "Moor")],
    ),
    (
        'This Agreement is made by and between University of Tarn, on behalf of its School of Medicine ("University"), '
        'and Moor Dairies LLC ("Moor").' + _WHEREAS,
        [("University of Tarn", "University"), (_MOOR, "Moor")],
    ),
    (
        "This Agreement is made by and between Ada Stone and Ben Hale, individuals residing in Ohio (together, "
        '"Owners"), and Tarn Mills, Inc. ("Tarn").' + _WHEREAS,
        [("Ada Stone", "Owners"), ("Ben Hale", "Owners"), (_TARN, "Tarn")],
    ),
    (  # what it is in small letters
        "This Agreement is entered into between TARN S.A. (hereinafter referred to as TARN) and MOOR corporation whose "
        "address is 5 Lake Road (hereinafter referred to as MOOR)." + _WHEREAS,
        [("TARN S.A.", "TARN"), ("MOOR", "MOOR")],
    ),
    (
        'This Agreement is made between i-Tarn, Inc. ("iTarn") and e.Moor Corporation ("eMoor"), and Tarns "R" Us, '
        'Inc. ("Tarns").' + _WHEREAS,
        [("i-Tarn, Inc.", "iTarn"), ("e.Moor Corporation", "eMoor"), ('Tarns "R" Us, Inc.', "Tarns")],
    ),
    (  # all in capitals, with its address
        "AGREEMENT MADE BETWEEN TARN MILLS LLC, A COMPANY DULY ORGANIZED AND EXISTING UNDER THE LAW OF JAPAN, OF LAKE "
        'ROAD, BOCA RATON, FLORIDA 33487 USA AND MOOR S.A. ("MOOR"). TARN AND MOOR SHALL EACH BE CALLED A "PARTY".'
        + _WHEREAS,
        [("TARN MILLS LLC", ""), ("MOOR S.A.", "MOOR")],
    ),
    (  # who bought what the letter speaks of, and who made another agreement
        "1 May 2011\nFell Capital Inc. 7 Seventh Avenue Leeds\nLadies and Gentlemen:\nTarn Mills, Inc., an Ohio "
        'corporation (the "Company"), and Moor Trust I, a trust (the "Trust"), issued and sold to Lake Brothers Inc. '
        'and Oak Securities LLC (the "Underwriters") units under an agreement among the Company, the Trust, Elm Trust '
        'Company, N.A., as agent (the "Unit Agent").',
        [("Fell Capital Inc.", ""), (_TARN, "Company"), ("Moor Trust I", "Trust")],
    ),
    (  # the person who gets the letter signs for a company
        "LETTER\n\nMay 1, 2004\n\nMs. Ada Stone\nPresident\nMoor Dairies LLC\n5 Lake Road\n\nDear Ada:\n\nTarn Mills, "
        "Inc. is pleased to sponsor you.\n\nVery truly yours,\n\nTARN MILLS, INC.\n\nBy: /s/ Ben Hale\n\nAccepted and "
        "agreed:\n\nMOOR DAIRIES LLC\n\nBy: /s/ Ada Stone",
        [("Tarn Mills, Inc.", ""), ("MOOR DAIRIES LLC", "")],
    ),
    (
        'NON-COMPETITION\n\nThis Agreement is made by Ada Stone (the "Shareholder"), in favor of and for the benefit '
        'of: TARN MILLS, INC., a Delaware corporation ("Tarn"), and MOOR DAIRIES LLC (the "Company").' + _WHEREAS,
        [("Ada Stone", "Shareholder"), ("TARN MILLS, INC.", "Tarn"), ("MOOR DAIRIES LLC", "Company")],
    ),
    (  # nothing but the names, used again
        "SUPPLY AGREEMENT\nBetween\nTarn Mills\nAnd\nMoor Dairies\n\n1. Term. Two years.\n\n2. Price. Tarn Mills pays "
        "Moor Dairies five dollars.",
        [("Tarn Mills", ""), ("Moor Dairies", "")],
    ),
    (  # works for the company that writes the letter
        "LETTER\n\nMay 1, 2004\n\nMs. Ada Stone\nTarn Mills, Inc.\n5 Lake Road\n\nDear Ada:\n\nYour employment changes."
        "\n\nVery truly yours,\n\nTARN MILLS, INC.\n\nBy: /s/ Ben Hale\n\nAgreed:\n\n/s/ Ada Stone",
        [("Ada Stone", ""), ("TARN MILLS, INC.", "")],
    ),
    (  # the form of the architects: its title names nobody, its preamble has labels
        "Standard Form of Agreement Between Owner and Contractor where the basis of payment is the COST OF THE WORK "
        "PLUS A FEE\n\nAGREEMENT made as of May 1, 2004\nBETWEEN the Owner: | Tarn Mills, Inc.\n(Name and address) | 5 "
        "Lake Road\nand the Contractor: | Moor Builders, Inc.\n(Name and address) | 7 Hill Road\nThe Architect is: | "
        "Fell Studio, Inc.",
        [(_TARN, "Owner"), ("Moor Builders, Inc.", "Contractor")],
    ),
    (
        "Form of Agreement Between Owner and Contractor\n\nAGREEMENT made as of May 1, 2004\nBETWEEN the Owner:\n"
        "(Name, address and other information)\nTarn Mills, Inc.\n5 Lake Road\nand the Contractor:\n"
        "(Name, address and other information)\nMoor Builders, Inc.\n7 Hill Road\n"
        "The Architect is:\n(Name and address)\nFell Studio, Inc.",
        [(_TARN, "Owner"), ("Moor Builders, Inc.", "Contractor")],
    ),
    (
        "STANDARD FORM OF AGREEMENT BETWEEN OWNER AND CONTRACTOR ON THE BASIS OF A STIPULATED PRICE\n\nTHIS AGREEMENT "
        "is by and between Tarn Mills, Inc. (hereinafter called OWNER) and Moor Builders, Inc. (hereinafter called "
        "CONTRACTOR)." + _WHEREAS,
        [(_TARN, "OWNER"), ("Moor Builders, Inc.", "CONTRACTOR")],
    ),
    (
        "AGREEMENT BETWEEN THE OWNER AND DESIGN-BUILDER\n\nThis Agreement is made between Tarn Mills, Inc. and Moor "
        "Builders, Inc." + _WHEREAS,
        [(_TARN, ""), ("Moor Builders, Inc.", "")],
    ),
    (  # what the contents of a contract list below its cover
        "CONTRACT\nBETWEEN\nTARN SHIPYARD, INC.\nas “Builder”\nAND\nMOOR MARINE, INC.\nas “Buyer”\nINDEX\nARTICLE\nI - "
        "DESCRIPTION AND CLASS\nARTICLE\nVI - TRIALS\nA. Delivery and Force Majeure (“Force Majeure”)",
        [("TARN SHIPYARD, INC.", "Builder"), ("MOOR MARINE, INC.", "Buyer")],
    ),
    (
        "CREDIT AGREEMENT between Tarn Mills, Inc., as Borrower, and Moor Bank, N.A., as Lender\nSCHEDULES\nSchedule "
        "3.3 Subsidiaries, Ownership of Other Persons (the “Borrower”) and Litigation",
        [(_TARN, "Borrower"), ("Moor Bank, N.A.", "Lender")],
    ),
    (  # no legal form, but called a corporation
        "This Addendum is among The Tarn Railway Company, an Ohio corporation (“TRC”), Moor City Southern, a Delaware "
        "corporation (“MCS”) and Ada Stone, an individual (“Executive”)." + _WHEREAS,
        [("The Tarn Railway Company", "TRC"), ("Moor City Southern", "MCS"), ("Ada Stone", "Executive")],
    ),
    (
        "This Agreement is made by and among Tarn Mills, Inc. (the “Parent”); Moor Landmark, a California general "
        "partnership (“Moor”); and Fell Yarn Ltd. (the “Lender”)." + _WHEREAS,
        [(_TARN, "Parent"), ("Moor Landmark", "Moor"), ("Fell Yarn Ltd.", "Lender")],
    ),
    (  # in which capacity, in small letters
        "This Consent is made among Tarn Mills, Inc. (the “Borrower”), the Lenders (as defined in the Credit "
        "Agreement), LAKE CITY BANK, as administrative agent (in such capacity, the “Agent”), and Fell Yarn Ltd. "
        "(“Holdings”)." + _WHEREAS,
        [(_TARN, "Borrower"), ("LAKE CITY BANK", "Agent"), ("Fell Yarn Ltd.", "Holdings")],
    ),
    (
        "This Agreement is made among Tarn Mills, Inc. (the “Borrower”), the several banks listed on the signature "
        "pages, LAKE SECURITIES INC., as sole lead arranger (the “Arranger”), and Moor Bank, N.A. (“Moor”)." + _WHEREAS,
        [(_TARN, "Borrower"), ("LAKE SECURITIES INC.", "Arranger"), ("Moor Bank, N.A.", "Moor")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), OPENINGS)
def test_parties_of_other_openings(text: str, expected: list[tuple[str, str]]) -> None:
    check(text, expected)


def test_a_wide_blank_taken_for_a_gap_between_cells_does_not_cut_a_name() -> None:
    text = (
        "This Agreement is made and entered into this first day of August, by and between TARN | FINANCIAL GROUP, LLC, "
        'a Delaware limited liability company ("Lender"), and Moor Dairies LLC, an Ohio company ("Borrower").'
    )
    assert [(party.name, party.term) for party in find_parties(text)] == [
        ("TARN FINANCIAL GROUP, LLC", "Lender"),
        (_MOOR, "Borrower"),
    ]
