"""The database after a test that commits: empty, but for what the migrations put there."""

from __future__ import annotations

from typing import Any

from django.db import connection

# All at once, as TRUNCATE does, so that what is still being written is waited for; but TRUNCATE makes each table and
# index anew, which took a second on a busy machine. Without triggers, one of which keeps audit events from being
# deleted. The queue's tables, which Django does not know, are among them.
EMPTY = """
DO $$
DECLARE
    one text;
    kept CONSTANT text[] := '{django_migrations, django_content_type, auth_permission}';
    names text[] := ARRAY(
        SELECT oid::regclass::text FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL (kept)
    );
BEGIN
    SET LOCAL session_replication_role = replica;
    EXECUTE 'LOCK TABLE ' || array_to_string(names, ', ');
    FOREACH one IN ARRAY names LOOP
        EXECUTE 'DELETE FROM ' || one;
    END LOOP;
END $$
"""
MAY_SWITCH_TRIGGERS_OFF = "SELECT has_parameter_privilege('session_replication_role', 'SET')"


def may_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(MAY_SWITCH_TRIGGERS_OFF)
        return bool(cursor.fetchone()[0])


def empty_tables(test_case: Any) -> None:
    connection.close()  # a test that lost its connection would otherwise take all that follow with it
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
