"""Registers the app."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class OrganizationsConfig(AppConfig):
    name = "organizations"

    def ready(self) -> None:
        from organizations import sqlite

        connection_created.connect(sqlite.teach, dispatch_uid="organizations.sqlite")
