"""What the API's schema shows as examples."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

QUERY = "Supplier indemnifies Customer against third-party claims"
VERIFIER = {"name": "proviso-verifier", "sha256": "1f0c9a2b7d44" + "0" * 52}
TEXT = "The Supplier shall indemnify the Customer against claims of third parties."
VERDICT: dict[str, Any] = {
    "label": "supported",
    "label_text": "Supported",
    "group": "supported",
    "probability": 0.94,
    "probabilities": {
        "unrelated": 0.01, "party_swapped": 0.01, "negated": 0.01, "modality": 0.01, "value": 0.01, "qualified": 0.01,
        "supported": 0.94,
    },
    "reason": "Here Supplier shall indemnify the Customer against claims of third parties.",
    "reason_code": "says_it",
    "text": TEXT,
    "left_out": [],
    "evidence": [{"start": 19, "end": 28, "weight": 0.6}],
    "roles": {
        "bearer": "Supplier",
        "counterparty": "Customer",
        "modality": "obligation",
        "mutual": False,
        "parties": ["Supplier = Northgate Analytics Ltd", "Customer = Harbour Retail plc"],
    },
    "notices": [],
    "verifier": VERIFIER,
}  # fmt: skip
HIT: dict[str, Any] = VERDICT | {
    "rank": 1,
    "contract_id": 17,
    "matter": 3,
    "version": 1,
    "current": True,
    "clause_id": 1203,
    "contract_title": "Master Services Agreement",
    "number": "9.1",
    "heading_path": ["Indemnities"],
    "page": None,
    "citation": "Master Services Agreement (1 May 2024), s 9.1",
    "start": 10454,
    "end": 10528,
    "similarity": 0.81,
    "stable": True,
    "under": None,
    "segments": [{"text": TEXT, "mark": "", "left_out": False}],
    "amended": [
        {
            "said": "Replaced by",
            "contract_id": 21,
            "clause_id": 1477,
            "title": "Amendment No. 1",
            "place": "s 2.1",
            "section": "9.1",
        }
    ],
    "quote": TEXT,
    "part": "One of 2 sentences and items of s 9.1.",
}

QUESTION = OpenApiExample(
    "A question",
    {"query": QUERY, "limit": 50, "matters": [3], "laws": ["England and Wales"], "not_kinds": ["exhibit"]},
    request_only=True,
)
SEARCH_VALUE: dict[str, Any] = {
    "id": "6f1f6a3e-1c7b-4a55-9c0e-2f6f0f7f6a11",
    "query": QUERY,
    "understood": "",
    "filters": {"matters": [3]},
    "created_at": "2026-11-21T16:21:00Z",
    "eligible": 2120,
    "recalled": 50,
    "verified": 50,
    "more_likely": False,
    "beside": 4,
    "recall_path": "exact",
    "hidden": 0,
    "truncated": 0,
    "notices": [],
    "verifier": VERIFIER,
    "seconds": 1.9,
    "supported": 1,
    "check_party": 0,
    "flagged": 0,
    "related": 0,
    "not_verified": 0,
    "found": 0,
}
SEARCH = OpenApiExample("A search", SEARCH_VALUE, response_only=True)
AROUND = {
    "clauses": [
        {"clause_id": 1201, "number": "", "heading": "9. Indemnities", "text": "", "hit": False, "cut": False},
        {"clause_id": 1203, "number": "", "heading": "", "text": f"9.1 {TEXT}", "hit": True, "cut": False},
    ],
    "terms": [{"term": "Customer", "definition": "Harbour Retail plc"}],
    "previous": None,
    "next": 4,
}
REVIEWED = HIT | {"review": {"decision": "relevant", "note": "Uncapped", "decided_at": "2026-11-21T16:30:00Z"}}
HIT_AROUND = OpenApiExample("A hit among the clauses around it", REVIEWED | {"around": AROUND}, response_only=True)
REVIEWED_HIT = OpenApiExample("A hit that you decided on", REVIEWED, response_only=True)
ANSWER = OpenApiExample("An answer", SEARCH_VALUE | {"hits": [HIT | {"review": None}]}, response_only=True)
JOB_VALUE: dict[str, Any] = {
    "id": "8d9f6a3e-1c7b-4a55-9c0e-2f6f0f7f6a11",
    "query": QUERY,
    "filters": {"matters": [3]},
    "state": "waiting",
    "error": "",
    "search": None,
    "created_at": "2026-11-21T16:21:00Z",
    "finished_at": None,
}
JOB = OpenApiExample("Waiting", JOB_VALUE, response_only=True)
CANCELLED_JOB = OpenApiExample(
    "Cancelled", JOB_VALUE | {"state": "cancelled", "finished_at": "2026-11-21T16:21:04Z"}, response_only=True
)
WORDS = OpenApiExample("Words", {"query": "Supplier W/5 indemnif*", "mode": "words"}, request_only=True)
STOPPED = "You stopped it. What was read is kept: go on with the rest, or delete the check."
ABSENCE_QUESTION = OpenApiExample(
    "A statement", {"query": "Customer may terminate for convenience", "matters": [3]}, request_only=True
)
ABSENCE_ENTRY_VALUE: dict[str, Any] = {
    "id": "0b5c2b55-7d0e-4a2e-8d57-0c6a4f1f2a90",
    "statement": "Customer may terminate for convenience",
    "filters": {"matters": [3]},
    "state": "done",
    "created_at": "2026-11-21T16:21:00Z",
    "finished_at": "2026-11-21T16:21:09Z",
}
ABSENCE_VALUE: dict[str, Any] = ABSENCE_ENTRY_VALUE | {
    "error": "",
    "contracts": 2,
    "unread": 0,
    "left_out": 0,
    "closed": 0,
    "passages": 431,
    "passages_read": 431,
    "not_verified": 0,
    "found": 0,
    "finding": "No clause was found that says it.",
    "missed": {"clauses": 480, "missed": 72, "share": 0.15, "low": 0.121, "high": 0.185},
    "search": "6f1f6a3e-1c7b-4a55-9c0e-2f6f0f7f6a11",
}
ABSENCE_READING_VALUE: dict[str, Any] = ABSENCE_VALUE | {
    "state": "reading",
    "finished_at": None,
    "left_out": None,
    "closed": None,
    "passages_read": 120,
    "not_verified": None,
    "found": None,
    "finding": "",
    "missed": None,
    "search": None,
}
ABSENCE_ENTRY = OpenApiExample("A check", ABSENCE_ENTRY_VALUE, response_only=True)
ABSENCE = OpenApiExample("All is read", ABSENCE_VALUE, response_only=True)
ABSENCE_READING = OpenApiExample("Being read", ABSENCE_READING_VALUE, response_only=True)
ABSENCE_STOPPED = OpenApiExample(
    "Stopped", ABSENCE_READING_VALUE | {"state": "failed", "error": STOPPED}, response_only=True
)
STATEMENT = OpenApiExample(
    "A clause, and a text that is not stored",
    {
        "query": QUERY,
        "clauses": [1203],
        "texts": [{"text": TEXT, "parties": [{"name": "Northgate Analytics Ltd", "term": "Supplier"}]}],
    },
    request_only=True,
)
VERDICTS = OpenApiExample(
    "Verdicts",
    {
        "query": QUERY,
        "notices": [],
        "verifier": VERIFIER,
        "verdicts": [VERDICT | {"clause_id": 1203}, VERDICT | {"clause_id": None}],
    },
    response_only=True,
)
