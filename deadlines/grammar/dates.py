"""Dates as written: numeric and worded days, months, quarters, halves, decades, years, and lists that share an ending."""

from dataclasses import replace

from deadlines.grammar.atoms import Atom, Part, Unit
from deadlines.grammar.figures import Figures

MOST_LISTED = 31
"""Numbers of one list; a bound on looking ahead keeps reading linear."""

_COUNTED = {"quarter": Unit.QUARTER, "half": Unit.HALF, "decade": Unit.DECADE, "week": Unit.WEEK}
PARTS = {"начало": Part.BEGINNING, "середина": Part.MIDDLE, "конец": Part.END}
_ABOUT = {1: Part.BEGINNING, 10: Part.MIDDLE, 20: Part.END, -1: Part.END}
_SEASON_WORDS = {"зимний": 1, "весенний": 2, "летний": 3, "осенний": 4}


class Dates(Figures):
    """Reads atoms and the lists that share an ending."""

    def atom(self, i: int) -> tuple[Atom, int] | None:
        """The longest piece of time that begins here."""
        return self._numeric(i) or self._part(i) or self._counted(i) or self._named(i) or self._year_alone(i)

    def _counted(self, i: int) -> tuple[Atom, int] | None:
        """«5 октября», «последняя пятница мая», «III квартал», «1-я декада октября», «вторая неделя мая»."""
        found = self.number(i, misread=True)
        if found is None:
            return None
        number, j = found
        if self.key(j) == "число":
            j += 1
        glued = self.sign(j, ".", "-") and self.num(i) is not None and (after := self.at(j + 1)) and after.glued
        if glued and self.lexeme(j + 1, "month") and self.tokens[j + 1].form.endswith(("а", "я")):
            j += 1  # «25.мая», «25-мая»
        month = self.lexeme(j, "month")
        if (month is not None and (self.at(i) or self.tokens[0]).kind != "word") or (
            month is not None and self._is_worded(i)
        ):
            return self._with_year(Atom(Unit.DAY, number, month), self._skip_month_word(j + 1))
        weekday = self.lexeme(j, "weekday")
        if weekday is not None:
            month = self.lexeme(j + 1, "month")
            if month is None:
                return None
            return self._with_year(Atom(Unit.WEEKDAY, number, month, weekday=weekday), self._skip_month_word(j + 2))
        adjective = self.key(j) == "учебный"
        unit = _COUNTED.get(self.unit(j + adjective))
        if unit is None:
            return None
        j += 1 + adjective
        if unit in (Unit.QUARTER, Unit.HALF):
            atom, end = self._with_year(Atom(unit, number, school=unit is Unit.HALF and adjective), j)
            if unit is Unit.HALF and self.school and atom.year is None:
                atom = replace(atom, school=True)
            return atom, end
        month = self.lexeme(j, "month")
        if month is None:
            return None
        return self._with_year(Atom(unit, number, month), self._skip_month_word(j + 1))

    def _is_worded(self, i: int) -> bool:
        return self.lexeme(i, "ord") is not None or self.lexeme(i, "card") is not None

    def _skip_month_word(self, i: int) -> int:
        return i + 1 if self.unit(i) == "month" else i

    def _part(self, i: int) -> tuple[Atom, int] | None:
        """«конец мая», «начало учебного года», «вторая половина октября», «до середины II квартала»."""
        part = PARTS.get(self.key(i))
        j = i + 1
        if part is None:
            found = self.number(i)
            days = None if found is None else self.at(found[1])
            if found is not None and days is not None and days.form == "числах" and found[0] in _ABOUT:
                month = self._named(found[1] + 1)  # «в первых числах октября»
                return None if month is None else (replace(month[0], part=_ABOUT[found[0]]), month[1])
            if found is None or self.key(found[1]) != "половина":
                return None
            if found[0] not in (1, 2):
                return None
            part, j = (Part.FIRST_HALF if found[0] == 1 else Part.SECOND_HALF), found[1] + 1
        if (word := self.at(j)) is not None and word.form in ("нового", "очередного"):
            j += 1
        if self.key(j) == "учебный" and self.unit(j + 1) == "year":
            return Atom(Unit.SCHOOL_YEAR, part=part), j + 2
        whole = self.year(j)
        if whole is not None:
            ref, j = whole
            unit = Unit.SCHOOL_YEAR if ref.school else Unit.YEAR
            return Atom(unit, year=ref.value, part=part, said=ref.said), j
        if self.unit(j) == "year" or (self.key(j) == "календарный" and self.unit(j + 1) == "year"):
            return Atom(Unit.YEAR, part=part), j + 1 + (self.unit(j) != "year")
        inner = self._counted(j) or self._named(j)
        if inner is None or inner[0].unit in (Unit.DAY, Unit.WEEKDAY, Unit.DECADE, Unit.WEEK):
            return None
        return replace(inner[0], part=part), inner[1]

    def _named(self, i: int) -> tuple[Atom, int] | None:
        month = self.lexeme(i, "month")
        if month is not None:
            return self._with_year(Atom(Unit.MONTH, month=month), self._skip_month_word(i + 1))
        if self.unit(i) == "month" and (month := self.lexeme(i + 1, "month")) is not None:
            return self._with_year(Atom(Unit.MONTH, month=month), i + 2)
        season = self.lexeme(i, "season")
        if season is not None:
            return self._with_year(Atom(Unit.SEASON, season), i + 1)
        season = _SEASON_WORDS.get(self.key(i))
        if season is not None and self.key(i + 1) in ("период", "время"):
            return self._with_year(Atom(Unit.SEASON, season), i + 2)
        return None

    def _year_alone(self, i: int) -> tuple[Atom, int] | None:
        found = self.year(i)
        if found is None:
            return None
        ref, j = found
        bare = ref.value is not None and self.unit(j - 1) != "year"
        before = self.at(i - 1)
        if (
            bare
            and before is not None
            and (before.kind == "num" or (before.kind == "sign" and before.form in ".," and self.tokens[i].glued))
        ):
            return None  # what is left of a torn date
        if bare:
            return Atom(Unit.SCHOOL_YEAR if ref.school else Unit.YEAR, year=ref.value, bare=not ref.school), j
        return Atom(Unit.SCHOOL_YEAR if ref.school else Unit.YEAR, year=ref.value, said=ref.said), j

    # lists and ranges that share their ending

    def shared(
        self, i: int, *, joins: tuple[str, ...] = ("-", "по", "до")
    ) -> tuple[list[tuple[Atom, Atom | None]], int] | None:
        """
        Numbers before one shared ending: «10-14.10.2022», «13, 15 и 17 октября», «I, III кварталы».

        Gives pairs (first, last); last is None for a single piece.
        """
        numbers: list[tuple[int, str, int]] = []  # value, what joins it to the next, its own position
        j = i
        while len(numbers) < MOST_LISTED and (found := self.number(j, misread=True)) is not None:
            value, after = found
            join, after = self._join(after, joins)
            if not join or self.number(after, misread=True) is None:
                break
            if numbers and self._counted(j) is not None:
                break
            numbers.append((value, join, j))
            j = after
        if not numbers or (last := self._numeric(j) or self._counted(j)) is None:
            return None
        atom, end = last
        if atom.unit is Unit.WEEKDAY:
            return None
        month = atom.unit is Unit.MONTH  # «09-10.2024»
        chain = [
            replace(atom, month=value) if month else replace(atom, number=value, padded=True) for value, _, _ in numbers
        ] + [atom]
        pairs: list[tuple[Atom, Atom | None]] = []
        k = 0
        while k < len(chain):
            if k < len(numbers) and numbers[k][1] == "-":
                pairs.append((chain[k], chain[k + 1]))
                k += 2
            else:
                pairs.append((chain[k], None))
                k += 1
        return pairs, end

    def _join(self, i: int, joins: tuple[str, ...]) -> tuple[str, int]:
        """What stands between two numbers: a dash (or «по») makes a range, a comma or «и» a list."""
        if self.key(i) == "число":
            i += 1
        if self.sign(i, "-") and "-" in joins:
            return "-", i + 1
        if self.key(i) in joins:
            most = i + 3
            while i < most and self.key(i + 1) == self.key(i):
                i += 1  # «с 5 по по 25 марта»
            return "-", i + 1
        if self.sign(i, ","):
            return ",", i + 2 if self.key(i + 1) == "и" else i + 1
        if self.key(i) in ("и", "или"):
            return ",", i + 1
        return "", i
