from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.demo import (
    Children,
    DemoError,
    check_port_is_free,
    demo_logins,
    one_file_per_agreement,
    web_command,
    worker_command,
)
from contracts.models import Contract

MATTER = "Sample portfolio"


class Command(BaseCommand):
    help = "Loads the sample portfolio once, then runs the site and a worker on this machine until Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("The demonstration makes accounts and sample data: not with PROVISO_ENV=production.")
        try:
            port = int(os.environ.get("PORT", "8000"))
        except ValueError:
            raise CommandError(f"PORT is {os.environ['PORT']!r}, which is no number. Try PORT=8001.") from None
        try:
            check_port_is_free(port)
            self._run(port)
        except DemoError as error:
            raise CommandError(str(error)) from error

    def _run(self, port: int) -> None:
        self.stdout.write("Preparing the database ...")
        call_command("migrate", verbosity=0, interactive=False)
        logins = demo_logins(settings.PROVISO_HOME / "demo-logins")
        if not Contract.objects.exists():
            self._load_samples()
        with Children() as children:
            children.start("worker", worker_command(), settings.BASE_DIR, os.environ)
            children.start("web server", web_command(port), settings.BASE_DIR, os.environ)
            if children.wait_for(f"http://127.0.0.1:{port}/healthz"):
                self.stdout.write(f"\n  Proviso is running:  {self.style.SUCCESS(f'http://127.0.0.1:{port}/')}\n\n")
                for login in logins:
                    password = login.password or "(the password it was given since)"
                    self.stdout.write(f"    {login.username:<8} {password}")
                self.stdout.write("\n  Ctrl-C stops it; your data stays.\n")
                self.stdout.flush()
                children.watch()
            self.stdout.write("\nStopping ...")
        self.stdout.write("Stopped.")

    def _load_samples(self) -> None:
        folder: Path = settings.BASE_DIR / "fixtures" / "agreements"
        # One file per agreement: master-services is there in three formats, for the tests.
        files = [str(path) for path in one_file_per_agreement(folder)]
        self.stdout.write("Reading the sample portfolio (once) ...")
        call_command("ingest", *files, matter=MATTER, member=["lawyer"])
