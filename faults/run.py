"""One fault on one engine, the one that DATABASE_URL names: `python -m faults.run NAME KILLS`. The outcome goes to standard output."""

import json
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faults.killing import Outcome


def approval_kill(kills: int) -> "Outcome":
    """An order is registered, its plan comes into force, plans below follow."""
    from faults.approval import Approval
    from faults.killing import run

    return run(Approval(), name="approval-kill", kills=kills, environment=os.environ)


def editor_kill(kills: int) -> "Outcome":
    """Edits of the grid are saved, and sent again."""
    from faults.editor import Saving
    from faults.killing import run

    return run(Saving(), name="editor-kill", kills=kills, environment=os.environ)


FAULTS = {"approval-kill": approval_kill, "editor-kill": editor_kill}


def main() -> None:
    """Make the tables, do it, tell."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    outcome = FAULTS[sys.argv[1]](int(sys.argv[2]))
    print(json.dumps(asdict(outcome), ensure_ascii=False))


if __name__ == "__main__":
    main()
