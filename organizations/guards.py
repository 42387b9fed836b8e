"""Database triggers that keep what must not change from changing, on SQLite and PostgreSQL."""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper


def install(
    connection: BaseDatabaseWrapper,
    name: str,
    table: str,
    *,
    event: str,
    columns: Sequence[str] = (),
    when: str = "",
    message: str,
) -> None:
    """
    Make the database refuse an event (UPDATE or DELETE) on the rows of a table.

    `columns` narrows an UPDATE, `when` is an SQL condition on OLD. The names come from migrations, never from a request.
    """
    of = f" OF {', '.join(connection.ops.quote_name(c) for c in columns)}" if columns else ""
    condition = f"WHEN ({when})" if when else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'restrict_violation'; END $$"
            )
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE {event}{of} ON {table} FOR EACH ROW {condition} EXECUTE FUNCTION {name}()"
            )
        else:
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE {event}{of} ON {table} {condition} BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )


def remove(connection: BaseDatabaseWrapper, name: str, table: str) -> None:
    """Take a trigger away again."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        else:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
