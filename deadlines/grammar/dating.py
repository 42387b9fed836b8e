"""Dated spans become a deadline: single, listed, open-ended, torn; dates outside the plan are doubted."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from deadlines.grammar import suggesting
from deadlines.grammar.atoms import Atom, Impossible, Part, Unit, end_of_month
from deadlines.grammar.found import Mode, Scan, Span
from deadlines.grammar.years import Dated, date_spans
from deadlines.values import Deadline, Kind, Period, Suggestion, Window

Siblings = Sequence[tuple[dt.date | None, dt.date | None]]

STRETCHES = frozenset({Unit.MONTH, Unit.QUARTER, Unit.HALF, Unit.SEASON})
YEARS = frozenset({Unit.YEAR, Unit.SCHOOL_YEAR})


@dataclass(slots=True)
class Dating:
    """What is known besides the phrase, and the doubts gathered so far."""

    period: Period | None
    siblings: Siblings
    warnings: set[str] = field(default_factory=set)
    suggestions: tuple[Suggestion, ...] = ()

    def _unknown(self, warning: str, start: dt.date | None = None, due: dt.date | None = None) -> Deadline:
        self.warnings.discard("partly-read")
        self.warnings.add(warning)
        return Deadline(kind=Kind.UNKNOWN, start=start, due=due)

    def _continuous(self, scan: Scan) -> Deadline:
        period = self.period
        if period is None:
            return Deadline(kind=Kind.CONTINUOUS)
        if scan.flags & {"this-year", "school-year"} and (period.end - period.start).days > 400:
            self.warnings.add("year-ambiguous")
        return Deadline(kind=Kind.CONTINUOUS, start=period.start, due=period.end)

    def _years(self, dated: list[Dated]) -> Deadline:
        start, due = min(d.first.start for d in dated), max(d.last.due for d in dated)
        period = self.period
        one_school_year = (
            len(dated) == 1 and dated[0].span.first.unit is Unit.SCHOOL_YEAR and dated[0].span.last is None
        )
        if period is not None and one_school_year and start <= period.start and period.end <= due:
            start, due = period  # a plan until May lies inside its school year
        self._check(start, due, dated)
        return Deadline(kind=Kind.CONTINUOUS, start=start, due=due)

    def _dated(self, scan: Scan) -> Deadline:
        spans = _meeting(_mend_dashes(scan, self.warnings))
        lone = len(spans) == 1 and spans[0].mode is Mode.AT and spans[0].last is None
        dated = date_spans(spans, self.period, self.warnings)
        if any(s.first.is_approximate or (s.last is not None and s.last.is_approximate) for s in spans):
            self.warnings.add("approximate")
        if (
            any(_is_part_of_some_year(s) for s in spans)
            and self.period
            and self.period.start.year != self.period.end.year
        ):
            self.warnings.add("year-ambiguous")  # «начало и конец года»: of the calendar or the school year?
        if lone and scan.leading_dash:
            return self._start_lost(dated[0])
        if lone and scan.trailing_dash:
            return self._unknown("end-lost", start=dated[0].first.start)
        if any(d.window.start > d.window.due for d in dated) or "reversed" in self.warnings:
            return self._reversed(dated)
        if any(d.span.weekday not in (None, d.first.start.weekday()) for d in dated):
            self.warnings.add("weekday-differs")
        self._offer_years(dated)
        if "continuous" in scan.flags:
            return self._milestones(scan, dated)
        if len(dated) == 1:
            return self._single(dated[0])
        return self._several(dated, scan)

    def _milestones(self, scan: Scan, dated: list[Dated]) -> Deadline:
        """«сентябрь, в течение года»: the widest stretch, its parts kept as windows."""
        whole = self._continuous(scan)
        if not scan.flags & {"this-year", "school-year", "then"}:
            bounds = self._lasting(dated[-1])
            if bounds is not None:  # «постоянно с 1 октября по 31 мая»
                whole = Deadline(kind=Kind.CONTINUOUS, start=bounds[0], due=bounds[1])
                self._check(*bounds, dated[-1:])
                dated = dated[:-1]
            if not dated:
                return whole
        if any(d.span.mode is not Mode.AT for d in dated):
            self.warnings.add("several-deadlines")
            return self._single(dated[0])
        if all(d.span.first.unit in YEARS for d in dated):
            return self._years(dated)
        if whole.start is None or whole.due is None:
            return whole
        windows = (*(d.window for d in dated), Window(whole.start, whole.due))
        self._check(windows[0].start, dated[-1].window.due, dated)
        return replace(whole, windows=windows)

    def _lasting(self, dated: Dated) -> tuple[dt.date | None, dt.date | None] | None:
        """From when to when something lasts; the plan's own bound where only one is said."""
        if dated.span.last is not None and dated.span.mode is Mode.AT:
            return dated.window
        if dated.span.last is not None or self.period is None:
            return None
        if dated.span.mode is Mode.FROM:
            return dated.first.start, max(self.period.end, dated.first.start)
        if dated.span.mode in (Mode.BY, Mode.NOT_LATER):
            due = self._last_day(dated)
            return min(self.period.start, due), due
        return None

    def _start_lost(self, dated: Dated) -> Deadline:
        due = dated.last.due
        monday = due - dt.timedelta(due.weekday())
        if monday < due and dated.span.first.is_exact:
            self.suggestions = (Suggestion(monday, due), Suggestion(None, due))
        else:
            self.suggestions = (Suggestion(None, due),)
        return self._unknown("start-lost", due=due)

    def _reversed(self, dated: list[Dated]) -> Deadline:
        days = sorted({d for x in dated for d in (x.first.start, x.last.due)})
        swapped = Suggestion(days[0], days[-1])
        self.suggestions = (swapped,)
        return self._unknown("reversed", due=dated[-1].last.due)

    def _offer_years(self, dated: list[Dated]) -> None:
        if "year-ambiguous" in self.warnings and len(dated) == 1:
            by = dated[0].span.mode in (Mode.BY, Mode.TOWARDS, Mode.NOT_LATER)
            self.suggestions = tuple(
                Suggestion(None if by else first.start, last.due) for first, last in dated[0].others
            )

    def _single(self, dated: Dated) -> Deadline:
        span = dated.span
        if span.mode in (Mode.BY, Mode.TOWARDS, Mode.NOT_LATER):
            due = self._last_day(dated)
            if (
                self.period is not None
                and not span.first.is_exact
                and span.first.year is None
                and due < self.period.start
            ):
                # «до начала учебного года» in a plan that begins with that year means the next one
                try:
                    later = Dated(
                        span,
                        span.first.bounds(dated.first.start.year + 1),
                        span.first.bounds(dated.first.start.year + 1),
                    )
                except Impossible:
                    later = dated
                if self.period.holds(self._last_day(later)):
                    due = self._last_day(later)
            self._check(None, due, [dated])
            return Deadline(kind=Kind.BY, due=due)
        if span.mode in (Mode.FROM, Mode.AFTER):
            return self._open_end(dated)
        units = {span.first.unit, (span.last or span.first).unit}
        if units <= YEARS and span.first.part is Part.WHOLE and (span.last or span.first).part is Part.WHOLE:
            return self._years([dated])
        window = dated.window
        self._check(window.start, window.due, [dated])
        self._doubt_first_day(dated)
        if units <= STRETCHES and span.first.part is Part.WHOLE and (span.last is None or span.last.part is Part.WHOLE):
            return Deadline(kind=Kind.MONTHS, start=window.start, due=window.due, windows=(window,))
        return Deadline(kind=Kind.WINDOW, start=window.start, due=window.due)

    def _open_end(self, dated: Dated) -> Deadline:
        self.warnings.add("open-end")
        start = dated.first.start
        if dated.span.mode is Mode.AFTER:
            start = dated.first.due + dt.timedelta(1)
        due = self.period.end if self.period else None
        if due is not None and due < start:
            self.warnings.add("outside-period")
            due = None
        else:
            self._check(start, due, [dated])
        return Deadline(kind=Kind.WINDOW, start=start, due=due)

    def _last_day(self, dated: Dated) -> dt.date:
        """The day that «до …» means: the day itself, or the eve of a stretch, where that is warned of."""
        span, atom = dated.span, dated.span.last or dated.span.first
        if atom.is_exact or span.mode in (Mode.AT, Mode.FROM, Mode.AFTER) or span.inclusive:
            return dated.last.due
        if atom.part is Part.END or atom.part in (Part.FIRST_HALF, Part.SECOND_HALF):
            if atom.unit in (Unit.MONTH, Unit.QUARTER) or (
                atom.unit is Unit.HALF and not (atom.school and atom.number == 2)
            ):
                self.warnings.discard("approximate")
            if atom.unit is Unit.YEAR:
                self._doubt_year_end(dated)
            return dated.last.due
        if atom.part is Part.MIDDLE:
            return (
                dated.last.due - dt.timedelta(5)
                if atom.unit is Unit.MONTH
                else dated.last.start + (dated.last.due - dated.last.start) / 2
            )
        if span.mode is Mode.TOWARDS and atom.part is Part.BEGINNING:
            return dated.last.start
        if span.mode is Mode.NOT_LATER:
            self.warnings.add("inclusive-unclear") if atom.unit in YEARS else None
            return dated.last.due
        if atom.part is Part.WHOLE:
            self.warnings.add("inclusive-unclear")
            self.suggestions = (Suggestion(None, dated.last.due),)
        return dated.last.start - dt.timedelta(1)

    def _doubt_year_end(self, dated: Dated) -> None:
        """«до конца года» in a school-year plan may mean December or the plan's end."""
        period = self.period
        self.warnings.discard("approximate")
        if period is not None and period.start.year != period.end.year and dated.span.first.year is None:
            self.warnings.add("year-ambiguous")
            self.suggestions = (Suggestion(None, period.end),)

    def _several(self, dated: list[Dated], scan: Scan) -> Deadline:
        modes = {d.span.mode for d in dated}
        ends = {Mode.BY, Mode.TOWARDS, Mode.NOT_LATER}
        listed = dated[0].span.mode in ends and modes <= ends | {Mode.AT}  # «до 10 октября, 25 октября»
        torn = bool(scan.leftovers) or "gap" in scan.links[1:]
        if listed and not torn and all(d.span.last is None for d in dated):
            listed_days = [self._last_day(replace(d, span=replace(d.span, mode=dated[0].span.mode))) for d in dated]
            days = sorted(listed_days)
            if days != listed_days and any(d.span.first.year is None for d in dated):
                self.warnings.add("year-ambiguous")  # «до 10 апреля, 10 июля, 10 января»: of the next year?
            self._check(None, days[-1], dated, whole=[Window(d, d) for d in days])
            return Deadline(kind=Kind.BY, due=days[-1], windows=tuple(Window(d, d) for d in days))
        if modes == {Mode.AT} and (not torn or not scan.leftovers):
            if torn:
                self.warnings.add("several-deadlines")
            return self._windows(dated)
        self.warnings.add("several-deadlines")
        first = self._single(dated[0])
        rest = tuple(
            Suggestion(None if d.span.mode is not Mode.AT else d.window.start, d.window.due) for d in dated[1:]
        )
        self.suggestions = (*self.suggestions, *rest)[: suggesting.MOST]
        return first

    def _windows(self, dated: list[Dated]) -> Deadline:
        units = {a.unit for d in dated for a in (d.span.first, d.span.last or d.span.first)}
        parts = {a.part for d in dated for a in (d.span.first, d.span.last or d.span.first)}
        if units <= YEARS and parts == {Part.WHOLE}:
            return self._years(dated)
        years = [d for d in dated if d.span.first.unit in YEARS and d.span.first.part is Part.WHOLE]
        if years:  # «сентябрь 2022 г., в течение 2022-2023 учебного года»
            whole = self._years(years)
            assert whole.start is not None and whole.due is not None  # years are dated
            parts_of = tuple(sorted(d.window for d in dated if d not in years))
            return replace(whole, windows=(*parts_of, Window(whole.start, whole.due)))
        windows = tuple(sorted(d.window for d in dated))
        if len(set(windows)) < len(windows):
            self.warnings.add("repeated")
        if any(a.due >= b.start and a != b for a, b in itertools.pairwise(windows)):
            self.warnings.add("overlapping")
        start, due = windows[0].start, max(w.due for w in windows)
        self._check(start, due, dated, whole=list(windows))
        kind = Kind.MONTHS if units <= STRETCHES and parts == {Part.WHOLE} else Kind.WINDOW
        return Deadline(kind=kind, start=start, due=due, windows=windows)

    def _doubt_first_day(self, dated: Dated) -> None:
        """«5.01.2023 - 20.01.2023»: a month written «01» beside a day written «5» hints at a lost digit of «15»."""
        first, last = dated.span.first, dated.span.last
        if last is None or first.padded or first.unit is not Unit.DAY or first.number >= 10 or last.number < 10:
            return
        found = []
        for tens in (10, 20):
            try:
                start = dated.first.start.replace(day=first.number + tens)
            except ValueError:
                continue
            if start <= dated.last.due:
                found.append(Suggestion(start, dated.last.due))
        if found:
            self.warnings.add("digit-lost")
            self.suggestions = (*self.suggestions, *found)[: suggesting.MOST]

    def _check(
        self, start: dt.date | None, due: dt.date | None, dated: list[Dated], *, whole: list[Window] | None = None
    ) -> None:
        """Warn of dates outside the plan; a month counts as inside when the plan begins or ends in it."""
        period = self.period
        if period is None or due is None:
            return
        exact = all(d.span.first.is_exact and (d.span.last is None or d.span.last.is_exact) for d in dated)
        begin = period.start if exact else period.start.replace(day=1)
        end = period.end if exact else end_of_month(period.end)
        if (
            due <= end
            and due >= begin
            and (start is None or start >= begin)
            and (whole is None or whole[0].start >= begin)
        ):
            return
        self.warnings.add("outside-period")
        if whole is not None:
            bad = next(w for w in whole if w.start < begin or w.due > end)
            start, due = (None if start is None else bad.start), bad.due
        offered = suggesting.inside_period(start, due, period, self.siblings)
        self.suggestions = tuple(dict.fromkeys((*offered, *self.suggestions)))[: suggesting.MOST]


