"""Tokens read as numbers and years, and days written in figures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from deadlines.grammar import lexicon
from deadlines.grammar.atoms import FIRST_YEAR, LAST_YEAR, Atom, Unit
from deadlines.grammar.tokens import Token


class YearRef(NamedTuple):
    """A year as written: its number, whether it is a school year, or the word that stands for it."""

    value: int | None = None
    school: bool = False
    said: str = ""


class Figures:
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
            "отчетный": "current",
            "следующий": "next",
            "очередной": "next",
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

    # days in figures

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
            if value is not None and third is not None and len(third.form) in (2, 4):
                year = third.value if len(third.form) == 4 else 2000 + third.value
                return Atom(Unit.DAY, first.value, value, year), self._after_year(i + 4)
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
        rest = self.num(j)
        torn = year.form == "20" and rest is not None and len(rest.form) == 2
        if torn and rest is not None and (self.at(j + 1) is None or self.unit(j + 1) == "year"):
            value, j = 2000 + rest.value, j + 1  # «25.03.20 25»
            self.slips.add("typo")
        elif len(year.form) == 2:
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
