"""An order with its clauses and appendices."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from documents.paper.participants import ParticipantsPaper
from documents.paper.plan import MINISTRY_FORM, Column, Entry, Numbering, PlanPaper
from documents.paper.sheet import Act, AppendixMark, Paper, Signatory, Stage
from documents.paper.wording import in_figures

Appendix = PlanPaper | ParticipantsPaper


@dataclass(frozen=True, kw_only=True)
class Excerpt:
    """
    Rows of a plan that a clause quotes as a table, in the columns of that plan.

    They stand in quotation marks; `end` is the sign behind the closing one, a semicolon or a full stop.
    """

    content: tuple[Entry, ...]
    end: str = ""
    columns: tuple[Column, ...] = MINISTRY_FORM
    numbering: Numbering = Numbering.EACH


@dataclass(frozen=True, kw_only=True)
class Clause:
    """
    A clause; `term` is the part of its text that states the deadline and is never broken.

    `excerpt` stands under the text: «строку 7.2 изложить в следующей редакции:».
    """

    text: str
    number: str = ""
    term: str = ""
    excerpt: Excerpt | None = None
    clauses: "tuple[Clause, ...]" = ()


def numbered(clauses: Iterable[Clause], above: str = "") -> tuple[Clause, ...]:
    """Number clauses through, whatever numbers they had: 1., 2., 2.1."""
    made = []
    for index, clause in enumerate(clauses, start=1):
        number = f"{above}{index}."
        made.append(replace(clause, number=number, clauses=numbered(clause.clauses, number)))
    return tuple(made)


@dataclass(frozen=True, kw_only=True)
class OrderPaper(Paper):
    """
    An order as it is printed.

    `issuer` are the lines of its head, the upper body first; `issuer_genitive` names the body in appendix marks.
    Date and number are drawn as blanks until the order is registered. Appendices without a stamp get their mark here.
    """

    issuer: tuple[str, ...]
    issuer_genitive: str
    place: str
    title: str
    preamble: str
    clauses: tuple[Clause, ...]
    signatory: Signatory
    kind: str = "приказ"
    verb: str = "приказываю"
    signed_on: date | None = None
    number: str = ""
    appendices: tuple[Appendix, ...] = ()
    drafted_by: str = ""

    @property
    def act(self) -> Act:
        """The order as the marks of its appendices name it."""
        known = self.stage is Stage.REGISTERED
        return Act(
            issuer=self.issuer_genitive,
            kind=self.kind,
            signed_on=self.signed_on if known else None,
            number=self.number if known else "",
        )

    @property
    def name(self) -> str:
        """Kind, date, number and title in one line, for the file's own title."""
        dated = f" от {in_figures(self.act.signed_on)}" if self.act.signed_on else ""
        number = f" № {self.act.number}" if self.act.number else ""
        draft = "" if self.stage is Stage.REGISTERED else " (проект)"
        return f"{self.kind.capitalize()} {self.issuer_genitive}{dated}{number}{draft} «{self.title}»"

    def appendix(self, index: int) -> Appendix:
        """Give one appendix as a document on its own, with its mark, stage and manner of the order."""
        given = self.appendices[index]
        number = index + 1 if len(self.appendices) > 1 else None
        stamp = given.stamp or AppendixMark(act=self.act, number=number)
        return replace(given, stamp=stamp, stage=self.stage, manner=self.manner)
