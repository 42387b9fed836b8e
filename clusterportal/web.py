"""
How gunicorn serves the portal: `gunicorn --config python:clusterportal.web clusterportal.wsgi`.

Whatever is loaded once is loaded before the workers are forked, so that they share its memory and the first visitor
does not wait for it.
"""

import gc
import logging
import os
from pathlib import Path
from typing import Any

worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "3"))
preload_app = True
timeout = 60
graceful_timeout = 10
control_socket_disable = True
if Path("/dev/shm").is_dir():  # noqa: S108  (gunicorn's heartbeat must never wait for a disk)
    worker_tmp_dir = "/dev/shm"  # noqa: S108


def when_ready(server: Any) -> None:
    """
    Load what Django would load with the first request, then set it aside from the garbage collector.

    Collecting garbage writes into every object that it looks at, and memory that is written to is no longer shared.
    """
    load_addresses()
    load_templates()
    gc.collect()
    gc.freeze()


def load_addresses() -> None:
    """Import every module that an address leads to, the administrator's included."""
    from django.urls import get_resolver

    waiting: list[Any] = [get_resolver()]
    while waiting:
        waiting += [entry for entry in waiting.pop().url_patterns if hasattr(entry, "url_patterns")]


def load_templates() -> None:
    """
    Compile our own templates into the cache of the engine; a broken one is told of and left to its page.

    Paper (`templates/orders`) is set by an engine of its own, in the worker.
    """
    from django.conf import settings
    from django.template import TemplateSyntaxError
    from django.template.loader import get_template

    folder = Path(settings.BASE_DIR) / "templates"
    for path in sorted(folder.rglob("*.html")):
        if path.is_relative_to(folder / "orders"):
            continue
        try:
            get_template(str(path.relative_to(folder)))
        except TemplateSyntaxError:
            logging.getLogger(__name__).exception("The template %s is broken", path)
