"""Background work: thin, keyword-only, safe to run twice."""

import datetime as dt
import logging

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from documents.models import Order, RenderedFile
from documents.operations import files, rendered
from documents.printing import printed

log = logging.getLogger(__name__)
UNFINISHED = dt.timedelta(days=2)
"""No transaction takes that long, so bytes that nobody names by then belong to nobody."""


@shared_task
def render_order(*, order: int) -> int:
    """Make the files of one order that wait to be made."""
    return _render(order=order)


@shared_task
def render_file(*, file: int) -> int:
    """Make one file, unless somebody else is at it or it is made already."""
    return _render(only=file)


@shared_task
def sweep_files() -> int:
    """Make what a lost message or a killed worker left behind."""
    return _render()


@shared_task
def sweep_bytes() -> int:
    """Delete the bytes that transactions left behind whose machine died."""
    return files.sweep(before=timezone.now() - UNFINISHED)


def soon(order: Order) -> None:
    """Nudge a worker when the transaction is over; the rows are the job, so a lost nudge loses nothing."""
    transaction.on_commit(lambda: render_order.delay(order=order.pk))


def soon_file(file: RenderedFile) -> None:
    """Nudge a worker for one file when the transaction is over."""
    transaction.on_commit(lambda: render_file.delay(file=file.pk))


def _render(*, only: int | None = None, order: int | None = None) -> int:
    done = 0
    for pk in rendered.waiting(now=timezone.now(), only=only, order=order):
        try:
            done += rendered.render(pk, renderer=printed, clock=timezone.now)
        except Exception:
            # One order that cannot be set must not keep the others from being set.
            log.exception("File %s could not be rendered", pk)
    return done
