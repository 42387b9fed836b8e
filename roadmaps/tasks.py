"""Background work: thin, keyword-only, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from roadmaps.operations import imports


@shared_task
def read_import(*, pk: int) -> bool:
    """Read one uploaded plan, unless somebody else is at it or it is read already."""
    return imports.read(pk, clock=timezone.now)


@shared_task
def sweep_imports() -> int:
    """Read what a lost message or a killed worker left behind."""
    return imports.sweep(clock=timezone.now)
