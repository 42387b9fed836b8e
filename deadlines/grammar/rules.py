"""Frequencies as RFC 5545 rules, without DTSTART and prefix."""

import datetime as dt
import re
from collections.abc import Iterable

from deadlines.grammar.atoms import Atom, Impossible, Part, Unit, end_of_month, is_school_period
from deadlines.grammar.found import DayNumbers, Every, Follow, Mode, Scan, Span
from deadlines.values import Period

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SCHOOL = ("term", "trimester")
_COARSE = ("year", "half", "quarter", *_SCHOOL)
_SEVERAL_A_WEEK = {1: (4,), 2: (1, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4), 6: (0, 1, 2, 3, 4, 5)}


def yearly(months: Iterable[int], day: str, interval: int = 1) -> str:
    step = f"INTERVAL={interval};" if interval > 1 else ""
    names = ",".join(str(m) for m in sorted(set(months)))
    return f"FREQ=YEARLY;{step}BYMONTH={names};{day}" if names else f"FREQ=YEARLY;{step}".rstrip(";")


def monthly(day: str, interval: int = 1) -> str:
    return f"FREQ=MONTHLY;{f'INTERVAL={interval};' if interval > 1 else ''}{day}"


def weekly(days: Iterable[int], interval: int = 1) -> str:
    names = ",".join(DAYS[d] for d in sorted(set(days)))
    return f"FREQ=WEEKLY;{f'INTERVAL={interval};' if interval > 1 else ''}BYDAY={names}"


def month_days(days: Iterable[int]) -> str:
    """Days of the month; the 29th to 31st fall back to the last day of a shorter month."""
    wanted = sorted({-1 if d >= 31 else d for d in days}, key=lambda d: (d < 0, d))
    if len(wanted) == 1 and wanted[0] in (29, 30):
        return f"BYMONTHDAY={','.join(str(d) for d in range(28, wanted[0] + 1))};BYSETPOS=-1"
    return f"BYMONTHDAY={','.join(str(d) for d in wanted)}"


def rules_of(scan: Scan, period: Period | None, warnings: set[str]) -> tuple[str, ...]:
    """
    Give the rules of a phrase that names a frequency, or () when it names none or only the school calendar knows it.

    Days that the phrase does not name are the last of their stretch (Friday of a week) and are warned of.
    """
    every = list(scan.every)
    school = is_school_period(period)
    weekdays = [w for e in every for w in e.weekdays]
    if weekdays:
        return _sparing(_weekday_rules(every, weekdays, warnings), scan, warnings)
    days = [d for found in scan.day_numbers for d in found.days]
    days_named = [
        s for s in scan.spans if s.last is None and s.first.is_exact and s.mode not in (Mode.FROM, Mode.AFTER)
    ]
    dated = [s for s in days_named if s.first.year is None]
    main = _main(every, scan, warnings)
    if main is None:
        return ()
    coarse = main.unit in _COARSE
    if not dated and (main.unit == "year" or (coarse and len(days_named) > 1)):
        dated = days_named
        for span in dated:  # «ежегодно до 01.03.2023»: the year says where it begins, or nothing
            span.repeats = True
            warnings.add("year-ignored")
    named = {s.first.unit for s in scan.spans if s.mode not in (Mode.FROM, Mode.AFTER)}
    if main.unit in _SCHOOL and not named & {Unit.DAY, Unit.MONTH}:
        warnings.add("school-calendar")
        return ()
    if days and scan.follows:
        return _sparing(_following(scan, main, warnings) + _dates(dated), scan, warnings)
    if days:
        return _sparing((_with_days(main, days, warnings), *_dates(dated)), scan, warnings)
    if dated and coarse:
        return _dates(dated, main.interval if main.unit == "year" else 1)
    months = [s for s in scan.spans if s.first.year is None and s.first.unit is Unit.MONTH and not s.through]
    if months and coarse:
        eve = [s.mode in (Mode.BY, Mode.TOWARDS) and not s.inclusive for s in months]
        ends = [((s.last or s.first).month - 1 - e) % 12 + 1 for s, e in zip(months, eve, strict=True)]
        if not any(s.mode in (Mode.FROM, Mode.AFTER) for s in months):
            warnings.add("inclusive-unclear" if any(eve) else "day-assumed")
            for span in months:
                span.repeats = True
            return (yearly(ends, "BYMONTHDAY=-1", main.interval if main.unit == "year" else 1),)
    if main.unit in _SCHOOL:
        warnings.add("school-calendar")
        return ()
    if main.unit == "year" and (last_days := _yearly_ends(scan.spans, warnings)):
        return tuple(yearly([month], day, main.interval) for month, day in last_days)
    return _sparing(_plain(main, period, school, scan, warnings), scan, warnings)


