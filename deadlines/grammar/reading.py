"""From a phrase to a deadline: what was found decides the kind, and every doubt becomes a warning."""

import datetime as dt
import re
from dataclasses import replace

from deadlines.grammar import lexicon, rules, suggesting
from deadlines.grammar.atoms import Impossible, Part, Unit, is_school_period
from deadlines.grammar.dating import STRETCHES, YEARS, Dating, Siblings
from deadlines.grammar.found import Mode, Scan, Span
from deadlines.grammar.scanning import Scanner
from deadlines.grammar.terms import days_of
from deadlines.grammar.tokens import Text, tokenize
from deadlines.grammar.years import NoYear, date_spans
from deadlines.values import Deadline, Kind, Period, Relative, Suggestion

_PLACEHOLDER = re.compile(
    r"_{3}|\b(?:до|к|с|по)\s*\.{3}\s*[а-яё]|(?<!\d)(?:19|20)\d?_{1,2}\s*г"
)  # «___ октября», «20__ г.»

_NOT_SAID = (["не", "указан"], ["не", "установлен"], ["без", "срока"], ["срок", "не", "указан"])
LONGEST = 500
"""Characters of the longest phrase that is read."""


def read(phrase: str, period: Period | None = None, *, siblings: Siblings = ()) -> Deadline:
    """
    Understand a deadline as written in a Russian plan.

    Years that are not written come from `period`; `siblings` are the (start, due) of the activity's other results
    and only rank suggestions. Nothing is invented: what is assumed is named in `warnings` (see `WARNINGS`).
    """
    if len(phrase) > LONGEST:
        return Deadline(phrase, warnings=("too-long",))
    text = tokenize(phrase)
    if _PLACEHOLDER.search(text.clean):
        return Deadline(phrase, warnings=("template",))
    if _is_blank(text):
        return Deadline(phrase, warnings=("no-deadline",))
    return _Reading(period, siblings).deadline(phrase, text)


def _is_blank(text: Text) -> bool:
    words = [t.form for t in text.tokens if t.kind != "sign"]
    return not words or text.clean.lower().strip(" .-") in lexicon.NOTHING or words in _NOT_SAID


class _Reading(Dating):
    """Decides what kind of deadline the findings make."""

    def deadline(self, phrase: str, text: Text) -> Deadline:
        scan = Scanner(text, school=is_school_period(self.period)).run()
        self._note(scan, text)
        try:
            found = self._decide(scan)
        except NoYear:
            found = self._without_year(scan)
        except Impossible:
            found = self._impossible(scan)
        return replace(found, phrase=phrase, warnings=tuple(sorted(self.warnings)), suggestions=self.suggestions)

    def _note(self, scan: Scan, text: Text) -> None:
        self.warnings |= scan.flags & {"approximate", "typo", "period-assumed", "duration-range", "count-range"}
        if text.repaired:
            self.warnings.add("typo")
        latin = any(w.isascii() and w.isalpha() and len(w) > 1 for w in scan.leftovers)
        cyrillic = any(t.kind == "word" and not t.form.isascii() for t in text.tokens)
        if text.foreign or (latin and not cyrillic):
            scan.flags.add("foreign")
        recurs = scan.every or scan.follows or scan.day_numbers
        if scan.leftovers or (scan.left_out and not recurs):  # what a stretch leaves out cannot be kept
            self.warnings.add("partly-read")

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
        if "request" in scan.flags and not ("then" in scan.flags and scan.spans):
            start, due = self._bounds(scan)
            return Deadline(kind=Kind.ON_REQUEST, start=start, due=due)
        terms = [r for r in scan.relatives if r.duration is not None]
        if scan.counted_from is not None and len(scan.relatives) == 1 and not scan.spans:
            return self._counted(scan, terms[0])
        if terms and not scan.spans:
            if len(scan.relatives) > 1:
                self.warnings.add("several-deadlines")
            return Deadline(kind=Kind.RELATIVE, relative=terms[0])
        if "schedule" in scan.flags and not any(s.mode is not Mode.AT for s in scan.spans):
            start, due = self._bounds(scan)
            return Deadline(kind=Kind.BY_SCHEDULE, start=start, due=due)
        if "vacation" in scan.flags and not scan.spans:
            return self._vacation(scan)
        if scan.leftovers and scan.spans and all(s.first.bare and s.last is None for s in scan.spans):
            return self._unknown("not-understood")
        if scan.spans:
            if scan.relatives or "vacation" in scan.flags:
                self.warnings.add("partly-read")
            if "request" in scan.flags:
                self.warnings.add("several-deadlines")
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

    def _recurring(self, scan: Scan) -> Deadline:
        found = rules.rules_of(scan, self.period, self.warnings)
        if scan.relatives or "vacation" in scan.flags:
            self.warnings.add("partly-read")
        start, due = None, None
        if "then" in scan.flags and len(scan.spans) == 1 and scan.every and not any(s.yearly for s in scan.spans):
            return self._from_then_on(scan, found)
        bounding = [s for s in scan.spans if not (s.yearly or s.repeats)]  # the others name the rule's own days
        if "continuous" in scan.flags or bounding:
            try:
                start, due = self._bounds(replace(scan, spans=bounding))
                if bounding and all(s.mode in (Mode.FROM, Mode.AFTER) and s.last is None for s in bounding):
                    due = None  # the rule goes on as long as the plan
            except NoYear:
                self.warnings.add("no-year")
        if not found and "school-calendar" not in self.warnings:
            return self._unknown("not-understood")
        return Deadline(kind=Kind.RECURRING, start=start, due=due, rrules=found)

    def _from_then_on(self, scan: Scan, found: tuple[str, ...]) -> Deadline:
        """«до 15 октября, далее ежемесячно»: the first day sets where the rule begins, and its day of the month."""
        span = scan.spans[0]
        dated = date_spans([span], self.period, self.warnings)[0]
        exact = span.first.is_exact and span.last is None
        if not exact or all(e.unit != "year" for e in scan.every):
            found = rules.rules_of(replace(scan, spans=[]), self.period, self.warnings)  # its day is no yearly one
            self.warnings.discard("year-ignored")
        start = dated.last.due if exact else dated.first.start
        if exact and "day-assumed" in self.warnings and (own := rules.anchored(scan.every, start)):
            found = (own,)
            self.warnings.discard("day-assumed")
        self._check(None, start, [dated])
        return Deadline(kind=Kind.RECURRING, start=start, rrules=found)

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

    def _counted(self, scan: Scan, term: Relative) -> Deadline:
        """«за 10 дней до 1 сентября»: a term from a known day; the day it comes to is offered."""
        assert scan.counted_from is not None and term.duration is not None  # asked by the caller
        try:
            span = Span(scan.counted_from)
            day = date_spans([span], self.period, self.warnings)[0].first.start
        except NoYear:
            self.warnings.add("no-year")
        else:
            days = days_of(term.duration)
            if days is not None:
                self.suggestions = (Suggestion(None, day + dt.timedelta(days)),)
        return Deadline(kind=Kind.RELATIVE, relative=term)

    def _vacation(self, scan: Scan) -> Deadline:
        self.warnings.add("school-calendar")
        if self.period is not None and scan.school and scan.school[0].number:
            self.suggestions = _typical_holidays(scan.school[0].number, self.period)
        return Deadline(kind=Kind.BY_SCHEDULE)

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
        if units <= YEARS:
            return Deadline(kind=Kind.CONTINUOUS)
        parts = {a.part for s in spans for a in (s.first, s.last or s.first)}
        months = units <= STRETCHES and modes == {Mode.AT} and parts == {Part.WHOLE}
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
