"""Which column is what: by the words of its heading, and by its content where the words say nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from roadmaps.reading.blocks import Cell, Grid, Row, lowered

NUMBER, TITLE, RESULT, DEADLINE, START, END, EXECUTORS, SECTION, MARK, OTHER = (
    "number", "title", "result", "deadline", "start", "end", "executors", "section", "mark", "other",
)  # fmt: skip

_MONTH = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)\w*"
_WORDS: tuple[tuple[str, str, int], ...] = (
    (r"^(№|n|no|номер)?\s*(п\s*[/.\\]?\s*п|пункта?)?\.?$", NUMBER, 10),
    (r"^(№|номер)(\s|$)|№ ?п|порядковый номер|^n п", NUMBER, 9),
    (r"^(дата |срок |время )?(начал[оа])\b|^с$|^начало|срок начала|дата начала|^от$", START, 12),
    (r"^(дата |срок |время )?(окончани|завершени|конец|конца)|^по$|срок (окончани|завершени)|^до$", END, 12),
    (r"^срок(и|а|ов)?\b|\bсрок(и|а|ов)?\b", DEADLINE, 9),
    (r"^(когда|дедлайн)|^(календарн|планов\w+) (дат|срок|период)|период (реализац|проведен|исполн|выполн)", DEADLINE, 8),
    (r"^дат[аы]\b|^период\b|^врем(я|ена)\b|^месяц|\bдат[аы]\b|график (исполн|провед)", DEADLINE, 7),
    (r"ответствен|исполнител|кто (отвечает|делает|проводит|исполняет|выполняет)|^кто\b", EXECUTORS, 10),
    (r"ф\.?\s*и\.?\s*о|куратор|организатор|координатор", EXECUTORS, 6),
    (r"участник|привлека|субъект|партнер", EXECUTORS, 2),
    (r"результат|продукт\b|итог|ожидаем|на выходе|что получим|эффект", RESULT, 10),
    (r"показател|индикатор|критери", RESULT, 7),
    (r"(вид|наименование|форма) (подтверждающ\w+ )?(документ|отчет)|подтвержд|выход\w* документ|отчетн", RESULT, 6),
    (r"форма (завершени|представлени|предъявлени|итог)|характеристик", RESULT, 5),
    (r"^документ", RESULT, 4),
    (r"мероприяти", TITLE, 9),
    (r"^(что (делаем|делать|сделать|нужно)|действи|дело|дела|событи|активност)", TITLE, 8),
    (r"содержани|наименовани|название|вид\w* (работ|деятельн)|^работ|виды работ|задани|поручени|шаг\b|^шаги", TITLE, 6),
    (r"^(тема|формулировк|описание|деятельност)", TITLE, 4),
    (r"раздел|блок\b|^направлени|модуль|этап|^цел[ьи]|^задач", SECTION, 5),
    (r"примечан|отметк|контрол|комментар|статус|финанс|источник|бюджет|объем|сумма|место|адрес|категори|аудитори"
     r"|охват|количеств|кол-во|ссылк|телефон|подпис|ресурс|основание|уровень|кластер", OTHER, 5),
)  # fmt: skip
_RULES = tuple((re.compile(pattern), role, weight) for pattern, role, weight in _WORDS)
_MARK_HEADING = re.compile(
    rf"^({_MONTH}|[ivх1-4]{{1,3}}\s*кв(артал|\.)?\w*|янв|фев|мар|апр|июн|июл|авг|сен|сент|окт|ноя|дек)\.?$"
)
_NUMBER_TEXT = re.compile(r"^(\d{1,3}|[IVXLC]{1,6}|[А-Яа-яA-Za-z])?([.)]?\d{1,3})*[.)]?$")
DATE_WORDS = re.compile(
    rf"\d{{1,2}}[./]\d{{1,2}}([./]\d{{2,4}})?|\b{_MONTH}|\b\d{{4}}\b|квартал|полугоди|ежемесяч|еженедел|ежекварт|ежегод"
    r"|постоянно|в течение|по (отдельному )?(график|плану|мере|запрос)|систематическ|регулярно|до начала|весь период",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"[А-ЯЁ][а-яё-]+\s+[А-ЯЁ]\.\s*[А-ЯЁ]\.|[А-ЯЁ]\.\s*[А-ЯЁ]\.\s*[А-ЯЁ][а-яё]+|директор|руководител|заместител|начальник"
    r"|администраци|специалист|методист|педагог|учител|координатор|министерств|управлени|отдел|заведующ|советник",
    re.IGNORECASE,
)
_SINGLE = (NUMBER, TITLE, RESULT, DEADLINE, START, END)


@dataclass(slots=True)
class Layout:
    """A plan table's columns; `roles` by column, `first` the first row after the header, `head` where it begins."""

    roles: dict[int, str]
    headings: dict[int, str]
    head: int
    first: int
    width: int
    guessed: list[int] = field(default_factory=list)

    def column(self, role: str) -> int | None:
        """Find the first column of a role."""
        return next((col for col, found in sorted(self.roles.items()) if found == role), None)

    def columns(self, role: str) -> list[int]:
        return [col for col, found in sorted(self.roles.items()) if found == role]

    @property
    def known(self) -> set[str]:
        return set(self.roles.values()) - {OTHER}


