"""Reads received files until it is stopped. Run as many as you like, on any machine that shares the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from contracts.worker import run_worker


class Command(BaseCommand):
    help = (
        "Reads received files, answers what is asked and sends what is to be sent. SIGTERM or Ctrl-C lets the jobs in "
        "hand finish within STOP_SECONDS, else puts them back into the queue; then it stops."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Worker started.")
        run_worker()
        self.stdout.write("Worker stopped.")
