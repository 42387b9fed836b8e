"""Loads the invented region, or lists its accounts."""

import json as format_json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from organizations import demo
from roadmaps.demo import loading


class Command(BaseCommand):
    help = "Load the demonstration region (once), or list the accounts with which it can be entered."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--accounts", action="store_true", help="list the accounts instead of loading")
        parser.add_argument("--json", action="store_true", help="list them as JSON")

    def handle(self, *args: Any, accounts: bool = False, json: bool = False, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("PRODUCTION is on: demo accounts have public passwords, so there is no demo here.")
        if not settings.DEMO:
            raise CommandError("The demo is switched off. Set DEMO=True to load an invented region with open accounts.")
        with translation.override(settings.LANGUAGE_CODE):
            if accounts:
                self._list(as_json=json)
            elif loading.load(now=timezone.localtime()):
                self.stdout.write("The demo region is loaded. Its accounts: manage.py demo --accounts")
            else:
                self.stdout.write("The demo region is already loaded.")

    def _list(self, *, as_json: bool) -> None:
        found = demo.accounts()
        if as_json:
            self.stdout.write(format_json.dumps(found, ensure_ascii=False, indent=2))
            return
        for account in found:
            self.stdout.write("{role:<14} {username:<22} {password:<12} {organization} ({title})".format_map(account))
