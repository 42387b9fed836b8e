"""`match_plans UPPER LOWER`: which row of a lower plan answers which row of the upper one."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from roadmaps.management.files import opened
from roadmaps.matching import Matching, match
from roadmaps.reading.document import PlanDocument


class Command(BaseCommand):
    """Match two files by meaning; needs no database. Exit 2 with one line on standard error when one cannot be read."""

    help = "Show which row of a lower plan answers which row of the upper one; nothing is saved."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("upper", help="the plan above: .docx or .xlsx")
        parser.add_argument("lower", help="the plan below: .docx or .xlsx")
        parser.add_argument("--json", action="store_true", help="print JSON instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        upper, lower = opened(self, options["upper"]), opened(self, options["lower"])
        matching = match(upper, lower)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(matching), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(outline(matching, upper, lower)))


def as_json(matching: Matching) -> dict[str, Any]:
    """Give the shape that scripts read."""
    return {
        "links": [
            {
                "lower": link.lower,
                "upper": link.upper,
                "kind": link.kind,
                "score": link.score,
                "also": [one.upper for one in link.also],
                "rule": link.rule,
            }
            for link in matching.links
        ],
        "not_covered": list(matching.not_covered),
    }


def outline(matching: Matching, upper: PlanDocument, lower: PlanDocument) -> list[str]:
    """Lay a matching out as lines for a person."""
    above = {result.ref: _words(activity.title, result.text) for activity, result in upper.results()}
    below = {result.ref: _words(activity.title, result.text) for activity, result in lower.results()}
    lines = []
    for link in matching.links:
        lines.append(f"{link.lower} {below[link.lower]}")
        if link.upper is None:
            lines.append("    → —")
        else:
            lines.append(f"    → {link.upper} ({link.score:.0%}, {link.kind}, {link.rule}) {above[link.upper]}")
        lines.extend(f"    + {one.upper} ({one.score:.0%}, {one.kind}) {above[one.upper]}" for one in link.also)
    lines.extend(f"! {ref} {above[ref]}" for ref in matching.not_covered)
    return lines


def _words(title: str, text: str) -> str:
    return " / ".join(" ".join(part.split())[:80] for part in (title, text) if part.strip())
