"""`read_plan FILE`: what the importer understands of a plan, without saving anything."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from roadmaps.reading.document import PlanDocument
from roadmaps.reading.plan import read_plan_file
from roadmaps.reading.refusals import CannotRead


class Command(BaseCommand):
    """Read one .docx or .xlsx; needs no database. Exit 2 with one line on standard error when it cannot be read."""

    help = "Show what the importer understands of a plan (.docx or .xlsx); nothing is saved."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the plan: .docx or .xlsx")
        parser.add_argument("--json", action="store_true", help="print JSON instead of an outline")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            plan = read_plan_file(path)
        except OSError as error:
            self.stderr.write(f"{path.name}: {error.strerror or 'cannot be opened'}")
            sys.exit(2)
        except CannotRead as refusal:
            self.stderr.write(f"{path.name}: {refusal.message} {refusal.message_ru}")
            sys.exit(2)
        if options["json"]:
            self.stdout.write(json.dumps(plan.to_json(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(outline(plan)))


def outline(plan: PlanDocument) -> list[str]:
    """Lay a plan out as lines for a person."""
    header = plan.header
    order = " ".join(
        part
        for part in (
            header.issuer,
            f"№ {header.order_number}" if header.order_number else "",
            f"{header.order_date:%d.%m.%Y}" if header.order_date else "",
        )
        if part
    )
    lines = [" ".join(header.title.split()), order]
    if header.period:
        lines.append(f"{header.period.start:%d.%m.%Y} – {header.period.end:%d.%m.%Y}")
    path: tuple[str, ...] = ()
    for activity in plan.rows:
        if activity.section != path:
            path = activity.section
            lines.append("== " + " / ".join(path))
        lines.append(f"{activity.ref}. [{activity.number}] {' '.join(activity.title.split())}")
        for result in activity.results:
            due = result.deadline
            dates = " – ".join(f"{day:%d.%m.%Y}" for day in (due.start, due.due) if day)
            lines.append(f"    {result.ref} {' '.join(result.text.split())}")
            lines.append(f"        {due.phrase or '—'} → {due.kind} {dates}".rstrip())
            lines.append("        " + "; ".join(result.executors))
    lines.extend(f"! {problem.ref} {problem.message}" for problem in plan.problems)
    return [line for line in lines if line.strip()]
