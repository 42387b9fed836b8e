"""`check_editions`: whether editions, dates and hashes still agree with the rules."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from roadmaps.cascade.checking import Fault, faults
from roadmaps.operations.dates import wrong_dates


class Command(BaseCommand):
    """Look for what must not be; exit 1 if there is any."""

    help = "Check that no versions overlap, that dates follow from the rows above, and that hashes hold; nothing is changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [*faults(), *(Fault("stale", "commitment", pk) for pk in wrong_dates())]
        if options["json"]:
            self.stdout.write(json.dumps([fault._asdict() for fault in found], indent=1))
        else:
            self.stdout.write("\n".join(f"{one.code} {one.where} {one.key}" for one in found) or "All is well.")
        if found:
            raise CommandError(f"{len(found)} faults", returncode=1)
