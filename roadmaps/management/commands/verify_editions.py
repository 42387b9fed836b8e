"""`verify_editions [PLAN] [--json]`: do the editions in force still read as they were put in force?"""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from roadmaps.verification import Broken, Verifier

SENTENCES = {
    "edition-changed": "plan {roadmap}, edition {number}: its rows or its hash were changed",
    "edition-missing": "plan {roadmap}, edition {number}: it is missing",
    "journal-differs": "plan {roadmap}, edition {number}: the journal remembers another hash",
}


class Command(BaseCommand):
    """Check every edition, or those of one plan. Exit 0 when all hold, 1 when one does not."""

    help = "Hold every edition in force against its hash, and that against the journal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("plan", type=int, nargs="?", help="the number of one plan")
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        count, broken = 0, []
        for _edition, problem in Verifier().run(options["plan"]):
            count += 1
            if problem is not None:
                broken.append(problem)
        if options["json"]:
            said = {"whole": not broken, "editions": count, "broken": [asdict(one) for one in broken]}
            self.stdout.write(json.dumps(said, indent=1))
        else:
            self.stdout.write("\n".join([*map(sentence, broken), f"{count} editions checked, {len(broken)} broken."]))
        if broken:
            sys.exit(1)


def sentence(one: Broken) -> str:
    """Say what is wrong with one edition."""
    return SENTENCES[one.code].format(roadmap=one.roadmap, number=one.number)
