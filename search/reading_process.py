"""Reading in a process of its own: a file that hangs, crashes the reader or takes all memory fails alone.

Parsing may sit in C code, where no exception reaches it. So the reading process asks the system for an alarm before
each file, which ends it wherever it is, and a new one is started for the next. It keeps its models from file to file;
the vectors are made by the worker, so that the large models are loaded once. It is sent (bytes, name, corrections,
seconds) on its standard input and answers with stages and then one result; when its worker is gone, its input ends,
and so does it.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Any

from django.conf import settings
from django.db import connections

from contracts.away import DATABASE_AWAY
from contracts.text.corrections import Correction
from contracts.text.reading import read_contract
from contracts.text.types import ReadError, Reading
from search.encode import EncoderUnavailable, count_tokens
from search.failures import ReadingBroke, kind_and_place

COMMAND = [sys.executable, "-m", "search.reading_process"]
ATTEMPTS = 2  # of a process that was killed: perhaps for another's hunger for memory
LOOK_SECONDS = 2.0  # between two looks whether the file is still wanted
_one_at_a_time = threading.Lock()
_process: subprocess.Popen[bytes] | None = None


class Unwanted(Exception):
    """Its reading was cancelled, or it was deleted."""


def read_apart(
    data: bytes,
    name: str,
    corrections: Sequence[Correction],
    on_stage: Callable[[str], None],
    seconds: int,
    wanted: Callable[[], bool] = lambda: True,
) -> Reading:
    """Raises ReadError, also when it takes longer than ``seconds``; EncoderUnavailable; ReadingBroke; Unwanted."""
    with _one_at_a_time:
        for _ in range(ATTEMPTS):
            process = _running()
            try:
                with _ended_when_unwanted(process, wanted):
                    return _ask(process, (data, name, tuple(corrections), seconds), on_stage)
            except (EOFError, BrokenPipeError, pickle.UnpicklingError):
                ended = process.wait()
            if not wanted():
                raise Unwanted
            if ended == -signal.SIGALRM:
                raise ReadError(
                    "too_slow",
                    f"{name} was not read within {seconds} seconds.",
                    "Save or print it anew and send that, or split it. "
                    "A long scan may need more: ask your administrator to raise the limit (READ_SECONDS).",
                )
    raise ReadError(
        "reader_killed",
        f"The process that read {name} was ended {ATTEMPTS} times ({_told(ended)}).",
        "It may need more memory than the machine has: split the file, or add memory, then read it again.",
    )


@contextmanager
def _ended_when_unwanted(process: subprocess.Popen[bytes], wanted: Callable[[], bool]) -> Iterator[None]:
    """Also in the middle of a stage, which may take as long as the file may."""
    read = threading.Event()

    def look() -> None:
        try:
            while not read.wait(LOOK_SECONDS):
                with suppress(*DATABASE_AWAY):
                    if not wanted():
                        process.kill()
                        return
        finally:
            connections.close_all()

    watching = threading.Thread(target=look, daemon=True)
    watching.start()
    try:
        yield
    finally:
        read.set()
        watching.join()  # else it might end the process in the middle of the next file


def end_reading_process() -> None:
    """Also in the middle of a file, when the worker must stop."""
    if _process is not None and _process.poll() is None:
        _process.kill()


def _running() -> subprocess.Popen[bytes]:
    global _process
    if _process is None or _process.poll() is not None:
        _process = subprocess.Popen(
            COMMAND,
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
    return _process


def _ask(process: subprocess.Popen[bytes], asked: tuple[Any, ...], on_stage: Callable[[str], None]) -> Reading:
    assert process.stdin is not None and process.stdout is not None
    answered = False
    try:
        _send(process.stdin, asked)
        while True:
            kind, *told = pickle.load(process.stdout)
            if kind == "stage":
                on_stage(*told)
                continue
            answered = True
            if kind == "read":
                reading: Reading = told[0]
                return reading
            raise _ERRORS[kind](*told)
    finally:
        if not answered and process.poll() is None:  # its answer must not be taken for that to the next file
            process.kill()  # of no effect on one that its alarm has just ended


_ERRORS: dict[str, Callable[..., Exception]] = {
    "refused": ReadError,
    "unavailable": EncoderUnavailable,
    "broke": ReadingBroke,
}


def _told(ended: int) -> str:
    return signal.Signals(-ended).name if ended < 0 else f"exit status {ended}"


def _send(pipe: IO[bytes], message: tuple[Any, ...]) -> None:
    pickle.dump(message, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    while True:
        try:
            data, name, corrections, seconds = pickle.load(asked)
        except EOFError:
            return
        signal.alarm(seconds)
        answer = _read(data, name, corrections, lambda stage: _send(answers, ("stage", stage)))
        signal.alarm(0)
        _send(answers, answer)


def _read(
    data: bytes, name: str, corrections: Sequence[Correction], on_stage: Callable[[str], None]
) -> tuple[Any, ...]:
    try:
        return "read", read_contract(data, name, count_tokens, corrections, on_stage)
    except ReadError as error:
        return "refused", error.code, error.message, error.remedy
    except EncoderUnavailable as error:
        return "unavailable", str(error)
    except Exception as error:  # noqa: BLE001  the worker decides; one bad file must not end this process
        return "broke", *kind_and_place(error)


def _end_with_worker() -> None:
    """Its input ends when the worker is gone, but it looks there only between two files."""
    worker = os.getppid()
    while os.getppid() == worker:
        time.sleep(1)
    os._exit(0)


def serve_worker() -> None:
    threading.Thread(target=_end_with_worker, daemon=True).start()
    # Its worker lets the file in hand finish; a Ctrl-C or a service manager tells all processes at once.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    with os.fdopen(os.dup(0), "rb") as asked, os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # what a library prints is no answer
        with suppress(BrokenPipeError):  # its worker is gone
            _serve(asked, answers)


atexit.register(end_reading_process)

if __name__ == "__main__":
    serve_worker()
