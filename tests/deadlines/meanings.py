"""Hypothesis strategies: deadlines as the grammar can mean them."""

import datetime as dt

from hypothesis import strategies as st

from deadlines.values import Deadline, Kind, Relative, Window

DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2040, 12, 31))
_EVENTS = st.sampled_from(
    [
        "утверждения приказа",
        "получения запроса",
        "проведения заседания совета",
        "подписания договора",
        "завершения смены",
    ]
)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@st.composite
def windows(draw) -> Window:
    start = draw(DAYS)
    return Window(start, start + dt.timedelta(draw(st.integers(0, 500))))


@st.composite
def month_windows(draw) -> Window:
    year, month = draw(st.integers(2015, 2039)), draw(st.integers(1, 12))
    total = month - 1 + draw(st.integers(1, 14))
    return Window(dt.date(year, month, 1), dt.date(year + total // 12, total % 12 + 1, 1) - dt.timedelta(1))


def _listed(spans) -> tuple[Window, ...]:
    return tuple(sorted(set(spans)))


@st.composite
def by(draw) -> Deadline:
    days = sorted(draw(st.sets(DAYS, min_size=1, max_size=4)))
    return Deadline(kind=Kind.BY, due=days[-1], windows=tuple(Window(d, d) for d in days) if len(days) > 1 else ())


@st.composite
def window(draw) -> Deadline:
    spans = _listed(draw(st.lists(windows(), min_size=1, max_size=4)))
    due = max(w.due for w in spans)
    return Deadline(kind=Kind.WINDOW, start=spans[0].start, due=due, windows=spans if len(spans) > 1 else ())


@st.composite
def months(draw) -> Deadline:
    spans = _listed(draw(st.lists(month_windows(), min_size=1, max_size=4)))
    return Deadline(kind=Kind.MONTHS, start=spans[0].start, due=max(w.due for w in spans), windows=spans)


@st.composite
def continuous(draw) -> Deadline:
    year = draw(st.integers(2015, 2039))
    other = draw(windows())
    start, due = draw(
        st.sampled_from(
            [
                (dt.date(year, 1, 1), dt.date(year, 12, 31)),
                (dt.date(year, 9, 1), dt.date(year + 1, 8, 31)),
                (dt.date(year, 1, 1), dt.date(year + 2, 12, 31)),
                (other.start, other.due + dt.timedelta(1)),
            ]
        )
    )
    return Deadline(kind=Kind.CONTINUOUS, start=start, due=due)


def _month_day(draw) -> str:
    days = sorted(draw(st.sets(st.integers(1, 28), min_size=1, max_size=3)))
    return f"BYMONTHDAY={','.join(map(str, days))}"


@st.composite
def rules(draw) -> tuple[str, ...]:
    shape = draw(st.integers(0, 15))
    months_of_year = sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=5)))
    listed = ",".join(map(str, months_of_year))
    weekday = draw(st.sampled_from(_WEEKDAYS))
    chosen = draw(st.sets(st.sampled_from(_WEEKDAYS), min_size=1, max_size=4))
    several = ",".join(d for d in _WEEKDAYS if d in chosen)
    nth = draw(st.sampled_from([1, 2, 3, 4, -1]))
    first = draw(st.integers(1, 3))
    quarters = ",".join(str(first + 3 * n) for n in range(4))
    day = draw(st.integers(1, 28))
    kept = ",".join(str(m) for m in range(1, 13) if m not in months_of_year)
    return (
        (f"FREQ=MONTHLY;{_month_day(draw)}",),
        ("FREQ=MONTHLY;BYMONTHDAY=-1",),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",),
        (f"FREQ=MONTHLY;BYDAY={nth}{weekday}",),
        (f"FREQ=WEEKLY;BYDAY={several}",),
        (f"FREQ=WEEKLY;INTERVAL=2;BYDAY={several}",),
        (f"FREQ=YEARLY;BYMONTH={listed};BYMONTHDAY={day}",),
        (f"FREQ=YEARLY;BYMONTH={listed};BYMONTHDAY=-1",),
        (f"FREQ=YEARLY;BYMONTH={quarters};BYMONTHDAY={day}",),
        (f"FREQ=YEARLY;BYMONTH={first},{first + 6};BYMONTHDAY={day}",),
        (f"FREQ=YEARLY;INTERVAL=3;BYMONTH={months_of_year[0]};BYMONTHDAY={day}",),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",),
        (f"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={nth if nth > 0 else 5}",),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",),
        (f"FREQ=MONTHLY;BYMONTH={kept};BYMONTHDAY={day}",),
        (f"FREQ=WEEKLY;BYMONTH={kept};BYDAY={several}",),
    )[shape]


@st.composite
def recurring(draw) -> Deadline:
    bounds = draw(st.none() | windows())
    start, due = bounds if bounds is not None and bounds.start < bounds.due else (None, None)
    if start is not None and draw(st.booleans()):
        due = None
    return Deadline(kind=Kind.RECURRING, start=start, due=due, rrules=draw(rules()))


@st.composite
def relative(draw) -> Deadline:
    number = draw(st.integers(1, 60))
    unit = draw(st.sampled_from(["D", "BD", "W", "M"]))
    before = draw(st.booleans())
    event = draw(_EVENTS)
    return Deadline(kind=Kind.RELATIVE, relative=Relative(f"{'-' if before else ''}P{number}{unit}", event))


@st.composite
def bounded(draw) -> Deadline:
    kind = draw(st.sampled_from([Kind.BY_SCHEDULE, Kind.ON_REQUEST]))
    span = draw(st.none() | windows())
    if span is None or span.start == span.due:
        return Deadline(kind=kind)
    return Deadline(kind=kind, start=span.start, due=span.due)


@st.composite
def unknown(draw) -> Deadline:
    return Deadline(due=draw(DAYS))


def deadlines():
    """Every meaning that has a wording of its own."""
    return st.one_of(by(), window(), months(), continuous(), recurring(), relative(), bounded(), unknown())


def meaning_of(deadline: Deadline) -> tuple[object, ...]:
    """What two wordings of one deadline share."""
    return (
        deadline.kind, deadline.start, deadline.due, deadline.windows, deadline.rrules, deadline.relative,
    )  # fmt: skip
