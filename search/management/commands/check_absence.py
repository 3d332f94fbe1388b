from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from contracts.models import Matter
from search.absence.check import start_absence_check
from search.absence.coverage import coverage_of, finding
from search.absence.missed import missed_by
from search.absence.reading import run_absence_check
from search.encode import EncoderUnavailable
from search.filters import Filters
from search.management.commands.search import named_user
from search.models import AbsenceCheck
from search.present import present_search
from search.query import QueryError
from verifier.types import VerifierUnavailable


class Command(BaseCommand):
    help = (
        "Read every passage of the chosen contracts, headings left out, to say that no clause makes a statement. "
        "Exit 1 if one does."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("statement")
        parser.add_argument("--user", metavar="NAME", help="ask as this user; needed when several users have matters")
        parser.add_argument("--matter", metavar="NAME", help="only the contracts of this matter")

    def handle(self, *args: Any, **options: Any) -> None:
        user = named_user(options["user"])
        matters: tuple[int, ...] = ()
        if options["matter"]:
            matter = Matter.objects.visible_to(user).filter(name=options["matter"]).first()
            if matter is None:
                raise CommandError(f"{user} is member of no matter named {options['matter']}.")
            matters = (matter.pk,)
        try:
            check = start_absence_check(options["statement"], user, Filters(matters), queue=False)
        except (QueryError, VerifierUnavailable, EncoderUnavailable) as error:
            raise CommandError(str(error)) from error
        run_absence_check(check)
        if check.search is None or check.state != AbsenceCheck.State.DONE:
            raise CommandError(check.error or "The check was stopped or deleted while it ran.")
        view = present_search(check.search)
        for group in view.groups:
            self.stdout.write(self.style.MIGRATE_HEADING(f"\n{group.title} ({len(group.hits)})"))
            for hit in group.hits:
                self.stdout.write(f"{hit.icon} {hit.label_text}  {hit.citation}\n     {hit.reason}")
        coverage = coverage_of(check, user)
        self.stdout.write(
            f"\n{finding(view.supported, view.not_verified, coverage)} Read {view.verified} of {view.recalled} "
            f"passages in {coverage.read} contracts by {view.verifier}."
        )
        for gap in coverage.gaps:
            self.stdout.write(gap)
        self.stdout.write(str(missed_by({check.verifier_sha256})))
        if view.supported:
            raise SystemExit(1)
