"""Which rows of a plan that stands already answer which rows above: proposals by meaning, for a person to confirm."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import cache

from organizations.models import Entry
from roadmaps import meeting, sheets
from roadmaps.choices import LinkKind, Rule
from roadmaps.executors import LEVELS
from roadmaps.matching import match
from roadmaps.models import Commitment, Edition, Link, Roadmap
from roadmaps.previews.data import LIKELY, SURE
from roadmaps.sheets import Sheet, SheetRow

REMEMBERED = 24 * 60 * 60  # seconds; editions in force do not change, and a draft's key changes with it


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row and the row above that it probably answers; `score` is the sureness of the match, 0..1."""

    row: SheetRow
    activity: str
    upper: SheetRow
    upper_activity: str
    sheet: Sheet
    kind: LinkKind
    rule: Rule
    score: float

    @property
    def key(self) -> str:
        """Both rows as one value of a form."""
        return f"{self.row.commitment}-{self.upper.commitment}"

    @property
    def sureness(self) -> str:
        return "sure" if self.score >= SURE else "likely" if self.score >= LIKELY else "doubtful"

    @property
    def percent(self) -> int:
        return round(self.score * 100)

    @property
    def is_likely(self) -> bool:
        """Whether it is proposed with its tick."""
        return self.sureness != "doubtful"


def joinable(edition: Edition) -> list[Roadmap]:
    """Give the plans in force above that a plan follows, or could follow directly."""
    roadmap = edition.roadmap
    followed = Roadmap.objects.filter(followers__lower=roadmap, pk__in=Edition.objects.in_force().values("roadmap"))
    near = meeting.uppers_of(roadmap.organization, roadmap.programme, roadmap.period)
    found = {one.pk: one for one in [*followed.select_related("organization", "programme"), *near]}
    return sorted(found.values(), key=lambda one: (one.organization.kind == "institute", one.pk))


def proposals_of(edition: Edition, uppers: Sequence[Roadmap]) -> list[Proposal]:
    """
    Propose links of an edition's rows to rows above, in the order of the edition.

    A row that is linked to a plan already is not asked about it again, nor is a pair that was linked, cut or declined
    once: what a person decided stays decided.
    """
    sheet = sheets.load(edition)
    document, commitments = meeting.document_of(sheet)
    decided = decided_pairs(edition.roadmap_id)
    found: list[Proposal] = []
    mine = LEVELS[edition.roadmap.organization.kind]
    for roadmap in uppers:
        above = meeting.in_force_sheet(roadmap)
        upper_document, upper_commitments = meeting.document_of(above)
        linked = {row.commitment for row in sheet.rows if any(link.upper_id in above.row for link in row.links)}
        levels = (LEVELS[roadmap.organization.kind], mine)
        for one in match(upper_document, document, levels=levels).links:
            pairs = [(one.upper, one.kind, one.rule, one.score)] if one.upper is not None else []
            pairs += [(also.upper, also.kind, also.rule, also.score) for also in one.also]
            for ref, kind, rule, score in pairs:
                row, upper = sheet.row[commitments[one.lower]], above.row[upper_commitments[ref]]
                if row.commitment in linked or (row.commitment, upper.commitment) in decided:
                    continue
                found.append(
                    Proposal(
                        row=row,
                        activity=sheet.heading[row.heading].title,
                        upper=upper,
                        upper_activity=above.heading[upper.heading].title,
                        sheet=above,
                        kind=LinkKind(kind or LinkKind.IMPLEMENTS),
                        rule=Rule(rule),
                        score=score,
                    )
                )
    order = {row.commitment: place for place, row in enumerate(sheet.rows)}
    return sorted(found, key=lambda one: (order[one.row.commitment], -one.score))


def decided_pairs(roadmap: int) -> set[tuple[int, int]]:
    """Give the pairs of rows on which the organization decided: linked in whatever edition, cut, or declined."""
    found = set(Link.objects.filter(roadmap=roadmap).values_list("lower", "upper"))
    joined = Entry.objects.about("roadmap", roadmap).filter(operation="links-joined").values_list("after", flat=True)
    found |= {(pair[0], pair[1]) for after in joined for pair in (after or {}).get("declined", ())}
    cut = Entry.objects.filter(
        subject_kind="commitment",
        operation="row-unlinked",
        subject_id__in=Commitment.objects.filter(roadmap=roadmap).values("pk"),
    ).values_list("subject_id", "before")
    found |= {(lower, before["upper"]) for lower, before in cut if before and "upper" in before}
    return found


def count_for(edition: Edition, upper: Edition) -> int:
    """Count the links that an edition in force above offers a plan; remembered until one of both changes."""
    key = f"joining-{edition.pk}-{edition.changed_at.timestamp()}-{upper.pk}"
    count: int | None = cache.get(key)
    if count is None:
        count = len(proposals_of(edition, [upper.roadmap]))
        cache.set(key, count, REMEMBERED)
    return count
