"""The pages of handing down: why a row is proposed, what one line of the table says."""

from dataclasses import dataclass

from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from roadmaps.deriving import Offer, Part, Why
from roadmaps.forms.handdown import DeriveForm
from roadmaps.handing import Handing, section_of
from roadmaps.pages.plan import phrase_of


def why_words(why: Why, whose: str) -> str:
    """Say why a row is proposed, offered or left out; `whose` is what those below call its owner."""
    said = {
        Why.OBLIGED: _("obliges you"),
        Why.NAMED: _("obliges you by name"),
        Why.ADDRESSED: _("its result is sent to you"),
        Why.OPEN: _("obliges nobody: you may join"),
        Why.THEIRS: _("done by %(whose)s itself: for your information"),
        Why.SCHOOLS: _("addressed to schools"),
        Why.MUNICIPALITIES: _("addressed to municipalities"),
        Why.OTHERS: _("addressed to other organizations"),
        Why.ANSWERED: _("you have decided on it before: linked, removed or declared not applicable"),
        Why.WITH: _("one of your rows answers it together with the row that it follows"),
    }
    return said[why] % {"whose": whose} if why is Why.THEIRS else said[why]


@dataclass(frozen=True, slots=True)
class Line:
    """An offered row; the fields are None where it cannot be taken."""

    offer: Offer
    section: str
    whose: str
    why: str
    phrase: str
    is_taken: bool = False
    kind: BoundField | None = None
    rule: BoundField | None = None


def lines_of(handing: Handing, form: DeriveForm | None = None) -> dict[str, list[Line]]:
    """Give the offers by part, each a line; without a form nothing can be chosen."""
    found: dict[str, list[Line]] = {part.value: [] for part in Part}
    for offer in handing.offers:
        sheet = handing.sheet_of(offer)
        owner = sheet.edition.roadmap.organization
        whose = owner.short_name if owner.kind == "institute" else owner.word or owner.short_name
        line = Line(
            offer=offer,
            section=section_of(sheet, offer.source.row),
            whose=whose,
            why=why_words(offer.why, whose),
            phrase=phrase_of(offer.source.deadline),
            is_taken=form.is_taken(offer) if form is not None and offer.part is not Part.OUT else False,
            kind=form[f"kind-{offer.source.row}"] if form is not None and offer.part is not Part.OUT else None,
            rule=form[f"rule-{offer.source.row}"] if form is not None and offer.part is not Part.OUT else None,
        )
        found[offer.part.value].append(line)
    return found


def counts_words(lines: dict[str, list[Line]]) -> str:
    """Say how many rows oblige, how many are open, how many are for others."""
    take, join, out = (len(lines[part.value]) for part in Part)
    said = [ngettext("%(n)s row obliges you", "%(n)s rows oblige you", take) % {"n": take}]
    if join:
        said.append(ngettext("%(n)s you may join", "%(n)s you may join", join) % {"n": join})
    if out:
        said.append(ngettext("%(n)s is left out", "%(n)s are left out", out) % {"n": out})
    return ", ".join(said)
