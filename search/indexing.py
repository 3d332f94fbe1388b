"""From a received file to searchable passages: read, encode, one atomic write."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from pgvector import HalfVector
from pgvector.psycopg import register_vector

from contracts.attachments import receive_attachments
from contracts.away import DATABASE_AWAY
from contracts.cancel import CANCELLED, waiting_readings
from contracts.corrections import corrections_of
from contracts.models import Contract, ContractFile
from contracts.proposals import propose_families
from contracts.settle import contract_settled
from contracts.storage import copy_rows, store_reading
from contracts.text.corrections import Correction
from contracts.text.reading import read_contract
from contracts.text.types import ReadError, Reading
from search.encode import EncoderUnavailable, count_tokens, encode_texts, encoder_sha256
from search.failures import kind_and_place
from search.models import PassageVector
from search.reading_process import Unwanted, read_apart
from search.step_clock import StepClock

logger = logging.getLogger(__name__)

ENCODED_AT_ONCE = 512  # passages, between two words of progress
PROGRESS = {  # from and to how many per cent each stage goes
    "text": (0, 15),
    "clauses": (15, 20),
    "parties": (20, 30),
    "obligations": (30, 50),
    "embedding": (50, 95),
    "writing": (95, 100),
}


def index_contract(contract_id: int) -> None:
    """Ends READY or FAILED with a reason. Raises only while the database is away; calling it again is always safe."""
    if not _claim(contract_id):
        return
    try:
        _index(contract_id)
    except Unwanted:
        return
    except DATABASE_AWAY:
        raise
    except ReadError as error:
        mark_failed(contract_id, error.code, error.message, error.remedy)
    except EncoderUnavailable as error:
        mark_failed(contract_id, "encoder_unavailable", str(error), "Then read the file again.")
    except Exception as error:  # noqa: BLE001  the job boundary: one bad file must not stop the queue
        # The error itself may quote the document, so only its kind and place are logged.
        kind, place = kind_and_place(error)
        logger.error("Contract %d could not be read: %s at %s", contract_id, kind, place)
        mark_failed(
            contract_id,
            "internal",
            f"Reading stopped on an internal error ({kind}).",
            f"Read it again; if that fails too, send the log line about contract {contract_id} to support.",
        )


def mark_failed(contract_id: int, code: str, message: str, remedy: str) -> None:
    """Nothing when it is settled: then its worker was lost only after the work."""
    with transaction.atomic():
        error = {"error_code": code, "error_message": message, "error_remedy": remedy}
        if waiting_readings(pk=contract_id).update(state=Contract.State.FAILED, **error):
            contract_settled(Contract.objects.defer("text").get(pk=contract_id))


def _claim(contract_id: int) -> bool:
    """False when there is nothing to do: the contract is gone, or an earlier job has settled it."""
    cleared = {"error_code": "", "error_message": "", "error_remedy": "", "stage": "", "progress": 0}
    waits = waiting_readings(pk=contract_id)
    return bool(waits.update(state=Contract.State.READING, started_at=timezone.now(), **cleared))


def _index(contract_id: int) -> None:
    begin, clock = time.monotonic(), StepClock("database")

    def report(stage: str, done: float = 0.0) -> None:
        step = clock.turn_to("database")
        _report(contract_id, stage, done)
        clock.turn_to(step)

    file = ContractFile.objects.select_related("contract").get(pk=contract_id)
    corrections = corrections_of(file.contract)
    clock.turn_to("reading")
    reading = _read(file, corrections, report)
    texts = [passage.reading(reading.document.text) for passage in reading.passages]
    clock.turn_to("embedding")
    vectors = _vectors(file.contract, texts, report)
    clock.turn_to("database")
    report("writing")
    with transaction.atomic():
        here = Contract.objects.filter(pk=contract_id, deleted_at=None).exclude(state=Contract.State.READY)
        contract = here.select_for_update(of=("self",)).first()
        if contract is None or contract.error_code == CANCELLED:
            # Cancelled or deleted while it was read, and queued again when it is wanted again; or this worker was so
            # slow that it was taken for dead, and another has read the file meanwhile.
            return
        contract.encoder_sha256 = encoder_sha256()
        contract.stage, contract.read_seconds = "", time.monotonic() - begin
        passage_ids = store_reading(contract, reading)
        receive_attachments(contract, reading.document.mail)
        _store_vectors(passage_ids, vectors)
        if corrections_of(contract) != corrections:
            # Corrected while it was read: the job that was queued then must find something to do.
            Contract.objects.filter(pk=contract_id).update(state=Contract.State.RECEIVED)
        else:
            contract_settled(contract)
    propose_families(contract)
    clock.turn_to("done")
    steps = {step: round(seconds, 3) for step, seconds in clock.seconds.items()}
    logger.info("Contract %d was read; seconds: %s", contract_id, steps, extra={"seconds": steps})


def _read(file: ContractFile, corrections: Sequence[Correction], report: Callable[[str], None]) -> Reading:
    data, name, waits = bytes(file.content), file.contract.file_name, waiting_readings(pk=file.pk)
    if settings.READ_SECONDS:
        return read_apart(data, name, corrections, report, settings.READ_SECONDS, waits.exists)
    return read_contract(data, name, count_tokens, corrections, report)


def _report(contract_id: int, stage: str, done: float = 0.0) -> None:
    """``done``: the share of the stage that is done. The shares of the stages are those of an ordinary contract.

    Raises Unwanted once nobody waits for it any longer.
    """
    begin, end = PROGRESS[stage]
    at = {"stage": stage, "progress": round(begin + done * (end - begin))}
    if not waiting_readings(pk=contract_id).update(**at):
        raise Unwanted


def _vectors(contract: Contract, texts: Sequence[str], report: Callable[[str, float], None]) -> list[HalfVector]:
    """Only passages that read otherwise than before are encoded: after a correction, those that it touches."""
    known: dict[str, HalfVector] = {}
    if contract.encoder_sha256 == encoder_sha256():
        stored = PassageVector.objects.filter(passage__contract=contract)
        known = {text: HalfVector(vector) for text, vector in stored.values_list("passage__reading", "embedding")}
    new = [text for text in dict.fromkeys(texts) if text not in known]
    for start in range(0, len(new), ENCODED_AT_ONCE):
        report("embedding", start / len(new))
        some = new[start : start + ENCODED_AT_ONCE]
        known |= {text: HalfVector(vector) for text, vector in zip(some, encode_texts(some), strict=True)}
    return [known[text] for text in texts]


def _store_vectors(passage_ids: list[int], vectors: Sequence[HalfVector]) -> None:
    register_vector(connection.connection)  # teaches psycopg the binary form of halfvec
    copy_rows(PassageVector, ("passage", "embedding"), zip(passage_ids, vectors, strict=True))