def heading_roles(text: str) -> list[tuple[int, str]]:
    """Rank the roles that a heading's words allow, best first."""
    words = lowered(text).strip(" .:;*")
    if not words or len(words) > 160:
        return []
    if _MARK_HEADING.match(words):
        return [(8, MARK)]
    best: dict[str, int] = {}
    for pattern, role, weight in _RULES:
        match = pattern.search(words)
        if match:
            # Words at the front say what the column is; the rest explains («срок … результата»).
            bonus = 3 if match.start() == 0 else 0
            best[role] = max(best.get(role, 0), weight + bonus)
    return sorted(((weight, role) for role, weight in best.items()), reverse=True)


def find_layout(grid: Grid, *, start: int = 0, limit: int = 80) -> Layout | None:
    """Find the header of a plan table: the first row whose cells name a title and something it yields or when."""
    best: tuple[int, Layout] | None = None
    for at in range(start, min(len(grid.rows), start + limit)):
        if len(grid.rows[at].filled) < 2:
            continue
        top = _top_of_header(grid, at)
        layout = _layout_at(grid, top)
        if layout is None:
            continue
        score = len(layout.known & {NUMBER, TITLE, RESULT, DEADLINE, START, END, EXECUTORS})
        if best is None or score > best[0]:
            best = (score, layout)
        if score >= 3:
            break
    return best[1] if best else None


def _top_of_header(grid: Grid, at: int) -> int:
    """A row that continues merged cells belongs to the header row above."""
    while at > 0 and any(cell.above for cell in grid.rows[at].cells):
        at -= 1
    return at


def _layout_at(grid: Grid, head: int) -> Layout | None:
    row = grid.rows[head]
    if any(len(cell.words) > 160 for cell in row.cells):
        return None
    last = head
    while last + 1 < len(grid.rows) and last - head < 3 and _continues_header(grid, head, last + 1):
        last += 1
    headings = _headings(grid, head, last)
    roles = assign(headings)
    named = set(roles.values())
    enough = {DEADLINE, START, END, EXECUTORS, RESULT, MARK}
    if not (TITLE in named and named & enough) and not (len(named & {DEADLINE, END, EXECUTORS, RESULT, NUMBER}) >= 3):
        return None
    first = last + 1
    while first < len(grid.rows) and (is_counting_row(grid.rows[first]) or not grid.rows[first].cells):
        first += 1
    layout = Layout(roles, headings, head, first, grid.width)
    _fill_by_content(layout, grid)
    return layout if layout.column(TITLE) is not None else None


def _continues_header(grid: Grid, head: int, at: int) -> bool:
    """Does a row add a second level to the header (sub-headings under a merged heading)?"""
    row = grid.rows[at]
    filled = row.filled
    if not filled or any(len(cell.words) > 60 for cell in filled) or is_counting_row(row):
        return False
    spanned = {col for cell in grid.rows[head].filled if cell.span > 1 for col in range(cell.col, cell.col + cell.span)}
    if any(cell.above for cell in row.cells):
        # Merged downwards: the rest stands under wide headings, or continues a header of several rows.
        return all(cell.col in spanned or heading_roles(cell.words) for cell in filled)
    below = [cell for cell in filled if cell.col in spanned]
    return bool(spanned) and len(below) == len(filled) and all(heading_roles(cell.words) for cell in filled)


