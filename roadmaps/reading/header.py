"""The facts around a plan table: whose plan, its title, its period, its order, its goal and tasks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from deadlines.values import Period
from roadmaps.reading.blocks import Block, Grid, Line, flat, lowered
from roadmaps.reading.dates import read_period
from roadmaps.reading.executors import PERSON
from roadmaps.reading.order import (
    Act,
    is_appendix,
    is_order_head,
    is_other_stamp,
    is_place,
    is_stamp,
    read_order,
    read_stamp,
    signature_at,
    unspaced,
)  # fmt: skip

_PLAN = re.compile(
    r"\bплан\b|\bплана\b|дорожная карта|\bкарта\b|комплекс мер|^мероприятия|\bпрограмма\b|график\b|циклограмма|план-график"
    r"|перечень мероприятий|система мероприятий|план мероприятий"
)
_GOAL = re.compile(
    r"^(?:цель|цели)(?:\s+(?:плана|работы|программы|реализации|деятельности)[^:–—]*)?\s*[:.–—-]\s*(.*)$",
    re.IGNORECASE | re.DOTALL,
)
_TASKS = re.compile(r"^(?:(?:основные )?задач[аи])(?:\s+[^:–—]{0,60})?\s*[:.–—-]\s*(.*)$", re.IGNORECASE | re.DOTALL)
_TASK_SIGN = re.compile(r"^\s*(?:[-–—•*·]|\d{1,2}[.)])\s*")
_BODY = re.compile(
    r"(?:(?:М|Г|К|О|Ч|Ф|А|КГ|МКУ)?[А-Я]{1,6}\s+)?(?:М[БКА]О?У|МАОУ|МБУ|МКУ|ГБОУ|ГАУ|КГОБУ|КГБОУ|КГБУ|КГАУ|ГОУ|ГБУ|ГКУ|АНО|ЧОУ|ФГБОУ|МОБУ|МБДОУ|ГАПОУ|ГБПОУ|КГАПОУ|КГБПОУ|МОУ|ОГБОУ)"
    r"(?:\s+(?:ДО|ДПО|ВО|СПО|[А-ЯЁ]{2,5}|средняя|основная|школа))*\s*(?:«[^»]+(?:«[^»]+»)?[^»]*»|\"[^\"]+\"|(?:№\s*\d+))?(?:\s*№\s*\d+)?"
)
_OWNER = re.compile(
    r"^(?:муниципальн|краев|государствен|областн|федеральн|министерств|управлени|департамент|комитет|отдел\b|администраци|институт|(?:м|г|к|о)\w{0,3}оу\b|мку|мбу|гау|школа|гимназия|лицей)"
)


@dataclass(slots=True)
class Facts:
    """What the text around the table says; the act separately, as several places may state it."""

    act: Act = field(default_factory=Act)
    title: str = ""
    period: Period | None = None
    goal: str = ""
    tasks: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def read_facts(before: Sequence[Block], after: Sequence[Block]) -> Facts:
    """Read everything before the plan table, and after it the signature or the order that follows its appendix."""
    facts = Facts()
    lines = spread(before)
    order, used = read_order(lines)
    facts.act.fill(order)
    rest = lines[used:]
    if used == 0 and any(is_order_head(line) for line in spread(after)):
        order, _ = read_order(spread(after))
        facts.act.fill(order)
    rest = _take_stamps(facts, rest)
    rest = _take_goal(facts, rest)
    _take_title(facts, rest)
    _find_period(facts, lines, rest)
    if not facts.act.name:
        _take_signature(facts, spread(after))
    if not facts.act.issuer:
        facts.act.issuer = _owner_in(facts.title)
    return facts


def spread(blocks: Sequence[Block]) -> list[Line]:
    """
    Lay blocks out as lines; a layout table gives its cells.

    A row with a position on the left and a name on the right becomes one signature line, a tab between.
    """
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block)
            continue
        lines.append(Line(""))
        lines.extend(_grid_lines(block))
        lines.append(Line(""))
    return lines


def _grid_lines(grid: Grid) -> list[Line]:
    lines: list[Line] = []
    stamps = any(
        is_stamp(line) or is_other_stamp(line) for row in grid.rows for cell in row.cells for line in cell.lines
    )
    if stamps:
        # Stamps stand side by side: read column by column.
        for col in range(grid.width):
            for row in grid.rows:
                for cell in row.cells:
                    if cell.col == col:
                        lines.extend(cell.lines)
            lines.append(Line(""))
        return lines
    for row in grid.rows:
        filled = row.filled
        if not row.cells or not filled:
            lines.append(Line(""))
        elif len(filled) >= 2 and PERSON.fullmatch(flat(filled[-1].words).strip(" _/")) and len(filled[0].words) < 250:
            lines.append(Line(f"{flat(filled[0].words)}\t{flat(filled[-1].words).strip(' _/')}"))
        else:
            for cell in filled:
                lines.extend(cell.lines)
    return lines


def _take_stamps(facts: Facts, lines: Sequence[Line]) -> list[Line]:
    """Read stamps and appendix marks; return the lines that are none."""
    rest: list[Line] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if is_stamp(line) or is_appendix(line) or is_other_stamp(line):
            end = _stamp_end(lines, at)
            if not is_other_stamp(line):
                facts.act.fill(read_stamp(lines[at:end]))
            at = end
            continue
        rest.append(line)
        at += 1
    return rest


def _stamp_end(lines: Sequence[Line], start: int) -> int:
    """A stamp runs to its act's date and number, to a gap after them, or to where its place on the page ends."""
    at = start + 1
    right = lines[start].right
    complete = _complete(lines[start:at])
    while at < len(lines) and at - start < 14:
        line = lines[at]
        text = line.plain
        if not text:
            if (
                complete
                or at + 1 >= len(lines)
                or not (
                    lines[at + 1].plain
                    and (lines[at + 1].right or not right)
                    and not _PLAN.search(unspaced(lines[at + 1].plain))
                )
            ):
                return at
            at += 1
            continue
        if (
            (right and not line.right)
            or is_stamp(line)
            or is_other_stamp(line)
            or (complete and not re.match(r"(?:от|№|\d|г\.|приказ|протокол)", lowered(text)))
        ):
            return at
        if not right and _opens_title(text):
            return at
        complete = complete or _complete(lines[start : at + 1])
        at += 1
    return at


