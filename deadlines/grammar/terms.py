"""Terms from an event: «в течение 10 рабочих дней со дня …», «за 45 дней до …», «по итогам …»."""

import re

from deadlines.grammar import lexicon
from deadlines.grammar.walking import EVENT_OPENERS, WITHIN_WORDS, Walker
from deadlines.values import Relative

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


_SIMPLE = re.compile(r"(-?)P(\d+)([DW])")


def days_of(duration: str) -> int | None:
    """Give the days of a term in days or weeks; months and working days need a calendar."""
    found = _SIMPLE.fullmatch(duration)
    if found is None:
        return None
    days = int(found[2]) * (7 if found[3] == "W" else 1)
    return -days if found[1] else days


class Terms(Walker):
    """Rules that read durations and events."""

    def _term(self, i: int) -> int | None:
        """«в течение 10 рабочих дней со дня …», «за 45 дней до …», «в месячный срок», «до 5 дней»."""
        j, before, opened = i, False, False
        while j < i + 12:
            key = self.key(j)
            if key == "не" and self.key(j + 1) == "позднее":
                j += 2
            elif key in ("в", "чем", "через", "течение", "до", "по", "на", "срок"):
                j += 1
            elif key == "за":
                before, j = True, j + 1
            elif key == "не" and (word := self.at(j + 1)) is not None and word.form in ("более", "менее", "свыше"):
                j += 2
            elif (word := self.at(j)) is not None and (
                word.form in ("истечении", "менее", "минимум", "максимум", "минимально", "максимально")
                or (word.form == "," and self.key(j + 1) == "чем")
            ):
                j += 1
            else:
                break
            opened = True
        duration = self._duration(
            j, opened=opened, within=any(self.key(k) in ("течение", "за", "через") for k in range(i, j))
        )
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
        if (next_day := self._next_day(i)) is not None:
            return next_day
        if self.unit(i) == "half-a-year" and opened:
            return "P6M", i + 1
        adjective = self._adjective_term(i)
        if adjective is not None:
            return adjective
        found = self.number(i)
        if found is None:
            return self._bare_unit(i) if within else None
        number, j = found
        longer = self.number(j + 1) if self.sign(j, "-") else None
        counted = self._counted_units(i, number, j, opened=opened, within=within)
        if counted is None and longer is not None:  # «5 - 7 дней»: the longer is the term
            counted = self._counted_units(j + 1, *longer, opened=opened, within=within)
            if counted is not None:
                self.scan.flags.add("duration-range")
        return counted

    def _counted_units(self, i: int, number: int, j: int, *, opened: bool, within: bool) -> tuple[str, int] | None:
        """The unit after a number: «10 рабочих дней», «10 (десяти) дней»; not «5-й день», «2022 год», «3 квартал»."""
        ordinal = self.lexeme(i, "ord") is not None
        if self.tokens[i].ordinal and self.unit(j) not in ("day", "week", "month"):
            ordinal = True
        if ordinal and self.key(j) != "рабочий":
            return None
        repeated = self.number(j + 1) if self.sign(j, "(") else None
        if repeated is not None and self.sign(repeated[1], ")"):
            j = repeated[1] + 1
        working = self.key(j) == "рабочий"
        if working or self.key(j) in ("календарный", "учебный"):
            j += 1
        unit = self.unit(j)
        figures = self.num(i) is not None
        if number < 1 or (figures and len(self.tokens[i].form) > 3):
            return None
        if unit == "hour":
            return f"PT{number}H", j + 1
        if unit in ("quarter", "half"):
            if not (opened and within) or self.lexeme(i, "card") is None:  # «I квартала» is a date
                return None
            number *= 3 if unit == "quarter" else 6
        if unit == "year" and figures and number > 9 and self.tokens[j].form in ("г", "гг", "год"):
            return None
        if unit == "half-a-year":
            number *= 6
        if unit == "decade" or unit not in _ISO:
            return None
        return f"P{number}{'B' if working and unit == 'day' else ''}{_ISO[unit]}", j + 1

    def _next_day(self, i: int) -> tuple[str, int] | None:
        """«на следующий день после …», «не позднее рабочего дня, следующего за днем …»."""
        ahead = self.key(i) == "следующий"
        j = i + ahead
        working = self.key(j) == "рабочий"
        j += working
        if self.unit(j) != "day":
            return None
        j += 1
        if not ahead:
            j += self.sign(j, ",")
            if self.key(j) != "следующий" or self.key(j + 1) != "за":
                return None
            j += 1
        return ("P1BD" if working else "P1D"), j

    def _bare_unit(self, i: int) -> tuple[str, int] | None:
        """«в течение месяца», «в течение рабочего дня», and «в течение года со дня …»."""
        working = self.key(i) == "рабочий"
        j = i + 1 if working else i
        unit = self.unit(j)
        if unit == "hour":
            return "PT1H", j + 1
        if unit in ("year", "quarter", "half") and not self._event_after(j + 1):
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

    def _event_words(self, i: int) -> tuple[str, int, bool]:
        """The event up to the end of the clause: (words, next position, backwards)."""
        j = i + 1 if self.sign(i, ",") else i
        j += self.key(j) == "следующий" and self.key(j + 1) == "за"  # «10 дней, следующих за днем получения»
        marker = self._event_marker(j)
        if marker is None and self.key(j) in ("с", "от") and (day := self.atom(j + 1)) and day[0].is_exact:
            marker = j + 1, False  # «в течение 10 дней с 1 сентября»
        if marker is None:
            return "", i, False
        start, backwards = marker
        end = self._clause_end(start)
        named = self.atom(start)
        if named is not None and named[0].is_exact and named[1] >= end:
            self.scan.counted_from = named[0]
        return self._raw(start, end), max(end, start), backwards

    def _is_while(self, i: int) -> bool:
        """«в период подготовки», «во время проведения», «в ходе», «в рамках»: as long as the event."""
        word = self.at(i)
        return word is not None and (
            self.key(i) in ("период", "время", "течение")
            or word.form in WITHIN_WORDS
            or word.form in ("рамках", "рамки")
        )

    def _event(self, i: int) -> int | None:
        """«до начала отопительного сезона», «после утверждения», «по итогам …»: an event without a term."""
        key = self.key(i)
        token = self.tokens[i]
        opener = key in ("до", "после", "перед") or (key == "к" and self.key(i + 1) == "начало")
        if key == "с" and self._event_marker(i) is not None:
            opener = True
        if key == "по" and (after := self.at(i + 1)) is not None and after.form in EVENT_OPENERS:
            opener = True
        if key == "в" and self.unit(i + 1) == "day" and (after := self.at(i + 2)) is not None and after.kind == "word":
            opener = True
        if token.form in ("накануне", "одновременно", "сразу"):
            opener = True
        if key == "в" and self.at(i + 2) is not None and self._is_while(i + 1):
            opener = True
        if key == "к" and (self.unit(i + 1) == "day" or ((after := self.at(i + 1)) and after.lexeme is None)):
            opener = True  # «ко Дню учителя», «к заседанию совета»
        if key == "не" and self.key(i + 1) == "позднее" and self.key(i + 2) in ("", "до"):
            opener = True
        following = self.at(i + 1)
        if not opener or following is None or following.kind != "word":
            return None
        end = self._clause_end(i + 1)
        self.scan.relatives.append(Relative(None, self._raw(i, end)))
        return end
