"""Parties of a preamble in the shapes that real agreements have, one row each."""

from __future__ import annotations

import pytest

from contracts.text.obligations import find_obligations
from contracts.text.parties import find_parties
from tests.contracts.text.party_cases import check

PREAMBLES = [
    (  # "Mr." is no part of a name, a degree is
        'This Addendum is entered between TARN WOOL, INC., an Ohio corporation (the "Employer"), and Mr. BEN HALE, an '
        'individual residing in Leeds ("Executive").\n1. Term.',
        [("TARN WOOL, INC.", "Employer"), ("BEN HALE", "Executive")],
    ),
    (
        'This Agreement is made between Mr. Moor Group Inc. (the "Company"), and Ms Ada Stone ("Executive").\n1. Term.',
        [("Mr. Moor Group Inc.", "Company"), ("Ada Stone", "Executive")],
    ),
    (
        'Amendment entered into by and between Tarn Wool, Inc. (the "Company") and Ada Q. Stone, P.E. (the '
        '"Executive").\n1. Term.',
        [("Tarn Wool, Inc.", "Company"), ("Ada Q. Stone, P.E.", "Executive")],
    ),
    (  # firms that write themselves in small letters
        'AGREEMENT by and between moor wool holdings inc., an Ohio corporation ("Holdings"), and moor wool inc., an '
        'Ohio corporation (the "Company"), and Ada Stone (the "Executive").\nWHEREAS they agree;',
        [("moor wool holdings inc.", "Holdings"), ("moor wool inc.", "Company"), ("Ada Stone", "Executive")],
    ),
    (  # what a name in small letters is called is said of nobody else
        "This Amendment is made by and between Ada Q. Stone, a resident of Ohio (“Stone”) and moorbank (the "
        "“Employer”).\nWHEREAS they agree;",
        [("Ada Q. Stone", "Stone")],
    ),
    (  # in the cells of a table, with the term right of the address
        'EMPLOYMENT AGREEMENT\nBETWEEN: | TARN STORES, INC.\n3800 SE Mill Row\nLeeds, AL 35094 | "Company"\n'
        'AND: | BEN Q. HALE\n0305 SW Lake Row\nLeeds, AL 35094 | "Employee"\nThe parties agree as follows:\n1. Duties.',
        [("TARN STORES, INC.", "Company"), ("BEN Q. HALE", "Employee")],
    ),
    (  # with whom one enters into "this Agreement"
        "Agreement, executed May 1, 2016, between the Company and Ada Stone.\nAND NOW, this 1st day of May, 2016, Ada "
        "Stone (hereinafter “Employee”), enters into this Agreement with Tarn Wool, Inc. (“Tarn”) and Moor Mills, "
        "Inc. (hereinafter “Moor Mills”) on the following terms.\nBACKGROUND",
        [("Ada Stone", "Employee"), ("Tarn Wool, Inc.", "Tarn"), ("Moor Mills, Inc.", "Moor Mills")],
    ),
    (  # several people who hold an office
        'Agreement dated May 1, 2016, by and between Tarn Wool Inc. and Ada Q. Stone, Ben Hale and Cy Orr ("Named '
        'Officers").\n1. Options.',
        [
            ("Tarn Wool Inc.", ""),
            ("Ada Q. Stone", "Named Officers"),
            ("Ben Hale", "Named Officers"),
            ("Cy Orr", "Named Officers"),
        ],
    ),
    (  # an amendment leaves the terms to the agreement that it amends
        'THAT EMPLOYMENT AGREEMENT ("Agreement") made by and between THE TARN WOOL COMPANY, an Ohio corporation, and '
        "BEN Q. HALE, JR. is hereby amended:\n1. Employee shall be paid 9. Employee's bonus is 5. If Tarn dismisses "
        "him, Employee retains both.",
        [("THE TARN WOOL COMPANY", ""), ("BEN Q. HALE, JR.", "Employee")],
    ),
    (  # others who are named on the pages where they sign
        'THIS AMENDMENT is entered into among Tarn Mills, Inc., a Delaware corporation (the "Borrower"), the '
        "Guarantors identified on the signature pages hereto, the Lenders and Participants identified on the signature "
        'pages hereto and Moor Farm Credit, PCA, as Administrative Agent (the "Administrative Agent").\n1. Amendment.',
        [("Tarn Mills, Inc.", "Borrower"), ("Moor Farm Credit, PCA", "Administrative Agent")],
    ),
    (  # clauses that are numbered "1A"
        "CREDIT AGREEMENT\nAgreement made as of July 28, 2000 by and between TARN MILLS, INC. (Borrower) and MOOR CITY "
        "BANK (Bank):\n1A CROSS-REFERENCE - Certain terms are defined.\n1B SUMMARY - Bank shall grant Borrower\n"
        "Term Loan A described in section 2A and Term Loan B described in section 2B,",
        [("TARN MILLS, INC.", "Borrower"), ("MOOR CITY BANK", "Bank")],
    ),
    (  # for whom a director acts; but an employee is the person
        "This Agreement is entered into by and between Ada Stone, director of TarnCook (hereinafter referred to "
        'as "Client") '
        'and Ben Hale, managing director of Moor Web, PLC (hereinafter referred to as "Company").\n1. Design.',
        [("TarnCook", "Client"), ("Moor Web, PLC", "Company")],
    ),
    (
        'This Agreement is between Tarn Mills, Inc. (the "Company") and Ada Stone, president of Tarn Wool (the '
        '"Executive").\n1. Duties.',
        [("Tarn Mills, Inc.", "Company"), ("Ada Stone", "Executive")],
    ),
    (  # a party that its founders have yet to form
        "This Agreement is made Between: Tarn Capital Inc., having its office at Leeds, hereinafter referred to "
        'as "TCI"; And: A '
        "Moorland Company to be formed by Ada Stone and Ben Hale, having an office at York, hereinafter "
        'referred to as "MLC".\n'
        "Overview",
        [("Tarn Capital Inc.", "TCI"), ("Moorland Company", "MLC")],
    ),
    (  # the parties of the agreement that is amended
        'AMENDMENT made by and among Tarn AB, a Swedish corporation ("Tarn"), and Moor Co., Ltd., a Japanese '
        "corporation "
        '("Moor"), as an amendment to that certain Venture Agreement dated March 7, 2016 by and among Fell, '
        'Inc. ("Fell") and Moor.',
        [("Tarn AB", "Tarn"), ("Moor Co., Ltd.", "Moor")],
    ),
    (  # a name that opens with a plain word
        'This agreement is entered into by and between the At Lake Corporation ("Lake"), located at Redwood '
        "City, and Tarn, "
        'Inc. ("Provider").\nRECITALS',
        [("At Lake Corporation", "Lake"), ("Tarn, Inc.", "Provider")],
    ),
    (  # members of a venture; notes are nobody
        'This Agreement is made by and between Tarn Stores, Inc. ("Merchant"), and (a) a joint venture '
        "comprised of Moor "
        'Retail, Inc. ("Moor") and Lake Capital, LLC ("Lake") and (b) Fell Savings Society, FSB, as trustee for '
        "the senior "
        'notes due 2021 (the "Senior Notes") (in such capacity, the "Notes Trustee").',
        [
            ("Tarn Stores, Inc.", "Merchant"),
            ("Moor Retail, Inc.", "Moor"),
            ("Lake Capital, LLC", "Lake"),
            ("Fell Savings Society, FSB", "Notes Trustee"),
        ],
    ),
    (  # whom a company lends
        'AGREEMENT entered into by and between Moor MP, LLC ("Lender"), for services of Ada Stone ("Endorser"), '
        "and Tarn "
        'Foods Corporation ("Tarn").\nRECITALS',
        [("Moor MP, LLC", "Lender"), ("Ada Stone", "Endorser"), ("Tarn Foods Corporation", "Tarn")],
    ),
    (
        'AGREEMENT between Tarn Group, Inc., an Ohio corporation ("Tarn"), and Moor Enterprises, LLC ("Moor"), '
        "an Ohio company "
        'f/s/o Ben Hale ("Athlete").\nRECITALS',
        [("Tarn Group, Inc.", "Tarn"), ("Moor Enterprises, LLC", "Moor"), ("Ben Hale", "Athlete")],
    ),
    (  # parties that a schedule specifies leave their terms to nobody
        'AGREEMENT Between TARN GRILL CORPORATION a company incorporated in Florida ("TGC")\nAND The party '
        "specified as the "
        'Franchisee on SCHEDULE 1 attached hereto (the "Franchisee")\nAND The party or parties specified as the '
        "Principals on "
        'SCHEDULE 1 attached hereto (the "Principals")\nINTRODUCTION',
        [("TARN GRILL CORPORATION", "TGC")],
    ),
    (  # a name with "and" that stands again is one name
        "This License Agreement is between THE TARN FILM AND MUSIC CORPORATION, located at 2 Mill Road, CA "
        "92009 and MOOR MUSIC' "
        "located at York\nLicensor: MOOR MUSIC Moor licenses to THE TARN FILM AND MUSIC CORPORATION\nthe "
        "parties agree as follows:",
        [("THE TARN FILM AND MUSIC CORPORATION", ""), ("MOOR MUSIC", "Licensor")],
    ),
    (  # quotes of one and of two apostrophes
        "AGREEMENT made BETWEEN: TARN MALT LTD. 2 Mill Road, Leeds ('the Brewer') of one part AND: MOOR INNS "
        "LTD. 3 Lake "
        "Road, York ('the Buyer') of the other part.\nRECITALS A. The Brewer brews.",
        [("TARN MALT LTD.", "Brewer"), ("MOOR INNS LTD.", "Buyer")],
    ),
    (
        'THIS AGREEMENT is made BETWEEN:\n(1) TARN MALT LIMITED a company of England (the "Company"); and\n'
        "(2) ADA STONE of (the ''Employee\").\nIT IS AGREED as follows:",
        [("TARN MALT LIMITED", "Company"), ("ADA STONE", "Employee")],
    ),
    (  # a form: the other party is not named, and its term is nobody else's
        "This Agreement is entered into between Tarn Grill, Inc., a Florida corporation, and the individual or "
        'legal entity identified on the cover page ("Franchisee").',
        [("Tarn Grill, Inc.", "")],
    ),
    (  # the cover names them too
        "SUPPLY AGREEMENT between TARN MEDICAL INC. and MOOR SYSTEMS B.V.\nTHIS AGREEMENT is made on 1 July BETWEEN: "
        'TARN MEDICAL INC., a company of Ontario (hereinafter referred to as "Customer") - and - MOOR SYSTEMS B.V., a '
        'company of the Netherlands (hereinafter referred to as "Moor").\nWHEREAS the parties agree.',
        [("TARN MEDICAL INC.", "Customer"), ("MOOR SYSTEMS B.V.", "Moor")],
    ),
    (
        "This agreement is entered into as of the date on which the Statement is declared effective by the SEC "
        '(the "Effective Date"), by and among TARN LIFE COMPANY ("TLC") and MOOR CORPORATION ("MC").',
        [("TARN LIFE COMPANY", "TLC"), ("MOOR CORPORATION", "MC")],
    ),
    (  # the quote is not closed
        'This Agreement is made between Tarn Specialists LLC ("TS"), a Delaware corporation, and Paul Stone '
        '("Celebrity), an individual. AGREEMENT 1. Use. TS may use the name of Celebrity ("Celebrity Attributes").',
        [("Tarn Specialists LLC", "TS"), ("Paul Stone", "Celebrity")],
    ),
    (
        'AGREEMENT made on 1 May 2015 by and between Tarn Kiosks, Inc., a New York corporation ("we" or "us"), and '
        'Moor Truck, Inc., a Nevada corporation ("you" or "your"), with reference to the following facts: A. We sell '
        'soups under the name "The Old Moor", and other marks (collectively the "Proprietary Marks").',
        [("Tarn Kiosks, Inc.", ""), ("Moor Truck, Inc.", "")],
    ),
    (
        'This Agreement is made between Tarn Foods, Inc. ("Tarn") and Stay With, Inc., a Nevada corporation ("Host").',
        [("Tarn Foods, Inc.", "Tarn"), ("Stay With, Inc.", "Host")],
    ),
    (
        'This Agreement is effective from 5th March 2019 BETWEEN: Tarn Asia Ltd. (hereinafter called the "TAL"), of '
        'Hong Kong, AND: Mr. Lee Moor and Ms. Ada Stone (hereinafter called the "Developer").',
        [("Tarn Asia Ltd.", "TAL"), ("Lee Moor", ""), ("Ada Stone", "Developer")],
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
        'CREDIT AGREEMENT made between STATE TARN INSURANCE COMPANY, an Ohio company (the "Borrower"), and '
        'TARN BANK AG, LAKE ISLANDS BRANCH (the "Lender").',
        [("STATE TARN INSURANCE COMPANY", "Borrower"), ("TARN BANK AG, LAKE ISLANDS BRANCH", "Lender")],
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
            ("ADA B. STONE", "Sellers"),
            ("BEN HALE", "Sellers"),
            ("MOOR WOOL, INC.", "Buyer"),
        ],
    ),
    (
        "This Employment Agreement is made between Tarn Neighbourhood Bank and Ada Stone, its president.",
        [("Tarn Neighbourhood Bank", ""), ("Ada Stone", "")],
    ),
    (
        "AMENDMENT Tarn Mills, Inc. (the “Company”), and Moor Wool, Inc. (the “Buyer”), agree.",
        [("Tarn Mills, Inc.", "Company"), ("Moor Wool, Inc.", "Buyer")],
    ),
    (
        "SUPPLY CONTRACT BETWEEN TARN SOLAR ESPAÑA, S.L. as Supplier AND PARQUE DEL MOOR, S.L.U. as Owner\n1 May 2010",
        [("TARN SOLAR ESPAÑA, S.L.", "Supplier"), ("PARQUE DEL MOOR, S.L.U.", "Owner")],
    ),
    (
        "LOAN AGREEMENT between MOOR HYDRO AS and TARN BANK AS AGENT, made on 1 May 2010.",
        [("MOOR HYDRO AS", ""), ("TARN BANK", "AGENT")],
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
        'This Agreement is made between Lake Dairies, LLC ("Lake") Tarn Foods Corporation ("Tarn") this day.',
        [("Lake Dairies, LLC", "Lake"), ("Tarn Foods Corporation", "Tarn")],
    ),
    (
        'This Agreement is made between HILL BANK, NATIONAL ASSOCIATION ("Bank") and Primo Works, K.K. ("Primo").',
        [("HILL BANK, NATIONAL ASSOCIATION", "Bank"), ("Primo Works, K.K.", "Primo")],
    ),
    (
        "This Agreement is made as of May 1, 2020 by and among Weingarten Realty Investors, Tarn Bank, N.A., and "
        'Moor Ltd. ("Moor").',
        [("Weingarten Realty Investors", ""), ("Tarn Bank, N.A.", ""), ("Moor Ltd.", "Moor")],
    ),
    (
        'This Agreement is between Tarn Inc. ("Company") and Michael R. Long and Louis A. Hoch (the "Executives").',
        [("Tarn Inc.", "Company"), ("Michael R. Long", "Executives"), ("Louis A. Hoch", "Executives")],
    ),
    (
        'This Agreement is between Ben Long and Ada Long, husband and wife ("Sellers"), and Tarn, Inc. ("Buyer").',
        [("Ben Long", "Sellers"), ("Ada Long", "Sellers"), ("Tarn, Inc.", "Buyer")],
    ),
    (
        "THIS AGREEMENT is made by and among: (i) Tarn, Inc., a Delaware corporation; (ii) Moor LLC; (iii) Fell plc "
        "and (iv) Ada Stone, an individual.",
        [("Tarn, Inc.", ""), ("Moor LLC", ""), ("Fell plc", ""), ("Ada Stone", "")],
    ),
    (
        "THIS AGREEMENT is entered into on 1 May 2020 among (a) Tarn, Inc. (“Tarn”); (b) Moor LLC (“Moor”); and (c) "
        "each of Fell plc and Lake Ltd (together, the “Guarantors”).",
        [("Tarn, Inc.", "Tarn"), ("Moor LLC", "Moor"), ("Fell plc", "Guarantors"), ("Lake Ltd", "Guarantors")],
    ),
    (
        "This Agreement is made by Tarn, Inc., a Delaware corporation; Moor LLC; and Fell plc, an English company.",
        [("Tarn, Inc.", ""), ("Moor LLC", ""), ("Fell plc", "")],
    ),
    (
        'This Agreement is made between Tarn Bank, N.A., not in its individual capacity but solely as trustee (the "'
        'Trustee"), and Moor LLC ("Moor").',
        [("Tarn Bank, N.A.", "Trustee"), ("Moor LLC", "Moor")],
    ),
    (  # a form filled in
        'This Agreement is entered into by and between __________Ada Stone_______ ("Artist") and [Moor Records, Inc.] '
        '("Label").',
        [("Ada Stone", "Artist"), ("Moor Records, Inc.", "Label")],
    ),
    (
        'This Agreement is made between Tarn Inc\'s subsidiary, Moor LLC ("Moor"), and Fell Ltd ("Fell").',
        [("Moor LLC", "Moor"), ("Fell Ltd", "Fell")],
    ),
    (
        "CREDIT AGREEMENT dated 1 May 2001 among TARN MILLS, INC. (the “Borrower”), THE LENDERS SIGNATORY HERETO FROM "
        "TIME TO TIME, as Lenders, and MOOR BANK, N.A. (“Moor”), as Sole Lead Arranger, and Administrative Agent "
        "(the “Agent”).",
        [("TARN MILLS, INC.", "Borrower"), ("MOOR BANK, N.A.", "Agent")],
    ),
    (
        'TARN BANK CREDIT AGREEMENT between Moor Wool, Inc. on behalf of itself and its affiliates ("Moor") and NIKKO '
        'of 2 High Street (the "Bank").',
        [("Moor Wool, Inc.", "Moor"), ("NIKKO", "Bank")],
    ),
    (
        'AGREEMENT\nTarn Limited (hereinafter called "Tarn") of the One Part and Moor Holdings (hereinafter called '
        '"Moor") of the Other Part agree.',
        [("Tarn Limited", "Tarn"), ("Moor Holdings", "Moor")],
    ),
    (
        "AGREEMENT between The Regents of the University of Tarn\nand\nBig Sky Brewing\nDated as of May 1, 2020",
        [("The Regents of the University of Tarn", ""), ("Big Sky Brewing", "")],
    ),
    (  # who is left open has a term, which is not that of the party before
        "AGREEMENT made between Tarn Mills, Inc., an Ohio corporation (“Tarn”), and ____________, a _______ "
        "corporation with offices at _________ (“Licensee”).",
        [("Tarn Mills, Inc.", "Tarn")],
    ),
    (
        "THIS AGREEMENT is by and between Tarn Mills, Inc. (“TM”), a Utah corporation, and the party executing below "
        "(“LICENSEE”).",
        [("Tarn Mills, Inc.", "TM")],
    ),
    (
        "AGREEMENT dated as of 10 June 2004, by and between Tarn Research, Inc. and (the “Participant”). Section 1.",
        [("Tarn Research, Inc.", "")],
    ),
    (
        "EMPLOYMENT AGREEMENT made on 1 March 2009\nB E T W E E N:\nADA STONE\n(hereinafter the “Executive”)\nand\n"
        "TARN MILLS INC.\n(hereinafter the “Company”).\nWHEREAS",
        [("ADA STONE", "Executive"), ("TARN MILLS INC.", "Company")],
    ),
    (
        "THIS AGREEMENT is made between Tarn Foods, Inc. (together with its affiliates, “Tarn” or the “Supplier”) and "
        "Moor Stores Ltd (the “Buyer”).",
        [("Tarn Foods, Inc.", "Supplier"), ("Moor Stores Ltd", "Buyer")],
    ),
    (
        "AMENDMENT dated 2 May 2010 between Ada Q. Stone and Tarn Mills, Inc. (the “Company”). WHEREAS",
        [("Ada Q. Stone", ""), ("Tarn Mills, Inc.", "Company")],
    ),
    (
        "CONTRACT dated 2 May 2010 between Ben L. Hale and Sons, Inc. (the “Builder”) and Moor Ltd (the “Owner”).",
        [("Ben L. Hale and Sons, Inc.", "Builder"), ("Moor Ltd", "Owner")],
    ),
    (  # on a cover, the next party follows a capacity
        "CREDIT AGREEMENT among TARN MILLS, INC., as Borrower THE LENDERS NAMED HEREIN and MOOR SECURITIES LLC, as "
        "Joint Lead Arranger DATED 1 May 2001",
        [("TARN MILLS, INC.", "Borrower"), ("MOOR SECURITIES LLC", "Joint Lead Arranger")],
    ),
    (
        "THIS LEASE is made between Oak Corp. and Elm Corp. (collectively, “Landlord”) and Moor Ltd (“Tenant”).",
        [("Oak Corp.", "Landlord"), ("Elm Corp.", "Landlord"), ("Moor Ltd", "Tenant")],
    ),
    (
        "THIS AGREEMENT is made between Ada Stone, an individual, and Tarn LLC, each a “Seller” and together the "
        "“Sellers”, and Moor Ltd (the “Buyer”).",
        [("Ada Stone", "Seller"), ("Tarn LLC", "Seller"), ("Moor Ltd", "Buyer")],
    ),
    (  # what belongs to one party makes no group
        "THIS AGREEMENT is made between Moor LLC, and Tarn Inc. and its subsidiaries (collectively, “Tarn”).",
        [("Moor LLC", ""), ("Tarn Inc.", "Tarn")],
    ),
    (  # the State acts through others, and its term is nobody else's
        "AGREEMENT made between Oak & Elm, LLP (“Consultant”), and the State of Texas, acting by and through the "
        "Department of Transportation (“TxDOT”).",
        [("Oak & Elm, LLP", "Consultant"), ("State of Texas", "TxDOT")],
    ),
    (  # a person's address, not a company's seat
        "This Agreement is made between Teddy Ticktock of Westminster, London SW1A 0AA (“Teddy”) and Royal Bank of "
        "Scotland, 36 St Andrew Square (“Bank”).",
        [("Teddy Ticktock", "Teddy"), ("Royal Bank of Scotland", "Bank")],
    ),
    (  # the terms of a table, and no parties
        "If there is any inconsistency between this Order Form and the Framework Terms, it controls this Agreement.\n"
        "Service | The Service is free.\nPilot | 30 days (“Pilot Period”)",
        [],
    ),
    (  # a cover in the capacities of the parties, before a preamble
        "SERVICING AGREEMENT between\n\nTARN FINANCE II, LLC, as Owner\n\nand\n\nTARN MANAGEMENT, LLC, as Servicer\n"
        "\nThis AGREEMENT is entered into by and between TARN FINANCE II, LLC (the “Owner”), and TARN MANAGEMENT, LLC, "
        "as servicer (the “Servicer”).",
        [("TARN FINANCE II, LLC", "Owner"), ("TARN MANAGEMENT, LLC", "Servicer")],
    ),
    (  # lists and what is asked of the Commission are no parties, however near they stand
        "AGREEMENT between TARN MOBILE B.V.\n&\nMoor Telecom AG\nCONFIDENTIAL TREATMENT REQUESTED as to parts. This "
        "Agreement consists of these terms and Exhibits A and B, and Attachment C - Charges.",
        [("TARN MOBILE B.V.", ""), ("Moor Telecom AG", "")],
    ),
    (  # the country of an address, though a term follows it
        "This Agreement is made by and between: Tarn ST Co., Ltd., a corporation duly incorporated under the laws of "
        "the "
        'Republic of Korea, with offices at 12 Mill-daero, Seoul 04587, Republic of Korea ("Tarn") and Moor '
        'Pharma, Inc., of Boston ("Moor").',
        [("Tarn ST Co., Ltd.", "Tarn"), ("Moor Pharma, Inc.", "Moor")],
    ),
    (  # a part of the company that is named before it
        "This Agreement is entered into by and between TARN S.A., Département Rail whose address is 3, rue du Lac "
        '(hereinafter referred to as "RAIL") and Moor Corporation (hereinafter referred to as "Moor").',
        [("TARN S.A.", "RAIL"), ("Moor Corporation", "Moor")],
    ),
    (  # where the company has its seat
        'This Agreement is between Tarn Bio Inc., a public corporation ("Tarn"), and Lake Farming Ltd. of Leeds, '
        "England "
        '("Lake Farming"), an English company.',
        [("Tarn Bio Inc.", "Tarn"), ("Lake Farming Ltd.", "Lake Farming")],
    ),
    (  # the parties of the agreement that is amended
        'This AMENDMENT is made by and among Tarn AB, a Swedish corporation ("Tarn"), and Moor Industry Co., Ltd., a '
        'Japanese corporation ("Moor"), as an amendment to that certain Joint Venture Agreement dated May 1, 2016 by '
        "and "
        'among Lake AB ("Lake AB"), Lake Holding, Inc. ("Lake Holding") and Moor.',
        [("Tarn AB", "Tarn"), ("Moor Industry Co., Ltd.", "Moor")],
    ),
    (  # forms: the other party is a blank, with or without an address before it
        'This Agreement is entered into by and between Tarn Technologies, Inc., a Delaware corporation ("Tarn") with '
        "its "
        "principal office at 12 Mill Road, Suite 100, Leeds and ____________, a _________ corporation "
        '("Licensee"). It says how Tarn will provide Care (as defined below) and Support Services (as defined below) '
        "for the Product.",
        [("Tarn Technologies, Inc.", "Tarn")],
    ),
    (
        'Agreement made by and between TARN GOLF, INC., a Colorado corporation (the "Company"), and ____________ '
        '(hereinafter referred to as the "Professional"). The Professional plays on the Tour of the Lake Golfers\' '
        'Association (the "Lake Tour").',
        [("TARN GOLF, INC.", "Company")],
    ),
    (
        'The Maintenance Agreement executed by and between Tarn Bank, N.A. ("Tarn Bank") and <<enter Company Name>> '
        '("Supplier"). The Supplier makes the changes.',
        [("Tarn Bank, N.A.", "Tarn Bank")],
    ),
    (
        'AGREEMENT\nBetween TARN GRILL CORPORATION a company incorporated in Florida ("TGC")\nAND The party specified '
        "as "
        'the Franchisee on SCHEDULE 1 attached hereto (the "Franchisee")\nTGC has a system.',
        [("TARN GRILL CORPORATION", "TGC")],
    ),
    (  # notes are no party, nor what a sentence of the body defines
        'This Agreement is made by and between Tarn Stores, Inc. ("Merchant") and Lake Society, FSB, as trustee for '
        "the 8% "
        'senior notes due 2021 (the "Senior Notes") issued by Tarn, on the other hand (in such capacity, the '
        '"Trustee").',
        [("Tarn Stores, Inc.", "Merchant"), ("Lake Society, FSB", "Trustee")],
    ),
    (
        'This Agreement by and between Tarn Call, Inc. (herein "Tarn Call") and Lake Pager Corporation, of Leeds, '
        "shall set "
        'forth the terms on which Tarn Call and Lake Pager shall sell to those who call (the "Lake Callers").',
        [("Tarn Call, Inc.", "Tarn Call"), ("Lake Pager Corporation", "")],
    ),
    (
        "This Agreement is made by and between TARN.NET CORPORATION, a Delaware corporation, a.k.a. Tarn.com, of 12 "
        "Mill "
        'Road ("Host"), and Moor Web, Inc. ("Moor").',
        [("TARN.NET CORPORATION", "Host"), ("Moor Web, Inc.", "Moor")],
    ),
    (
        'by and between Tarn Air S.A. ("Tarn Air") and MOOR REPAIRS, G.I.E., of Toulouse (hereinafter referred to as '
        "the "
        '"Repairer\' or "MRG").',
        [("Tarn Air S.A.", "Tarn Air"), ("MOOR REPAIRS, G.I.E.", "Repairer")],
    ),
    (
        'SECOND AMENDMENT among TARN TECHNOLOGY, INC. (the "Borrower"), the financial institutions party to the Credit '
        'Agreement (the "Lenders") and LAKE NATIONAL BANK ("Lake"), as agent (together with any successor agent, the '
        '"Agent") for the lenders from time to time party thereto (the "Lenders").',
        [("TARN TECHNOLOGY, INC.", "Borrower"), ("LAKE NATIONAL BANK", "Agent")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PREAMBLES)
def test_parties_of_a_preamble(text: str, expected: list[tuple[str, str]]) -> None:
    check(text, expected)


def test_a_group_is_its_members_who_keep_their_own_terms() -> None:
    parties = find_parties(
        "This Agreement is entered into by Moor Corporation (“Buyer”), Gulf Mills Ltd., a company of Jersey (“Mills”), "
        "Gulf Oil Limited, a company of Jersey (“Oil”), and GHC Limited, a company of India (“GHC” and, together with "
        "Mills and Oil, the “Sellers” and each, a “Seller”)."
    )
    assert [(party.term, {"Seller", "Sellers", "Gulf"} & {*party.aliases}) for party in parties] == [
        ("Buyer", set()),
        *[(term, {"Seller", "Sellers"}) for term in ("Mills", "Oil", "GHC")],
    ]
    bound = {one.bearer for one in find_obligations("Each Seller shall not compete. Gulf shall pay.", parties)}
    assert bound == {"Seller", ""}  # no one of them for certain