def _complete(lines: Sequence[Line]) -> bool:
    act = read_stamp(lines)
    if act.name and act.date is None:
        return False
    return act.date is not None and bool(act.number or act.name)


def _opens_title(text: str) -> bool:
    words = unspaced(text)
    return (
        _PLAN.search(words) is not None
        and not re.match(r"к |от |приказ", words)
        and (
            text.isupper()
            or words.startswith(("план", "дорожная", "региональн", "муниципальн", "комплекс", "программ", "карта"))
        )
    )


def _take_goal(facts: Facts, lines: Sequence[Line]) -> list[Line]:
    """Read the goal and the tasks; return the lines before them."""
    first: int | None = None
    mode = ""
    for at, line in enumerate(lines):
        text = line.plain
        goal, tasks = _GOAL.match(text), _TASKS.match(text)
        bare = lowered(text).strip(" :.")
        if goal or bare in ("цель", "цели"):
            mode, facts.goal = "goal", flat(goal[1]) if goal else ""
        elif tasks or bare in ("задачи", "задача", "основные задачи"):
            mode = "tasks"
            if tasks and tasks[1].strip():
                facts.tasks.append(_task(tasks[1]))
        elif mode and text and not _opens_title(text):
            if mode == "goal":
                facts.goal = f"{facts.goal} {flat(text)}".strip()
            elif (
                facts.tasks
                and not line.label
                and text[:1].islower()
                and not _TASK_SIGN.match(text)
                and not facts.tasks[-1].endswith((";", "."))
            ):
                facts.tasks[-1] = f"{facts.tasks[-1]} {flat(text)}"
            else:
                facts.tasks.append(_task(text))
        elif mode and text:
            break
        if mode and first is None:
            first = at
    facts.tasks = [task.rstrip(";. ") for task in facts.tasks if task.strip()]
    return list(lines if first is None else lines[:first])


