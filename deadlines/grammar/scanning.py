"""One walk over the tokens of a phrase; every step either understands something or leaves a word over."""

from deadlines.grammar import lexicon
from deadlines.grammar.arrangements import Arrangements
from deadlines.grammar.found import Mode, Scan
from deadlines.grammar.frequencies import Frequencies
from deadlines.grammar.terms import Terms

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
        "начиная",
        "основе",
        "режиме",
        "весь",
        "работы",
    ]
)


class Scanner(Frequencies, Terms, Arrangements):
    """Tries the rules in their order at each position, from left to right."""

    def run(self) -> Scan:
        i = 0
        while i < len(self.tokens):
            i = self._step(i)
        if any(e.unit == "week" and not e.weekdays for e in self.scan.every):
            self.scan.flags.discard("period-assumed")  # «вторник и четверг еженедельно»
        self.scan.leftovers += [p.words for p in self.scan.pending]
        self.scan.flags |= self.slips
        return self.scan

    def _step(self, i: int) -> int:
        token = self.tokens[i]
        if token.kind == "sign":
            return self._sign(i)
        for rule in (
            self._time, self._template, self._except, self._part_of_each_month, self._every, self._weekdays,
            self._kind_of_days, self._continuous, self._vacation, self._term,
            self._schedule, self._request, self._prefixed, self._numbers_of_month, self._follow, self._headless, self._event, self._word,
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
            if i <= self.first_word:
                self.scan.leading_dash = True
            self.link = "-"
            if i > self.last_word:
                self.scan.trailing_dash = bool(self.scan.spans)
        elif token.form in ",;:&+/()[]":
            self.link = self.link or ","
        elif token.form not in ".!":
            self.scan.leftovers.append(token.form)
        return i + 1

    def _time(self, i: int) -> int | None:
        """«в 15.00», «14:30», «11-30-13-30», «с 10 до 12 часов», «10 ч. 30 мин.»: a time of day."""
        j = i
        until = False
        while self.key(j) == "не" and self.key(j + 1) == "позднее":
            j, until = j + 2, True
        while j < i + 6 and (self.key(j) in ("в", "с", "до", "по", "к", "от") or (self.sign(j, "-") and j > i)):
            j += 1
        end = self._clock(j)
        if end is None:
            return None
        while True:
            k = end
            while k < end + 3 and (self.sign(k, "-") or self.key(k) in ("до", "по", "и")):
                k += 1
            after = self._clock(k) if k > end or j != i else None
            if after is None:
                break
            end = after
        self.scan.flags.add("time-of-day")
        if not self.scan.spans and (until or any(self.key(k) in ("до", "к") for k in range(i, j))):
            self.carried = Mode.BY  # «до 10.00 15.10.2022»
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
            full_hour = self.sign(i + 1, "-") and minute.form == "00"  # «до 18-00»
            if full_hour and not dashed:
                return i + 3
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

    def _word(self, i: int) -> int | None:
        """Words that carry no date of their own."""
        token = self.tokens[i]
        if token.form in lexicon.TO_BE_SET:
            self.scan.flags.add("to-be-set")
            return i + 1
        if token.form in lexicon.URGENT:
            self.scan.flags.add("urgent")
            return i + 1
        if self.key(i) == "далее":
            self.scan.flags.add("then")
            return i + 1
        if self.key(i) in ("и", "или"):
            self.link = self.link or ","
            return i + 1
        if token.form == "но" and self.scan.spans and self.scan.spans[-1].mode is Mode.FROM:
            return i + 1  # «с 1 марта, но не позднее 15 марта»
        if self.key(i) == "приблизительно":
            self.scan.flags.add("approximate")
            return i + 1
        if self.key(i) == "включительно":
            if self.scan.spans:
                self.scan.spans[-1].inclusive = True
            return i + 1
        if self.key(i) in _NOISE_KEYS or self.unit(i) == "year" or token.form in _NOISE_WORDS:
            return i + 1
        return None
