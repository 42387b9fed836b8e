"""By which acts an edition of a plan holds: the order that approved it, those that amended it, what it followed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents import letters
from documents.choices import OrderKind
from documents.models import Order
from roadmaps.amending import Amended
from roadmaps.choices import EditionState
from roadmaps.models import Edition


@dataclass(frozen=True)
class Acts:
    """
    The acts behind one edition: `basic` approved the plan, `amendments` changed it since, the oldest first.

    `followed` is the edition of a body above after whose coming into force this one came by itself; `repealed_by` the
    order by which the plan lost its force.
    """

    basic: Order | None = None
    amendments: tuple[Order, ...] = ()
    followed: Edition | None = None
    repealed_by: Order | None = None

    @property
    def newest(self) -> Order | None:
        """The last order of the organization itself on the plan."""
        return self.amendments[-1] if self.amendments else self.basic


def acts_of(edition: Edition, editions: Iterable[Edition]) -> Acts:
    """
    Find the acts of an edition among those of its plan, asking the database nothing.

    A draft has those of the edition in force. The editions come with their `order`, and with `basis__order` where they have one.
    """
    former = sorted(
        (one for one in editions if one.state == EditionState.APPROVED and one.number <= edition.number),
        key=lambda one: -one.number,
    )
    amendments: list[Order] = []
    basic = None
    for one in former:
        if one.order is None or one.basis_id is not None:
            continue  # what came by itself holds by the order that was there
        if one.order.kind != OrderKind.AMEND:
            basic = one.order
            break
        amendments.append(one.order)
    known = next((one for one in former if one.pk == edition.pk), None)
    return Acts(
        basic=basic,
        amendments=tuple(reversed(amendments)),
        followed=known.basis if known else None,
        repealed_by=former[0].repealed_by if former else None,
    )


def amended(order: Order, *, fallback: str = "") -> Amended:
    """Give an order as others cite it."""
    return Amended(
        issuer_genitive=order.issuer_genitive or fallback or letters.body_in_genitive(order.organization),
        signed_on=f"{order.signed_on:%d.%m.%Y}" if order.signed_on else "",
        number=order.number,
        title=order.title,
    )


def act_of_edition(edition: Edition) -> Order | None:
    """Give the order that changed the plan in an edition: its own, or the upper one after which it came by itself."""
    return edition.order if edition.basis is None else edition.basis.order


def short(order: Order) -> str:
    """Name an order in a sentence of the portal: «от 08.09.2026 № 12-од»."""
    day = f"{order.signed_on:%d.%m.%Y}" if order.signed_on else ""
    return _("of %(day)s № %(number)s") % {"day": day, "number": order.number}


def shorts(orders: Sequence[Order]) -> str:
    """Name orders in a row."""
    return ", ".join(short(order) for order in orders)


def followed_words(acts: Acts) -> str:
    """Name the order after which an edition came by itself, in the instrumental; nothing for one that somebody made."""
    order = act_of_edition(acts.followed) if acts.followed else None
    return amended(order).cited("приказом") if order else ""
