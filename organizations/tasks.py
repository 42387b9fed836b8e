"""Background work: thin, keyword-only, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from organizations.operations import seals


@shared_task
def seal_journal() -> int:
    """Seal what is new in the journal; with nothing new, nothing is done."""
    return seals.seal(now=timezone.now())
