"""What the API's schema shows as examples."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

MATTER = {"id": 3, "name": "Project Oak", "client": "Harbour Retail plc"}
CONTRACT_VALUE: dict[str, Any] = {
    "id": 17,
    "matter": MATTER,
    "external_ids": [{"source": "dms", "id": "4711"}],
    "version": 1,
    "supersedes": None,
    "current": True,
    "parent": None,
    "relation": "",
    "proposed_parent": None,
    "children": [{"id": 21, "title": "Amendment No. 1", "kind": "amendment", "relation": "amendment"}],
    "file_name": "master-services.docx",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "size": 48213,
    "state": "ready",
    "stage": None,
    "progress": None,
    "error": None,
    "warnings": [],
    "received_at": "2026-11-21T16:20:04Z",
    "read_at": "2026-11-21T16:20:06Z",
    "title": "Master Services Agreement",
    "kind": "main",
    "contract_type": "services",
    "parties": [
        {
            "name": "Northgate Analytics Ltd",
            "term": "Supplier",
            "aliases": ["Northgate"],
            "role": "provider",
            "affiliates": False,
        }
    ],
    "agreement_date": "1 May 2024",
    "effective_date": "",
    "expiry_date": "30 April 2027",
    "expires_on": "2027-04-30",
    "renewal": "automatic",
    "renewal_term": "one (1) year",
    "renewal_notice": "sixty (60) days",
    "governing_law": "English",
    "jurisdiction": "England and Wales",
    "fact_sources": {
        "title": "given",
        "kind": "read",
        "contract_type": "read",
        "agreement_date": "read",
        "expiry_date": "read",
        "renewal": "read",
        "renewal_term": "read",
        "renewal_notice": "confirmed",
        "governing_law": "corrected",
    },
    "fact_places": {
        "expiry_date": {
            "start": 812,
            "end": 851,
            "computed_from": "“three (3) years from the Commencement Date”, counted from 30 April 2024",
        }
    },
    "format": "docx",
    "page_count": None,
    "passage_count": 212,
}
WAITING: dict[str, Any] = {
    "children": [],
    "state": "received",
    "read_at": None,
    "title": "",
    "contract_type": "",
    "parties": [],
    "agreement_date": "",
    "expiry_date": "",
    "expires_on": None,
    "renewal": "",
    "renewal_term": "",
    "renewal_notice": "",
    "governing_law": "",
    "jurisdiction": "",
    "fact_sources": {},
    "fact_places": {},
}

CANCELLED = OpenApiExample(
    "Cancelled",
    CONTRACT_VALUE
    | WAITING
    | {
        "state": "failed",
        "error": {
            "code": "cancelled",
            "message": "Its reading was cancelled.",
            "remedy": "Have it read again, or send the file again.",
        },
        "passage_count": 0,
    },
    response_only=True,
)
CONTRACT = OpenApiExample("Ready", CONTRACT_VALUE, response_only=True)
CHANGE = OpenApiExample(
    "An amendment",
    {"parent": "dms/4711", "relation": "amendment", "title": "Amendment No. 1", "agreement_date": "2025-02-01"},
    request_only=True,
)
AMENDMENT = OpenApiExample(
    "An amendment",
    CONTRACT_VALUE
    | {
        "id": 21,
        "external_ids": [{"source": "dms", "id": "4712"}],
        "parent": {"id": 17, "title": "Master Services Agreement", "kind": "main", "relation": ""},
        "relation": "amendment",
        "children": [],
        "file_name": "amendment-no-1.docx",
        "state": "received",
        "title": "Amendment No. 1",
        "kind": "amendment",
        "passage_count": 38,
    },
    response_only=True,
)
QUEUED_VALUE = CONTRACT_VALUE | WAITING | {"format": "", "passage_count": 0}
QUEUED = OpenApiExample("Queued", QUEUED_VALUE, response_only=True)
RECEIVED = OpenApiExample("Received", QUEUED_VALUE | {"duplicate": False}, response_only=True)
DUPLICATE = OpenApiExample("Here already", CONTRACT_VALUE | {"duplicate": True}, response_only=True)
OBLIGATION = OpenApiExample(
    "A duty under a condition",
    {
        "id": 5120,
        "clause": 1203,
        "number": "9.1",
        "modality": "obligation",
        "mutual": False,
        "bearer": "Supplier",
        "bearer_name": "Northgate Analytics Ltd",
        "bearer_affiliates": False,
        "counterparty": "Customer",
        "counterparty_name": "Harbour Retail plc",
        "counterparty_affiliates": False,
        "action": "indemnify the Customer against claims of third parties",
        "reading": "If notified, the Supplier shall indemnify the Customer against claims of third parties.",
        "left_out": [],
        "spans": {
            "modal": [26, 31],
            "action": [32, 86],
            "bearer": [17, 25],
            "counterparty": [46, 54],
            "conditions": [[0, 11]],
            "exceptions": [],
        },
    },
    response_only=True,
)
AMOUNT = OpenApiExample(
    "A cap",
    {
        "clause": 1240,
        "number": "12.2",
        "currency": "GBP",
        "amount": "2000000.0000",
        "written": "£2 million",
        "start": 14820,
        "end": 14830,
        "source": "confirmed",
    },
    response_only=True,
)
CLAUSE_VALUE: dict[str, Any] = {
    "id": 1203,
    "parent": 1201,
    "number": "9.1",
    "heading": "",
    "heading_path": ["Indemnities"],
    "level": 1,
    "kind": "clause",
    "start": 10450,
    "end": 10539,
    "page": None,
    "text": "9.1 The Supplier shall indemnify the Customer against claims of third parties.",
}
CLAUSE_OF_LIST = OpenApiExample("A clause", CLAUSE_VALUE, response_only=True)
CLAUSE = OpenApiExample(
    "A clause",
    {"contract": 17, "contract_title": "Master Services Agreement", "matter": MATTER} | CLAUSE_VALUE,
    response_only=True,
)
