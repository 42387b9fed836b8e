"""What all rules of the scanner share: the scan they fill, and how an event is led to and ends."""

from deadlines.grammar.dates import Dates
from deadlines.grammar.found import Mode, Scan
from deadlines.grammar.tokens import Text

EVENT_OPENERS = frozenset(
    [
        "окончании",
        "окончания",
        "завершении",
        "завершения",
        "завершению",
        "окончанию",
        "итогам",
        "результатам",
        "факту",
        "истечении",
        "утверждении",
        "получении",
        "мере",
    ]
)
WITHIN_WORDS = frozenset(["пределах", "протяжении", "протяжение", "продолжение", "продолжении", "ходе"])


class Walker(Dates):
    """The tokens, the scan so far, and what joins the next span to the one before."""

    def __init__(self, text: Text, *, school: bool) -> None:
        super().__init__(text.tokens, school=school)
        self.text = text
        self.scan = Scan()
        self.link = ""
        self.carried: Mode | None = None
        self.first_word = next((i for i, t in enumerate(text.tokens) if t.kind != "sign"), len(text.tokens))
        self.last_word = max((i for i, t in enumerate(text.tokens) if t.kind != "sign"), default=-1)

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
        if key == "за" and self.unit(i + 1) == "day" and self.key(i - 1) in ("следующий", ""):
            return i + 2, False  # «следующего за днем получения»
        if key == "до":
            return None if self.num(i + 1) and self._is_counting(i + 1) else (i + 1, True)
        if key == "перед":
            return i + 1, True
        if key == "по" and (after := self.at(i + 1)) is not None and after.form in EVENT_OPENERS:
            return None if after.form == "мере" else (i + 1, False)  # «по мере …» is no event
        return None

    def _event_after(self, i: int) -> bool:
        """Whether an event follows a bare year, rather than a date: «в течение года со дня …», not «… до 01.06.2025»."""
        return self._event_marker(i) is not None and not self._is_dated_here(i)

    def _is_counting(self, i: int) -> bool:
        """Whether a bare day number stands here: «до 5 числа»."""
        return self.key(i + 1) == "число" or (self.tokens[i].ordinal and self.lexeme(i + 1, "month") is None)

    def _clause_end(self, i: int) -> int:
        depth = 0
        while i < len(self.tokens):
            if self.sign(i, "("):
                depth += 1
            elif self.sign(i, ")"):
                if depth == 0:
                    return i
                depth -= 1
            elif (self.sign(i, ";") and depth == 0) or self._is_dated_here(i):
                return i
            i += 1
        return i

    def _is_dated_here(self, i: int) -> bool:
        """«…, до 15 июля»: a date of its own that the words of an event must not swallow."""
        key = self.key(i)
        at = i + 1 if key in ("до", "к", "по") else i + 2 if key == "не" and self.key(i + 1) == "позднее" else 0
        return bool(at) and (named := self.atom(at)) is not None and named[0].is_exact

    def _raw(self, start: int, end: int) -> str:
        if start >= end:
            return ""
        words = self.text.clean[self.tokens[start].begin : self.tokens[end - 1].end]
        return words.strip(" .,:;-–—")
