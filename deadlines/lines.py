"""Tab-separated lines of phrases and plan periods, each answered by one JSON-ready value."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from deadlines.grammar import read
from deadlines.values import Deadline, Period

COLUMNS = ("phrase", "plan_start", "plan_end")


def answers(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """
    Read every line: phrase, plan start, plan end (ISO dates, both or neither).

    A first line that names the column `phrase` is a header, and tells where the columns stand. A line whose dates
    cannot be read gets kind `unknown`, warning `bad-line` and a sentence in `error`: its phrase is not guessed at.
    """
    columns = {name: n for n, name in enumerate(COLUMNS)}
    for number, line in enumerate(lines):
        fields = line.rstrip("\r\n").split("\t")
        names = [f.strip().strip("\ufeff").lower() for f in fields]
        if number == 0 and "phrase" in names:
            columns = {name: names.index(name) for name in COLUMNS if name in names}
            continue
        values = {name: fields[at] if at < len(fields) else "" for name, at in columns.items()}
        yield _answer(values, extra=len(fields) > len(COLUMNS) and columns == {n: i for i, n in enumerate(COLUMNS)})


def _answer(values: dict[str, str], *, extra: bool) -> dict[str, Any]:
    phrase = values["phrase"]
    try:
        if extra and any(values.get(name) for name in COLUMNS[1:]):
            raise ValueError("more than three columns")
        period = _period(values.get("plan_start", "").strip(), values.get("plan_end", "").strip())
    except ValueError as problem:
        return {**Deadline(phrase, warnings=("bad-line",)).to_json(), "error": str(problem)}
    return read(phrase, period).to_json()


def _period(start: str, end: str) -> Period | None:
    if not start and not end:
        return None
    if not start or not end:
        raise ValueError("a period needs both plan_start and plan_end")
    period = Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))
    if period.end < period.start:
        raise ValueError("plan_end is before plan_start")
    return period
