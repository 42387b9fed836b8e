"""Deadlines in Russian words: cases, plurals, and wordings that the grammar reads back."""

import datetime as dt
import re

from deadlines.values import Deadline, Kind, Window
from deadlines.wording.rule import RuleParts, parts_of

_NOMINATIVE = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь".split()  # noqa: SIM905
_GENITIVE = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905
_SHORT = "пн вт ср чт пт сб вс".split()  # noqa: SIM905
_WEEKDAYS = "понедельник вторник среда четверг пятница суббота воскресенье".split()  # noqa: SIM905
_ON_WEEKDAYS = "понедельникам вторникам средам четвергам пятницам субботам воскресеньям".split()  # noqa: SIM905
_GENDER = "ммжмжжс"
_ORDINALS = {
    1: {"м": "первый", "ж": "первая", "с": "первое"},
    2: {"м": "второй", "ж": "вторая", "с": "второе"},
    3: {"м": "третий", "ж": "третья", "с": "третье"},
    4: {"м": "четвертый", "ж": "четвертая", "с": "четвертое"},
    5: {"м": "пятый", "ж": "пятая", "с": "пятое"},
    -1: {"м": "последний", "ж": "последняя", "с": "последнее"},
}
_OF_MONTH = {
    1: "месяца",
    2: "второго месяца",
    3: "третьего месяца",
    4: "четвертого месяца",
    5: "пятого месяца",
    6: "шестого месяца",
}
_UNITS = {
    "D": ("день", "дня", "дней"),
    "W": ("неделя", "недели", "недель"),
    "M": ("месяц", "месяца", "месяцев"),
    "Y": ("год", "года", "лет"),
    "H": ("час", "часа", "часов"),
}
_GENITIVES = {
    "D": ("дня", "дней"),
    "W": ("недели", "недель"),
    "M": ("месяца", "месяцев"),
    "Y": ("года", "лет"),
    "H": ("часа", "часов"),
}
_ACCUSATIVE = {"D": "день", "W": "неделю", "M": "месяц", "Y": "год", "H": "час"}
_DURATION = re.compile(r"(-?)P(?:T(?P<hours>\d+)H|(?P<number>\d+)(?P<working>B?)(?P<unit>[DWMY]))")


def plural(number: int, one: str, few: str, many: str) -> str:
    """Choose the form that goes with a number: 1 срок, 2 срока, 5 сроков, 21 срок."""
    if number % 100 in (11, 12, 13, 14):
        return many
    return one if number % 10 == 1 else few if number % 10 in (2, 3, 4) else many


def render(deadline: Deadline) -> str:
    """Word a deadline in full, or give '' where only its phrase can."""
    match deadline.kind:
        case Kind.BY if deadline.due is not None:
            days = [w.due for w in deadline.windows] or [deadline.due]
            return ", ".join(f"до {_date(d)}" for d in days)
        case Kind.WINDOW if deadline.start is not None:
            if deadline.due is None:
                return f"с {_date(deadline.start)}"
            windows = deadline.windows or (Window(deadline.start, deadline.due),)
            return ", ".join(_window(w) for w in windows)
        case Kind.MONTHS if deadline.windows:
            return ", ".join(_months(w) for w in deadline.windows)
        case Kind.CONTINUOUS:
            return _continuous(deadline)
        case Kind.RECURRING:
            return _recurring(deadline)
        case Kind.BY_SCHEDULE:
            return "по отдельному графику" + _bounds(deadline)
        case Kind.ON_REQUEST:
            return "по запросу" + _bounds(deadline)
        case Kind.RELATIVE if deadline.relative is not None:
            return _relative(deadline.relative.duration, deadline.relative.event)
        case Kind.UNKNOWN if deadline.due is not None:
            return f"— {_date(deadline.due)}"
        case Kind.UNKNOWN if deadline.start is not None:
            return f"{_date(deadline.start)} —"
    return ""


def _date(day: dt.date) -> str:
    return f"{day.day:02d}.{day.month:02d}.{day.year:04d}"


def _window(window: Window) -> str:
    start, due = window
    if start == due:
        return _date(due)
    if (start.year, start.month) == (due.year, due.month):
        return f"{start.day:02d} — {_date(due)}"
    return f"{_date(start)} — {_date(due)}"


def _months(window: Window) -> str:
    start, due = window
    last = f"{_NOMINATIVE[due.month - 1]} {due.year} г."
    if (start.year, start.month) == (due.year, due.month):
        return last
    first = _NOMINATIVE[start.month - 1]
    return f"{first} — {last}" if start.year == due.year else f"{first} {start.year} г. — {last}"


