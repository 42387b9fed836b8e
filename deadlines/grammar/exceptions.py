"""What a frequency leaves out, and the kinds of days: «кроме июля», «за исключением летних месяцев», «по будням»."""

from deadlines.grammar.atoms import Unit
from deadlines.grammar.dates import MOST_LISTED
from deadlines.grammar.found import Every
from deadlines.grammar.spans import Spans

_WORKDAYS = frozenset(["будням", "будни", "будние", "будним"])
_DAYS_OFF = frozenset(["выходным", "выходные", "выходной", "выходных"])
_FREE = _DAYS_OFF | {"праздничных", "праздников", "праздничные", "нерабочих"}
_SEASON_MONTHS = {1: (12, 1, 2), 2: (3, 4, 5), 3: (6, 7, 8), 4: (9, 10, 11)}
_SEASON_ADJECTIVES = {"зимний": 1, "весенний": 2, "летний": 3, "осенний": 4}


class Exceptions(Spans):
    """Rules that read what is left out, and days by their kind."""

    def _except(self, i: int) -> int | None:
        """«кроме июля и августа», «исключая летние месяцы», «кроме выходных»: never a date to keep."""
        word = self.at(i)
        if word is None or word.kind != "word":
            return None
        if word.form in ("кроме", "исключая", "исключением"):
            j = i + 1
        elif self.key(i) == "за" and (after := self.at(i + 1)) is not None and after.form == "исключением":
            j = i + 2
        else:
            return None
        months: list[int] = []
        most = j + 2 * MOST_LISTED
        while j < most and (found := self._left_out(j)) is not None:
            listed, j = found
            months += listed
            after_join = j + 1 if self.sign(j, ",") or self.key(j) == "и" else j
            if after_join == j or self._left_out(after_join) is None:
                break
            j = after_join
        if j < most and (rest := self._free_days(j)) is not None:
            return rest
        if not months:
            end = self._clause_end(j)
            self.scan.leftovers.append(self._raw(i, end))
            return max(end, j)
        self.scan.left_out += months
        return j

    def _left_out(self, i: int) -> tuple[list[int], int] | None:
        """Months by name, as a range, or of a season."""
        season = _SEASON_ADJECTIVES.get(self.key(i)) or self.lexeme(i, "season")
        if season is not None:
            j = i + 1 + (self.unit(i + 1) == "month" or self.key(i + 1) == "период")
            return list(_SEASON_MONTHS[season]), j
        first = self.atom(i)
        if first is None or first[0].unit is not Unit.MONTH:
            return None
        atom, j = first
        if self.sign(j, "-") and (last := self.atom(j + 1)) is not None and last[0].unit is Unit.MONTH:
            length = (last[0].month - atom.month) % 12 + 1
            return [(atom.month - 1 + n) % 12 + 1 for n in range(length)], last[1]
        return [atom.month], j

    def _free_days(self, i: int) -> int | None:
        """«выходных и праздничных дней»: what a daily or weekly rule leaves out anyhow."""
        j = i
        while (word := self.at(j)) is not None and j < i + 6:
            if word.form not in _FREE and self.key(j) != "и" and self.lexeme(j, "weekday") not in (5, 6):
                break
            j += 1
        if j == i:
            return None
        return j + 1 if self.unit(j) == "day" else j

    def _kind_of_days(self, i: int) -> int | None:
        """«в рабочие дни», «по будням», «по выходным дням»."""
        j = i + 1 if self.key(i) in ("в", "по") else i
        word = self.at(j)
        if word is None or j == i:
            return None
        plural = (after := self.at(j + 1)) is not None and after.form in ("дни", "дням")
        if word.form in _WORKDAYS or (self.key(j) in ("рабочий", "учебный") and plural):
            self.scan.every.append(Every("day"))
        elif word.form in _DAYS_OFF and (plural or word.form == "выходным"):
            self.scan.every.append(Every("week", weekdays=[(0, 5), (0, 6)]))
        else:
            return None
        return j + 2 if plural else j + 1
