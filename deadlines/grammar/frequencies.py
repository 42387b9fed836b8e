"""How often: «ежемесячно», «1 раз в квартал», «по пятницам», «до 5 числа месяца, следующего за отчетным»."""

from deadlines.grammar.dates import MOST_LISTED
from deadlines.grammar.exceptions import Exceptions
from deadlines.grammar.found import DayNumbers, Every, Follow

_PART_OF_MONTH = {"начало": 10, "середина": 20}
_NTH_OF_MONTH = {"week": {1: 7, 2: 14, 3: 21, 4: 28}, "decade": {1: 10, 2: 20, 3: 31}}
_BY_UNITS = frozenset(["week", "month", "quarter", "half", "term", "trimester", "year"])
_TIMES = {"дважды": 2, "трижды": 3, "однократно": 1, "единожды": 1}


class Frequencies(Exceptions):
    """Rules that read frequencies and the days of unnamed months."""

    def _every(self, i: int) -> int | None:
        lexeme = self.tokens[i].lexeme
        if lexeme is not None and lexeme.kind == "freq":
            self.scan.every.append(Every(str(lexeme.value)))
            return i + 1
        if self.key(i) == "каждый":
            return self._each(i + 1)
        unit = self.unit(i + 1)
        if self.key(i) == "по" and unit in _BY_UNITS and self.tokens[i + 1].form.endswith(("ам", "ям")):
            self.scan.every.append(Every(unit))  # «по кварталам»
            return i + 2
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
        if self.key(j) == "число" and 1 <= number <= 31:
            self.scan.day_numbers.append(DayNumbers([number]))  # «каждое 10-е число месяца»
            return j + 1
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
            if found is not None and (self.key(found[1]) == "раз" or self._is_short_times(found[1])):
                times, j = found[0], found[1]
            elif (
                found is not None
                and self.sign(found[1], "-")
                and (up := self.number(found[1] + 1))
                and self.key(up[1]) == "раз"
            ):
                times, j = found[0], up[1]  # «1-2 раза в месяц»: the lesser is what can be demanded
                self.scan.flags.add("count-range")
            if self.key(j) != "раз" and not (found is not None and self._is_short_times(j)):
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

    def _is_short_times(self, i: int) -> bool:
        """«2 р. в год», «1 р/мес»."""
        token = self.at(i)
        return token is not None and token.form == "р" and (self.key(i + 1) in ("в", "за") or self.sign(i + 1, "/"))

    def _weekdays(self, i: int) -> int | None:
        """«по пятницам», «по вторникам и четвергам», «последняя пятница месяца», «в понедельник»."""
        j = i + 1 if self.key(i) in ("по", "в", "на") else i
        weekly = any(e.unit == "week" for e in self.scan.every)
        while weekly and j < i + 4 and self.key(j) in ("до", "к", "не", "позднее", "срок"):
            j += 1  # «еженедельно до среды»
        days: list[tuple[int, int]] = []
        pending: list[int] = []
        while j < i + 2 * MOST_LISTED:
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
        elif self.key(i) != "по" and not weekly and not self._is_week_list(i, j, len(days)):
            after = j + 1 if self.sign(j, ",") else j
            if self.atom(after) is not None and len(days) == 1:
                return None  # «вторник, 15 октября»
            if self.scan.spans and self.scan.spans[-1].first.is_exact:
                self.scan.spans[-1].weekday = days[0][1]  # «15 октября (вторник)»
            return j + 1 if self.sign(j, ",") else j
        self.scan.every.append(Every("week", weekdays=days))
        return j

    def _is_week_list(self, i: int, end: int, count: int) -> bool:
        """«пн, ср, пт», or nothing but «понедельник»: every week, which is not said."""
        alone = i == 0 and end == len(self.tokens)
        if self.scan.spans or not (alone or (count > 1 and self.atom(end) is None)):
            return False
        self.scan.flags.add("period-assumed")
        return True

    def _part_of_each_month(self, i: int) -> int | None:
        """«в начале каждого месяца», «первая неделя месяца»: the last day of that part."""
        j = i
        while j < i + 4 and self.key(j) in ("в", "на", "до", "к"):
            j += 1
        day = _PART_OF_MONTH.get(self.key(j), 0)
        if not day and (found := self.number(j)) is not None:
            j = found[1]
            day = _NTH_OF_MONTH.get(self.unit(j), {}).get(found[0], 0)
        if not day:
            return None
        each = self.key(j + 1) == "каждый"
        j += 2 if each else 1
        monthly = any(e.unit == "month" for e in self.scan.every)
        if monthly and self.unit(j - 1) in _NTH_OF_MONTH and self.atom(j) is None and self.unit(j) != "month":
            self.scan.day_numbers.append(DayNumbers([day]))  # «1 раз в месяц, 3-я неделя»
            self.scan.flags.add("approximate")
            return j
        if self.unit(j) != "month" or self.lexeme(j + 1, "month") is not None:
            return None
        if not each and self.key(j - 1) in _PART_OF_MONTH and not self.scan.every:
            return None  # «в начале месяца»: of which?
        self.scan.every.append(Every("month"))
        self.scan.day_numbers.append(DayNumbers([day]))
        self.scan.flags.add("approximate")
        return j + 1

    def _last_day_of_month(self, i: int) -> int | None:
        """«последний рабочий день месяца», «в конце каждого месяца», «до конца квартала»."""
        j = i
        while j < i + 8 and self.key(j) in ("в", "к", "до", "на", "не", "позднее", "по"):
            j += 1
        working = False
        if (nth := self._nth_working_day(j)) is not None:
            return nth
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
        if working and not unit and any(e.unit == "month" for e in self.scan.every):
            self.scan.every.append(Every("month", working_day=-1))  # «ежемесячно, в последний рабочий день»
            self.scan.flags.add("day-said")
            return j
        if unit in ("term", "trimester", "half", "year") and self.key(j - 1) == "каждый":
            self.scan.every.append(Every(unit))  # «в конце каждой четверти»
            return j + 1
        if unit not in ("month", "quarter") or self.lexeme(j + 1, "month") is not None or self.num(j + 1) is not None:
            return None
        self.scan.every.append(Every(unit, working_day=-1 if working else 0, assumed=self.key(j - 1) != "каждый"))
        self.scan.flags.add("day-said")
        return j + 1

    def _nth_working_day(self, i: int) -> int | None:
        """«ежемесячно до 3 рабочего дня», «первый рабочий день месяца»."""
        found = self.number(i)
        if found is None or not 1 <= found[0] <= 20 or self.key(found[1]) != "рабочий":
            return None
        day = self.at(found[1] + 1)
        if day is None or day.form not in ("день", "дня", "дню"):
            return None
        j = found[1] + 2
        named = self.unit(j) == "month" or (self.key(j) == "каждый" and self.unit(j + 1) == "month")
        if not named and not any(e.unit == "month" for e in self.scan.every):
            return None
        if self.key(j) == "каждый" or (named and self.unit(j) == "month" and self.lexeme(j + 1, "month") is None):
            j += 1 + (self.key(j) == "каждый")
        self.scan.every.append(Every("month", working_day=found[0]))
        self.scan.day_numbers = []
        self.scan.flags.add("day-said")
        if self.sign(j, ",") and self.key(j + 1) in ("следующий", "последующий") and self.key(j + 2) == "за":
            return j + 4 if self.key(j + 3) == "отчетный" else j + 3
        return j

    def _numbers_of_month(self, i: int) -> int | None:
        """«до 5 числа», «5 и 20 числа», «до 10-го каждого месяца»."""
        _, j, _ = self._prefix(i)
        days: list[int] = []
        while len(days) < MOST_LISTED:
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
            and not (self.scan.every and j > self.last_word and self.key(i) in ("до", "к", "не", "по"))
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
        elif self.key(j) in ("следующий", "последующий") and self.key(j + 1) == "за" and self.key(j + 2) == "отчетный":
            return self._following_reported(j)
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
        coarse = [e.unit for e in self.scan.every if e.unit in ("quarter", "half", "year")]
        if inside and coarse and self.scan.day_numbers:  # «1 раз в квартал до 25 числа последнего месяца»
            self.scan.follows.append(Follow(coarse[0], month, inside=True))
            return j
        if inside:
            return None
        self.scan.follows.append(Follow("month"))
        return j

    def _following_reported(self, j: int) -> int | None:
        """«5 числа следующего за отчетным (кварталом) месяца»."""
        if not self.scan.day_numbers:
            return None
        j += 3
        unit = self._stretch(j)
        j += bool(unit)
        self.scan.follows.append(Follow(unit or "month"))
        return j + 1 if self.unit(j) == "month" else j

    def _stretch(self, i: int) -> str:
        unit = self.unit(i)
        return unit if unit in ("month", "quarter", "half", "year") else ""
