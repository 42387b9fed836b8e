"""Points at which a process can be made to kill itself: around every statement, every commit, every file."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.core.files.storage import FileSystemStorage
from django.db import connection

Call = Callable[..., Any]


class Points:
    """
    Counts the points that a deed passes; at the given one the process is gone, without a farewell.

    SIGKILL to oneself is what a dead machine looks like from outside: nothing is caught, closed or flushed.
    """

    def __init__(self, at: int | None = None) -> None:
        self.at = at
        self.passed = 0

    def mark(self) -> None:
        """Pass one more point."""
        self.passed += 1
        if self.passed == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, call: Call) -> Call:
        """Put a point before a call and one behind it."""

        def marked(*args: Any, **kwargs: Any) -> Any:
            self.mark()
            answer = call(*args, **kwargs)
            self.mark()
            return answer

        return marked

    def statement(self, execute: Call, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Run one SQL statement between two points, as a wrapper of Django's cursors."""
        return self.around(execute)(sql, params, many, context)


@contextmanager
def armed(at: int | None = None) -> Iterator[Points]:
    """Count points in this block, and die at one of them if a number is given."""
    points = Points(at)
    save: Call = FileSystemStorage._save  # type: ignore[attr-defined]  # where a file's bytes are written
    connection.ensure_connection()
    with (
        connection.execute_wrapper(points.statement),
        patch.object(connection, "commit", points.around(connection.commit)),
        patch.object(FileSystemStorage, "_save", points.around(save)),
    ):
        yield points
