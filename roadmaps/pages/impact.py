"""
What a change does below, as one reader may know it: how much follows, is asked, will contradict, and plan by plan.

The numbers are those of the whole act, because it is her own body's; plans that she may not read are counted, not named.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import access
from organizations.choices import OrganizationKind
from organizations.models import User
from organizations.recordset import recordset
from roadmaps.choices import ProposalKind
from roadmaps.consequences import Consequences
from roadmaps.impact import Effect, Impact, PlanImpact, impact_of
from roadmaps.models import Edition
from roadmaps.pages.notes import general_title, lowered
from roadmaps.pages.proposals import words_of
from roadmaps.sheets import Sheet

SHARP_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Change:
    """One own row that changes: was, becomes (empty when it is withdrawn), and what hangs on it."""

    label: str
    text: str
    url: str
    was: str
    becomes: str
    also: str
    follow: int
    asked: int
    contradict: int


@dataclass(frozen=True, slots=True)
class Line:
    """
    One row below: from which deadline to which, and whether it follows or is asked (`kind` says what, but for a date).

    `conflict` is the contradiction that will stand, `is_new` if it arises by this; `slack` the days that remain before
    the date above where there were more.
    """

    label: str
    text: str
    url: str
    follows: bool
    kind: str
    was: str
    becomes: str
    conflict: str
    is_new: bool
    slack: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan below with its rows, those that will contradict first."""

    organization: str
    url: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sharp:
    """A row worth naming first: whose, which, and in words what is wrong with it."""

    organization: str
    label: str
    text: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """Who will be told: coordinators' accounts, in how many bodies; how many are asked, how many nobody can tell."""

    people: int
    bodies: int
    asked: int
    silent: int


@dataclass
class Shown:
    """Consequences for one reader: `sheet` is the plan that changes, `readable` the plans below that she may read."""

    found: Consequences
    impact: Impact
    sheet: Sheet
    readable: frozenset[int]

    @property
    def fingerprint(self) -> str:
        return self.found.fingerprint

    @property
    def is_empty(self) -> bool:
        return self.found.is_empty

    @property
    def headline(self) -> str:
        """The whole of it in one sentence."""
        return headline(
            plans=self.impact.moved_plans,
            follow=self.impact.moved,
            asked=self.impact.asked,
            contradict=sum(map(len, self.contradicting.values())),
        )

    @cached_property
    def contradicting(self) -> dict[int, dict[int, str]]:
        """The rows that newly contradict, by plan, each with the finding's name."""
        return {
            plan.roadmap: {
                one.row.commitment: lowered(general_title(one.code)) for one in plan.contradictions if one.is_new
            }
            for plan in self.impact.plans
        }

    @cached_property
    def plans(self) -> list[PlanImpact]:
        """The plans that may be read: those with contradictions first, then by storey and name."""
        seen = [plan for plan in self.impact.plans if plan.roadmap in self.readable]
        return sorted(seen, key=lambda plan: not self.contradicting[plan.roadmap])

    @property
    def hidden(self) -> tuple[int, int]:
        """How many plans, and rows in them, are counted and not named."""
        others = [plan for plan in self.impact.plans if plan.roadmap not in self.readable]
        return len(others), sum(len(plan.moves) + len(plan.offers) for plan in others)

    @cached_property
    def roots(self) -> dict[int, int]:
        """For every row that moves, the own row from which that comes."""
        roots = {change.commitment: change.commitment for change in self.found.changes}
        for move in self.found.moves:  # uppers first
            roots[move.commitment] = roots.get(move.upper, move.upper)
        return roots

    def changes(self) -> list[Change]:
        """List the own rows that change, in document order, with what hangs on each."""
        roots = self.roots
        follow = Counter(roots[move.commitment] for move in self.found.moves)
        asked = Counter(roots.get(offer.upper, offer.upper) for offer in self.found.offers)
        sharp = Counter(
            root for root, _row in {(roots.get(one.upper, one.upper), one.commitment) for one in self.found.arising}
        )
        places = {row.commitment: place for place, row in enumerate(self.sheet.rows)}
        texts = {one.upper.commitment: one.upper for plan in self.impact.plans for one in (*plan.moves, *plan.offers)}
        lines = []
        for change in sorted(self.found.changes, key=lambda one: places.get(one.commitment, len(places))):
            row, name = self.sheet.row.get(change.commitment), texts.get(change.commitment)
            lines.append(
                Change(
                    label=row.label if row else name.number if name else "",
                    text=row.text if row else name.text if name else "",
                    url=f"{self.sheet.edition.get_absolute_url()}#row-{change.commitment}" if row else "",
                    was=words_of(change.before),
                    becomes=words_of(change.after),
                    also=_also(change.after is None, bool(change.wording), bool(change.executors)),
                    follow=follow[change.commitment],
                    asked=asked[change.commitment],
                    contradict=sharp[change.commitment],
                )
            )
        return lines

    def lines_of(self, plans: Collection[PlanImpact]) -> list[Plan]:
        """Put plans with their rows into words."""
        return [
            Plan(
                organization=plan.owner,
                url=plan.get_absolute_url(),
                lines=tuple(
                    sorted(
                        (self._line(plan, effect) for effect in (*plan.moves, *plan.offers)),
                        key=lambda line: not line.is_new,
                    )
                ),
            )
            for plan in plans
        ]

    def all_lines(self) -> Iterator[tuple[str, Line]]:
        """Give every row that may be read, with its organization."""
        for plan in self.lines_of(self.plans):
            for line in plan.lines:
                yield plan.organization, line

    def _line(self, plan: PlanImpact, effect: Effect) -> Line:
        row = effect.row or effect.upper
        after = effect.upper_after if effect.kind == ProposalKind.OBLIGING else effect.after
        if effect.kind not in {"moved", ProposalKind.DATE, ProposalKind.OBLIGING}:
            after = effect.before  # words, executors, a row withdrawn: the date is not what is asked
        arising = self.contradicting[plan.roadmap].get(row.commitment, "")
        standing = lowered(general_title(effect.conflict)) if effect.conflict else ""
        return Line(
            label=row.number.strip().rstrip(".") if effect.row else "",
            text=row.text,
            url=_url(plan, effect),
            follows=effect.kind == "moved",
            kind="" if effect.kind in {"moved", ProposalKind.DATE} else str(ProposalKind(effect.kind).label),
            was=words_of(effect.before),
            becomes=words_of(after),
            conflict="" if effect.kind == ProposalKind.OBLIGING else arising or standing,
            is_new=bool(arising),
            slack=slack_words(effect.slack) if _is_tight(effect) else "",
        )

    def sharp(self) -> list[Sharp]:
        """Name the contradictions that will arise."""
        return [
            Sharp(
                plan.owner,
                one.row.number.strip().rstrip("."),
                one.row.text,
                f"{plan.get_absolute_url()}#row-{one.row.commitment}",
                lowered(general_title(one.code)),
            )
            for plan in self.plans
            for one in plan.contradictions
            if one.is_new
        ]

    def tight(self) -> list[Sharp]:
        """Name the rows that are left with fewer days before the date above, the tightest first."""
        losing = [
            (effect.slack[1] or 0, plan, effect)
            for plan in self.plans
            for effect in (*plan.moves, *plan.offers)
            if effect.row and _is_tight(effect)
        ]
        return [
            Sharp(
                plan.owner,
                (effect.row or effect.upper).number.strip().rstrip("."),
                (effect.row or effect.upper).text,
                _url(plan, effect),
                slack_words(effect.slack),
            )
            for _left, plan, effect in sorted(losing, key=lambda one: one[0])[:SHARP_SHOWN]
        ]

    def told(self) -> Told:
        """Count whom the edition's coming into force tells: the same bodies as then."""
        owner = self.sheet.edition.roadmap.organization
        parent = owner.parent_id if owner.kind == OrganizationKind.INSTITUTE else owner.pk
        concerned = {plan.organization for plan in self.impact.plans}
        found = access.coordinators_of_each(concerned, below=parent)
        found.pop(owner.pk, None)
        return Told(
            people=len({user for users in found.values() for user in users}),
            bodies=len(found),
            asked=sum(bool(plan.offers) for plan in self.impact.plans),
            silent=len(concerned - found.keys()),
        )


