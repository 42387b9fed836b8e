"""Celery and the whole beat schedule."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterportal.settings")
# Django's checks load the code of every page, which a worker never shows. `migrate` and `make test` run them.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("clusterportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The broker is only a nudge: what matters is a row in the database, and these sweeps find what a lost message left behind.
app.conf.beat_schedule = {
    "sweep-imports": {"task": "roadmaps.tasks.sweep_imports", "schedule": 15.0},
    "sweep-files": {"task": "documents.tasks.sweep_files", "schedule": 15.0},
}


@worker_init.connect
def share_memory(**_: Any) -> None:
    """Keep the garbage collector off what the worker's children share with it; see clusterportal/web.py."""
    gc.collect()
    gc.freeze()