def _sparing(rules: tuple[str, ...], scan: Scan, warnings: set[str]) -> tuple[str, ...]:
    """«ежемесячно, кроме июля»: the rule names the months that are left."""
    if not scan.left_out:
        return rules
    kept = ",".join(str(m) for m in range(1, 13) if m not in scan.left_out)
    if not kept or any(not r.startswith(("FREQ=MONTHLY", "FREQ=WEEKLY")) for r in rules):
        warnings.add("partly-read")
        return rules
    return tuple(re.sub(r"(?=BYMONTHDAY=|BYDAY=)", f"BYMONTH={kept};", r, count=1) for r in rules)


def anchored(every: list[Every], day: dt.date) -> str | None:
    """Give the rule that goes on from a day: «до 15 октября, далее ежеквартально»."""
    if len(every) != 1 or every[0].times > 1 or every[0].interval > 1 or every[0].working_day:
        return None
    if every[0].unit == "week":
        return weekly([day.weekday()]) if day.weekday() < 5 else None
    own = "BYMONTHDAY=-1" if day == end_of_month(day) else month_days([day.day])
    if every[0].unit == "month":
        return monthly(own)
    step = {"quarter": 3, "half": 6}.get(every[0].unit)
    return None if step is None else yearly([(day.month - 1 + n) % 12 + 1 for n in range(0, 12, step)], own)


def _yearly_ends(spans: list[Span], warnings: set[str]) -> list[tuple[int, str]]:
    """«ежегодно с 1 по 10 октября», «ежегодно, II квартал»: the stretch's last day recurs."""
    ends: list[tuple[int, str]] = []
    for span in spans:
        last = span.last or span.first
        if (last.unit in (Unit.YEAR, Unit.SCHOOL_YEAR) and last.part is Part.WHOLE) or span.mode in (
            Mode.FROM,
            Mode.AFTER,
        ):
            continue
        if last.year is not None or span.first.year is not None:
            warnings.add("year-ignored")
        window = last.bounds(2023)  # no leap year, so that a February ends everywhere
        due = window.due
        if (
            span.mode in (Mode.BY, Mode.TOWARDS)
            and not last.is_exact
            and last.part in (Part.WHOLE, Part.BEGINNING)
            and not span.inclusive
        ):
            due = window.start - dt.timedelta(1)
            warnings.add("inclusive-unclear")
        if span.last is not None and last.is_exact:
            warnings.add("partly-read")  # a rule has no first day
        elif not last.is_exact:
            warnings.add("day-assumed")
        if last.is_approximate:
            warnings.add("approximate")
        span.repeats = True
        ends.append((due.month, f"BYMONTHDAY={-1 if due == end_of_month(due) else due.day}"))
    return ends


def _main(every: list[Every], scan: Scan, warnings: set[str]) -> Every | None:
    """The finest frequency counts; a day number without one repeats by what it follows."""
    if every:
        order = ("day", "week", "decade", "month", "quarter", "half", "year")
        finest = min(every, key=lambda e: order.index(e.unit) if e.unit in order else 9)
        counted = [e for e in every if e.unit == finest.unit and (e.times > 1 or e.interval > 1 or e.working_day)]
        return counted[0] if counted else finest
    if scan.follows:
        unit = scan.follows[0].unit
        return Every("month" if unit == "next" else unit)
    if any(s.yearly for s in scan.spans):
        return Every("year")
    if scan.day_numbers:
        warnings.add("period-assumed")
        return Every("month")
    return None


def _weekday_rules(every: list[Every], weekdays: list[tuple[int, int]], warnings: set[str]) -> tuple[str, ...]:
    unit = "month" if any(n for n, _ in weekdays) or any(e.unit == "month" and e.weekdays for e in every) else "week"
    if any(n != -1 and not 0 <= n <= 5 for n, _ in weekdays):
        raise Impossible("no month has that weekday so often")
    interval = max((e.interval for e in every if e.unit == unit), default=1)
    if unit == "week":
        return (weekly((d for _, d in weekdays), interval),)
    coarse = [e.unit for e in every if e.unit in ("quarter", "half", "year")]
    if coarse or (any(e.assumed for e in every) and not any(e.unit == "month" and not e.weekdays for e in every)):
        warnings.add("period-assumed")
    if not all(n for n, _ in weekdays):
        warnings.add("partly-read")
    names = ",".join(f"{n}{DAYS[d]}" for n, d in sorted(set(weekdays), key=lambda w: (w[0] < 0, w)) if n)
    day = f"BYDAY={names}"
    if coarse:
        return (yearly({"quarter": (3, 6, 9, 12), "half": (6, 12), "year": (12,)}[coarse[0]], day),)
    return (monthly(day, interval),)


def _following(scan: Scan, main: Every, warnings: set[str]) -> tuple[str, ...]:
    rules = []
    for number, found in enumerate(scan.day_numbers):
        follow = scan.follows[min(number, len(scan.follows) - 1)]
        rules.append(_one_following(found, follow, main))
    return tuple(rules)


