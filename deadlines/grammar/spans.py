"""Dates with the words before and after them: «в срок до …», «с … по …», «… года, следующего за отчетным»."""

from dataclasses import replace

from deadlines.grammar.atoms import Atom, Part, Unit
from deadlines.grammar.dates import PARTS
from deadlines.grammar.found import Mode, Pending, Span
from deadlines.grammar.walking import WITHIN_WORDS, Walker
from deadlines.values import Relative


class Spans(Walker):
    """Rules that read dated spans."""

    def _prefix(self, i: int) -> tuple[Mode, int, bool]:
        """Read «в срок до», «не позднее», «к», «с», «в течение»: (mode, next position, whether «в течение»)."""
        mode, through, j = Mode.AT, False, i
        while j < i + 12:
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
            elif key == "течение" or ((word := self.at(j)) is not None and word.form in WITHIN_WORDS):
                through, j = True, j + 1
            elif key == "приблизительно":
                self.scan.flags.add("approximate")
                j += 1
            elif key == "весь":
                through, j = True, j + 1
            else:
                break
        return mode, j, through

    def _prefixed(self, i: int) -> int | None:
        mode, j, through = self._prefix(i)
        if self.carried is not None and mode is Mode.AT:
            mode = self.carried
        weekday = self.lexeme(j, "weekday")
        if weekday is not None:
            j += 2 if self.sign(j + 1, ",", "(") else 1
        found = self._spans(j, mode)
        if found is None:
            return None
        self.carried = None
        spans, j = found
        if weekday is not None:
            spans[0].weekday = weekday
        self._share_head(spans[0], i)
        if self.scan.pending:
            spans = [*self._settle(spans[0]), *spans]
        if self._goes_on(spans):
            self.scan.spans[-1].last = spans[0].first
            self.link = ""
            return j
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

    def _headless(self, i: int) -> int | None:
        """«с 3 по 7 и …», «не ранее 1 и …»: numbers whose month stands after the next ones."""
        mode, j, _ = self._prefix(i)
        first = self.num(j)
        if first is None or not 1 <= first.value <= 31 or (mode is Mode.AT and i > 0 and not self.scan.pending):
            return None
        k, last = j + 1, None
        join, after = self._join(k, ("-", "по", "до"))
        if join == "-" and (second := self.num(after)) is not None and 1 <= second.value <= 31:
            k, last = after + 1, second.value
        if not (self.sign(k, ",", ";") or self.key(k) in ("и", "или")):
            return None
        _, following, _ = self._prefix(k + 1 + (self.sign(k, ",") and self.key(k + 1) == "и"))
        if self.num(following) is None:
            return None
        self.scan.pending.append(Pending(first.value, last, mode, self._raw(i, k)))
        return k

    def _settle(self, span: Span) -> list[Span]:
        """Give the month that was found to the numbers that waited for it; a later number is no day before it."""
        atom, waiting = span.first, self.scan.pending
        self.scan.pending = []
        shares = atom.unit in (Unit.DAY, Unit.QUARTER, Unit.DECADE, Unit.WEEK) and atom.part is Part.WHOLE
        if not shares or any((p.last or p.first) > atom.number for p in waiting):
            self.scan.leftovers += [p.words for p in waiting]
            return []
        return [
            Span(
                replace(atom, number=p.first, padded=True),
                None if p.last is None else replace(atom, number=p.last, padded=True),
                Mode.AT if p.last is not None and p.mode is Mode.FROM else p.mode,
            )
            for p in waiting
        ]

    def _goes_on(self, spans: list[Span]) -> bool:
        """«октябрь – ноябрь – декабрь» is one stretch."""
        before = self.scan.spans[-1] if self.scan.spans else None
        if before is None or before.last is None or self.link != "-" or len(spans) > 1 or spans[0].last is not None:
            return False
        last, atom = before.last, spans[0].first
        return last.unit is atom.unit is Unit.MONTH and last.year is None and atom.month == last.month % 12 + 1

    def _share_head(self, span: Span, i: int) -> None:
        """«последняя пятница октября, ноября»: a month in the genitive goes on with what stood before the first one."""
        before = self.scan.spans[-1] if self.scan.spans else None
        if before is None or before.last is not None or self.link != "," or span.last is not None:
            return
        head, atom = before.first, span.first
        alone = atom.unit is Unit.MONTH and atom.part is Part.WHOLE and span.mode is Mode.AT
        if alone and head.month and head.unit is not Unit.MONTH and self.tokens[i].form.endswith(("а", "я")):
            span.first = replace(head, month=atom.month, year=atom.year)
            span.mode = before.mode

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
        if self.sign(i - 1, "№"):
            return None  # the number of an order is no day
        joins = ("-", "по", "до") if mode is Mode.FROM else ("-", "по")
        shared = None
        first = self.atom(i)
        if first is None and (both := self._both_ends(i, mode)) is not None:
            return both
        if first is None:
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

    def _both_ends(self, i: int, mode: Mode) -> tuple[list[Span], int] | None:
        """«в начале и в конце учебного года»: the first part belongs to the year that is named once."""
        part = PARTS.get(self.key(i))
        if part is None or not (self.sign(i + 1, ",") or self.key(i + 1) == "и"):
            return None
        second = i + 3 if self.key(i + 2) in ("в", "на", "к", "до") else i + 2
        if self.key(second) not in PARTS or (found := self.atom(second)) is None:
            return None
        return [Span(replace(found[0], part=part), mode=mode), Span(found[0], mode=mode)], found[1]

    def _range_end(self, i: int, mode: Mode) -> tuple[Atom, int] | None:
        j = i
        if self.sign(j, "-"):
            while j < i + 4 and self.sign(j, "-"):
                j += 1
            if self.key(j) in ("до", "по"):
                j += 1
        elif self.key(j) in ("по", "до") and (mode is Mode.FROM or self.key(j) == "по"):
            while j < i + 4 and self.key(j) in ("по", "до"):
                j += 1
        elif mode is Mode.AT and self.key(j) == "до":
            j += 1  # «10.10.2022 до 14.10.2022»
        elif mode is Mode.FROM and self.sign(j, ",") and self.key(j + 1) in ("по", "до"):
            if self.unit(j - 1) == "year" and (end := self.atom(j + 2)) is not None and end[0].year is None:
                return None  # «с 2025 года, до 1 марта»
            j += 2
        else:
            return None
        if self.key(j) == "конец" and self.atom(j) is None:
            return None
        return self.atom(j)
