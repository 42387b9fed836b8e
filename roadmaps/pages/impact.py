"""
What a change does below, in words: how many plans and rows follow, which are asked, what will contradict, who is told.

It says what `roadmaps.operations.consequences` reckons and adds names only. Plans that the reader may not read are counted,
because the act is her own body's, and never named.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from deadlines.values import Deadline
from organizations import access
from organizations.choices import OrganizationKind
from organizations.models import Organization, User
from organizations.querysets import russian
from organizations.recordset import recordset
from roadmaps.choices import CURRENT, ProposalKind
from roadmaps.consequences import Conflict, Consequences, Move, Offer, OfferKind
from roadmaps.models import Deliverable, Edition, Roadmap
from roadmaps.pages.notes import general_title
from roadmaps.pages.proposals import words_of
from roadmaps.sheets import Sheet

FOLLOWS, ASKED = "follows", "asked"
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
    One row below: from which deadline to which, and whether it follows or is asked.

    `conflict` is the contradiction that will stand, `slack` how many days remain before the upper date where fewer do.
    """

    label: str
    text: str
    url: str
    what: str
    kind: str
    was: str
    becomes: str
    conflict: str
    slack: str

    @property
    def follows(self) -> bool:
        return self.what == FOLLOWS


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan below with its rows that move or are asked."""

    organization: str
    url: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sharp:
    """A row worth naming first: its plan, and in words what is wrong with it."""

    organization: str
    label: str
    text: str
    url: str
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """Who will be told: accounts of coordinators, in how many bodies; of these, how many plans are asked to answer."""

    people: int
    bodies: int
    asked: int
    silent: int


@dataclass(frozen=True, slots=True)
class Name:
    """How a row below is called: the number of its activity, its text, its plan."""

    number: str
    text: str
    roadmap: int


@dataclass
class Impact:
    """Consequences with names, for one reader; `sheet` is the plan that changes, `readable` the plans she may read."""

    found: Consequences
    sheet: Sheet
    readable: frozenset[int]
    owners: Mapping[int, Organization]
    names: dict[int, Name] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        return self.found.fingerprint

    @property
    def is_empty(self) -> bool:
        return self.found.is_empty and not self.found.arising

    @property
    def headline(self) -> str:
        """The whole of it in one sentence."""
        return headline(
            plans=len(self.found.moved_roadmaps),
            follow=len(self.found.moves),
            asked=len(self.found.offers),
            contradict=len(self.contradicting),
        )

    @cached_property
    def contradicting(self) -> dict[tuple[int, int], list[Conflict]]:
        """The rows that will contradict, by plan and row; a new row above that nothing answers is none of them."""
        found: dict[tuple[int, int], list[Conflict]] = {}
        for conflict in self.found.arising:
            found.setdefault((conflict.roadmap, conflict.commitment), []).append(conflict)
        return found

    @cached_property
    def hidden(self) -> tuple[int, int]:
        """How many plans, and rows in them, are counted and not named."""
        rows = [one.roadmap for one in (*self.found.moves, *self.found.offers) if one.roadmap not in self.readable]
        return len(set(rows)), len(rows)

    @cached_property
    def roots(self) -> dict[int, int]:
        """For every row that moves, the changed row from which that comes."""
        roots = {change.commitment: change.commitment for change in self.found.changes}
        for move in self.found.moves:  # uppers first
            roots[move.commitment] = roots.get(move.upper, move.upper)
        return roots

    def changes(self) -> list[Change]:
        """List the own rows that change, in document order, with what hangs on each."""
        follow = Counter(self.roots[move.commitment] for move in self.found.moves)
        asked = Counter(self.roots.get(offer.upper, offer.upper) for offer in self.found.offers)
        sharp = Counter(
            self.roots.get(found[0].upper, found[0].upper) for found in self.contradicting.values() if found
        )
        places = {row.commitment: place for place, row in enumerate(self.sheet.rows)}
        lines = []
        for change in sorted(self.found.changes, key=lambda one: places.get(one.commitment, len(places))):
            row = self.sheet.row.get(change.commitment)
            name = self.names.get(change.commitment)
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

    def plans(self) -> list[int]:
        """List the readable plans that something happens to: first those with contradictions, then by name."""
        concerned = {one.roadmap for one in (*self.found.moves, *self.found.offers)} & self.readable
        sharp = {roadmap for roadmap, _row in self.contradicting}
        order = {roadmap: place for place, roadmap in enumerate(self.owners)}
        return sorted(concerned, key=lambda roadmap: (roadmap not in sharp, order.get(roadmap, len(order))))

    def rows_of(self, roadmaps: Collection[int]) -> list[Plan]:
        """Give the rows of these plans; their names must have been read."""
        lines: dict[int, list[tuple[str, Line]]] = {roadmap: [] for roadmap in roadmaps}
        for move in self.found.moves:
            if move.roadmap in lines:
                lines[move.roadmap].append((move.text, self._move(move)))
        for offer in self.found.offers:
            if offer.roadmap in lines:
                lines[offer.roadmap].append((offer.kind, self._offer(offer)))
        return [
            Plan(
                organization=self.owners[roadmap].short_name,
                url=reverse("plan", args=[roadmap]),
                lines=tuple(line for _text, line in sorted(lines[roadmap], key=lambda pair: not pair[1].conflict)),
            )
            for roadmap in roadmaps
        ]

    def all_rows(self) -> Iterator[tuple[str, Line]]:
        """Give every readable row with its organization."""
        for plan in self.rows_of(self.plans()):
            for line in plan.lines:
                yield plan.organization, line

    def sharp(self) -> list[Sharp]:
        """Name the first contradictions that will arise."""
        found = []
        for (roadmap, commitment), conflicts in self.contradicting.items():
            if roadmap in self.readable:
                found.append(self._sharp(roadmap, commitment, "; ".join(general_title(one.code) for one in conflicts)))
        return found[:SHARP_SHOWN]

    def tight(self) -> list[Sharp]:
        """Name the rows that keep their date with fewer days left before the upper one, the tightest first."""
        losing = [
            (offer.slack[1], offer)
            for offer in self.found.offers
            if offer.roadmap in self.readable and offer.lower and _loses(offer.slack) and not offer.conflict
        ]
        losing.sort(key=lambda pair: pair[0] or 0)
        return [
            self._sharp(offer.roadmap, offer.lower or 0, slack_words(offer.slack))
            for _left, offer in losing[:SHARP_SHOWN]
        ]

    def _sharp(self, roadmap: int, commitment: int, words: str) -> Sharp:
        name = self.names.get(commitment)
        return Sharp(
            organization=self.owners[roadmap].short_name,
            label=name.number if name else "",
            text=name.text if name else "",
            url=f"{reverse('plan', args=[roadmap])}#row-{commitment}",
            words=words,
        )

    def _move(self, move: Move) -> Line:
        return self._line(FOLLOWS, "", move.roadmap, move.commitment, move.text, move.before, move.after, move.slack)

    def _offer(self, offer: Offer) -> Line:
        text = ""
        if offer.lower is None:
            row = self.sheet.row.get(offer.upper)
            text = row.text if row else ""
        becomes = offer.after if offer.kind in {OfferKind.DATE, OfferKind.OBLIGING} else offer.before
        if offer.kind is OfferKind.OBLIGING:
            becomes = offer.upper_after
        kind = str(ProposalKind(offer.kind.value).label) if offer.kind is not OfferKind.DATE else ""
        return self._line(ASKED, kind, offer.roadmap, offer.lower or 0, text, offer.before, becomes, offer.slack)

    def _line(
        self,
        what: str,
        kind: str,
        roadmap: int,
        commitment: int,
        text: str,
        was: Deadline | None,
        becomes: Deadline | None,
        slack: tuple[int | None, int | None],
    ) -> Line:
        name = self.names.get(commitment)
        conflicts = self.contradicting.get((roadmap, commitment), ())
        anchor = f"#row-{commitment}" if commitment else ""
        return Line(
            label=name.number if name else "",
            text=text or (name.text if name else ""),
            url=f"{reverse('plan', args=[roadmap])}{anchor}",
            what=what,
            kind=kind,
            was=words_of(was),
            becomes=words_of(becomes),
            conflict="; ".join(general_title(one.code) for one in conflicts),
            slack=slack_words(slack) if _loses(slack) else "",
        )

    def told(self) -> Told:
        """Count whom the edition's coming into force tells: the same bodies as then."""
        owner = self.sheet.edition.roadmap.organization
        parent = owner.parent_id if owner.kind == OrganizationKind.INSTITUTE else owner.pk
        concerned = {self.found.plans[pk].organization for pk in self.found.moved_roadmaps | self.found.asked_roadmaps}
        found = access.coordinators_below(parent, concerned)
        found.pop(owner.pk, None)
        asked = {self.found.plans[pk].organization for pk in self.found.asked_roadmaps}
        return Told(
            people=len({user for users in found.values() for user in users}),
            bodies=len(found),
            asked=len(asked),
            silent=len(concerned - found.keys()),
        )

    def read_names(self, commitments: Iterable[int]) -> None:
        """Read how rows in force are called, all in one statement."""
        wanted = sorted(set(commitments) - self.names.keys())
        if not wanted:
            return
        table, param = recordset("id:int", [(pk,) for pk in wanted])
        rows = (
            Deliverable.objects.at(CURRENT)
            .filter(commitment__in=RawSQL(f"SELECT id FROM {table} AS m", [param]))  # noqa: S608, S611
            .naming_activity(CURRENT, "number")
        )
        for commitment, number, text, roadmap in rows.values_list("commitment", "activity", "text", "roadmap"):
            self.names[commitment] = Name((number or "").strip().rstrip("."), text, roadmap)

    def read_names_of(self, roadmaps: Collection[int]) -> None:
        """Read how the rows of these plans are called, and those that are named first."""
        shown = set(roadmaps)
        self.read_names(
            [
                *(change.commitment for change in self.found.changes if change.commitment not in self.sheet.row),
                *(move.commitment for move in self.found.moves if move.roadmap in shown),
                *(offer.lower for offer in self.found.offers if offer.lower and offer.roadmap in shown),
                *(row for _roadmap, row in list(self.contradicting)[: 10 * SHARP_SHOWN]),
                *(offer.lower for offer in self.found.offers if offer.lower and _loses(offer.slack)),
            ]
        )


