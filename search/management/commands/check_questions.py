from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.questions import measure_questions, read_expectations


class Command(BaseCommand):
    help = "Asks every question of a file and says how many verdicts come out as expected."

    def add_arguments(self, parser: CommandParser) -> None:
        default = settings.BASE_DIR / "fixtures" / "demo_questions.json"
        parser.add_argument("file", type=Path, nargs="?", default=default)
        parser.add_argument("--user", default="lawyer")
        parser.add_argument("--json", type=Path, help="also write every outcome to this file")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["user"]).first()
        if user is None:
            raise CommandError(f"There is no user {options['user']!r}. Name one with --user.")
        try:
            outcomes = measure_questions(read_expectations(options["file"]), user)
        except (OSError, LookupError) as error:
            raise CommandError(str(error)) from error
        for outcome in outcomes:
            if not outcome.right:
                expected = outcome.expected
                self.stdout.write(
                    f"{expected.contract} {expected.clause}: expected {expected.label}, got {outcome.label}: "
                    f"{expected.query}"
                )
        of_label = Counter(outcome.expected.label for outcome in outcomes)
        right_of_label = Counter(outcome.expected.label for outcome in outcomes if outcome.right)
        for label, count in of_label.most_common():
            self.stdout.write(f"{label:14} {right_of_label[label]:>3} of {count}")
        total = len(outcomes)
        right, group, recalled = (
            sum(getattr(outcome, name) for outcome in outcomes) for name in ("right", "right_group", "recalled")
        )
        self.stdout.write(
            f"verdict as expected {right} of {total}; group {group} of {total}; recalled {recalled} of {total}"
        )
        if options["json"]:
            rows = [
                {**vars_of(outcome.expected), "got": outcome.label, "recalled": outcome.recalled}
                for outcome in outcomes
            ]
            options["json"].write_text(json.dumps(rows, indent=1) + "\n")


def vars_of(expected: Any) -> dict[str, str]:
    return {name: getattr(expected, name) for name in expected.__slots__}