def _headings(grid: Grid, head: int, last: int) -> dict[int, str]:
    """Join the levels of a header for each column."""
    headings: dict[int, list[str]] = {}
    for row in grid.rows[head : last + 1]:
        for cell in row.cells:
            for col in range(cell.col, min(cell.col + cell.span, grid.width)):
                if cell.words:
                    headings.setdefault(col, []).append(cell.words)
    return {col: " / ".join(words) for col, words in headings.items()}


def assign(headings: dict[int, str]) -> dict[int, str]:
    """Give each column a role so that the roles that stand once go to the best heading."""
    wishes: list[tuple[int, int, str]] = []
    roles = dict.fromkeys(headings, OTHER)
    for col, heading in headings.items():
        levels = heading.split(" / ")
        ranked = heading_roles(levels[-1]) or heading_roles(levels[0])
        if len(levels) > 1 and ranked and ranked[0][1] == OTHER:
            ranked = heading_roles(levels[0]) or ranked
        if ranked and ranked[0][1] == DEADLINE and len(levels) > 1:
            inner = heading_roles(levels[-1])
            ranked = inner if inner and inner[0][1] in (START, END) else ranked
        wishes.extend((weight, -col, role) for weight, role in ranked)
    taken: set[str] = set()
    settled: set[int] = set()
    for _weight, col, role in sorted(wishes, reverse=True):
        if -col in settled or (role in _SINGLE and role in taken):
            continue
        roles[-col] = role
        settled.add(-col)
        taken.add(role)
    return _tidy(roles, headings)


def _tidy(roles: dict[int, str], headings: dict[int, str]) -> dict[int, str]:
    """Settle what single headings cannot: directions without activities, a lone start, lone marks."""
    if TITLE not in roles.values():
        for col in roles:
            if roles[col] == SECTION:
                roles[col] = TITLE
                break
    if END in roles.values() and START not in roles.values() and DEADLINE not in roles.values():
        pass  # an end alone is still read as «до …» by the rows
    elif START in roles.values() and END not in roles.values() and DEADLINE not in roles.values():
        roles = {col: DEADLINE if role == START else role for col, role in roles.items()}
    elif DEADLINE in roles.values() and (START in roles.values()) != (END in roles.values()):
        roles = {col: OTHER if role in (START, END) else role for col, role in roles.items()}
    if sum(1 for role in roles.values() if role == MARK) < 2 or DEADLINE in roles.values():
        roles = {col: OTHER if role == MARK else role for col, role in roles.items()}
    strong = [col for col, role in roles.items() if role == EXECUTORS and heading_roles(headings[col])[0][0] > 5]
    if strong:
        roles = {col: OTHER if role == EXECUTORS and col not in strong else role for col, role in roles.items()}
    return roles


def is_counting_row(row: Row) -> bool:
    """Is this the row that numbers the columns (1 2 3 4 5)?"""
    texts = [cell.text.strip(" .()") for cell in row.filled]
    if len(texts) < 3:
        return False
    digits = [int(text) for text in texts if re.fullmatch(r"\d{1,2}", text)]
    letters = [text for text in texts if re.fullmatch(r"[АБВабвABC]", text)]
    return (
        len(digits) + len(letters) == len(texts)
        and len(digits) >= 2
        and digits == list(range(digits[0], digits[0] + len(digits)))
        and digits[0] <= 2
    )


def repeats_header(row: Row, layout: Layout) -> bool:
    """Is this row the header once more, as at the top of the next page?"""
    texts = [lowered(cell.words) for cell in row.filled]
    known = {lowered(part) for heading in layout.headings.values() for part in heading.split(" / ")}
    return len(texts) >= 2 and all(text in known for text in texts)


# Content