def _task(text: str) -> str:
    return flat(_TASK_SIGN.sub("", text))


def _take_title(facts: Facts, lines: Sequence[Line]) -> None:
    """Read the title: the line that names a plan, the lines that lead to it and those that go on with it."""
    found = [
        at
        for at, line in enumerate(lines)
        if line.plain and _PLAN.search(unspaced(line.plain)) and len(line.plain) < 500
    ]
    short = [at for at in found if _opens_title(lines[at].plain) or lines[at].align == "center"]
    if not (short or found):
        facts.title = _last_centred(lines)
        return
    at = (short or found)[0]
    start = at
    while start > 0 and _leads(lines[start - 1], lines[at]):
        start -= 1
    end = at + 1
    while end < len(lines) and _goes_on(lines, end, facts):
        end += 1
    words = [line.plain for line in lines[start:end] if line.plain]
    facts.title = "\n".join(words)
    facts.act.fill(Act(issuer=_owner_above(lines[:start])))
    for line in [*lines[:start], *lines[end:]]:
        if is_place(line.plain):
            facts.act.fill(Act(place=flat(line.plain)))


def _leads(line: Line, title: Line) -> bool:
    """An adjective alone above the title belongs to it («РЕГИОНАЛЬНАЯ / дорожная карта»)."""
    return (
        bool(re.fullmatch(r"\w+(?:ый|ий|ая|ое|ые)(?:\s\w+(?:ый|ий|ая|ое|ые))*", lowered(line.plain)))
        and line.align == title.align
    )


def _goes_on(lines: Sequence[Line], at: int, facts: Facts) -> bool:
    text = lines[at].plain
    if not text:
        following = next((line.plain for line in lines[at + 1 : at + 3] if line.plain), "")
        return (
            bool(re.match(r"(?:по|на|в|о|об|для|с|реализации|мероприятий|работы|\()\s?", following))
            and not following.endswith(":")
            and len(following) < 300
        )
    words = lowered(text)
    if is_place(text) or re.fullmatch(r"20\d\d(?:\s*г(?:\.|од)?)?", words) or lines[at].right:
        return False
    if text.endswith(":") or (len(text) > 350) or (lines[at].label and lines[at].label != "-"):
        return False
    before = lines[at - 1]
    if before.align == "center" and lines[at].align not in ("center", ""):
        return False
    return not (text.endswith(".") and len(text) > 150)


def _last_centred(lines: Sequence[Line]) -> str:
    """Without a word for a plan the title is the last block above the table."""
    words: list[str] = []
    for line in reversed(lines):
        if line.plain:
            words.append(line.plain)
        elif words:
            break
    text = "\n".join(reversed(words))
    return text if len(text) < 400 else ""


def _owner_above(lines: Sequence[Line]) -> str:
    """The body named above the title, where no stamp or order names one."""
    words = [line.plain for line in lines if line.plain and not line.right]
    if not words or not any(_OWNER.match(lowered(text)) or _BODY.match(text) for text in words[:3]):
        return ""
    return flat(" ".join(text for text in words if not is_place(text) and len(text) < 250))


def _owner_in(title: str) -> str:
    """The body that a title names («… в МБОУ «…»»)."""
    match = _BODY.search(flat(title))
    return flat(match[0]) if match else ""


def _find_period(facts: Facts, lines: Sequence[Line], rest: Sequence[Line]) -> None:
    """Take the period from the title, else the lines by it, else the clause that approves, else the order's title."""
    approving = [text for _, text in facts.act.clauses if re.search(r"утвердить", text, re.IGNORECASE)]
    near = [line.plain for line in reversed(rest) if line.plain and len(line.plain) < 300]
    for text in (facts.title, *near, *approving, facts.act.title):
        period = read_period(text)
        if period is not None:
            facts.period = period
            return


def _take_signature(facts: Facts, lines: Sequence[Line]) -> None:
    """Read the signature below the table."""
    probe = Act()
    for at in range(min(len(lines), 40)):
        if lines[at].plain and signature_at(probe, lines, at):
            facts.act.fill(Act(post=probe.post, name=probe.name))
            return