def _stretch(start: dt.date, due: dt.date) -> str:
    """A stretch of years in words, or '' where it is none."""
    if (start.month, start.day, due.month, due.day) == (1, 1, 12, 31):
        return f"{start.year} г." if start.year == due.year else f"{start.year}-{due.year} годов"
    if (start.month, start.day, due.month, due.day) == (9, 1, 8, 31) and due.year == start.year + 1:
        return f"{start.year}-{due.year} учебного года"
    return ""


def _continuous(deadline: Deadline) -> str:
    start, due = deadline.start, deadline.due
    if start is None or due is None:
        return "постоянно"
    years = _stretch(start, due)
    whole = f"в течение {years}" if years else f"постоянно с {_date(start)} по {_date(due)}"
    first = [_months(w) if _is_months(w) else _window(w) for w in deadline.windows[:-1]]
    return ", ".join([*first, whole])


def _is_months(window: Window) -> bool:
    return window.start.day == 1 and (window.due + dt.timedelta(1)).day == 1


def _bounds(deadline: Deadline) -> str:
    start, due = deadline.start, deadline.due
    if due is None:
        return "" if start is None else f" с {_date(start)}"
    if start is None:
        return f", до {_date(due)}"
    years = _stretch(start, due)
    return f", в течение {years}" if years else f", с {_date(start)} по {_date(due)}"


def _relative(duration: str | None, event: str) -> str:
    found = _DURATION.fullmatch(duration or "")
    if found is None:
        return event
    number = int(found["hours"] or found["number"])
    unit = "H" if found["hours"] else found["unit"]
    if found[1]:
        name = _ACCUSATIVE[unit] if plural(number, "1", "2", "5") == "1" else plural(number, *_UNITS[unit])
        working = plural(number, "рабочий ", "рабочих ", "рабочих ") if found["working"] else ""
        return f"за {number} {working}{name} до {event}".rstrip()
    one, many = _GENITIVES[unit]
    working = plural(number, "рабочего ", "рабочих ", "рабочих ") if found["working"] else ""
    term = f"в течение {number} {working}{plural(number, one, many, many)}"
    return f"{term} после {event}" if event else term


# recurring


def _recurring(deadline: Deadline) -> str:
    if not deadline.rrules:  # only the school calendar knows the days: the phrase says how often
        return deadline.phrase or "1 раз в четверть" + _bounds(deadline)
    parts = [parts_of(rule) for rule in deadline.rrules]
    dated = [p for p in parts if _is_dated(p)]
    others = [p for p in parts if not _is_dated(p)]
    words = [_rule(p) + _left_out(p) for p in others]
    if dated:
        lead = "" if others else _frequency(dated[0], "ежегодно", "года", "лет") + " "
        words.append(lead + ", ".join(_yearly_dates(p) for p in dated))
    return ", ".join(words) + _bounds(deadline)


def _left_out(rule: RuleParts) -> str:
    """«, кроме июля и августа»: what a weekly or monthly rule does not name."""
    spared = [_GENITIVE[m - 1] for m in rule.left_out]
    return f", кроме {_list(spared)}" if spared else ""


def _is_dated(rule: RuleParts) -> bool:
    """Whether a rule names days of the year rather than a day after each quarter or half-year."""
    return (
        rule.freq == "YEARLY"
        and bool(rule.months)
        and not rule.stretch
        and not rule.working_day
        and (rule.days != (-1,) or bool(rule.weekdays))
    )


def _yearly_dates(rule: RuleParts) -> str:
    if rule.weekdays:
        return ", ".join(f"{_nth(n, d)} {_GENITIVE[m - 1]}" for m in rule.months for n, d in rule.weekdays)
    return ", ".join(f"до {d} {_GENITIVE[m - 1]}" for d in rule.days for m in rule.months)


def _frequency(rule: RuleParts, single: str, few: str, many: str) -> str:
    return single if rule.interval == 1 else f"раз в {rule.interval} {plural(rule.interval, few, few, many)}"


def _rule(rule: RuleParts) -> str:
    if rule.freq == "DAILY":
        return f"раз в {rule.interval} {plural(rule.interval, *_UNITS['D'])}"
    if rule.freq == "WEEKLY":
        return _weekly(rule)
    if rule.freq == "MONTHLY":
        return _monthly(rule)
    return _yearly(rule)


def _weekly(rule: RuleParts) -> str:
    days = [d for _, d in rule.weekdays]
    if days == [0, 1, 2, 3, 4] and rule.interval == 1:
        return "ежедневно"
    lead = _frequency(rule, "еженедельно", "недели", "недель")
    return f"{lead} по {_list([_ON_WEEKDAYS[d] for d in days])}"


