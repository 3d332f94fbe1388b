"""Parties that letters, forms and labels name, one row each."""

from __future__ import annotations

import pytest

from tests.contracts.text.party_cases import check

LETTERS = [
    (  # the Board of a company is named, and the company is meant
        "Mr. Ben Q. Hale\nChairman of the Board\nTarn Wool Corporation\nMill Plaza\n\nDear Ben:\n\nAs agreed between "
        "you and the Board of Directors of Tarn Wool Corporation (the “Company”), you will retire from your position. "
        "This is a Termination under the agreement between you, the Company and The Moor Corporation (“Moor”).",
        [("Ben Q. Hale", ""), ("Tarn Wool Corporation", "Company")],
    ),
    (
        "Ada Q. Stone\n\nDear Ada:\n\nOn behalf of the Board of Tarn, Inc. (the “Company” or “Tarn”), I am pleased to "
        "confirm your employment as Vice President of the Company. Your salary will be 9.",
        [("Ada Q. Stone", ""), ("Tarn, Inc.", "Company")],
    ),
    (  # a term at the end of a longer bracket
        "Ben Q. Hale\n12 Mill Road\n\nDear Ben:\n\nOn behalf of Tarn Holdings Corp. (as successor to Moor Northern "
        "Bank, Inc., and referred to herein as “Tarn”), I am pleased to offer you a position.",
        [("Ben Q. Hale", ""), ("Tarn Holdings Corp.", "Tarn")],
    ),
    (
        "Ben Q. Hale\n12 Mill Road\n\nDear Ben:\n\nAs you know, Moor Wool Corporation and Tarn Wool Industries, L.L.C. "
        "(collectively, the “Company”) executed an agreement with you on your employment.",
        [("Ben Q. Hale", ""), ("Moor Wool Corporation", "Company"), ("Tarn Wool Industries, L.L.C.", "Company")],
    ),
    (  # what the letter calls the company without saying so
        "Ada Stone\n1 Mill Road\n\nDear Ada:\n\nI am pleased to offer you employment with Tarn Wool, Inc. You will "
        "join the Company on 1 May. The Company will pay you 9. You may leave the Company at any time.",
        [("Ada Stone", ""), ("Tarn Wool, Inc.", "Company")],
    ),
    (  # a note of one who has its seat in a town
        "PROMISSORY NOTE\nFOR VALUE RECEIVED, TARN MILLS, INC., whose address is 12 Mill Road, Santa Rosa, California "
        '95401 (the "Borrower"), promises to pay to the order of MOOR FUND, LP (the "Lender"), the lesser of (i) One '
        "Million and No/100 United States Dollars and (ii) what is outstanding.\nTARN MILLS, INC.\nBy:\nName: Ada",
        [("TARN MILLS, INC.", "Borrower"), ("MOOR FUND, LP", "Lender")],
    ),
    (  # the first of several names under one label; who represents a party is none
        "CONTRACT\nParty A: Tarn Technology Co., Ltd. Legal Representative: Ada Stone Party B: Moor Leasing "
        "Co., Ltd\n1. The "
        "Platform means the one operated by Party A: Fell Ride Marketplace.",
        [("Tarn Technology Co., Ltd.", "Party A"), ("Moor Leasing Co., Ltd", "Party B")],
    ),
    (
        'JOINT VENTURE CONTRACT\nThis contract is made under the law on ventures (the "Joint Venture Law").\n1. '
        "Tarn Group "
        "Limited Liability Company (hereinafter referred to as Party A).\nLegal Representative of Party "
        "A:\nName: Ada Stone\n"
        "2. Moor Cells, Inc. (hereinafter referred to as Party B).\nLegal Representative of Party B:\nName: Ben Hale\n",
        [("Tarn Group Limited Liability Company", "Party A"), ("Moor Cells, Inc.", "Party B")],
    ),
    (  # through whom shares are sold; above the salutation nobody has the term of a name below it
        "Moor Research & Trading, LLC 1 Mill Road Leeds As Sales Agent Dear Ladies and Gentlemen: Tarn REIT, Inc., a "
        'Maryland corporation (the "Company"), together with Fell Manager, LLC, a Delaware company (the '
        '"Manager"), agrees '
        'that it may sell through Moor Research & Trading, LLC, acting as agent (the "Agent"), up to 100 shares '
        '(the "Shares").',
        [("Tarn REIT, Inc.", "Company"), ("Fell Manager, LLC", "Manager"), ("Moor Research & Trading, LLC", "Agent")],
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
        "Mr. John Hale\n12 Mill Road\n\nDear John:\n\nOn behalf of Tarn Mills, Inc. (the “Company”).",
        [("John Hale", ""), ("Tarn Mills, Inc.", "Company")],
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
        "Ada Stone, MD, PhD\n1 Mill Road\nLeeds\n\nDear Ada:\n\nYou and Tarn Wool, Inc. (“Tarn”) agree as follows.",
        [("Ada Stone", ""), ("Tarn Wool, Inc.", "Tarn")],
    ),
    (  # the name above "Dear" may be followed by anything; an office is no part of the company's name
        "Exhibit 10.1\n\nVIA HAND DELIVERY\n\nMs. Ada Q. Stone, Esq.\n\nRE: Your leaving\n\nDear Ada:\n\nThis "
        "letter confirms your resignation as Vice President and Counsel of Tarn Wool, Inc. (the “Company”).",
        [("Ada Q. Stone", ""), ("Tarn Wool, Inc.", "Company")],
    ),
    (
        "PERSONAL AND CONFIDENTIAL\n4 June 2006\nBen Hale, Ed.D.\n9 Mill Road\n\nDear Dr. Hale,\n\nI am pleased to "
        "offer you a position with Moor Learning Corporation, reporting to me.",
        [("Ben Hale", ""), ("Moor Learning Corporation", "")],
    ),
    (
        "TO CY ORR\n\nDear Cy:\n\nThis is about your work for Tarn’s (together with its companies, “Tarn’s” or "
        "the “Company”).",
        [("CY ORR", ""), ("Tarn’s", "Company")],
    ),
    (  # a nickname: who is titled
        "Tarn House\nMr. Jonathan B. Hale III\n1 Row\n\nDear Jack:\n\nYou and Tarn Parks, Ltd. agree as follows.",
        [("Jonathan B. Hale III", ""), ("Tarn Parks, Ltd.", "")],
    ),
    (
        "SALE OF YARN\nBuyer (hereafter “Party A”): Tarn Mills Co., Ltd.\nSeller (hereafter “Party B”): Moor Yarn Ltd.",
        [("Tarn Mills Co., Ltd.", "Party A"), ("Moor Yarn Ltd.", "Party B")],
    ),
    (
        "AGREEMENT SUMMARY SPONSOR: Name: Moor's Fresh Grill Phone: 760 HOST: Name: Tarn Ballpark LLC Phone: 761",
        [("Moor's Fresh Grill", "SPONSOR"), ("Tarn Ballpark LLC", "HOST")],
    ),
    (
        "LENDER: | Tarn Bank plc\nAddress: | 1 Mill Lane\nBORROWER: | Lake Dairies LLC\nAmount: | $5",
        [("Tarn Bank plc", "LENDER"), ("Lake Dairies LLC", "BORROWER")],
    ),
    (
        "CHANGE IN TERMS\nBorrower: Lake Dairies, Inc. Lender: Tarn Bank\n13 Mill Road. Loan Department\nTerms: as now",
        [("Lake Dairies, Inc.", "Borrower"), ("Tarn Bank", "Lender")],
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
            ("Kite 7 Capital Inc.", "Agents"),
            ("Burr & Co. Ltd.", "Agents"),
            ("Tribune Pharma Inc.", "Issuer"),
        ],
    ),
    (
        "LICENSE AGREEMENT\nLicensor: Tarn, Inc.\nLicensee: Moor Brewing\nEffective date: May 1, 2020",
        [("Tarn, Inc.", "Licensor"), ("Moor Brewing", "Licensee")],
    ),
    (
        "SPONSOR AGREEMENT\nThe parties are:\nSponsor Name: Tarn Wool Company\nAthlete Name: Ada Stone\nSport: golf",
        [("Tarn Wool Company", "Sponsor"), ("Ada Stone", "Athlete")],
    ),
    (
        "To: Tarn Bank, N.A., not individually, but solely as Master Servicer on behalf of Moor Securities 2006-6 "
        'Trust ("Counterparty")\nFrom: Lake AG, London Branch ("Lake AG")\nDear Sirs',
        [
            ("Tarn Bank, N.A.", ""),
            ("Moor Securities 2006-6 Trust", "Counterparty"),
            ("Lake AG, London Branch", "Lake AG"),
        ],
    ),
    (
        "Between\nParty A: Tarn Wool Co., Ltd.\nLegal representative: Li Wei\nParty B: Ada Stone\nID number: 12345",
        [("Tarn Wool Co., Ltd.", "Party A"), ("Ada Stone", "Party B")],
    ),
    (  # who writes stands only below the closing, and signs for the company
        "5 May 2007\nMs. Ada Stone\n9 Mill Road\nDear Ada:\nTarn is happy to make you its Vice President.\nRegards,\n"
        "Ben Hale\nPresident/CEO\nTarn Wool, Inc.\ncc: Cy Orr",
        [("Ada Stone", ""), ("Tarn Wool, Inc.", "")],
    ),
    (  # the other companies that the letter speaks of are no parties to it
        "Mr. Ben Q. Hale\n9 Mill Road\n\nDear Mr. Hale:\n\nReference is to the Employment Agreement by and between "
        'TARN INC. (the "Corporation") and you, and to the contract between the Corporation and Moor Funds LLC (the '
        '"Deal"), by and among Tarn Inc., Moor Funds LLC and Fell Bank N.A.',
        [("Ben Q. Hale", ""), ("TARN INC.", "Corporation")],
    ),
    (  # a letter to a person that is one between two companies
        "Ms. Ada Stone\nMoor Lands LLC\n1 Row\n\nDear Ada:\n\nThis letter sets out what Tarn Mills, Inc. (“Tarn”) and "
        "Moor Lands LLC (“Moor”) have agreed.",
        [("Tarn Mills, Inc.", "Tarn"), ("Moor Lands LLC", "Moor")],
    ),
    (  # a note names its payee
        'FOR VALUE RECEIVED, TARN MILLS, INC. (the "Borrower"), of 1 Mill Road, promises to pay to the order of MOOR '
        'BANK N.A. (the "Bank") the sum of five dollars.',
        [("TARN MILLS, INC.", "Borrower"), ("MOOR BANK N.A.", "Bank")],
    ),
    (  # an amendment that names its parties in the recitals, a person by the surname
        'AMENDMENT\nWHEREAS, Tarn Mills, Inc. (the "Company") and Ada Q. Stone ("Stone") were parties to a contract.',
        [("Tarn Mills, Inc.", "Company"), ("Ada Q. Stone", "Stone")],
    ),
    (  # an employer without a legal form, of whom the letter goes on to speak; a short form of the first name
        "PRIVATE AND CONFIDENTIAL\nNicholas Stone\nDear Nick,\nI offer you the position of Treasurer, reporting to the "
        "Chairman of the Board of Tarn Looms. Tarn pays you monthly.\nI look forward to welcoming you to Tarn.",
        [("Nicholas Stone", ""), ("Tarn Looms", "")],
    ),
    (  # two companies that write as one; neither degree nor delivery is the name of a person
        "VIA REGISTERED MAIL\nBen Hale, M.D.\n9 Row\nEly\nDear Mr. Hale:\nYou have informed Tarn Drugs, Inc. and Tarn "
        '(Leeds) Ltd. (jointly, the "Company") that you will leave on or before 1 May (the "Last Day").',
        [("Ben Hale", ""), ("Tarn Drugs, Inc.", "Company"), ("Tarn (Leeds) Ltd.", "Company")],
    ),
    (  # no name in the salutation fits, but one stands above a street; of two names the term tells the second
        "Tarn, Inc.\nRobert Hale\n12 Lake Road\nLeeds\nDear Bob:\nThis letter sets forth the terms of your employment "
        'with MRVE and Tarn, Inc. (hereafter "Tarn") after the closing.',
        [("Robert Hale", ""), ("Tarn, Inc.", "Tarn")],
    ),
    (  # a nickname; a merger of which the letter speaks has parties of its own
        "Employment Agreement Adeline Stone\nAdeline (“Addie”) Stone\n1 Mill Road\nDear Ms. Stone:\nThis letter "
        "has the "
        "terms of your employment with Tarn Wool, Inc. (the “Company”). You earn a bonus on the Merger (as "
        "defined in the "
        "Agreement and Plan of Merger by and among Moor Yarn Corp. (“Moor”), Fell Sub, Inc., and the Company).",
        [("Adeline (“Addie”) Stone", ""), ("Tarn Wool, Inc.", "Company")],
    ),
    (
        "Ada Stone\n1 Mill Road\nDear Ada:\nIt is proposed that Tarn Wool Corporation (Tarn) will merge "
        "with\nMoor Yarn "
        "Corporation (Moor). We offer you the position of Treasurer of Tarn Wool Corporation.",
        [("Ada Stone", ""), ("Tarn Wool Corporation", "Tarn")],
    ),
    (
        "Mr. Ben Hale\nTarn BanCorp\nDear Mr. Hale:\nWe confirm your employment as President of Tarn BanCorp and Banco "
        "Tarn del Norte (hereafter “the Group”) as follows.",
        [("Ben Hale", ""), ("Tarn BanCorp", "Group"), ("Banco Tarn del Norte", "Group")],
    ),
    (  # a board is no company
        "Ada Stone\n1 Mill Road\nDear Ms. Stone:\nThis letter confirms your employment with Tarn Wool, Inc. as "
        "decided by "
        "the Board of Directors of Tarn Wool, Inc. (the “Board”).",
        [("Ada Stone", ""), ("Tarn Wool, Inc.", "")],
    ),
    (
        "[Tarn Yarn, Inc. Letterhead]\nMs. Ada Stone\n1 Mill Road\n\nDear Ms. Stone:\n\nWe are pleased to employ you.",
        [("Tarn Yarn, Inc.", ""), ("Ada Stone", "")],
    ),
    (
        "Tarn Yarn, Inc.\n\nAda Stone\n1 Mill Road\n\nDear Ada:\n\nWe are pleased to make you our Treasurer.",
        [("Tarn Yarn, Inc.", ""), ("Ada Stone", "")],
    ),
    (  # through whom the shares are sold; its term is not that of the company before it
        "AGENCY AGREEMENT\nMay 25, 2016\nDear Ladies and Gentlemen:\nTarn Growth REIT, Inc., a Maryland corporation "
        "(the "
        '"Company"), together with Tarn Adviser, LLC, a Delaware limited liability company (the "Manager"), agrees '
        "that it "
        'may issue and sell through Lake Research & Trading, LLC, acting as agent (the "Agent"), up to 400,000 shares.',
        [
            ("Tarn Growth REIT, Inc.", "Company"),
            ("Tarn Adviser, LLC", "Manager"),
            ("Lake Research & Trading, LLC", "Agent"),
        ],
    ),
    (  # "The MHC" and the board of a party are nobody else
        'AGENCY AGREEMENT\nTarn Bancorp, Inc. (the "Company") and Tarn Bancorp, MHC, a mutual holding company (the '
        '"MHC"), '
        'confirm their agreement with Lake, Moor & Fell, Inc. (the "Agent") as follows: The MHC, by a plan of the '
        "Board of "
        'Directors of the Association (the "Plan"), intends to become a stock holding company (the "Conversion").',
        [("Tarn Bancorp, Inc.", "Company"), ("Tarn Bancorp, MHC", "MHC"), ("Lake, Moor & Fell, Inc.", "Agent")],
    ),
    (  # who holds shares of which company: its initials are not the term of whom the letter is sent to
        "Tarn Medical Services, Inc.\n12 Mill Road\nGentlemen:\nThe undersigned is a shareholder of Lake Medical "
        "Supply, "
        'Inc. ("LMS"), and will become one of Tarn Medical Services, Inc. ("TMS"), by the merger described in the '
        "Plan of "
        "Merger, by and among TMS, Lake Mergers and LMS. Under its terms the shares of LMS "
        '("LMS Common Stock") will be exchanged.\nTARN MEDICAL SERVICES, INC.\nBy: /s/ Ada Stone',
        [("TARN MEDICAL SERVICES, INC.", "TMS")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LETTERS)
def test_parties_of_letters_and_labels(text: str, expected: list[tuple[str, str]]) -> None:
    check(text, expected)