def column_texts(grid: Grid, first: int, col: int) -> list[str]:
    """Collect a column's own texts below the header; wide cells belong to no column."""
    texts: list[str] = []
    for row in grid.rows[first : first + 300]:
        cell = row.at(col)
        if cell is not None and cell.span <= 2 and not cell.above and not cell.blank:
            texts.append(cell.text)
    return texts


def share(texts: Sequence[str], pattern: re.Pattern[str], *, whole: bool = False) -> float:
    """Tell which part of texts shows a pattern."""
    if not texts:
        return 0.0
    return sum(1 for text in texts if (pattern.match(text.strip()) if whole else pattern.search(text))) / len(texts)


def _fill_by_content(layout: Layout, grid: Grid) -> None:
    """Give roles that no heading named to the unnamed columns whose content shows them."""
    free = [col for col in range(grid.width) if layout.roles.get(col, OTHER) == OTHER and _unnamed(layout, col)]
    texts = {col: column_texts(grid, layout.first, col) for col in free}
    free = [col for col in free if texts[col] or not layout.headings.get(col)]
    for role in (NUMBER, DEADLINE, EXECUTORS, TITLE, RESULT):
        if role in layout.roles.values() or (role == DEADLINE and {START, END, MARK} & layout.known):
            continue
        best = max(free, key=lambda col: _fit(role, texts[col]), default=None)
        if best is None or _fit(role, texts[best]) < 0.5:
            continue
        if role == NUMBER and best > min(layout.columns(TITLE) or [99]):
            continue
        layout.roles[best] = role
        layout.guessed.append(best)
        free.remove(best)


def _unnamed(layout: Layout, col: int) -> bool:
    """Does a column's heading say nothing (a heading known to be something else says enough)?"""
    heading = layout.headings.get(col, "")
    return not heading or not any(heading_roles(part) for part in heading.split(" / "))


def _fit(role: str, texts: Sequence[str]) -> float:
    """Tell how much a column's content looks like a role, from 0 to 1."""
    if not texts:
        return 0.0
    length = sum(len(text) for text in texts) / len(texts)
    if role == NUMBER:
        return share(texts, _NUMBER_TEXT, whole=True)
    if role == DEADLINE:
        return share(texts, DATE_WORDS) if length < 60 else 0.0
    if role == EXECUTORS:
        return share(texts, _PEOPLE) if length < 160 else 0.0
    dull = share(texts, _NUMBER_TEXT, whole=True)
    return 0.0 if dull > 0.5 or length < 12 else min(1.0, 0.5 + length / 200)


def layout_like(grid: Grid, layout: Layout) -> Layout | None:
    """Lay a table without a header of its own out like the one that it continues; None if it does not fit."""
    first = 0
    while first < len(grid.rows) and is_counting_row(grid.rows[first]):
        first += 1
    if grid.width == layout.width:
        return Layout(dict(layout.roles), dict(layout.headings), 0, first, grid.width)
    found = layout_by_content(grid)
    if found is not None and len(found.known & layout.known) >= min(3, len(layout.known)):
        return found
    return None


def layout_by_content(grid: Grid) -> Layout | None:
    """Lay a table without any header out by its content alone; None unless it looks like a plan."""
    if grid.width < 3 or len(grid.rows) < 2:
        return None
    layout = Layout({}, {}, 0, 0, grid.width)
    _fill_by_content(layout, grid)
    if {TITLE, DEADLINE} <= layout.known and _reads_well(layout, grid):
        if RESULT in layout.known and (layout.column(RESULT) or 0) < (layout.column(TITLE) or 0):
            title, result = layout.column(TITLE), layout.column(RESULT)
            layout.roles |= {title or 0: RESULT, result or 0: TITLE}
        return layout
    return None


def _reads_well(layout: Layout, grid: Grid) -> bool:
    titles = column_texts(grid, 0, layout.column(TITLE) or 0)
    dates = column_texts(grid, 0, layout.column(DEADLINE) or 0)
    return len(titles) >= 2 and len(dates) >= 2


def cell_at(row: Row, col: int | None) -> Cell | None:
    return None if col is None else row.at(col)
