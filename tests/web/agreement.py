"""A small agreement whose marks tell the fake verifier what to answer, stored as its reading would be."""

from __future__ import annotations

from django.contrib.auth.models import User
from pgvector import HalfVector

from contracts.models import Contract, ContractFile, Matter
from contracts.storage import store_reading
from contracts.text.reading import read_contract
from search.encode import encode_texts
from search.models import PassageVector

AGREEMENT = """MASTER SERVICES AGREEMENT

This Agreement is dated 1 May 2024.

It is made between Northgate Analytics Ltd ("Supplier") and Harbour Retail plc ("Customer").

1. Definitions

1.1 "Services" means the <b>analysis</b> of sales data.

2. Indemnities

2.1 The Supplier shall indemnify the Customer against claims of third parties [supported .95].

2.2 The Customer shall indemnify the Supplier against claims of third parties [party_swapped .88].

2.3 The Supplier may insure its indemnity [modality .62].

3. Notices

3.1 Notices of claims shall be given in writing.
"""


def store_agreement(matter: Matter, text: str = AGREEMENT, file_name: str = "master-services.txt") -> Contract:
    content = text.encode()
    contract = Contract.objects.create(matter=matter, file_name=file_name, sha256=file_name, size=len(content))
    ContractFile.objects.create(contract=contract, content=content)
    reading = read_contract(content, file_name, lambda words: len(words.split()))
    passage_ids = store_reading(contract, reading)
    vectors = encode_texts([passage.reading(reading.document.text) for passage in reading.passages])
    PassageVector.objects.bulk_create(
        PassageVector(passage_id=pk, embedding=HalfVector(vector))
        for pk, vector in zip(passage_ids, vectors, strict=True)
    )
    return contract


def project_oak() -> Matter:
    """Its member lena signs in with "sign-in-lena"."""
    matter = Matter.objects.create(name="Project Oak")
    matter.members.add(User.objects.create_user("lena", password="sign-in-lena"))
    return matter
