"""A plan, a road map or measures: head, sections, activities with their results."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from documents.paper.sheet import Cover, StampedPaper


class Numbering(StrEnum):
    """Whether each result has its own number (7.1., 7.2.) or the activity's stands once, as in paper forms."""

    EACH = "each"
    ONCE = "once"


class Field(StrEnum):
    """What a column shows."""

    NUMBER = "number"
    TITLE = "title"
    RESULT = "result"
    DEADLINE = "deadline"
    EXECUTORS = "executors"


@dataclass(frozen=True)
class Column:
    """A column: what it shows, its head, its width in mm; the widths of a table add up to 257."""

    field: Field
    head: str
    width: int


MINISTRY_FORM = (
    Column(Field.NUMBER, "№\nп/п", 13),
    Column(Field.TITLE, "Мероприятие", 74),
    Column(Field.RESULT, "Характеристика результата", 75),
    Column(Field.DEADLINE, "Сроки проведения", 36),
    Column(Field.EXECUTORS, "Ответственные исполнители", 59),
)
CLUSTER_FORM = (
    Column(Field.NUMBER, "№\nп/п", 14),
    Column(Field.TITLE, "Наименование мероприятия", 82),
    Column(Field.DEADLINE, "Срок реализации", 36),
    Column(Field.EXECUTORS, "Ответственный", 60),
    Column(Field.RESULT, "Результат", 65),
)


@dataclass(frozen=True, kw_only=True)
class Result:
    """
    What an activity yields, the wording of its deadline, who answers for it.

    Lines of `text` that begin with a dash are set as a list. `number` is the result's own («7.1.»); when empty it is
    made from the activity's. `note` stands in small type behind the text: «(в ред. приказа от … № …)».
    `mark` is what an editable file keeps to know the row again; nobody sees it.
    """

    text: str = ""
    deadline: str = ""
    executors: tuple[str, ...] = ()
    number: str = ""
    note: str = ""
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Activity:
    """A numbered row with one or more results; the number is text as its document writes it."""

    number: str
    title: str
    results: tuple[Result, ...]
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Excluded:
    """A row that an amending order struck out: its number and «Исключён. – Приказ от … № …»."""

    number: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading across the table with what stands below it."""

    title: str
    content: "tuple[Section | Activity | Excluded, ...]" = ()
    number: str = ""
    mark: str = ""

    @property
    def heading(self) -> str:
        """Number and title as printed."""
        return f"{self.number} {self.title}".strip()


Entry = Section | Activity | Excluded


@dataclass(frozen=True, kw_only=True)
class PlanPaper(StampedPaper):
    """
    A plan on landscape sheets, perhaps behind a title page.

    `note` stands under the title: «(в редакции приказа от … № …)». The marks are what an editable file keeps.
    """

    content: tuple[Entry, ...]
    goal: str = ""
    tasks: tuple[str, ...] = ()
    note: str = ""
    numbering: Numbering = Numbering.EACH
    columns: tuple[Column, ...] = MINISTRY_FORM
    cover: Cover | None = None
    title_mark: str = ""
    goal_mark: str = ""
    task_marks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The title in one line, for the file's own title."""
        return " ".join(self.title)


def flattened(content: tuple[Entry, ...], level: int = 1) -> Iterator[tuple[int, Entry]]:
    """Walk the plan in reading order; headings come with their depth."""
    for entry in content:
        yield level, entry
        if isinstance(entry, Section):
            yield from flattened(entry.content, level + 1)


def row_number(numbering: Numbering, activity: Activity, index: int) -> str:
    """Number a row: the result's own number, or the activity's once; empty for the further rows of such a one."""
    if numbering is Numbering.ONCE:
        shown = dotted(activity.number) if activity.number.isdigit() else activity.number
        return "" if index else shown
    result = activity.results[index] if activity.results else Result()
    if result.number:
        return dotted(result.number)
    if len(activity.results) > 1 and activity.number:
        return f"{dotted(activity.number)}{index + 1}."
    return dotted(activity.number)


def dotted(number: str) -> str:
    """End a number of digits with a full stop: 7 → 7., 7.1 → 7.1.; other numbers stay as they are."""
    number = number.strip()
    return f"{number}." if number[-1:].isdigit() else number
