"""Plans that a command is given as files."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from roadmaps.reading.document import PlanDocument
from roadmaps.reading.plan import read_plan_file
from roadmaps.reading.refusals import CannotRead


def opened(command: BaseCommand, name: str) -> PlanDocument:
    """Read a plan, or leave with exit code 2 and one line on standard error."""
    path = Path(name)
    try:
        return read_plan_file(path)
    except OSError as error:
        command.stderr.write(f"{path.name}: {error.strerror or 'cannot be opened'}")
    except CannotRead as refusal:
        command.stderr.write(f"{path.name}: {refusal.message} {refusal.message_ru}")
    sys.exit(2)
