"""Short words for changes, and the people whom the lines of a cell name."""

from collections.abc import Iterable, Sequence

from documents.paper.spacing import one_line
from roadmaps.edited.document import FileRow
from roadmaps.edited.marks import bare
from roadmaps.reading.executors import split_executors

SHORT = 120
"""Letters of the words by which a change is named."""


def parted(lines: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    """Part the lines of a cell into executors; a line that is one already stays whole."""
    whole = {one_line(one): one for one in known}
    found: list[str] = []
    for line in lines:
        found += [whole[line]] if line in whole else split_executors([line]) or [line]
    return tuple(dict.fromkeys(found))


def executors_of(lines: str, known: Iterable[str]) -> tuple[str, ...]:
    """Give the executors that the lines of a changed cell name."""
    return parted([line for line in lines.split("\n") if line], known)


def told(row: FileRow) -> str:
    return " · ".join(filter(None, (short(row.text), bare(row.phrase), ", ".join(row.executors))))


def short(text: str) -> str:
    plain = one_line(text)
    return plain if len(plain) <= SHORT else plain[: SHORT - 1].rsplit(" ", 1)[0] + "…"