def impact_for(user: User, found: Consequences, sheet: Sheet) -> Impact:
    """Give consequences the names that this reader may know; two statements."""
    table, param = recordset("id:int", [(pk,) for pk in found.plans])
    plans = RawSQL(f"SELECT id FROM {table} AS m", [param])  # noqa: S608, S611
    readable = Edition.objects.visible_to(user).in_force().filter(roadmap__in=plans).values_list("roadmap", flat=True)
    owned = (
        Roadmap.objects.filter(pk__in=plans)
        .select_related("organization")
        .order_by("organization__kind", russian("organization__short_name"), "pk")
    )
    return Impact(
        found=found,
        sheet=sheet,
        readable=frozenset(readable),
        owners={roadmap.pk: roadmap.organization for roadmap in owned},
    )


def headline(*, plans: int, follow: int, asked: int, contradict: int) -> str:
    """Say how much follows, is asked and will contradict."""
    said = []
    if follow:
        said.append(
            _("%(plans)s and %(rows)s will follow")
            % {
                "plans": ngettext("%(count)s plan", "%(count)s plans", plans) % {"count": plans},
                "rows": rows_words(follow),
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


def rows_words(count: int) -> str:
    return ngettext("%(count)s row", "%(count)s rows", count) % {"count": count}


def _also(is_withdrawn: bool, wording: bool, executors: bool) -> str:
    said = []
    if is_withdrawn:
        said.append(_("the row is withdrawn"))
    if wording:
        said.append(_("the wording changes"))
    if executors:
        said.append(_("the executors change"))
    return ", ".join(said)


def _loses(slack: tuple[int | None, int | None]) -> bool:
    before, after = slack
    return before is not None and after is not None and 0 <= after < before


def slack_words(slack: tuple[int | None, int | None]) -> str:
    """Say how many days are left before the upper date, and how many there were."""
    before, after = slack
    if before is None or after is None:
        return ""
    left = ngettext("%(count)s day to spare", "%(count)s days to spare", after) % {"count": after}
    return _("%(left)s instead of %(before)s") % {"left": left, "before": before}
