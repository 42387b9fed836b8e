"""`manage.py read_deadlines`: what the grammar understands, line by line."""

import io
import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from deadlines.lines import answers


class Command(BaseCommand):
    """Answer tab-separated phrases from standard input with one JSON object a line, in order; needs no database."""

    help = "Read deadlines: phrase, plan_start, plan_end (tab-separated, one a line) to one JSON object a line."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="accepted for uniformity: the output is always JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        for answer in answers(_lines()):
            self.stdout.write(json.dumps(answer, ensure_ascii=False))


def _lines() -> io.TextIOBase | Any:
    """Standard input as UTF-8 whatever the locale; only a newline ends a line, bad bytes show as replacement signs."""
    raw = getattr(sys.stdin, "buffer", None)
    if raw is None:
        return sys.stdin
    return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="\n")
