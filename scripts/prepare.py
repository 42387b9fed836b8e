"""Prepare the portal's data in one process: migrations, the demo on first start; the accounts go to standard output as JSON."""

import contextlib
import os
import sys

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Migrate, load the demo if it is on, list its accounts."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")
    django.setup()
    with contextlib.redirect_stdout(sys.stderr):
        call_command("migrate", interactive=False, verbosity=0)
        if settings.DEMO:
            call_command("demo")
    if settings.DEMO:
        call_command("demo", accounts=True, json=True)


if __name__ == "__main__":
    main()
