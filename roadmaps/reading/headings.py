"""Section rows: which row is a heading, its number and its level among the others."""

import re
from dataclasses import dataclass, field

from roadmaps.reading.blocks import Cell, Line, Row, flat
from roadmaps.reading.columns import DEADLINE, END, EXECUTORS, NUMBER, RESULT, START, TITLE, Layout
from roadmaps.reading.document import Section

_WORD = r"(?:раздел|подраздел|блок|направление|модуль|глава|часть|этап)"
_NAMED = re.compile(
    rf"^({_WORD})\s*(?:№\s*)?(\d+(?:\.\d+)*|[IVXLC]+|[А-Я])?(?:\s*[.):–—-]+\s*|\s+|$)(.*)$", re.IGNORECASE | re.DOTALL
)
_NUMBERED = re.compile(
    r"^([IVXLCІХ]+|\d{1,2}(?:\.\d{1,2})*|[А-ЯA-Z])\s*[.)]\s*(\D.*)$|^(\d{1,2}(?:\.\d{1,2})+)\s+(\D.*)$", re.DOTALL
)
_ROMAN_BARE = re.compile(r"^([IVX]{1,5})\s+([А-ЯЁA-Z«].*)$", re.DOTALL)
ROMAN = re.compile(r"^[IVXLCІХ]{1,6}[.)]?$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands: its number without the final dot, its words, and the kind that decides its level."""

    number: str
    title: str
    kind: tuple[str, int]
    drawn: bool = True
    order: int = 0


def heading_of(row: Row, layout: Layout, *, numbered_below: str = "") -> Heading | None:
    """
    Read a row as a section heading; None when it is an activity.

    `numbered_below` is the number of the next row that has one: «1» above «1.1» is a heading even when drawn like an
    activity without date and executors.
    """
    filled = row.filled
    if not 1 <= len(filled) <= 2 or any(cell.above for cell in row.cells):
        return None
    words, number = filled[-1], filled[0] if len(filled) == 2 else None
    if number is not None and not _is_number(number.text):
        return None
    roles = {layout.roles.get(col) for col in range(words.col, words.col + words.span)}
    wide = words.span >= 2 and (TITLE in roles or words.col <= 1) and words.col + words.span >= layout.width - 1
    if layout.width >= 3 and wide and words.span >= max(2, layout.width - 2):
        return _read(words, number, drawn=True)
    if number is None and words.col == 0 and len(row.cells) == 1 and layout.width > 1 and not _is_number(words.text):
        return _read(words, None, drawn=True)
    return _narrow(row, words, number, layout, numbered_below)


def heading_of_line(line: Line) -> Heading | None:
    """Read a line between two tables as a section heading; None when it is ordinary text."""
    found = _read(Cell((line,), 0), None, drawn=True)
    loud = line.bold or line.align == "center" or line.plain.isupper()
    if re.match(r"продолжение|окончание|приложение|таблица", line.plain, re.IGNORECASE):
        return None
    if not line.plain or len(line.plain) > 200 or not (found.number or loud or _NAMED.match(line.plain)):
        return None
    return found


def _narrow(row: Row, words: Cell, number: Cell | None, layout: Layout, numbered_below: str) -> Heading | None:
    """A heading drawn in one column only shows by its looks or its number."""
    role = layout.roles.get(words.col)
    if _is_number(words.text) and words.text.strip():
        return None
    if role not in (TITLE, NUMBER) or not layout.known & {DEADLINE, START, END, EXECUTORS, RESULT}:
        return None
    found = _read(words, number, drawn=False)
    own = number.text.strip(" .)") if number is not None else found.number
    loud = all(line.bold or line.plain.isupper() for line in words.lines if line.plain)
    if loud or _NAMED.match(words.words) or (own and ROMAN.match(own)) or role == NUMBER:
        return found
    if own and numbered_below.startswith(own + "."):
        return found
    return None


def _is_number(text: str) -> bool:
    return (
        re.fullmatch(r"\s*(?:№\s*)?(?:[IVXLCІХ]{1,6}|\d{1,3}(?:\.\d{1,3})*|[А-ЯA-Zа-я])\s*[.)]?\s*", text) is not None
    )


def _read(words: Cell, number: Cell | None, *, drawn: bool) -> Heading:
    text = flat(words.words)
    label = next((line.label for line in words.lines if line.plain), "")
    loud = text.isupper()
    centred = any(line.align == "center" for line in words.lines)
    bold = all(line.bold for line in words.lines if line.plain)
    look = 1 + (4 if loud else 0) + (2 if centred else 0) + (1 if bold else 0)
    if number is not None:
        return Heading(_bare(number.text), text, _kind(_bare(number.text), look), drawn)
    if label and label != "-":
        named = _NAMED.match(label)
        bare = _bare(named[2] or "" if named else label)
        return Heading(bare, text, _kind(bare, look), drawn)
    named = _NAMED.match(text)
    if named and (named[2] or named[3]):
        title = named[3].strip() if named[2] else text
        return Heading(named[2] or "", flat(title), (named[1].lower(), 0), drawn)
    numbered = _NUMBERED.match(text)
    if numbered:
        bare = numbered[1] or numbered[3]
        return Heading(bare, flat(numbered[2] or numbered[4]), _kind(bare, look), drawn)
    roman = _ROMAN_BARE.match(text)
    if roman:
        return Heading(roman[1], flat(roman[2]), _kind(roman[1], look), drawn)
    return Heading("", text, ("", look), drawn)


def _bare(number: str) -> str:
    return flat(number).strip(" .)(№")


def _kind(number: str, look: int) -> tuple[str, int]:
    if not number:
        return ("", look)
    if ROMAN.match(number) and number not in ("C", "L"):
        return ("roman", 0)
    if number[0].isdigit():
        return ("figure", number.count(".") + 1)
    return ("letter", 0)


@dataclass(slots=True)
class Outline:
    """The headings so far: gives each its level by what it looks like and what stands above it."""

    sections: list[Section] = field(default_factory=list)
    _stack: list[tuple[tuple[str, int], Section]] = field(default_factory=list)
    _rows_since: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(section.number or section.title for _, section in self._stack)

    def sheet(self, name: str) -> None:
        """Open a sheet's own section on the first level."""
        self._stack.clear()
        self.enter(Heading("", name, ("sheet", 0)))

    def row(self) -> None:
        """Note that an activity stands below the last heading."""
        self._rows_since = True

    def enter(self, heading: Heading) -> Section:
        """Open a section: kinds known in the path close what is below them, new kinds go one deeper."""
        kinds = [kind for kind, _ in self._stack]
        if heading.kind in kinds:
            depth = len(kinds) - 1 - kinds[::-1].index(heading.kind)
        elif heading.kind[0] == "figure" and heading.kind[1] > 1:
            depth = self._parent_by_number(heading)
        elif heading.kind[0] == "figure" and ("figure", 1) not in kinds and any(k[0] == "figure" for k in kinds):
            depth = next(at for at, kind in enumerate(kinds) if kind[0] == "figure")
        elif not heading.kind[0] and self._rows_since and self._stack and not self._stack[-1][0][0]:
            depth = len(self._stack) - 1
        else:
            depth = len(self._stack)
        del self._stack[depth:]
        section = Section(heading.number, heading.title, depth + 1)
        self._stack.append((heading.kind, section))
        self.sections.append(section)
        self._rows_since = False
        return section

    def _parent_by_number(self, heading: Heading) -> int:
        """«4.1» goes below «4», or beside the dotted heading that stands there."""
        for at, (_kind, section) in enumerate(self._stack):
            if section.number and heading.number.startswith(section.number + "."):
                return at + 1
        deeper = [at for at, (kind, _) in enumerate(self._stack) if kind[0] == "figure" and kind[1] >= heading.kind[1]]
        return deeper[0] if deeper else len(self._stack)
