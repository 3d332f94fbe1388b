from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.encode import EncoderUnavailable
from search.present import SearchView, present_search
from search.query import QueryError
from search.search import search_clauses
from verifier.types import VerifierUnavailable


class Command(BaseCommand):
    help = "Ask a question of the contracts that a user may see; every recalled passage is verified."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument(
            "--user", metavar="NAME", help="search as this user; needed when several users have matters"
        )
        parser.add_argument("--limit", type=int, metavar="N", help="passages to recall and verify")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        user = named_user(options["user"])
        try:
            search = search_clauses(options["query"], user, limit=options["limit"])
        except (QueryError, VerifierUnavailable, EncoderUnavailable) as error:
            raise CommandError(str(error)) from error
        view = present_search(search)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(view), default=str, ensure_ascii=False, indent=2))
        else:
            self._print(view, user)

    def _print(self, view: SearchView, user: User) -> None:
        for group in view.groups:
            self.stdout.write(self.style.MIGRATE_HEADING(f"\n{group.title} ({len(group.hits)})"))
            for hit in group.hits:
                probability = "" if hit.probability is None else f" {hit.probability:.2f}"
                self.stdout.write(f"{hit.rank:>3}. {hit.icon} {hit.label_text}{probability}  {hit.citation}")
                self.stdout.write(f"     {hit.quote}")
                self.stdout.write(f"     {hit.reason}")
        self.stdout.write(
            f"\nVerified {view.verified} of {view.recalled} recalled passages, from {view.eligible} that "
            f"{user.get_username()} may see ({view.recall_path} scan, {view.seconds:.1f} s, {view.verifier})."
        )


def named_user(name: str | None) -> User:
    """The named user; without a name the only one who can see anything."""
    if name:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no user named {name}. Create one in the admin, or with createsuperuser.")
        return user
    users = User.objects.filter(is_active=True, matters__isnull=False).distinct().order_by("username")[:20]
    if len(users) != 1:
        names = ", ".join(user.username for user in users) or "nobody yet"
        raise CommandError(f"Say as whom to search with --user NAME. Members of a matter: {names}.")
    return users[0]
