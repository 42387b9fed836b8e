"""Questions between the walk's plans: the ministry's next edition asks the municipality, its school wishes something of it."""

from typing import Any

from roadmaps.choices import LinkKind, ProposalKind
from roadmaps.models import Edition, Proposal
from roadmaps.operations import editions, links, rows, wishes
from tests.walk.audiences import ADMIN, Who, at, readers_of_draft, reading

PHRASE = "до %d.%m.%Y"


def readers_of_wish() -> Who:
    """A wish is read by the body that asks, by those who prepare the plan above, and above them; the administrator, too."""
    return at("lower") | readers_of_draft("own") | reading("upper") | ADMIN


def add(region: Any, begin: Any, put_in_force: Any, force: dict[str, Who]) -> None:
    """Make three plans in force, one under the other; let the upper one change, and the lower one wish."""
    for place, above, number in (("upper", None, "4"), ("own", "upper", "5"), ("lower", "own", "6")):
        phrases = [f"{region.period.start.replace(month=12, day=day):{PHRASE}}" for day in (10, 20)]
        plan = region.plans[place, "Спрошенный"] = begin(region, place, "Спрошенный", force[place], phrases)
        if above:
            _follow(region, place, above)
        plan.edition = put_in_force(region, place, plan, number, force[place])
    _change(region, put_in_force, force["upper"])
    region.question = Proposal.objects.get(roadmap=region.plan("own", "Спрошенный").pk)
    region.wish = wishes.ask(
        region.plan("lower", "Спрошенный").edition.roadmap,
        lower=region.plan("lower", "Спрошенный").rows[0],
        upper=region.plan("own", "Спрошенный").rows[0],
        kind=ProposalKind.EXTEND,
        phrase=f"{region.period.start.replace(month=12, day=24):{PHRASE}}",
        reason=region.secret("lower", "Просьба", readers_of_wish()),
        by=region.user("lower"),
        now=region.now,
    )


def _follow(region: Any, place: str, above: str) -> None:
    mine, theirs = region.plan(place, "Спрошенный"), region.plan(above, "Спрошенный")
    links.link(
        roadmap=mine.pk, lower=mine.rows[0], upper=theirs.rows[0], kind=LinkKind.IMPLEMENTS, by=region.user(place),
        now=region.now,
    )  # fmt: skip


def _change(region: Any, put_in_force: Any, who: Who) -> None:
    plan, by = region.plan("upper", "Спрошенный"), region.user("upper")
    edition = editions.open_edition(plan.edition.roadmap, by=by, now=region.now)
    phrase = f"{region.period.start.replace(month=12, day=5):{PHRASE}}"
    rows.edit_result(roadmap=plan.pk, commitment=plan.rows[0], changes={"phrase": phrase}, by=by, now=region.now)
    plan.edition = Edition.objects.for_page().get(pk=edition.pk)
    plan.edition = put_in_force(region, "upper", plan, "7", who)
