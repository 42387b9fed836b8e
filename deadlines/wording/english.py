"""Deadlines in English words."""

import datetime as dt
import re

from deadlines.values import Deadline, Kind, Window
from deadlines.wording.rule import RuleParts, parts_of

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", -1: "last"}
_DURATION = re.compile(r"(-?)P(?:T(?P<hours>\d+)H|(?P<number>\d+)(?P<working>B?)(?P<unit>[DWMY]))")
_UNITS = {"D": "day", "W": "week", "M": "month", "Y": "year", "H": "hour"}


def render(deadline: Deadline) -> str:
    """Word a deadline in full, or give '' where only its phrase can."""
    start, due = deadline.start, deadline.due
    match deadline.kind:
        case Kind.BY if due is not None:
            return "by " + _list([_date(d) for d in ([w.due for w in deadline.windows] or [due])])
        case Kind.WINDOW if start is not None:
            if due is None:
                return f"from {_date(start)}"
            return _list([_window(w) for w in (deadline.windows or (Window(start, due),))])
        case Kind.MONTHS if deadline.windows:
            return _list([_months(w) for w in deadline.windows])
        case Kind.CONTINUOUS:
            whole = "continuously" + (f", {_stretch(start, due)}" if start and due else "")
            first = [_months(w) if _is_months(w) else _window(w) for w in deadline.windows[:-1]]
            return ", ".join([*first, whole])
        case Kind.RECURRING:
            words = (
                _list([_rule_but(parts_of(r)) for r in deadline.rrules]) if deadline.rrules else "once a school term"
            )
            return words + _bounds(deadline)
        case Kind.BY_SCHEDULE:
            return "by a separate schedule" + _bounds(deadline)
        case Kind.ON_REQUEST:
            return "on request" + _bounds(deadline)
        case Kind.RELATIVE if deadline.relative is not None:
            return _relative(deadline.relative.duration, deadline.relative.event)
        case Kind.UNKNOWN if due is not None:
            return f"… – {_date(due)}"
        case Kind.UNKNOWN if start is not None:
            return f"{_date(start)} – …"
    return ""


