"""Celery and the whole beat schedule."""

import os
from typing import Any

from celery import Celery, bootsteps
from celery.beat import EmbeddedService
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")
# Django's checks load the code of every page, which a worker never shows. `migrate` and `make test` run them.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("clusterportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The broker is only a nudge: what matters is a row in the database, and these sweeps find what a lost message left behind.
app.conf.beat_schedule = {
    "sweep-imports": {"task": "roadmaps.tasks.sweep_imports", "schedule": 15.0},
    "seal-journal": {"task": "organizations.tasks.seal_journal", "schedule": 900.0},
    "sweep-files": {"task": "documents.tasks.sweep_files", "schedule": 15.0},
    "publish-files": {"task": "roadmaps.tasks.publish_files", "schedule": 30.0},
    "sweep-bytes": {"task": "documents.tasks.sweep_bytes", "schedule": crontab(hour=2, minute=40)},
}


class BeatThread(bootsteps.StartStopStep):
    """
    Beat as a thread of the worker, for a portal that runs as one worker.

    Celery's own `--beat` forks a process of its own, which holds a second copy of everything that is written to.
    """

    requires = {"celery.worker.components:Pool"}

    def create(self, worker: Any) -> Any:
        """Give Celery's embedded clock; the worker starts and stops it."""
        return EmbeddedService(worker.app, schedule_filename=app.conf.beat_schedule_filename, thread=True)


if os.environ.get("EMBEDDED_BEAT"):
    app.steps["worker"].add(BeatThread)
