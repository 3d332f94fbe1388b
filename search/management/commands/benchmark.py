from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from verifier.evaluate import add_arguments, run
from verifier.types import VerifierUnavailable


class Command(BaseCommand):
    help = "Measures the verifier beside the systems that it has to beat, in one run and on the same items."

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run(argparse.Namespace(**options), lambda text: self.stdout.write(text, ending=""))
        except (OSError, VerifierUnavailable) as error:
            raise CommandError(str(error)) from error