def _one_following(found: DayNumbers, follow: Follow, main: Every) -> str:
    day = month_days(found.days)
    unit = follow.unit
    if unit == "next" or (unit == "month" and main.unit in ("quarter", "half", "year")):
        unit = main.unit  # «ежеквартально до 10 числа следующего месяца»
    if unit not in ("quarter", "half", "year"):
        return monthly(day, main.interval if main.unit == "month" else 1)
    length = {"quarter": 3, "half": 6, "year": 12}[unit]
    month = follow.month if follow.month > 0 else length
    months = [(month - 1 + k) % 12 + 1 for k in range(0, 12, length)]
    return yearly(months, day, main.interval if main.unit == "year" else 1)


def _with_days(main: Every, days: list[int], warnings: set[str]) -> str:
    """«ежеквартально до 5 числа»: the month after the stretch, unless it is said otherwise."""
    day = month_days(days)
    if main.unit in ("quarter", "half", "year"):
        warnings.add("month-assumed")
        length = {"quarter": 3, "half": 6, "year": 12}[main.unit]
        return yearly(range(1, 13, length), day, main.interval if main.unit == "year" else 1)
    return monthly(day, main.interval if main.unit == "month" else 1)


def _dates(spans: list[Span], interval: int = 1) -> tuple[str, ...]:
    """Dates without a year: one rule for each day number, with its months."""
    by_day: dict[str, list[int]] = {}
    for span in spans:
        atom: Atom = span.first
        span.repeats = True
        atom.bounds(2024)  # an impossible date shows here
        day = f"BYDAY={atom.number}{DAYS[atom.weekday]}" if atom.unit is Unit.WEEKDAY else _exact_day(atom)
        by_day.setdefault(day, []).append(atom.month)
    return tuple(yearly(months, day, interval) for day, months in by_day.items())


def _exact_day(atom: Atom) -> str:
    if (atom.month, atom.number) == (2, 29):
        return "BYMONTHDAY=-1"
    return f"BYMONTHDAY={atom.number}"


def _plain(main: Every, period: Period | None, school: bool, scan: Scan, warnings: set[str]) -> tuple[str, ...]:
    """A frequency without a day."""
    if main.unit == "day":
        if main.interval > 1:
            return (f"FREQ=DAILY;INTERVAL={main.interval}",)
        return ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",)
    if main.working_day:
        months = (3, 6, 9, 12) if main.unit == "quarter" else ()
        day = f"BYDAY=MO,TU,WE,TH,FR;BYSETPOS={main.working_day}"
        return (yearly(months, day) if months else monthly(day),)
    if "day-said" not in scan.flags:
        warnings.add("day-assumed")
    if main.unit == "week":
        return (weekly(_SEVERAL_A_WEEK.get(main.times, range(7)), main.interval),)
    if main.unit == "decade":
        return (monthly("BYMONTHDAY=10,20,-1"),)
    if main.unit == "month":
        return (_months_apart(main, period),)
    if main.unit in ("quarter", "half", "year"):
        return (_stretches(main, period, school, warnings),)
    return ()


def _months_apart(main: Every, period: Period | None) -> str:
    if main.interval == 1:
        days = {1: "-1", 2: "15,-1", 3: "10,20,-1", 4: "7,14,21,-1"}.get(main.times)
        return monthly(f"BYMONTHDAY={days}") if days else monthly("BYMONTHDAY=5,10,15,20,25,-1")
    if 12 % main.interval == 0:
        first = period.start.month if period else 1
        months = [(first - 2 + main.interval * k) % 12 + 1 for k in range(1, 12 // main.interval + 1)]
        return yearly(months, "BYMONTHDAY=-1")
    return monthly("BYMONTHDAY=-1", main.interval)


def _stretches(main: Every, period: Period | None, school: bool, warnings: set[str]) -> str:
    if main.unit == "quarter" and main.interval == 1:
        if main.times > 1:
            warnings.add("count-only")
        return yearly((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) if main.times >= 3 else (3, 6, 9, 12), "BYMONTHDAY=-1")
    halves = (5, 12) if school else (6, 12)
    if main.unit == "half" and main.interval == 1:
        if main.times == 2:
            return yearly((3, 6, 9, 12), "BYMONTHDAY=-1")
        if main.times > 1:
            warnings.add("count-only")
        return yearly(halves, "BYMONTHDAY=-1")
    if main.unit in ("quarter", "half"):
        return monthly("BYMONTHDAY=-1", main.interval * (3 if main.unit == "quarter" else 6))
    if main.interval > 1:
        return yearly((), "", main.interval)
    if main.times == 2:
        return yearly(halves, "BYMONTHDAY=-1")
    if main.times > 1:
        step = 12 / min(main.times, 12)
        if 12 % main.times:
            warnings.add("count-only")
        return yearly((round(step * k) for k in range(1, min(main.times, 12) + 1)), "BYMONTHDAY=-1")
    return yearly((period.end.month,) if school and period else (12,), "BYMONTHDAY=-1")
