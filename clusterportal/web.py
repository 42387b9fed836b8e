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
    load_languages()
    load_templates()
    load_attendants()
    gc.collect()
    gc.freeze()


def load_addresses() -> None:
    """Import every module that an address leads to, the administrator's included."""
    from django.urls import get_resolver

    waiting: list[Any] = [get_resolver()]
    while waiting:
        waiting += [entry for entry in waiting.pop().url_patterns if hasattr(entry, "url_patterns")]


def load_languages() -> None:
    """Read the catalogues of every language, and with each the addresses, which the resolver keeps by language."""
    from django.conf import settings
    from django.urls import reverse
    from django.utils import translation

    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("Today")
            reverse("today")


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


def load_attendants() -> None:
    """Import what attends every request and would else be imported by each worker: session, accounts, context, cache."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import get_backends
    from django.template import engines

    import_module(settings.SESSION_ENGINE)
    get_backends()
    for engine in engines.all():
        _ = engine.engine.template_context_processors  # type: ignore[attr-defined]
    if settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        import_module("redis")
