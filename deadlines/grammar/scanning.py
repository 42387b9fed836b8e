"""A phrase as a row of findings: spans of time, frequencies, terms from an event, schedules, requests, leftovers."""

import enum
from dataclasses import dataclass, field, replace

from deadlines.grammar import lexicon
from deadlines.grammar.atoms import Atom, Part, Unit
from deadlines.grammar.dates import Dates
from deadlines.grammar.tokens import Text, Token
from deadlines.values import Relative


class Mode(enum.StrEnum):
    AT = "at"
    BY = "by"  # «до», «не позднее»
    TOWARDS = "towards"  # «к»
    NOT_LATER = "not-later"  # «по», «не позднее»: the named stretch belongs to it
    FROM = "from"  # «с», «не ранее»
    AFTER = "after"


@dataclass(slots=True)
class Span:
    """One or two pieces of time and how they bound the work; `joined` tells what made two pieces a range."""

    first: Atom
    last: Atom | None = None
    mode: Mode = Mode.AT
    inclusive: bool = False
    through: bool = False  # «в течение …»
    weekday: int | None = None  # «пятница, 14 октября»: said, to be checked
    repeats: bool = False  # the frequency beside it makes its day a yearly one
    yearly: bool = False  # «… года, следующего за отчетным»


@dataclass(slots=True)
class DayNumbers:
    """Days of an unnamed month: «до 5 и 20 числа»."""

    days: list[int]
    bare: bool = False


@dataclass(slots=True)
class Every:
    """A frequency: `times` in each `interval` units, on weekdays where named."""

    unit: str
    times: int = 1
    interval: int = 1
    weekdays: list[tuple[int, int]] = field(default_factory=list)  # (ordinal in the month or 0, weekday)
    assumed: bool = False
    last_working_day: bool = False


@dataclass(slots=True)
class Follow:
    """The month that a day number belongs to: the n-th after (or, `inside`, of) a reported stretch."""

    unit: str
    month: int = 1
    inside: bool = False


@dataclass(slots=True)
class Scan:
    """All that was found in a phrase, in order of writing."""

    spans: list[Span] = field(default_factory=list)
    day_numbers: list[DayNumbers] = field(default_factory=list)
    every: list[Every] = field(default_factory=list)
    follows: list[Follow] = field(default_factory=list)
    relatives: list[Relative] = field(default_factory=list)
    links: list[str] = field(default_factory=list)  # before each span: "", ",", "-", "gap"
    leftovers: list[str] = field(default_factory=list)
    school: list[Atom] = field(default_factory=list)  # typical bounds of holidays and terms
    flags: set[str] = field(default_factory=set)
    leading_dash: bool = False
    trailing_dash: bool = False


_NOISE_KEYS = frozenset(["в", "на", "за", "и", "или", "срок", "время", "включительно", "период", "рабочий"])
_NOISE_WORDS = frozenset(
    [
        "исполнения",
        "выполнения",
        "проведения",
        "реализации",
        "сдачи",
        "представления",
        "предоставления",
        "окончания",
        "завершения",
        "действия",
        "программы",
        "проекта",
        "год",
        "а",
        "также",
        "ч",
        "час",
        "час.",
        "месячник",
        "весь",
        "работы",
    ]
)
_EVENT_OPENERS = frozenset(
    [
        "окончании",
        "окончания",
        "завершении",
        "завершения",
        "итогам",
        "результатам",
        "факту",
        "истечении",
        "утверждении",
        "получении",
        "мере",
    ]
)
_ISO = {
    "day": "D",
    "week": "W",
    "month": "M",
    "quarter": "M",
    "half": "M",
    "half-a-year": "M",
    "year": "Y",
    "decade": "D",
}
_TIMES = {"дважды": 2, "трижды": 3, "однократно": 1, "единожды": 1}
_WITHIN_WORDS = frozenset(["протяжении", "протяжение", "продолжение", "продолжении", "ходе"])
_ALL_YEAR = frozenset(["круглогодично", "круглый", "бессрочно", "круглогодичный"])


