"""From a phrase to a deadline: what was found decides the kind, and every doubt becomes a warning."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from deadlines.grammar import lexicon, rules, suggesting
from deadlines.grammar.atoms import Impossible, Part, Unit, end_of_month, is_school_period
from deadlines.grammar.scanning import Mode, Scan, Scanner, Span
from deadlines.grammar.tokens import Text, tokenize
from deadlines.grammar.years import Dated, NoYear, date_spans
from deadlines.values import Deadline, Kind, Period, Relative, Suggestion, Window

LONGEST = 500
"""Characters of the longest phrase that is read."""

Siblings = Sequence[tuple[dt.date | None, dt.date | None]]

_STRETCHES = frozenset({Unit.MONTH, Unit.QUARTER, Unit.HALF, Unit.SEASON})
_YEARS = frozenset({Unit.YEAR, Unit.SCHOOL_YEAR})


def read(phrase: str, period: Period | None = None, *, siblings: Siblings = ()) -> Deadline:
    """
    Understand a deadline as written in a Russian plan.

    Years that are not written come from `period`; `siblings` are the (start, due) of the activity's other results
    and only rank suggestions. Nothing is invented: what is assumed is named in `warnings` (see `WARNINGS`).
    """
    if len(phrase) > LONGEST:
        return Deadline(phrase, warnings=("too-long",))
    text = tokenize(phrase)
    if _is_blank(text):
        return Deadline(phrase, warnings=("no-deadline",))
    return _Reading(phrase, text, period, siblings).deadline()


def _is_blank(text: Text) -> bool:
    words = [t for t in text.tokens if t.kind != "sign"]
    return (
        not words
        or (len(words) == 1 and words[0].form in lexicon.NOTHING)
        or [w.form for w in words] in (["не", "указан"], ["не", "установлен"], ["без", "срока"])
    )


@dataclass(slots=True)
class _Reading:
    phrase: str
    text: Text
    period: Period | None
    siblings: Siblings
    warnings: set[str] = field(default_factory=set)
    suggestions: tuple[Suggestion, ...] = ()

    def deadline(self) -> Deadline:
        scan = Scanner(self.text, school=is_school_period(self.period)).run()
        self._note(scan)
        try:
            found = self._decide(scan)
        except NoYear:
            found = self._without_year(scan)
        except Impossible:
            found = self._impossible(scan)
        return replace(found, phrase=self.phrase, warnings=tuple(sorted(self.warnings)), suggestions=self.suggestions)

    def _note(self, scan: Scan) -> None:
        self.warnings |= scan.flags & {"approximate", "typo", "period-assumed", "duration-range", "count-range"}
        if self.text.repaired:
            self.warnings.add("typo")
        latin = any(w.isascii() and w.isalpha() and len(w) > 1 for w in scan.leftovers)
        cyrillic = any(t.kind == "word" and not t.form.isascii() for t in self.text.tokens)
        if self.text.foreign or (latin and not cyrillic):
            scan.flags.add("foreign")
        if scan.leftovers:
            self.warnings.add("partly-read")

    def _unknown(self, warning: str, start: dt.date | None = None, due: dt.date | None = None) -> Deadline:
        self.warnings.discard("partly-read")
        self.warnings.add(warning)
        return Deadline(kind=Kind.UNKNOWN, start=start, due=due)

    def _decide(self, scan: Scan) -> Deadline:
        if "foreign" in scan.flags:
            whole = [s.first for s in scan.spans if s.first.unit is Unit.DAY and s.first.year is not None]
            self.suggestions = tuple(Suggestion(None, a.bounds(a.year).due) for a in whole if a.year is not None)[
                : suggesting.MOST
            ]
            return self._unknown("not-understood")
        if "template" in scan.flags:
            return self._unknown("template")
        if "year-of-event" in scan.flags:
            return Deadline(kind=Kind.RELATIVE, relative=scan.relatives[-1])
        if scan.every or scan.follows or scan.day_numbers or any(s.yearly for s in scan.spans):
            return self._recurring(scan)
        if "request" in scan.flags:
            start, due = self._bounds(scan)
            return Deadline(kind=Kind.ON_REQUEST, start=start, due=due)
        terms = [r for r in scan.relatives if r.duration is not None]
        if terms and not scan.spans:
            if len(scan.relatives) > 1:
                self.warnings.add("several-deadlines")
            return Deadline(kind=Kind.RELATIVE, relative=terms[0])
        if "schedule" in scan.flags and not any(s.mode is not Mode.AT for s in scan.spans):
            start, due = self._bounds(scan)
            return Deadline(kind=Kind.BY_SCHEDULE, start=start, due=due)
        if "vacation" in scan.flags and not scan.spans:
            return self._vacation(scan)
        if scan.spans:
            if scan.relatives or "vacation" in scan.flags:
                self.warnings.add("partly-read")
            return self._dated(scan)
        if "continuous" in scan.flags:
            if scan.relatives:
                self.warnings.add("partly-read")
            return self._continuous(scan)
        return self._rest(scan)

    def _rest(self, scan: Scan) -> Deadline:
        if "to-be-set" in scan.flags:
            return self._unknown("to-be-set")
        if "urgent" in scan.flags:
            return self._unknown("urgent")
        if scan.relatives:
            return Deadline(kind=Kind.RELATIVE, relative=scan.relatives[0])
        if "time-of-day" in scan.flags:
            return self._unknown("time-of-day")
        return self._unknown("not-understood")

    # recurring

    def _recurring(self, scan: Scan) -> Deadline:
        found = rules.rules_of(scan, self.period, self.warnings)
        if scan.relatives or "vacation" in scan.flags:
            self.warnings.add("partly-read")
        start, due = None, None
        bounding = [s for s in scan.spans if self._bounds_rule(s)]
        if "continuous" in scan.flags or bounding:
            try:
                start, due = self._bounds(replace(scan, spans=bounding))
            except NoYear:
                self.warnings.add("no-year")
        if not found and "school-calendar" not in self.warnings:
            return self._unknown("not-understood")
        return Deadline(kind=Kind.RECURRING, start=start, due=due, rrules=found)

    @staticmethod
    def _bounds_rule(span: Span) -> bool:
        """Whether a span beside a frequency bounds it, rather than naming its days."""
        if span.yearly or span.repeats:
            return False
        return (
            span.last is not None
            or span.first.year is not None
            or (
                not span.first.is_exact
                and (span.through or span.mode in (Mode.FROM, Mode.AFTER) or span.first.unit in _YEARS)
            )
        )

    # bounds for schedules, requests and rules

    def _bounds(self, scan: Scan) -> tuple[dt.date | None, dt.date | None]:
        if not scan.spans:
            if "continuous" in scan.flags:
                whole = self._continuous(scan)
                return whole.start, whole.due
            return None, None
        dated = date_spans(scan.spans, self.period, self.warnings)
        start = min(d.first.start for d in dated)
        due: dt.date | None = max(self._last_day(d) for d in dated)
        modes = {d.span.mode for d in dated if d.span.last is None}
        if modes <= {Mode.FROM, Mode.AFTER} and modes:
            due = self.period.end if self.period else None
        if modes & {Mode.BY, Mode.NOT_LATER, Mode.TOWARDS}:
            self._check(None, due, dated)
            return None, due
        self._check(start, due, dated)
        return start, due

    # continuous

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

    def _vacation(self, scan: Scan) -> Deadline:
        self.warnings.add("school-calendar")
        if self.period is not None and scan.school and scan.school[0].number:
            self.suggestions = _typical_holidays(scan.school[0].number, self.period)
        return Deadline(kind=Kind.BY_SCHEDULE)

    # dates

    def _dated(self, scan: Scan) -> Deadline:
        spans = _mend_dashes(scan, self.warnings)
        lone = len(spans) == 1 and spans[0].mode is Mode.AT and spans[0].last is None
        dated = date_spans(spans, self.period, self.warnings)
        if any(s.first.is_approximate or (s.last is not None and s.last.is_approximate) for s in spans):
            self.warnings.add("approximate")
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
        if (
            not scan.flags & {"this-year", "school-year"}
            and dated[-1].span.mode is Mode.AT
            and dated[-1].span.last is not None
        ):
            # «постоянно с 1 октября по 31 мая»
            whole = Deadline(kind=Kind.CONTINUOUS, start=dated[-1].window.start, due=dated[-1].window.due)
            dated = dated[:-1]
            self._check(whole.start, whole.due, [])
            if not dated:
                return whole
        if any(d.span.mode is not Mode.AT for d in dated):
            self.warnings.add("several-deadlines")
            return self._single(dated[0])
        if all(d.span.first.unit in _YEARS for d in dated):
            return self._years(dated)
        if whole.start is None or whole.due is None:
            return whole
        windows = (*(d.window for d in dated), Window(whole.start, whole.due))
        self._check(windows[0].start, dated[-1].window.due, dated)
        return replace(whole, windows=windows)

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
        if units <= _YEARS and span.first.part is Part.WHOLE and (span.last or span.first).part is Part.WHOLE:
            return self._years([dated])
        window = dated.window
        self._check(window.start, window.due, [dated])
        self._doubt_first_day(dated)
        if (
            units <= _STRETCHES
            and span.first.part is Part.WHOLE
            and (span.last is None or span.last.part is Part.WHOLE)
        ):
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
        if atom.is_exact or span.mode is Mode.AT or span.inclusive:
            return dated.last.due
        if atom.part is Part.END or atom.part in (Part.FIRST_HALF, Part.SECOND_HALF):
            self.warnings.discard("approximate") if atom.unit is Unit.MONTH or atom.unit is Unit.QUARTER else None
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
            self.warnings.add("inclusive-unclear") if atom.unit in _YEARS else None
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
        bys = modes <= {Mode.BY, Mode.TOWARDS, Mode.NOT_LATER}
        listed = all(d.span.mode is Mode.AT for d in dated[1:]) and dated[0].span.mode in (
            Mode.BY,
            Mode.TOWARDS,
            Mode.NOT_LATER,
        )
        torn = bool(scan.leftovers) or "gap" in scan.links[1:]
        if (bys or listed) and not torn and all(d.span.last is None for d in dated):
            days = sorted(self._last_day(replace(d, span=replace(d.span, mode=dated[0].span.mode))) for d in dated)
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
        if units <= _YEARS and parts == {Part.WHOLE}:
            return self._years(dated)
        years = [d for d in dated if d.span.first.unit in _YEARS and d.span.first.part is Part.WHOLE]
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
        kind = Kind.MONTHS if units <= _STRETCHES and parts == {Part.WHOLE} else Kind.WINDOW
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

    # outside the plan

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

    def _without_year(self, scan: Scan) -> Deadline:
        """Days without a year and no period: the kind is known, its dates are not."""
        self.warnings.add("no-year")
        spans = scan.spans
        modes = {s.mode for s in spans}
        if scan.flags & {"request", "schedule"}:
            return Deadline(kind=Kind.ON_REQUEST if "request" in scan.flags else Kind.BY_SCHEDULE)
        if spans[0].mode in (Mode.BY, Mode.TOWARDS, Mode.NOT_LATER):
            return Deadline(kind=Kind.BY)
        if len(spans) == 1 and scan.leading_dash and spans[0].last is None:
            return self._unknown("start-lost")
        units = {a.unit for s in spans for a in (s.first, s.last or s.first)}
        if units <= _YEARS:
            return Deadline(kind=Kind.CONTINUOUS)
        parts = {a.part for s in spans for a in (s.first, s.last or s.first)}
        months = units <= _STRETCHES and modes == {Mode.AT} and parts == {Part.WHOLE}
        return Deadline(kind=Kind.MONTHS if months else Kind.WINDOW)

    def _impossible(self, scan: Scan) -> Deadline:
        for span in scan.spans:
            atom = span.last or span.first
            year = atom.year or (self.period.start.year if self.period else None)
            if atom.unit is Unit.DAY and year is not None:
                offered = suggesting.impossible((atom.number, atom.month, year), self.period)
                self.suggestions = offered
                break
        return self._unknown("impossible-date")


def _mend_dashes(scan: Scan, warnings: set[str]) -> list[Span]:
    """Join two pieces whose dash was lost, or stands apart, into one range."""
    spans, links = scan.spans, scan.links
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


def _typical_holidays(season: int, period: Period) -> tuple[Suggestion, ...]:
    """Where school holidays usually lie; only ever a suggestion."""
    found = []
    for year in range(period.start.year - 1, period.end.year + 1):
        start, due = {
            4: (dt.date(year, 10, 28), dt.date(year, 11, 5)),
            1: (dt.date(year, 12, 29), dt.date(year + 1, 1, 8)),
            2: (dt.date(year, 3, 24), dt.date(year, 4, 1)),
            3: (dt.date(year, 6, 1), dt.date(year, 8, 31)),
        }[season]
        if period.start <= start and due <= period.end:
            found.append(Suggestion(start, due))
    return tuple(found)


__all__ = ["LONGEST", "Relative", "Siblings", "read"]
