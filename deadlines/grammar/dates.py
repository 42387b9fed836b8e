"""Dates as written: numeric and worded days, months, quarters, halves, decades, years, and lists that share an ending."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from deadlines.grammar import lexicon
from deadlines.grammar.atoms import FIRST_YEAR, LAST_YEAR, Atom, Part, Unit
from deadlines.grammar.tokens import Token

MOST_LISTED = 31
"""Numbers of one list; a bound on looking ahead keeps reading linear."""

_COUNTED = {"quarter": Unit.QUARTER, "half": Unit.HALF, "decade": Unit.DECADE, "week": Unit.WEEK}
_PARTS = {"начало": Part.BEGINNING, "середина": Part.MIDDLE, "конец": Part.END}
_SEASON_WORDS = {"зимний": 1, "весенний": 2, "летний": 3, "осенний": 4}


class YearRef(NamedTuple):
    """A year as written: its number, whether it is a school year, or the word that stands for it."""

    value: int | None = None
    school: bool = False
    said: str = ""


class Dates:
    """Reads atoms from tokens; every method takes a position and gives (value, next position) or None."""

    def __init__(self, tokens: Sequence[Token], *, school: bool = False) -> None:
        self.tokens = tokens
        self.school = school
        self.slips: set[str] = set()

    def at(self, i: int) -> Token | None:
        return self.tokens[i] if 0 <= i < len(self.tokens) else None

    def key(self, i: int) -> str:
        token = self.at(i)
        return token.key() if token else ""

    def unit(self, i: int) -> str:
        token = self.at(i)
        return token.unit() if token else ""

    def lexeme(self, i: int, kind: str) -> int | None:
        token = self.at(i)
        if token is None or token.lexeme is None or token.lexeme.kind != kind:
            return None
        return int(token.lexeme.value)

    def sign(self, i: int, *signs: str) -> bool:
        token = self.at(i)
        return token is not None and token.is_sign(*signs)

    def num(self, i: int) -> Token | None:
        token = self.at(i)
        return token if token is not None and token.kind == "num" else None

    # numbers

    def number(self, i: int, *, misread: bool = False) -> tuple[int, int] | None:
        """A small ordinal or cardinal: «5», «5-го», «V», «пятого», «двадцать пятого»."""
        token = self.at(i)
        if token is None:
            return None
        if token.kind == "num":
            if 0 <= token.value <= 366:
                if misread and len(token.form) == 1 and (after := self.at(i + 1)) and after.glued and after.form == "у":
                    return 4, i + 2  # «1У квартал»
                return token.value, i + 1
            return None
        ordinal = self.lexeme(i, "ord")
        if ordinal is not None:
            return ordinal, i + 1
        cardinal = self.lexeme(i, "card")
        if cardinal is not None:
            if cardinal >= 20:
                small = self.lexeme(i + 1, "ord") or self.lexeme(i + 1, "card")
                if small is not None and 0 < small < 10:
                    return cardinal + small, i + 2
            return cardinal, i + 1
        value = lexicon.roman(token.form, misread=misread)
        return None if value is None else (value, i + 1)

    # years

    def year(self, i: int) -> tuple[YearRef, int] | None:
        """«2022», «2022 г.», «22 г.», «2022-2023 учебного года», «текущего года», «т.г.»."""
        school = self.school_year(i)
        if school is not None:
            return school
        token = self.num(i)
        if token is not None:
            j = self._skip_year_adjectives(i + 1)
            named = self.unit(j) == "year"
            if FIRST_YEAR <= token.value <= LAST_YEAR and len(token.form) == 4:
                return YearRef(token.value), j + 1 if named else i + 1
            if named and len(token.form) == 2 and token.value < 70:
                return YearRef(2000 + token.value), j + 1
            return None
        said = {
            "текущий": "current",
            "сего": "current",
            "следующий": "next",
            "будущий": "next",
            "прошлый": "previous",
        }.get(self.key(i), "")
        token = self.at(i)
        if not said and token is not None and token.form == "с" and self.unit(i + 1) == "year":
            said = "current"
        if said:
            j = self._skip_year_adjectives(i + 1)
            if self.unit(j) == "year" and self.key(j + 1) not in ("следующий", "предшествующий"):
                return YearRef(None, said=said), j + 1
        return None

    def school_year(self, i: int) -> tuple[YearRef, int] | None:
        """«2022-2023 учебный год», «2022/23 уч. г.», «2022/2023»."""
        first, second = self.num(i), self.num(i + 2)
        if first is None or second is None or not self.sign(i + 1, "-", "/", "\\"):
            return None
        if len(first.form) != 4 or not FIRST_YEAR <= first.value <= LAST_YEAR:
            return None
        if second.value not in (first.value + 1, (first.value + 1) % 100) or len(second.form) not in (2, 4):
            return None
        if self.key(i + 3) == "учебный":
            return YearRef(first.value, school=True), i + 5 if self.unit(i + 4) == "year" else i + 4
        third = self.at(i + 3)
        if third is not None and third.form == "у" and self.unit(i + 4) == "year":
            return YearRef(first.value, school=True), i + 5
        plain = self.sign(i + 1, "/", "\\") or (self.school and self.unit(i + 3) != "year")
        if plain and not self.sign(i + 3, ".", "/", "-"):
            return YearRef(first.value, school=True), i + 4 if self.unit(i + 3) == "year" else i + 3
        return None

    def _skip_year_adjectives(self, i: int) -> int:
        return i + 1 if self.key(i) in ("календарный", "отчетный") else i

    def _with_year(self, atom: Atom, i: int) -> tuple[Atom, int]:
        found = self.year(i)
        if found is None and self.sign(i, ",") and not self.sign(i + 2, "-", "/", "."):
            found = self._year_after_comma(i + 1)
        if found is None and self.sign(i, "-") and atom.unit is Unit.MONTH:
            found = self._year_after_dash(i)
        if found is None:
            return atom, i
        ref, j = found
        if ref.school:
            if atom.unit is Unit.HALF:
                return replace(atom, year=ref.value, school=True), j
            assert ref.value is not None  # a school year is written in figures
            return replace(atom, year=ref.value + (0 if self._month_of(atom) >= 9 else 1)), j
        return replace(atom, year=ref.value, said=ref.said), j

    def _year_after_comma(self, i: int) -> tuple[YearRef, int] | None:
        """«октябрь, 2022», «15 октября, 2022 г.», «15.10,2022»."""
        token = self.num(i)
        if token is None or (len(token.form) != 4 and self.unit(i + 1) != "year"):
            return None
        if token.glued:
            self.slips.add("typo")
        return self.year(i)

    def _year_after_dash(self, i: int) -> tuple[YearRef, int] | None:
        """«сентябрь-2024»."""
        token = self.num(i + 1)
        if token is None or len(token.form) != 4 or self.sign(i + 2, ".") or self.tokens[i - 1].kind != "word":
            return None
        if not (token.glued and self.tokens[i].glued):
            self.slips.add("typo")
        return self.year(i + 1)

    @staticmethod
    def _month_of(atom: Atom) -> int:
        if atom.month:
            return atom.month
        return {Unit.QUARTER: 3 * atom.number - 2, Unit.SEASON: (12, 3, 6, 9)[(atom.number - 1) % 4]}.get(atom.unit, 9)

    # atoms

    def atom(self, i: int) -> tuple[Atom, int] | None:
        """The longest piece of time that begins here."""
        return self._numeric(i) or self._part(i) or self._counted(i) or self._named(i) or self._year_alone(i)

    def _numeric(self, i: int) -> tuple[Atom, int] | None:
        first = self.num(i)
        if first is None:
            return None
        return self._fused(i, first) or self._iso(i, first) or self._dotted(i, first)

    def _fused(self, i: int, first: Token) -> tuple[Atom, int] | None:
        """«30092022», «30.092022», «3009.2022»: a dot was lost."""
        if len(first.form) == 8:
            day, month, year = int(first.form[:2]), int(first.form[2:4]), int(first.form[4:])
            j = i + 1
        elif len(first.form) <= 2 and self.sign(i + 1, ".") and (rest := self.num(i + 2)) and len(rest.form) == 6:
            day, month, year, j = first.value, int(rest.form[:2]), int(rest.form[2:]), i + 3
        elif len(first.form) == 4 and self.sign(i + 1, ".") and (rest := self.num(i + 2)) and len(rest.form) == 4:
            day, month, year, j = int(first.form[:2]), int(first.form[2:]), rest.value, i + 3
        else:
            return None
        if not (1 <= day <= 31 and 1 <= month <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
            return None
        self.slips.add("typo")
        return Atom(Unit.DAY, day, month, year), self._after_year(j)

    def _iso(self, i: int, first: Token) -> tuple[Atom, int] | None:
        second, third = self.num(i + 2), self.num(i + 4)
        if len(first.form) != 4 or second is None or third is None or not FIRST_YEAR <= first.value <= LAST_YEAR:
            return None
        if (
            any(self.sign(i + 1, s) and self.sign(i + 3, s) for s in "-./")
            and len(second.form) <= 2
            and len(third.form) <= 2
        ):
            return Atom(Unit.DAY, third.value, second.value, first.value), i + 5
        return None

    def _dotted(self, i: int, first: Token) -> tuple[Atom, int] | None:
        if len(first.form) > 2:
            return None
        month = self.num(i + 2)
        roman = self.at(i + 2)
        third = self.num(i + 4)
        if (
            self.sign(i + 1, ".", "/", ",")
            and month is None
            and roman is not None
            and self.sign(i + 3, ".", "/") is False
        ):
            value = lexicon.roman(roman.form)  # «15.IX.2022»: the second dot went with the word
            third = self.num(i + 3)
            if value is not None and third is not None and len(third.form) == 4:
                return Atom(Unit.DAY, first.value, value, third.value), self._after_year(i + 4)
            return None
        if month is None or len(month.form) > 2:
            return self._month_in_figures(i, first) or self._spaced(i, first)
        if self.sign(i + 1, ".", "/"):
            same = self.sign(i + 3, ".", "/")
            if (
                same
                and third is not None
                and not (len(third.form) <= 2 and self.sign(i + 5, ".", "/") and self.num(i + 6))
            ):
                return self._day(first, month, third, i + 5)
            return self._without_year(i, first, month)
        if (
            self.sign(i + 1, "-", ",")
            and self.sign(i + 3, "-", ",", ".")
            and third is not None
            and len(third.form) == 4
        ):
            if self.sign(i + 1, ",") or self.sign(i + 3, ","):
                self.slips.add("typo")
            if self.sign(i + 1, "-") and not self.sign(i + 3, "-"):
                return None
            return self._day(first, month, third, i + 5)
        return None

    def _spaced(self, i: int, first: Token) -> tuple[Atom, int] | None:
        """«30 09 2022», «30 09.2022»: dots were lost."""
        month, year = self.num(i + 1), self.num(i + 2)
        dotted = self.sign(i + 2, ".")
        if dotted:
            year = self.num(i + 3)
        if month is None or year is None or len(month.form) != 2 or len(year.form) != 4 or not 1 <= month.value <= 12:
            return None
        self.slips.add("typo")
        return self._day(first, month, year, i + 3 + dotted)

    def _month_in_figures(self, i: int, first: Token) -> tuple[Atom, int] | None:
        """«09.2022», «09/2022»: a month, unless it is what is left of a torn date."""
        year, before = self.num(i + 2), self.at(i - 1)
        if not self.sign(i + 1, ".", "/") or year is None or (self.sign(i + 3, ".", "/") and self.num(i + 4)):
            return None
        if len(year.form) != 4 or not FIRST_YEAR <= year.value <= LAST_YEAR or not 1 <= first.value <= 12:
            return None
        if before is not None and (before.kind == "num" or before.is_sign(".", "/")):
            return None
        return Atom(Unit.MONTH, month=first.value, year=year.value), self._after_year(i + 3)

    def _day(self, first: Token, month: Token, year: Token, j: int) -> tuple[Atom, int]:
        value = year.value
        if len(year.form) == 2:
            value += 2000 if value < 70 else 1900
        padded = len(first.form) == 2 or len(month.form) == 1
        return Atom(Unit.DAY, first.value, month.value, value, padded=padded), self._after_year(j)

    def _without_year(self, i: int, first: Token, month: Token) -> tuple[Atom, int] | None:
        """«01.09»; not a time such as «15.00» or «9.30»."""
        if not (1 <= month.value <= 12 and 1 <= first.value <= 31):
            if self.tokens[i + 1].form == "." and len(month.form) == 2 and first.value <= 24 and month.value <= 59:
                return None
            return Atom(Unit.DAY, first.value, month.value), i + 3
        padded = len(first.form) == 2 or len(month.form) == 1
        j = i + 4 if self.sign(i + 3, ".") else i + 3
        return self._with_year(Atom(Unit.DAY, first.value, month.value, padded=padded), j)

    def _after_year(self, j: int) -> int:
        return j + 1 if self.unit(j) == "year" else j

    def _counted(self, i: int) -> tuple[Atom, int] | None:
        """«5 октября», «последняя пятница мая», «III квартал», «1-я декада октября», «вторая неделя мая»."""
        found = self.number(i, misread=True)
        if found is None:
            return None
        number, j = found
        if self.key(j) == "число":
            j += 1
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
        part = _PARTS.get(self.key(i))
        j = i + 1
        if part is None:
            found = self.number(i)
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
