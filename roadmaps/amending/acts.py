"""Acts by name: titles and head clauses of orders that amend or repeal, and the notes that they leave in a plan."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.paper.wording import Gender, gender_of
from roadmaps.approval import ACCUSATIVE, name_in_case

APPROVED = {
    Gender.MASCULINE: "утверждённый",
    Gender.FEMININE: "утверждённую",
    Gender.NEUTER: "утверждённое",
    Gender.PLURAL: "утверждённые",
}
"""«Внести в план, утверждённый …, в дорожную карту, утверждённую …»: the participle in the accusative."""

CITED = 200
"""Letters of a title that is cited behind the number of its order."""


@dataclass(frozen=True, slots=True)
class Amended:
    """A registered order as others cite it: whose, of which day («08.09.2026»), number, title."""

    issuer_genitive: str
    signed_on: str
    number: str
    title: str = ""

    @property
    def short(self) -> str:
        """Date and number: «от 08.09.2026 № 12-од»."""
        return f"от {self.signed_on} № {self.number}"

    def cited(self, noun: str) -> str:
        """The order in a sentence: «приказ управления образования от … № …»."""
        return " ".join(f"{noun} {self.issuer_genitive} {self.short}".split())

    @property
    def quoted_title(self) -> str:
        """The title behind the number; one too long to be cited is left out."""
        title = " ".join(self.title.split())
        return f" «{title}»" if 0 < len(title) <= CITED else ""


def amend_title(order: Amended) -> str:
    """Give the title of an amending order."""
    return f"О внесении изменений в {order.cited('приказ')}"


def amend_clause(title: str, order: Amended, former: Sequence[Amended] = ()) -> str:
    """
    Word the clause under which the changes stand.

    :param former: the orders that have amended it already, the oldest first
    """
    return f"Внести в {_approved(title, order, former)}, следующие изменения:"


def restate_clause(title: str, order: Amended, former: Sequence[Amended] = (), *, appendices: int = 1) -> str:
    """Word the clause that gives the whole plan anew."""
    return f"Изложить {_approved(title, order, former)}, в новой редакции {_according(1, appendices)}."


def list_clause(*, number: int, appendices: int) -> str:
    """Word the clause that gives the list of schools anew."""
    of = _according(number, appendices)
    return f"Изложить список участвующих общеобразовательных организаций в новой редакции {of}."


def _according(number: int, appendices: int) -> str:
    mark = f" № {number}" if appendices > 1 else ""
    return f"согласно приложению{mark} к настоящему приказу"


def _approved(title: str, order: Amended, former: Sequence[Amended]) -> str:
    name = name_in_case(title, ACCUSATIVE)
    # A title that names no known noun is called a document, which is masculine.
    gender = Gender.MASCULINE if name.startswith("документ «") else gender_of(title)
    changed = f" (в редакции {_orders(former)})" if former else ""
    return f"{name}, {APPROVED[gender]} {order.cited('приказом')}{changed}"


def _orders(acts: Sequence[Amended]) -> str:
    noun = "приказа" if len(acts) == 1 else "приказов"
    return f"{noun} " + ", ".join(act.short for act in acts)


def repeal_title(order: Amended, clauses: Sequence[str] = ()) -> str:
    """Give the title of a repealing order; `clauses` are the numbers, if not the whole order goes."""
    if not clauses:
        return f"О признании утратившим силу {order.cited('приказа')}"
    if len(clauses) == 1:
        return f"О признании утратившим силу пункта {clauses[0]} {order.cited('приказа')}"
    return f"О признании утратившими силу отдельных пунктов {order.cited('приказа')}"


def repeal_clause(orders: Sequence[Amended], clauses: Sequence[str] = ()) -> tuple[str, tuple[str, ...]]:
    """
    Word what loses force: the clause, and its sub-clauses where there are several.

    :param orders: the order, and those that amended it: they go with it
    :param clauses: the numbers of its clauses, if it does not go as a whole
    """
    first = orders[0]
    if len(clauses) == 1:
        return f"Признать утратившим силу пункт {clauses[0]} {first.cited('приказа')}{first.quoted_title}.", ()
    if clauses:
        head = f"Признать утратившими силу следующие пункты {first.cited('приказа')}{first.quoted_title}:"
        return head, tuple(punctuated([f"пункт {number}" for number in clauses]))
    if len(orders) == 1:
        return f"Признать утратившим силу {first.cited('приказ')}{first.quoted_title}.", ()
    named = [f"{one.cited('приказ')}{one.quoted_title}" for one in orders]
    return "Признать утратившими силу:", tuple(punctuated(named))


def punctuated(texts: Sequence[str]) -> list[str]:
    """End the parts of an enumeration: semicolons, and a full stop behind the last."""
    return [f"{text}{'.' if place == len(texts) else ';'}" for place, text in enumerate(texts, 1)]


def edition_note(acts: Sequence[Amended]) -> str:
    """Give the line under the title of a consolidated plan: «(в редакции приказа от … № …)»."""
    return f"(в редакции {_orders(acts)})" if acts else ""


def row_note(introduced: Amended | None, changed: Sequence[Amended], followed: Sequence[Amended] = ()) -> str:
    """
    Give the note in small type at a row of a consolidated plan; nothing where it reads as it was approved.

    :param followed: orders of bodies above, after which the portal moved the date
    """
    said = []
    if introduced is not None:
        said.append(f"введена приказом {introduced.short}")
    if changed:
        said.append(f"в ред. {_orders(changed)}")
    if followed:
        said.append("срок изменён вслед за " + ", ".join(act.cited("приказом") for act in followed))
    return f"({'; '.join(said)})" if said else ""