def _date(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _window(window: Window) -> str:
    start, due = window
    if start == due:
        return _date(due)
    if (start.year, start.month) == (due.year, due.month):
        return f"{start.day}–{_date(due)}"
    if start.year == due.year:
        return f"{start.day} {_MONTHS[start.month - 1]} – {_date(due)}"
    return f"{_date(start)} – {_date(due)}"


def _months(window: Window) -> str:
    start, due = window
    last = f"{_MONTHS[due.month - 1]} {due.year}"
    if (start.year, start.month) == (due.year, due.month):
        return last
    first = _MONTHS[start.month - 1]
    return f"{first}–{last}" if start.year == due.year else f"{first} {start.year} – {last}"


def _is_months(window: Window) -> bool:
    return window.start.day == 1 and (window.due + dt.timedelta(1)).day == 1


def _stretch(start: dt.date, due: dt.date) -> str:
    if (start.month, start.day, due.month, due.day) == (1, 1, 12, 31):
        return f"throughout {start.year}" if start.year == due.year else f"throughout {start.year}–{due.year}"
    if (start.month, start.day, due.month, due.day) == (9, 1, 8, 31) and due.year == start.year + 1:
        return f"throughout the school year {start.year}–{due.year}"
    return f"from {_date(start)} to {_date(due)}"


def _bounds(deadline: Deadline) -> str:
    start, due = deadline.start, deadline.due
    if due is None:
        return "" if start is None else f", from {_date(start)}"
    return f", by {_date(due)}" if start is None else f", {_stretch(start, due)}"


def _relative(duration: str | None, event: str) -> str:
    found = _DURATION.fullmatch(duration or "")
    quoted = f"“{event}”"
    if found is None:
        return f"depends on {quoted}"
    number = int(found["hours"] or found["number"])
    unit = _UNITS["H" if found["hours"] else found["unit"]]
    term = f"{number} {'working ' if found['working'] else ''}{unit}{'' if number == 1 else 's'}"
    if found[1]:
        return f"{term} before {quoted}" if event else f"{term} before the event"
    return f"within {term} of {quoted}" if event else f"within {term}"


def _rule_but(rule: RuleParts) -> str:
    spared = [_MONTHS[m - 1] for m in rule.left_out]
    return _rule(rule) + (f", except in {_list(spared)}" if spared else "")


def _rule(rule: RuleParts) -> str:
    if rule.freq == "DAILY":
        return f"every {rule.interval} days"
    if rule.freq == "WEEKLY":
        days = [d for _, d in rule.weekdays]
        if days == [0, 1, 2, 3, 4] and rule.interval == 1:
            return "every working day"
        return f"{_every(rule.interval, 'week')} on {_list([_WEEKDAYS[d] for d in days])}"
    if rule.freq == "MONTHLY":
        return f"{_every(rule.interval, 'month')}, {_day_of_month(rule)}"
    return _yearly(rule)


def _every(interval: int, unit: str) -> str:
    return f"every {unit}" if interval == 1 else f"every {interval} {unit}s"


def _day_of_month(rule: RuleParts) -> str:
    if rule.working_day:
        return f"on the {'last' if rule.working_day < 0 else _nth(rule.working_day)} working day"
    if rule.weekdays:
        return "on the " + _list([f"{_ORDINALS[n]} {_WEEKDAYS[d]}" for n, d in rule.weekdays])
    return "by the " + _list(["last day" if d == -1 else _nth(d) for d in rule.days])


def _yearly(rule: RuleParts) -> str:
    lead = _every(rule.interval, "year")
    if not rule.months:
        return lead
    if rule.stretch:
        unit = {3: "quarter", 6: "half-year"}[rule.stretch]
        if rule.days == (-1,):
            return f"every {unit}, by the last day"
        if rule.months[0] == rule.stretch:
            return f"every {unit}, {_day_of_month(rule)} of its last month"
        which = "" if rule.months[0] == 1 else f"{_ORDINALS[rule.months[0]]} "
        return f"every {unit}, {_day_of_month(rule)} of the {which}month after it"
    if rule.weekdays or rule.working_day:
        return f"{lead}, {_day_of_month(rule)} of {_list([_MONTHS[m - 1] for m in rule.months])}"
    if rule.days == (-1,):
        return f"{lead}, by the end of {_list([_MONTHS[m - 1] for m in rule.months])}"
    return f"{lead}, by " + _list([f"{d} {_MONTHS[m - 1]}" for d in rule.days for m in rule.months])


def _nth(number: int) -> str:
    if number in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


# the short sentence


def day(day: dt.date, *, year: bool) -> str:
    """“Fri, 26 September”, with the year where asked."""
    return f"{_WEEKDAYS[day.weekday()][:3]}, {day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def short(deadline: Deadline, *, year: bool) -> str:
    """Say what a phrase means in one short sentence."""
    start, due = deadline.start, deadline.due
    match deadline.kind:
        case Kind.BY if due is not None:
            return day(due, year=year)
        case Kind.WINDOW if start is not None:
            return _short_window(start, due, year=year)
        case Kind.CONTINUOUS if start is not None and due is not None:
            return f"the whole period: {_date(start)} – {_date(due)}"
        case Kind.CONTINUOUS:
            return "the plan's whole period"
        case Kind.BY_SCHEDULE:
            return "a schedule will give the date" + _bounds(deadline)
        case Kind.UNKNOWN if due is not None:
            return f"only the end was understood: {day(due, year=True)}"
        case Kind.UNKNOWN if start is not None:
            return f"only the beginning was understood: {day(start, year=True)}"
        case Kind.UNKNOWN:
            return (
                "no deadline" if not deadline.phrase.strip() or "no-deadline" in deadline.warnings else "not understood"
            )
        case Kind.BY | Kind.WINDOW:
            return "no year stated"
        case Kind.MONTHS if not deadline.windows:
            return "no year stated"
    return render(deadline)


def _short_window(start: dt.date, due: dt.date | None, *, year: bool) -> str:
    if due is None:
        return f"from {day(start, year=True)}"
    if start == due:
        return day(due, year=year)
    first = day(start, year=start.year != due.year)
    if (start.year, start.month) == (due.year, due.month):
        first = f"{_WEEKDAYS[start.weekday()][:3]}, {start.day}"
    return f"{first} – {day(due, year=year or start.year != due.year)}"


def several(count: int, day: str | None, *, upcoming: bool) -> str:
    """“10 dates, the next on Wed, 5 November”."""
    head = f"{count} date{'' if count == 1 else 's'}"
    if day is None:
        return f"{head}, all past"
    return f"{head}, the {'next' if upcoming else 'first'} on {day}"


def year_from_period(sentence: str) -> str:
    """Say that the year is the plan's."""
    return f"{sentence}: year from the plan's period"


def day_off(sentence: str) -> str:
    """Say that the due day is not worked."""
    return f"{sentence}, a day off"
