"""Stretches without a date of their own: all the time, by schedule, on request, school holidays and terms."""

from deadlines.grammar import lexicon
from deadlines.grammar.atoms import Atom, Unit
from deadlines.grammar.walking import EVENT_OPENERS, WITHIN_WORDS, Walker

_ALL_YEAR = frozenset(["круглосуточно", "круглогодично", "круглый", "бессрочно", "круглогодичный"])

_APPROVED = ("утвержден", "установлен", "определен", "согласован", "разработан")


class Arrangements(Walker):
    """Rules that read what only the plan, a schedule or a request can date."""

    def _continuous(self, i: int) -> int | None:
        token = self.tokens[i]
        if self.key(i) == "постоянно" or token.form in _ALL_YEAR:
            self.scan.flags.add("continuous")
            return i + 2 if token.form == "круглый" and self.unit(i + 1) == "year" else i + 1
        j = i
        if self.key(j) in ("в", "на", "за", "во"):
            j += 1
        through = self.key(j) == "течение" or ((word := self.at(j)) is not None and word.form in WITHIN_WORDS)
        if through:
            j += 1
        whole = self.key(j) == "весь"
        if whole:
            j += 1
        school = self.key(j) == "учебный"
        named = school or self.key(j) == "календарный"
        if named:
            j += 1
        alone = i == 0 or self.tokens[i - 1].kind == "sign"  # not «первая неделя учебного года»
        if self.unit(j) == "year" and (through or whole or (named and school and alone)):
            if self._event_after(j + 1) or (self.lexeme(j + 1, "month") is not None):
                return None
            self.scan.flags |= {"continuous", "school-year"} if school else {"continuous", "this-year"}
            return j + 1
        word = self.at(j + 1)
        lasting = j > i and word is not None and word.form in ("реализации", "действия", "выполнения")
        if self.key(j) in ("период", "срок") and (whole or through or lasting):
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
        if through and (word := self.at(j)) is not None and word.form in ("реализации", "действия", "выполнения"):
            self.scan.flags.add("continuous")
            while (word := self.at(j)) is not None and word.kind == "word" and not word.key() and not word.unit():
                j += 1
            return j
        said = self.year(j) if through else None
        if said is not None and said[0].said == "current" and said[0].value is None:
            self.scan.flags |= {"continuous", "this-year"}
            return said[1]
        return None

    def _before_vacation(self, i: int) -> int:
        """Past the prepositions and the seasons that lead to «каникулы» or «четверть»."""
        j = i
        while (
            (
                j < i + 8
                and self.key(j)
                in (
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
                    "перед",
                    "после",
                )
            )
            or (j < i + 12 and (self.unit(j) == "day" or self.sign(j, ",") or self.key(j) == "и") and j > i)
            or (
                self.lexeme(j, "season") is None
                and self.key(j) in ("осенний", "зимний", "весенний", "летний", "учебный")
            )
        ):
            j += 1
        return j

    def _vacation(self, i: int) -> int | None:
        """«осенние каникулы», «в каникулярное время», «1 четверть»: dates that the school calendar knows."""
        j = self._before_vacation(i)
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
        if j > i and self.unit(j) in ("term", "trimester"):
            self.scan.flags.add("vacation")  # «в конце четверти»
            return j + 1
        number = self.number(j, misread=True)
        if number is None:
            return None
        k = number[1]
        while k < i + 20 and self._join(k, ("-",))[0] and (more := self.number(self._join(k, ("-",))[1], misread=True)):
            k = more[1]
        if self.key(k) == "учебный":
            k += 1
        if self.unit(k) not in ("term", "trimester"):
            return None
        self.scan.flags.add("vacation")
        found = self.year(k + 1)
        return found[1] if found else k + 1

    def _schedule(self, i: int) -> int | None:
        token = self.tokens[i]
        j = i
        if token.form in ("согласно", "согласованию"):
            j = i + 1
        elif (
            self.key(i) == "в"
            and (word := self.at(i + 1)) is not None
            and word.form
            in ("соответствии", "соответствие", "установленные", "установленном", "установленный", "указанные")
        ) or (
            self.key(i) == "в"
            and self.key(i + 1) == "срок"
            and (word := self.at(i + 2 + self.sign(i + 2, ","))) is not None
            and word.form.startswith(("установлен", "определен", "указан", "предусмотрен"))
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
                ) or word.form in EVENT_OPENERS:
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
        return self._past_schedule(j)

    def _past_schedule(self, j: int) -> int:
        """Past the words of the schedule or act that is named, up to what dates the row itself."""
        while (word := self.at(j)) is not None:
            if word.is_sign(",") and (after := self.at(j + 1)) is not None and after.form.startswith(_APPROVED):
                j += 2  # «согласно графику, утвержденному главой»
                continue
            if word.kind == "sign" and word.form in ",;:()":
                break
            if word.kind == "num" and self.key(j - 1) in ("от", "на", "с") and (named := self.atom(j)) is not None:
                j = named[1]  # «приказом от 15.10.2022»: the date of the document
                continue
            if (
                word.key() in ("до", "течение")
                or word.key() == "каждый"
                or (word.lexeme is not None and word.lexeme.kind == "freq")
                or (word.key() == "не" and self.key(j + 1) == "позднее")
                or (word.key() == "в" and self.key(j + 1) == "течение")
            ) or self._own_date(j):
                break
            j += 1
        return j

    def _own_date(self, i: int) -> bool:
        """Whether a date begins here that is the row's own, not the date «от …» of the document that is named."""
        if self.key(i - 1) in ("от", "на", "с"):
            return False
        token = self.tokens[i]
        if token.kind != "num" and (token.lexeme is None or token.lexeme.kind != "month"):
            return False
        return self.atom(i) is not None or self.shared(i) is not None

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
            or (key == "при" and word.form in ("наличии", "поступлении", "возникновении", "условии"))
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