def _is_part_of_some_year(span: Span) -> bool:
    atom = span.first
    return atom.unit is Unit.YEAR and atom.part is not Part.WHOLE and atom.year is None and not atom.said


def _under_year(spans: list[Span]) -> list[Span]:
    """«2022 год, IV квартал»: a year that leads gives itself to what follows."""
    if len(spans) < 2 or spans[0].last is not None or spans[0].mode is not Mode.AT:
        return spans
    head, rest = spans[0].first, spans[1:]
    if head.unit not in YEARS or head.part is not Part.WHOLE or head.year is None:
        return spans
    atoms = [a for s in rest for a in (s.first, s.last) if a is not None]
    if any(a.year is not None or a.unit in YEARS for a in atoms):
        return spans
    for span in rest:
        span.first = _in_year(span.first, head)
        span.last = None if span.last is None else _in_year(span.last, head)
    return rest


def _in_year(atom: Atom, head: Atom) -> Atom:
    assert head.year is not None  # asked by the caller
    if head.unit is Unit.YEAR or (atom.unit is Unit.HALF and atom.school):
        return atom.in_year(head.year)
    return atom.in_year(head.year + (0 if atom.bounds(2023).start.month >= 9 else 1))


def _meeting(spans: list[Span]) -> list[Span]:
    """«не ранее 15 сентября и не позднее 1 октября» is one window."""
    if len(spans) != 2 or any(s.last is not None for s in spans):
        return spans
    first = next((s for s in spans if s.mode is Mode.FROM), None)
    last = next((s for s in spans if s.mode in (Mode.BY, Mode.NOT_LATER)), None)
    if first is None or last is None or not last.first.is_exact:
        return spans
    return [Span(first.first, last.first)]


def _mend_dashes(scan: Scan, warnings: set[str]) -> list[Span]:
    """Join two pieces whose dash was lost, or stands apart, into one range."""
    spans = _under_year(scan.spans)
    links = scan.links[len(scan.spans) - len(spans) :]
    if len(spans) != 2 or any(s.last is not None for s in spans) or scan.leftovers:
        return spans
    first, second = spans
    if first.mode is not Mode.AT or second.mode is not Mode.AT or links[1] not in ("gap", "-"):
        return spans
    if links[1] == "gap":
        warnings.add("dash-lost")
        if (
            first.first.year is not None
            and second.first.year is not None
            and first.first.bounds(first.first.year) > second.first.bounds(second.first.year)
        ):
            warnings.add("reversed")
    return [Span(first.first, second.first, inclusive=second.inclusive)]
