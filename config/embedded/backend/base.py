"""Django's PostgreSQL backend over the embedded server, which starts with the first connection and not before."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base

from config.embedded.layout import choose_root
from config.embedded.server import EmbeddedPostgres


@cache
def embedded_postgres() -> EmbeddedPostgres:
    chosen = settings.EMBEDDED_POSTGRES_DIR
    return EmbeddedPostgres(Path(chosen).absolute() if chosen else choose_root(settings.PROVISO_HOME))


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        server = embedded_postgres()
        server.ensure()
        self.settings_dict.update(server.connection_settings())
        return super().get_connection_params()
