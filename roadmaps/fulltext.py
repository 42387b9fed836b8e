"""
Words in the rows of all plans: by an index of the database where it has one, by stems where it has not.

On PostgreSQL two expression indexes hold the Russian stems of results and of titles, with ё as е; a word is looked up in
both, and every word must be met in a row or in its activity. SQLite compares stems letter by letter: right, but slower.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Func, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce, Concat

from roadmaps.matching.words import fold, stem

VECTOR = "to_tsvector('russian', translate({column}, 'Ёё<>', 'Ее  '))"
"""The indexed expression, which takes nothing for markup; the migration that makes the indexes says the same."""
QUERY = "(plainto_tsquery('russian', %s) || to_tsquery('simple', %s))"
"""A word in any form, or what our own stem of it begins: «размещение» is met in «размещён» as well."""
MET = f"""
SELECT id FROM roadmaps_deliverable WHERE {VECTOR.format(column="text")} @@ {QUERY}
UNION SELECT d.id FROM roadmaps_headingtext h JOIN roadmaps_deliverable d ON d.heading_id = h.heading_id
WHERE {VECTOR.format(column="h.title")} @@ {QUERY}"""  # noqa: S608 - constants of ours


class Met(Func):
    """Tell whether a text meets a word, by any form of it or by its beginning, as the indexes would."""

    output_field = BooleanField()

    def __init__(self, text: Any, *, word: str, beginning: str) -> None:
        super().__init__(text)
        self.asked = (word, beginning)

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        sql, params = compiler.compile(self.source_expressions[0])
        return f"{VECTOR.format(column=sql)} @@ {QUERY}", [*params, *self.asked]


def meeting(rows: QuerySet, words: Sequence[str]) -> QuerySet:
    """Keep the rows in whose text or activity every word is met; the rows are annotated with `activity`."""
    for word in words:
        plain = "".join(letter for letter in fold(word) if letter.isalnum())
        if not plain:
            continue
        root = stem(plain) if len(plain) > 3 else plain
        if connection.vendor == "postgresql":
            beginning = f"{root}:*"
            rows = rows.filter(pk__in=RawSQL(MET, [plain, beginning, plain, beginning]))  # noqa: S611 - constants of ours
            # The indexes know titles of every edition; what counts is what stands in the one that is seen.
            seen = Concat(
                "text", Value(" "), Coalesce("activity", Value(""), output_field=TextField()), output_field=TextField()
            )
            rows = rows.filter(Met(seen, word=plain, beginning=beginning))
        else:
            rows = rows.filter(Q(text__icontains=root) | Q(activity__icontains=root))
    return rows
