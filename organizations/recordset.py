"""A list of tuples as a table expression in one SQL parameter, on both engines."""

import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

TYPES = {"date": "date", "int": "bigint", "bool": "boolean", "text": "text", "json": "jsonb"}


def recordset(columns: str, rows: Iterable[tuple[Any, ...]]) -> tuple[str, str]:
    """
    Give the SQL of a derived table and its one parameter.

    :param columns: names with types, such as ``"id:int due:date"``; they come from code, never from a request
    """
    names = [column.split(":") for column in columns.split()]
    data = json.dumps(list(rows), cls=DjangoJSONEncoder)
    if connection.vendor == "postgresql":
        values = ", ".join(f"(v->>{i})::{TYPES[kind]} AS {name}" for i, (name, kind) in enumerate(names))
        return f"(SELECT {values} FROM jsonb_array_elements(%s::jsonb) AS j(v))", data  # noqa: S608
    values = ", ".join(f"json_extract(value, '$[{i}]') AS {name}" for i, (name, _) in enumerate(names))
    return f"(SELECT {values} FROM json_each(%s))", data  # noqa: S608
