"""
Databases that stand ready on a shelf: a story takes a copy, does with it what it likes, and nobody cleans up after it.

Flushing tables between stories would be refused by the portal itself: the journal and whatever is in force cannot be
deleted. Copying a file of a few megabytes is quicker anyway.
"""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.utils import timezone, translation

from roadmaps.demo import loading

DATABASE, FILES = "database.sqlite3", "files"
QUICK_HASH = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose
MAKE: dict[str, Callable[[], object]] = {
    "nothing": lambda: call_command("migrate", verbosity=0),
    "demo": lambda: loading.load(now=timezone.localtime()),
}
"""What can stand on the shelf: a portal just installed, and the demonstration."""


class Shelf:
    """Ready databases with the files that belong to them, made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @contextmanager
    def lent(self, name: str, place: Path) -> Iterator[None]:
        """Let the portal stand on a copy in a folder; what was there before comes back."""
        ready = self._ready(name)
        shutil.copyfile(ready / DATABASE, place / DATABASE)
        shutil.copytree(ready / FILES, place / FILES, dirs_exist_ok=True)
        with standing_on(place):
            yield

    def _ready(self, name: str) -> Path:
        place = self.folder / name
        with (self.folder / f"{name}.lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)  # the parallel runners share one shelf
            if not (place / "whole").exists():
                shutil.rmtree(place, ignore_errors=True)
                (place / FILES).mkdir(parents=True)
                if name != "nothing":
                    shutil.copyfile(self._ready("nothing") / DATABASE, place / DATABASE)
                with standing_on(place), translation.override("ru"):
                    MAKE[name]()
                (place / "whole").touch()
        return place


@contextmanager
def standing_on(place: Path) -> Iterator[None]:
    """Use the database and the files of a folder, in every thread; connections read their settings when they open."""
    own = connections.settings["default"]
    before = own["NAME"]
    connections.close_all()
    own["NAME"] = str(place / DATABASE)
    _forget()
    try:
        with override_settings(MEDIA_ROOT=str(place / FILES), PASSWORD_HASHERS=QUICK_HASH):
            yield
    finally:
        connections.close_all()
        own["NAME"] = before
        _forget()


def _forget() -> None:
    """Forget what was remembered of another database."""
    cache.clear()
    ContentType.objects.clear_cache()
