"""Two questions that a supervisor asks: does the process live, and can it serve."""

import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


class NotReady(Exception):
    """A part of the portal cannot do its work now."""


def database() -> None:
    """Ask the database for anything at all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def migrations() -> None:
    """See that the tables are those that this code expects."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady("migrations wait to be applied")


def queue() -> None:
    """See that a task can be handed to the worker: Redis answers, or the folder can be written."""
    if settings.REDIS_URL:
        import redis

        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
            client.ping()
    else:
        write_into(Path(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_out"])))


def storage() -> None:
    """See that a file can be kept. A remote storage is only asked, because this runs every few seconds."""
    kept = storages["default"]
    if isinstance(kept, FileSystemStorage):
        folder = Path(str(kept.location))
        folder.mkdir(parents=True, exist_ok=True)
        write_into(folder)
    else:
        kept.exists("health")


def write_into(folder: Path) -> None:
    """Write a byte into a folder and take it away: a right to write does not tell of a full disk."""
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"1")
        file.flush()
        os.fsync(file.fileno())


PARTS: tuple[Callable[[], None], ...] = (database, migrations, queue, storage)
_settled: set[str] = set()
"""Parts that cannot go back once they are well: applied migrations stay applied while this process runs."""


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nothing of anyone."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Say whether the portal can serve; if not, 503 with the first failing part's name and nothing more."""
    for part in PARTS:
        if part.__name__ in _settled:
            continue
        try:
            part()
        except Exception as problem:  # any failure of any backend means the same here
            logger.warning("Not ready: %s: %s", part.__name__, problem)
            return JsonResponse(
                {
                    "status": "failing",
                    "part": part.__name__,
                    "code": "not-ready",
                    "detail": f"{part.__name__} is failing",
                },
                status=503,
            )
        if part is migrations:
            _settled.add(part.__name__)
    return JsonResponse({"status": "ready"})
