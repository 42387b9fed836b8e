"""`check_plans LOWER --upper FILE …`: the findings of a plan that is still a file."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand

from deadlines.calendar import WorkingCalendar
from roadmaps.findings import Finding, check, describe, facts_of
from roadmaps.management.files import opened


class Command(BaseCommand):
    """Check a file against those above it; needs no database. Exit 2 with one line on standard error when one cannot be read."""

    help = "Show the findings of a plan, held against its order, itself and the plans above it; nothing is saved."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("lower", help="the plan to check: .docx or .xlsx")
        parser.add_argument(
            "--upper", action="append", default=[], help="a plan above; repeat, the nearest level first"
        )
        parser.add_argument("--language", choices=("ru", "en"), default="ru", help="language of the messages")
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        lower = opened(self, options["lower"])
        uppers = [opened(self, name) for name in options["upper"]]
        findings = check(facts_of(lower, uppers, calendar=WorkingCalendar()))
        if options["json"]:
            self.stdout.write(json.dumps(as_json(findings, options["language"]), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(outline(findings, options["language"])))


def as_json(findings: Sequence[Finding], language: str) -> dict[str, Any]:
    """Give the shape that scripts read."""
    return {
        "findings": [
            {
                "code": one.code,
                "severity": one.severity.value,
                "row": one.row,
                "against": None if one.against is None else {"level": one.against.level, "row": one.against.row},
                "days": one.days,
                "message": ". ".join(describe(one, language)),
            }
            for one in findings
        ]
    }


def outline(findings: Sequence[Finding], language: str) -> list[str]:
    """Lay findings out as lines for a person."""
    lines = []
    for one in findings:
        said = describe(one, language)
        lines.append(f"{one.severity.value:8} {one.row or '—':6} {said.title}. {said.sentence}")
    return lines