def _monthly(rule: RuleParts) -> str:
    lead = _frequency(rule, "ежемесячно", "месяца", "месяцев")
    if rule.working_day:
        return f"{lead}, {'последний' if rule.working_day < 0 else f'{rule.working_day}-й'} рабочий день месяца"
    if rule.weekdays:
        return f"{lead}, {_list([_nth(n, d) for n, d in rule.weekdays])} месяца"
    if rule.days == (-1,):
        return lead
    return f"{lead} до {_list([str(31 if d == -1 else d) for d in rule.days])} числа"


def _yearly(rule: RuleParts) -> str:
    if not rule.months:
        return _frequency(rule, "ежегодно", "года", "лет")
    if rule.working_day:
        return "последний рабочий день квартала"
    if rule.stretch and rule.interval == 1:
        if rule.days == (-1,):
            return "ежеквартально"
        noun = {3: "кварталом", 6: "полугодием"}[rule.stretch]
        lead = "ежеквартально " if rule.stretch == 3 else ""
        day = _list([str(31 if d == -1 else d) for d in rule.days])
        if rule.months[0] == 3 and rule.stretch == 3:
            return f"{lead}до {day} числа последнего месяца квартала"
        return f"{lead}до {day} числа {_OF_MONTH[rule.months[0]]}, следующего за отчетным {noun}"
    lead = _frequency(rule, "ежегодно", "года", "лет")
    return f"{lead}, {', '.join(_NOMINATIVE[m - 1] for m in rule.months)}"


def _nth(number: int, weekday: int) -> str:
    return f"{_ORDINALS[number][_GENDER[weekday]]} {_WEEKDAYS[weekday]}"


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} и {words[-1]}"


# the short sentence


def day(day: dt.date, *, year: bool) -> str:
    """«пт, 26 сентября», with the year where asked."""
    return f"{_SHORT[day.weekday()]}, {day.day} {_GENITIVE[day.month - 1]}" + (f" {day.year}" if year else "")


def short(deadline: Deadline, *, year: bool) -> str:
    """Say what a phrase means in one short sentence."""
    start, due = deadline.start, deadline.due
    match deadline.kind:
        case Kind.BY if due is not None:
            return day(due, year=year)
        case Kind.WINDOW if start is not None:
            return _short_window(start, due, year=year)
        case Kind.MONTHS if deadline.windows:
            return ", ".join(_months(w).replace(" г.", "") for w in deadline.windows)
        case Kind.CONTINUOUS if start is not None and due is not None:
            return f"весь период: {_plain(start)} — {_plain(due)}"
        case Kind.CONTINUOUS:
            return "весь период плана"
        case Kind.RECURRING:
            return render(deadline)
        case Kind.BY_SCHEDULE:
            return "срок даст график" + _between(start, due)
        case Kind.ON_REQUEST:
            return "по запросу" + _between(start, due)
        case Kind.RELATIVE:
            return (
                f"срок зависит от события: {render(deadline)}"
                if deadline.relative and deadline.relative.event
                else render(deadline)
            )
        case Kind.UNKNOWN if due is not None:
            return f"понят только конец: {day(due, year=True)}"
        case Kind.UNKNOWN if start is not None:
            return f"понято только начало: {day(start, year=True)}"
        case Kind.UNKNOWN:
            return (
                "срок не указан"
                if not deadline.phrase.strip() or "no-deadline" in deadline.warnings
                else "срок не понят"
            )
    return "год не указан"


def _short_window(start: dt.date, due: dt.date | None, *, year: bool) -> str:
    if due is None:
        return f"с {_SHORT[start.weekday()]}, {_plain(start)}"
    if start == due:
        return day(due, year=year)
    first = day(start, year=start.year != due.year)
    if (start.year, start.month) == (due.year, due.month):
        first = f"{_SHORT[start.weekday()]}, {start.day}"
    return f"{first} — {day(due, year=year or start.year != due.year)}"


def _plain(day: dt.date) -> str:
    return f"{day.day} {_GENITIVE[day.month - 1]} {day.year}"


def _between(start: dt.date | None, due: dt.date | None) -> str:
    if start is not None and due is not None:
        return f": {_plain(start)} — {_plain(due)}"
    return "" if due is None else f": до {_plain(due)}"


def several(count: int, day: str | None, *, upcoming: bool) -> str:
    """«10 сроков, ближайший — ср, 5 ноября»."""
    head = f"{count} {plural(count, 'срок', 'срока', 'сроков')}"
    if day is None:
        return f"{head}, все прошли"
    return f"{head}, {'ближайший' if upcoming else 'первый'} — {day}"


def year_from_period(sentence: str) -> str:
    """Say that the year is the plan's."""
    return f"{sentence}: год из периода плана"


def day_off(sentence: str) -> str:
    """Say that the due day is not worked."""
    return f"{sentence}, выходной день"