class Scanner(Dates):
    """Walks the tokens once from left to right; every step either understands something or leaves a word over."""

    def __init__(self, text: Text, *, school: bool) -> None:
        super().__init__(text.tokens, school=school)
        self.text = text
        self.scan = Scan()
        self.link = ""
        self.depth = 0

    def run(self) -> Scan:
        i = 0
        while i < len(self.tokens):
            i = self._step(i)
        self.scan.flags |= self.slips
        return self.scan

    def _step(self, i: int) -> int:
        token = self.tokens[i]
        if token.kind == "sign":
            return self._sign(i)
        for rule in (
            self._time, self._template, self._every, self._weekdays, self._continuous, self._vacation, self._term,
            self._schedule, self._request, self._prefixed, self._numbers_of_month, self._follow, self._event, self._word,
        ):  # fmt: skip
            j = rule(i)
            if j is not None:
                if j <= i:
                    raise AssertionError(f"{rule.__name__} did not move")
                return j
        self.scan.leftovers.append(token.form)
        return i + 1

    def _sign(self, i: int) -> int:
        token = self.tokens[i]
        if token.form == "-":
            if not (self.scan.spans or self.scan.leftovers or self.scan.every):
                self.scan.leading_dash = True
            self.link = "-"
            if i == len(self.tokens) - 1 or all(t.kind == "sign" for t in self.tokens[i:]):
                self.scan.trailing_dash = bool(self.scan.spans)
        elif token.form in ",;:&+/()[]":
            self.link = self.link or ","
        elif token.form not in ".!":
            self.scan.leftovers.append(token.form)
        return i + 1

    # clock times and templates are recognised so that they are not taken for days

    def _time(self, i: int) -> int | None:
        """«в 15.00», «14:30», «11-30-13-30», «с 10 до 12 часов», «10 ч. 30 мин.»: a time of day."""
        j = i
        while self.key(j) in ("в", "с", "до", "по", "к", "от") or (self.sign(j, "-") and j > i):
            j += 1
        end = self._clock(j)
        if end is None:
            return None
        while True:
            k = end
            while self.sign(k, "-") or self.key(k) in ("до", "по", "и"):
                k += 1
            after = self._clock(k) if k > end or j != i else None
            if after is None:
                break
            end = after
        self.scan.flags.add("time-of-day")
        return end

    def _clock(self, i: int) -> int | None:
        hour, minute = self.num(i), self.num(i + 2)
        if hour is None or hour.value > 24:
            return None
        if minute is not None and len(minute.form) == 2 and minute.value < 60:
            if self.sign(i + 1, ":"):
                return i + 3
            dotted = self.sign(i + 1, ".") and not self.sign(i + 3, ".") and not 1 <= minute.value <= 12
            third, fourth = self.num(i + 4), self.num(i + 6)
            dashed = (
                self.sign(i + 1, "-") and self.sign(i + 3, "-") and self.sign(i + 5, "-")
                and third is not None and fourth is not None and len(fourth.form) == 2
            )  # fmt: skip
            if dotted or dashed:
                return i + (7 if dashed else 3)
        if (self.unit(i + 1) == "hour" or ((word := self.at(i + 1)) is not None and word.form == "ч")) and self.key(
            i - 1
        ) not in ("течение", "через"):
            j = i + 2
            if self.num(j) and (word := self.at(j + 1)) is not None and word.form in ("мин", "минут", "м"):
                j += 2
            return j
        return None

    def _template(self, i: int) -> int | None:
        """«X - 1 года», «20__ г.»: a year still to be filled in."""
        token = self.tokens[i]
        if token.form in ("x", "х", "n", "н", "y") and i > 0:
            j = i + 1
            if (self.sign(j, "-", "+")) and self.num(j + 1):
                j += 2
            if self.unit(j) == "year":
                self.scan.flags.add("template")
                return j + 1
        if token.kind == "num" and token.form in ("20", "201", "202") and self.unit(i + 1) == "year" and i > 0:
            self.scan.flags.add("template")
            return i + 2
        return None

    # frequencies

    def _every(self, i: int) -> int | None:
        lexeme = self.tokens[i].lexeme
        if lexeme is not None and lexeme.kind == "freq":
            self.scan.every.append(Every(str(lexeme.value)))
            return i + 1
        if self.key(i) == "каждый":
            return self._each(i + 1)
        return self._times(i)

    def _each(self, i: int) -> int | None:
        found = self.number(i)
        number, j = found if found else (0, i)
        weekday = self.lexeme(j, "weekday")
        if weekday is not None:
            j += 1
            if number:
                self.scan.every.append(Every("month", weekdays=[(number, weekday)]))
                return j + 1 if self.unit(j) == "month" else j
            self.scan.every.append(Every("week", weekdays=[(0, weekday)]))
            return j + 1 if self.unit(j) in ("week", "month") else j
        if self.key(j) in ("рабочий", "учебный", "календарный", "отчетный"):
            j += 1
        unit = self.unit(j)
        if not unit or unit == "hour":
            return None
        if unit == "half-a-year":
            unit = "half"
        self.scan.every.append(Every(unit, interval=max(1, number)))
        return j + 1

    def _times(self, i: int) -> int | None:
        """«1 раз в квартал», «не реже двух раз в год», «раз в 3 года», «дважды в месяц»."""
        j = i
        if self.key(j) == "не" and self.key(j + 1) in ("реже", "чаще"):
            j += 2
            if self.key(j) == "чем":
                j += 1
        token = self.at(j)
        if token is not None and token.form in _TIMES:
            times, j = _TIMES[token.form], j + 1
        else:
            found = self.number(j)
            times = 1
            if found is not None and self.key(found[1]) == "раз":
                times, j = found[0], found[1]
            elif (
                found is not None
                and self.sign(found[1], "-")
                and (up := self.number(found[1] + 1))
                and self.key(up[1]) == "раз"
            ):
                times, j = found[0], up[1]  # «1-2 раза в месяц»: the lesser is what can be demanded
                self.scan.flags.add("count-range")
            if self.key(j) != "раз":
                return None
            j += 1
        if self.key(j) in ("в", "за", "на") or self.sign(j, "/"):
            j += 1
            if self.key(j) == "течение":
                j += 1
        found = self.number(j)
        interval = 1
        if found is not None:
            interval, j = found
        if self.key(j) in ("учебный", "календарный", "отчетный", "каждый", "рабочий"):
            j += 1
        unit = self.unit(j)
        if not unit or unit == "hour" or times < 1 or interval < 1:
            return None
        if unit == "half-a-year":
            unit = "half"
        self.scan.every.append(Every(unit, times=times, interval=interval))
        return j + 1

    def _weekdays(self, i: int) -> int | None:
        """«по пятницам», «по вторникам и четвергам», «последняя пятница месяца», «в понедельник»."""
        j = i + 1 if self.key(i) in ("по", "в", "на") else i
        days: list[tuple[int, int]] = []
        pending: list[int] = []
        while True:
            found = self.number(j)
            if found is not None and self.lexeme(found[1], "weekday") is None:
                after = found[1]
                if (self.sign(after, ",") or self.key(after) == "и") and self.number(after + 1):
                    pending.append(found[0])
                    j = after + 1
                    continue
                break
            number, k = found if found else (0, j)
            weekday = self.lexeme(k, "weekday")
            if weekday is None:
                break
            days += [(n, weekday) for n in (*pending, number)]
            pending, j = [], k + 1
            after = j + 1 if self.sign(j, ",") or self.key(j) == "и" else j
            nxt = self.number(after)
            if after == j or self.lexeme(nxt[1] if nxt else after, "weekday") is None:
                break
            j = after
        if not days:
            return self._last_day_of_month(i)
        if self.key(j) == "каждый" and self.unit(j + 1) in ("month", "week"):
            j += 1
        if any(n for n, _ in days):
            if self.lexeme(j, "month") is not None:
                return None  # «последняя пятница мая» is a date
            self.scan.every.append(Every("month", weekdays=days, assumed=self.unit(j) != "month"))
            return j + 1 if self.unit(j) == "month" else j
        if self.unit(j) == "week":
            j += 1
        elif self.key(i) != "по" and not any(e.unit == "week" for e in self.scan.every):
            self.scan.flags.add("weekday-named")
            return j + 1 if self.sign(j, ",") else j
        self.scan.every.append(Every("week", weekdays=days))
        return j

    def _last_day_of_month(self, i: int) -> int | None:
        """«последний рабочий день месяца», «в конце каждого месяца», «до конца квартала»."""
        j = i
        while self.key(j) in ("в", "к", "до", "на", "не", "позднее", "по"):
            j += 1
        working = False
        if self.lexeme(j, "ord") == -1:
            j += 1
            if self.key(j) in ("рабочий", "календарный"):
                working, j = self.key(j) == "рабочий", j + 1
            if self.key(j) == "число" or self.unit(j) in ("day", "decade", "week"):
                j += 1
            else:
                return None
        elif self.key(j) == "конец":
            j += 1
        else:
            return None
        if self.key(j) in ("каждый", "отчетный", "текущий"):
            j += 1
        unit = self.unit(j)
        if unit not in ("month", "quarter") or self.lexeme(j + 1, "month") is not None or self.num(j + 1) is not None:
            return None
        self.scan.every.append(Every(unit, last_working_day=working, assumed=self.key(j - 1) != "каждый"))
        self.scan.flags.add("day-said")
        return j + 1

    # stretches without a date of their own

    def _continuous(self, i: int) -> int | None:
        token = self.tokens[i]
        if self.key(i) == "постоянно" or token.form in _ALL_YEAR:
            self.scan.flags.add("continuous")
            return i + 2 if token.form == "круглый" and self.unit(i + 1) == "year" else i + 1
        j = i
        if self.key(j) in ("в", "на", "за", "во"):
            j += 1
        through = self.key(j) == "течение" or ((word := self.at(j)) is not None and word.form in _WITHIN_WORDS)
        if through:
            j += 1
        whole = self.key(j) == "весь"
        if whole:
            j += 1
        school = self.key(j) == "учебный"
        named = school or self.key(j) == "календарный"
        if named:
            j += 1
        if self.unit(j) == "year" and (through or whole or (named and school)):
            if self._event_marker(j + 1) is not None or (self.lexeme(j + 1, "month") is not None):
                return None
            self.scan.flags |= {"continuous", "school-year"} if school else {"continuous", "this-year"}
            return j + 1
        if self.key(j) in ("период", "срок") and (whole or through):
            if self.key(j + 1) in ("каникулы", "с", "от") or self.atom(j + 1) is not None:
                return None
            j += 1
            while (
                (word := self.at(j)) is not None
                and word.kind == "word"
                and not word.key()
                and self.unit(j) in ("", "year")
            ):
                j += 1
            self.scan.flags.add("continuous")
            return j
        said = self.year(j) if through else None
        if said is not None and said[0].said == "current" and said[0].value is None:
            self.scan.flags |= {"continuous", "this-year"}
            return said[1]
        return None

    def _vacation(self, i: int) -> int | None:
        """«осенние каникулы», «в каникулярное время», «1 четверть»: dates that the school calendar knows."""
        j = i
        while self.key(j) in (
            "в",
            "на",
            "во",
            "период",
            "время",
            "школьный",
            "за",
            "до",
            "течение",
            "конец",
            "весь",
        ) or (
            self.lexeme(j, "season") is None and self.key(j) in ("осенний", "зимний", "весенний", "летний", "учебный")
        ):
            j += 1
        seasons = {"осенний": 4, "зимний": 1, "весенний": 2, "летний": 3}
        season = next((seasons[k] for k in (self.key(n) for n in range(i, j)) if k in seasons), 0)
        if self.key(j) == "каникулы":
            j += 1
            while self.key(j) in ("время", "период"):
                j += 1
            found = self.year(j)
            atom = Atom(Unit.SEASON, season, year=None if found is None else found[0].value)
            self.scan.school.append(atom)
            self.scan.flags.add("vacation")
            return found[1] if found else j
        number = self.number(j, misread=True)
        if number is None:
            return None
        k = number[1]
        while self._join(k, ("-",))[0] and (more := self.number(self._join(k, ("-",))[1], misread=True)):
            k = more[1]
        if self.key(k) == "учебный":
            k += 1
        if self.unit(k) not in ("term", "trimester"):
            return None
        self.scan.flags.add("vacation")
        found = self.year(k + 1)
        return found[1] if found else k + 1

    # terms from an event

    def _term(self, i: int) -> int | None:
        """«в течение 10 рабочих дней со дня …», «за 45 дней до …», «в месячный срок», «до 5 дней»."""
        j, before, opened = i, False, False
        while True:
            key = self.key(j)
            if key == "не" and self.key(j + 1) == "позднее":
                j += 2
            elif key in ("в", "чем", "через", "течение", "до", "по", "на", "срок"):
                j += 1
            elif key == "за":
                before, j = True, j + 1
            elif (word := self.at(j)) is not None and (
                word.form in ("истечении", "менее") or (word.form == "," and self.key(j + 1) == "чем")
            ):
                j += 1
            else:
                break
            opened = True
        duration = self._duration(j, opened=opened, within=any(self.key(k) == "течение" for k in range(i, j)))
        if duration is None:
            return None
        iso, j = duration
        if self.lexeme(j, "month") is not None:
            self.scan.flags.discard("duration-range")
            return None  # «3-4 неделя октября»
        event, j, backwards = self._event_words(j)
        if before and not backwards:
            if not event:
                return None  # «за месяц» says nothing of what it precedes
            before = False
        if before or backwards:
            iso = "-" + iso
        self.scan.relatives.append(Relative(iso, event))
        return j

    def _duration(self, i: int, *, opened: bool, within: bool) -> tuple[str, int] | None:
        if self.key(i) == "полтора" and (unit := self.unit(i + 1)):
            self.scan.flags.add("approximate")
            days = {"month": "P45D", "year": "P18M", "week": "P11D"}.get(unit)
            return (days, i + 2) if days else None
        if self.unit(i) == "half-a-year" and opened:
            return "P6M", i + 1
        adjective = self._adjective_term(i)
        if adjective is not None:
            return adjective
        found = self.number(i)
        if found is None:
            return self._bare_unit(i) if within else None
        number, j = found
        if (
            self.lexeme(i, "ord") is not None
            or (self.tokens[i].ordinal and self.unit(j) not in ("day", "week", "month"))
        ) and self.key(j) != "рабочий":
            return None
        if (
            self.sign(j, "-")
            and (longer := self.number(j + 1)) is not None
            and self._duration(j + 1, opened=opened, within=within)
        ):
            self.scan.flags.add("duration-range")
            number, j = longer
        if self.sign(j, "(") and self.number(j + 1) and self.sign(self.number(j + 1)[1], ")"):  # type: ignore[index]
            j = self.number(j + 1)[1] + 1  # type: ignore[index]  # «10 (десяти) дней»
        working = self.key(j) == "рабочий"
        if working or self.key(j) in ("календарный", "учебный"):
            j += 1
        unit = self.unit(j)
        if number < 1 or (self.num(i) and len(self.tokens[i].form) > 3):
            return None
        if unit == "hour":
            return f"PT{number}H", j + 1
        if unit not in _ISO or (unit in ("quarter", "half", "decade") and not opened):
            return None
        if unit in ("quarter", "half"):
            if not within or number > 12 or self.tokens[i].kind == "num":
                return None
            number *= 3 if unit == "quarter" else 6
        if (
            unit == "year"
            and self.num(i)
            and len(self.tokens[i].form) >= 2
            and self.tokens[j].form in ("г", "гг", "год")
        ):
            return None
        if unit == "decade":
            return None
        if unit == "half-a-year":
            number *= 6
        return f"P{number}{'B' if working and unit == 'day' else ''}{_ISO[unit]}", j + 1

    def _bare_unit(self, i: int) -> tuple[str, int] | None:
        """«в течение месяца», «в течение рабочего дня», and «в течение года со дня …»."""
        working = self.key(i) == "рабочий"
        j = i + 1 if working else i
        unit = self.unit(j)
        if unit == "hour":
            return "PT1H", j + 1
        if unit in ("year", "quarter", "half") and self._event_marker(j + 1) is None:
            return None
        if self.lexeme(j + 1, "month") is not None or unit not in _ISO or unit == "decade":
            return None
        number = {"quarter": 3, "half": 6, "half-a-year": 6}.get(unit, 1)
        return f"P{number}{'B' if working and unit == 'day' else ''}{_ISO[unit]}", j + 1

    def _adjective_term(self, i: int) -> tuple[str, int] | None:
        """«5-дневный срок», «трехмесячный срок», «недельный»."""
        token = self.at(i)
        number: int | None = None
        if token is not None and token.kind == "num":
            number = token.value
            i = i + 2 if self.sign(i + 1, "-") else i + 1
            token = self.at(i)
        if token is None or token.kind != "word":
            return None
        found = lexicon.adjective_term(token.form)
        if found is None or (found[0] is None and number is None and found[1] == "day"):
            return None
        value = number or found[0] or 1
        j = i + 1
        working = self.key(j) == "рабочий"
        j += working
        j += self.key(j) == "срок"
        if found[1] == "quarter":
            value *= 3
        return f"P{value}{'B' if working else ''}{_ISO[found[1]]}", j

    def _event_marker(self, i: int) -> tuple[int, bool] | None:
        """The words that lead to an event: where its own words begin, and whether the term runs backwards."""
        token = self.at(i)
        if token is None or token.kind != "word":
            return None
        key = self.key(i)
        if key == "с" or key == "от":
            after = self.at(i + 1)
            if after is not None and (after.key() in ("момент", "дата") or after.unit() == "day"):
                return i + 2, False
            return (i + 1, False) if after is not None and after.kind == "word" and not after.key() else None
        if key == "после":
            return i + 1, False
        if key == "до":
            return i + 1, True
        if key == "перед":
            return i + 1, True
        if key == "по" and (after := self.at(i + 1)) is not None and after.form in _EVENT_OPENERS:
            return i + 1, False
        return None

    def _event_words(self, i: int) -> tuple[str, int, bool]:
        """The event up to the end of the clause: (words, next position, backwards)."""
        j = i + 1 if self.sign(i, ",") else i
        marker = self._event_marker(j)
        if marker is None:
            return "", i, False
        start, backwards = marker
        end = self._clause_end(start)
        return self._raw(start, end), max(end, start), backwards

    def _clause_end(self, i: int) -> int:
        depth = 0
        while i < len(self.tokens):
            if self.sign(i, "("):
                depth += 1
            elif self.sign(i, ")"):
                if depth == 0:
                    return i
                depth -= 1
            elif self.sign(i, ";") and depth == 0:
                return i
            i += 1
        return i

    def _raw(self, start: int, end: int) -> str:
        if start >= end:
            return ""
        words = self.text.clean[self.tokens[start].begin : self.tokens[end - 1].end]
        return words.strip(" .,:;-–—")

    def _event(self, i: int) -> int | None:
        """«до начала отопительного сезона», «после утверждения», «по итогам …»: an event without a term."""
        key = self.key(i)
        token = self.tokens[i]
        opener = key in ("до", "после", "перед") or (key == "к" and self.key(i + 1) == "начало")
        if key == "с" and self._event_marker(i) is not None:
            opener = True
        if key == "по" and (after := self.at(i + 1)) is not None and after.form in _EVENT_OPENERS:
            opener = True
        if key == "в" and self.unit(i + 1) == "day" and (after := self.at(i + 2)) is not None and after.kind == "word":
            opener = True
        if token.form in ("накануне", "одновременно", "сразу"):
            opener = True
        if key == "не" and self.key(i + 1) == "позднее" and self.key(i + 2) in ("", "до"):
            opener = True
        following = self.at(i + 1)
        if not opener or following is None or following.kind != "word":
            return None
        end = self._clause_end(i)
        self.scan.relatives.append(Relative(None, self._raw(i, end)))
        return end

    # by schedule, on request

    def _schedule(self, i: int) -> int | None:
        token = self.tokens[i]
        j = i
        if token.form in ("согласно", "согласованию"):
            j = i + 1
        elif (
            self.key(i) == "в"
            and (word := self.at(i + 1)) is not None
            and word.form in ("соответствии", "соответствие", "установленные", "установленном", "указанные")
        ):
            j = i + 2
        elif token.form in ("соответствии", "установленные"):
            j = i + 1
        elif self.key(i) in ("по", "на"):
            k = i + 1
            while (
                (word := self.at(k)) is not None
                and word.kind == "word"
                and k < i + 6
                and word.form not in lexicon.SCHEDULE | lexicon.REQUEST
            ):
                if (
                    word.lexeme is not None and word.lexeme.kind in ("month", "ord", "weekday")
                ) or word.form in _EVENT_OPENERS:
                    return None
                k += 1
            if (
                word is None
                or word.form not in lexicon.SCHEDULE
                or (word.form in lexicon.REQUEST and word.form not in ("согласованию",))
            ):
                return None
            j = k + 1
        elif (
            token.form in lexicon.SCHEDULE
            and token.form.startswith(("график", "расписани", "план", "циклограм", "медиаплан"))
            and not self.scan.spans
        ):
            j = i + 1
        else:
            return None
        self.scan.flags.add("schedule")
        while (word := self.at(j)) is not None:
            if word.kind == "sign" and word.form in ",;:()":
                break
            if (
                word.key() in ("до", "течение")
                or (word.key() == "не" and self.key(j + 1) == "позднее")
                or (word.key() == "в" and self.key(j + 1) == "течение")
            ):
                break
            j += 1
        return j

    def _request(self, i: int) -> int | None:
        word = self.at(i + 1)
        key = self.key(i)
        if word is None:
            return None
        found = key == "по" and word.form == "мере"
        found = found or (key in ("по", "при", "на") and word.form in lexicon.REQUEST)
        found = found or (
            key == "по"
            and (after := self.at(i + 2)) is not None
            and word.kind == "word"
            and not word.key()
            and after.form in lexicon.REQUEST
        )
        found = (
            found
            or (key == "в" and word.form == "случае")
            or (key == "при" and word.form in ("наличии", "поступлении", "возникновении"))
        )
        found = found or (
            key == "на"
            and word.form == "основании"
            and (after := self.at(i + 2)) is not None
            and after.form in lexicon.REQUEST
        )
        if not found:
            return None
        self.scan.flags.add("request")
        j = i + 2
        while (
            (word := self.at(j)) is not None
            and not (word.kind == "sign" and word.form in ",;:()")
            and word.key() not in ("до", "течение")
        ):
            j += 1
        return j

    # dated spans

    def _prefix(self, i: int) -> tuple[Mode, int, bool]:
        """Read «в срок до», «не позднее», «к», «с», «в течение»: (mode, next position, whether «в течение»)."""
        mode, through, j = Mode.AT, False, i
        while True:
            key = self.key(j)
            if key == "не" and self.key(j + 1) == "позднее":
                mode, j = Mode.NOT_LATER, j + 2
            elif key == "не" and self.key(j + 1) == "ранее":
                mode, j = Mode.FROM, j + 2
            elif key == "ранее" or key == "позднее":
                return Mode.AT, i, False
            elif key == "до":
                mode, j = (Mode.NOT_LATER if mode is Mode.NOT_LATER else Mode.BY), j + 1
            elif key == "по":
                mode, j = Mode.NOT_LATER, j + 1
            elif key == "к":
                mode, j = Mode.TOWARDS, j + 1
            elif key in ("с", "от"):
                mode, j = Mode.FROM, j + 1
            elif key == "после":
                mode, j = Mode.AFTER, j + 1
            elif key in ("в", "на", "за", "чем", "срок", "период", "конец-") or (
                self.sign(j, ",") and self.key(j + 1) == "чем"
            ):
                j += 1
            elif key == "течение" or ((word := self.at(j)) is not None and word.form in _WITHIN_WORDS):
                through, j = True, j + 1
            elif key == "приблизительно":
                self.scan.flags.add("approximate")
                j += 1
            elif key == "весь":
                through, j = True, j + 1
            else:
                return mode, j, through

    def _prefixed(self, i: int) -> int | None:
        mode, j, through = self._prefix(i)
        weekday = self.lexeme(j, "weekday")
        if weekday is not None:
            j += 2 if self.sign(j + 1, ",", "(") else 1
        found = self._spans(j, mode)
        if found is None:
            return None
        spans, j = found
        if weekday is not None:
            spans[0].weekday = weekday
        for n, span in enumerate(spans):
            span.through = through
            gap = "gap" if not self.link and self.scan.spans else self.link
            self.scan.links.append(gap if n == 0 else ",")
            self.scan.spans.append(span)
        self.link = ""
        j = self._year_clause(spans, j)
        if self.key(j) == "включительно" or (self.sign(j, "(", ",") and self.key(j + 1) == "включительно"):
            j += 1 if self.key(j) == "включительно" else 2
            spans[-1].inclusive = True
        return j

    def _year_clause(self, spans: list[Span], i: int) -> int:
        """«… года, следующего за отчетным» makes a date yearly; «… предшествующего …» makes it hang on another year."""
        if self.unit(i) != "year":
            return i
        j = i + 1
        if self.sign(j, ","):
            j += 1
        if self.key(j) in ("следующий", "последующий") and self.key(j + 1) == "за":
            if self.key(j + 2) == "отчетный":
                spans[-1].yearly = True
                return j + 4 if self.unit(j + 3) == "year" else j + 3
        elif self.key(j) != "предшествующий":
            return i + 1
        end = self._clause_end(j)
        begin = i
        while begin > 0 and not self.tokens[begin - 1].is_sign(";", "("):
            begin -= 1
        self.scan.relatives.append(Relative(None, self._raw(begin, end)))
        self.scan.flags.add("year-of-event")
        return end

    def _spans(self, i: int, mode: Mode) -> tuple[list[Span], int] | None:
        """A list or range after its prefix."""
        joins = ("-", "по", "до") if mode is Mode.FROM else ("-",)
        shared = None
        first = self.atom(i)
        if first is None or self._is_bare_pair(i):
            shared = self.shared(i, joins=joins)
        if shared is not None:
            pairs, j = shared
            range_mode = Mode.AT if mode is Mode.FROM and pairs[0][1] is not None else mode
            return [
                Span(a, b, range_mode if b is not None or mode is not Mode.FROM else Mode.FROM) for a, b in pairs
            ], j
        if first is None:
            return None
        atom, j = first
        span = Span(atom, mode=mode)
        if self.key(j) == "включительно" and self.sign(j + 1, "-"):
            j += 1
        second = self._range_end(j, mode)
        if second is not None:
            span.last, j = second
            span.mode = Mode.AT if mode is Mode.FROM else mode
        return [span], j

    def _is_bare_pair(self, i: int) -> bool:
        """Whether «10-14 …» would be misread as a whole piece: never for numeric dates."""
        return False

    def _range_end(self, i: int, mode: Mode) -> tuple[Atom, int] | None:
        j = i
        if self.sign(j, "-"):
            while self.sign(j, "-"):
                j += 1
            if self.key(j) in ("до", "по"):
                j += 1
        elif self.key(j) in ("по", "до") and (mode is Mode.FROM or self.key(j) == "по"):
            while self.key(j) in ("по", "до"):
                j += 1
        elif mode is Mode.FROM and self.sign(j, ",") and self.key(j + 1) in ("по", "до"):
            j += 2
        else:
            return None
        if self.key(j) == "конец" and self.atom(j) is None:
            return None
        return self.atom(j)

    def _numbers_of_month(self, i: int) -> int | None:
        """«до 5 числа», «5 и 20 числа», «до 10-го каждого месяца»."""
        _, j, _ = self._prefix(i)
        days: list[int] = []
        while True:
            found = self.number(j)
            if found is None:
                break
            days.append(found[0])
            j = found[1]
            after = j + 1 if self.sign(j, ",") or self.key(j) == "и" else j
            if after == j:
                break
            if self.key(after) in ("до", "к"):
                after += 1
            if self.number(after) is None:
                break
            j = after
        if not days or not all(1 <= d <= 31 for d in days):
            return None
        named = self.key(j) == "число"
        if self.unit(j) and not named:
            return None
        ordinal = self.tokens[j - 1].ordinal or self.lexeme(j - 1, "ord") is not None
        if (
            not named
            and not (self.key(j) == "каждый" and self.unit(j + 1) == "month")
            and not (ordinal and self.scan.every)
            and not (self.scan.every and j == len(self.tokens) and self.key(i) in ("до", "к", "не", "по"))
        ):
            return None
        self.scan.day_numbers.append(DayNumbers(days))
        return j + 1 if named else j

    def _follow(self, i: int) -> int | None:
        """«месяца, следующего за отчетным кварталом», «первого месяца следующего квартала», «следующего месяца»."""
        j, month, inside = i, 1, False
        ordinal = self.lexeme(j, "ord")
        if ordinal is not None and self.unit(j + 1) == "month":
            month, inside, j = ordinal, True, j + 1
        elif self.key(j) in ("следующий", "последующий", "отчетный", "текущий") and self.unit(j + 1) == "month":
            self.scan.follows.append(Follow("month" if self.key(j) in ("отчетный", "текущий") else "next"))
            j += 2
            if self.key(j) == "за" and self.key(j + 1) == "отчетный":
                j += 2
            if unit := self._stretch(j):
                self.scan.follows[-1] = Follow(unit)
                j += 1
            return j
        if self.unit(j) != "month" or not (self.scan.day_numbers or self.scan.spans or inside):
            return None
        j += 1
        if self.sign(j, ","):
            j += 1
        if self.key(j) in ("следующий", "последующий") or (
            (word := self.at(j)) is not None and word.form in ("после", "идущего")
        ):
            inside = False if self.key(j + 1) == "за" or self.key(j) == "после" else inside
            after = self.key(j + 1) != "за" and self.key(j) != "после"
            j += 2 if self.key(j + 1) == "за" else 1
            while self.key(j) in ("отчетный", "прошлый") or (
                (word := self.at(j)) is not None and word.form in ("окончания", "завершения", "истекшим")
            ):
                j += 1
            unit = self._stretch(j)
            if unit:
                self.scan.follows.append(Follow(unit, month, inside=False))
                return j + 1
            if self.key(j) == "период":
                self.scan.flags.add("period-assumed")
                j += 1
            self.scan.follows.append(Follow("month", month, inside=inside and not after))
            return j
        while self.key(j) in ("каждый", "отчетный", "текущий"):
            j += 1
        unit = self._stretch(j)
        if unit and unit != "month":
            self.scan.follows.append(Follow(unit, month, inside=True))
            return j + 1
        if inside:
            return None
        self.scan.follows.append(Follow("month"))
        return j

    def _stretch(self, i: int) -> str:
        unit = self.unit(i)
        return unit if unit in ("month", "quarter", "half", "year") else ""

    def _word(self, i: int) -> int | None:
        """Words that carry no date of their own."""
        token: Token = self.tokens[i]
        if token.form in lexicon.TO_BE_SET:
            self.scan.flags.add("to-be-set")
            return i + 1
        if token.form in lexicon.URGENT:
            self.scan.flags.add("urgent")
            return i + 1
        if self.key(i) == "далее":
            return i + 1
        if self.key(i) in ("и", "или"):
            self.link = self.link or ","
            return i + 1
        if self.key(i) == "приблизительно":
            self.scan.flags.add("approximate")
            return i + 1
        if self.key(i) == "включительно":
            if self.scan.spans:
                self.scan.spans[-1] = replace(self.scan.spans[-1], inclusive=True)
            return i + 1
        if self.key(i) in _NOISE_KEYS or self.unit(i) == "year" or token.form in _NOISE_WORDS:
            return i + 1
        return None


__all__ = ["DayNumbers", "Every", "Follow", "Mode", "Part", "Scan", "Scanner", "Span"]
