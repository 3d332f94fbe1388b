class EmbeddedPostgresError(RuntimeError):
    """The embedded Postgres cannot run. The message names the cause and the remedy."""
