"""`verify_journal [--kept HASH] [--json]`: does the journal still say what was sealed?"""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from organizations import audit
from organizations.audit import Verdict
from organizations.sealing import Break

SENTENCES = {
    "entry-changed": "entry {entry} was changed after it had been sealed (seal {seal})",
    "entry-deleted": "entry {entry} was deleted after it had been sealed (seal {seal})",
    "entry-inserted": "entry {entry} was slipped in among entries that had been sealed (seal {seal})",
    "seal-changed": "seal {seal} itself was changed",
    "seal-missing": "seal {seal} is missing",
    "chain-broken": "seal {seal} does not follow from the one before it",
    "head-unknown": "no seal has the hash that you kept: the chain was cut or made anew",
}


class Command(BaseCommand):
    """Check the whole chain. Exit 0 when it holds, 1 when it is broken; the first broken place is told first."""

    help = "Hold the journal against its seals and name the first place that was tampered with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kept", default="", help="a hash of a seal that was kept elsewhere")
        parser.add_argument("--json", action="store_true", help="print JSON instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = audit.verify(kept=options["kept"])
        if options["json"]:
            self.stdout.write(json.dumps(as_json(verdict), indent=1))
        else:
            self.stdout.write("\n".join(outline(verdict)))
        if not verdict.is_whole:
            sys.exit(1)


def as_json(verdict: Verdict) -> dict[str, Any]:
    """Give the shape that scripts read."""
    return asdict(verdict) | {"whole": verdict.is_whole, "breaks": [asdict(one) for one in verdict.breaks]}


def outline(verdict: Verdict) -> list[str]:
    """Lay the verdict out as lines for a person."""
    counts = f"{verdict.seals} seals over {verdict.sealed} entries; {verdict.unsealed} wait for the next seal."
    head = f"Newest seal: {verdict.head or 'none yet'}"
    if verdict.is_whole:
        return ["The journal is as it was sealed.", counts, head]
    return ["THE JOURNAL IS NOT AS IT WAS SEALED.", *map(sentence, verdict.breaks), counts, head]


def sentence(one: Break) -> str:
    """Say one break."""
    return f"- {SENTENCES[one.code].format(seal=one.seal, entry=one.entry)}"
