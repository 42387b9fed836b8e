"""Background work: thin, keyword-only, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from documents import tasks
from roadmaps.operations import imports, prints


@shared_task
def read_import(*, pk: int) -> bool:
    """Read one uploaded plan, unless somebody else is at it or it is read already."""
    return imports.read(pk, clock=timezone.now)


@shared_task
def sweep_imports() -> int:
    """Read what a lost message or a killed worker left behind."""
    return imports.sweep(clock=timezone.now)


@shared_task
def publish_files() -> int:
    """Have the public file made of each published plan that has none yet."""
    asked = prints.publish(now=timezone.now(), today=timezone.localdate())
    for file in asked:
        tasks.soon_file(file)
    return len(asked)
