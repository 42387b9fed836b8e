"""Composition root: settings, addresses, Celery. No rules live here."""

from clusterportal.celery import app as celery_app

__all__ = ["celery_app"]
