"""What a soak begins with: a migrated database, users in one matter, a web server and a worker."""

from __future__ import annotations

import base64
import os
import sys
import time
import uuid
from collections.abc import Sequence

import django

from tests.soak.client import Client
from tests.soak.machines import Machines


def open_site(machines: Machines, matter: str, users: Sequence[str], administrator: str = "") -> dict[str, str]:
    """Their passwords. All are members of the matter."""
    os.environ.update(machines.environment, DJANGO_SETTINGS_MODULE="config.settings")
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connections

    from contracts.models import Matter

    call_command("migrate", verbosity=0, interactive=False)
    passwords = {name: str(uuid.uuid4()) for name in users}
    members = Matter.objects.create(name=matter).members
    for name, password in passwords.items():
        create = User.objects.create_superuser if name == administrator else User.objects.create_user
        members.add(create(name, password=password))
    connections.close_all()
    machines.start("web")
    machines.start("worker")
    return passwords


def basic(name: str, password: str) -> str:
    return f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"


def make_token(machines: Machines, name: str, password: str, scopes: Sequence[str]) -> str:
    asked = {"name": "soak", "scopes": list(scopes)}
    return str(Client(machines.server, basic(name, password)).call("POST", "/tokens", asked)["token"])


def say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)