def shown_to(user: User, found: Consequences, sheet: Sheet) -> Shown:
    """Give consequences the names that this reader may know."""
    table, param = recordset("id:int", [(pk,) for pk in found.plans])
    plans = RawSQL(f"SELECT id FROM {table} AS m", [param])  # noqa: S608, S611
    readable = Edition.objects.visible_to(user).in_force().filter(roadmap__in=plans).values_list("roadmap", flat=True)
    return Shown(found, impact_of(found), sheet, frozenset(readable))


def headline(*, plans: int, follow: int, asked: int, contradict: int) -> str:
    """Say how much follows, is asked and will contradict."""
    said = []
    if follow:
        said.append(
            _("%(plans)s and %(rows)s will follow")
            % {
                "plans": ngettext("%(count)s plan", "%(count)s plans", plans) % {"count": plans},
                "rows": ngettext("%(count)s row", "%(count)s rows", follow) % {"count": follow},
            }
        )
    if asked:
        said.append(
            ngettext("%(count)s row will wait for a decision", "%(count)s rows will wait for a decision", asked)
            % {"count": asked}
        )
    if contradict:
        said.append(
            ngettext("%(count)s row will contradict", "%(count)s rows will contradict", contradict)
            % {"count": contradict}
        )
    return ", ".join(said) if said else _("Nothing changes in the plans below")


def _url(plan: PlanImpact, effect: Effect) -> str:
    anchor = f"#row-{effect.row.commitment}" if effect.row else ""
    return f"{reverse('plan', args=[plan.roadmap])}{anchor}"


def _also(is_withdrawn: bool, wording: bool, executors: bool) -> str:
    said = []
    if is_withdrawn:
        said.append(_("the row is withdrawn"))
    if wording:
        said.append(_("the wording changes"))
    if executors:
        said.append(_("the executors change"))
    return ", ".join(said)


def _is_tight(effect: Effect) -> bool:
    """Tell whether fewer days are left than there were, and the bound still holds."""
    return effect.loses_slack and (effect.slack[1] or 0) >= 0


def slack_words(slack: tuple[int | None, int | None]) -> str:
    """Say how many days are left before the upper date, and how many there were."""
    before, after = slack
    if before is None or after is None:
        return ""
    left = ngettext("%(count)s day to spare", "%(count)s days to spare", after) % {"count": after}
    return _("%(left)s instead of %(before)s") % {"left": left, "before": before}
