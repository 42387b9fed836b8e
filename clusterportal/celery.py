"""Celery and the whole beat schedule."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")

app = Celery("clusterportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The broker is only a nudge: what matters is a row in the database, and these sweeps find what a lost message left behind.
app.conf.beat_schedule = {
    "sweep-imports": {"task": "roadmaps.tasks.sweep_imports", "schedule": 15.0},
}
