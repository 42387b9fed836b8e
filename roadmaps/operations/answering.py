"""
Writing an answer into the plan: what each kind of change means for the draft, way by way.

What alters the plan goes through the operations on rows and links, and through them to the one function that writes dates.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from deadlines import inheritance
from deadlines.inheritance import Bound, inherit, same_meaning
from deadlines.values import Deadline
from deadlines.wording import render
from organizations.calendars import calendar_for
from organizations.models import User
from roadmaps import sheets
from roadmaps.choices import CURRENT, DRAFT, LinkKind, ProposalKind, Rule, Way
from roadmaps.models import Assignment, Deliverable, Edition, HeadingText, Link, Proposal
from roadmaps.operations import fixes, links, rows
from roadmaps.operations.dates import refresh
from roadmaps.operations.editions import open_edition
from roadmaps.operations.problems import OutOfDate


@dataclass(frozen=True, slots=True)
class Answer:
    """
    How to answer.

    `days` and `working` belong to an offset and may be negative, `reason` to a refusal; `row` is the own row that
    answers a new row above, without it the row above is taken in.
    """

    way: Way
    days: int = 0
    working: bool = False
    reason: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One answer on its way into the plan."""

    proposal: Proposal
    answer: Answer
    by: User | None
    now: dt.datetime

    @property
    def roadmap(self) -> int:
        return self.proposal.roadmap_id

    @property
    def lower(self) -> int:
        assert self.proposal.lower_id is not None  # only a new row above has none
        return self.proposal.lower_id

    @property
    def upper(self) -> int:
        assert self.proposal.upper_id is not None  # always, from above
        return self.proposal.upper_id

    def draft(self) -> Edition:
        """Give the plan's draft, opened where there is none."""
        return open_edition(self.proposal.roadmap, by=self.by, now=self.now)


# A date moved above


def _take_date(deed: Deed) -> Edition:
    """Let the row have the date that is offered, by the rule that gives it; without such a rule as its own."""
    edition = deed.draft()
    link = _link(deed)
    if deed.answer.way == Way.OFFSET:
        _set_rule(deed, link, Rule.SHIFTED, days=deed.answer.days, working=deed.answer.working)
    elif link.rule != Rule.OWN:
        refresh([deed.lower])  # it follows as it is: opening the draft has moved it, or this does
    elif (rule := _rule_giving(deed, link)) is not None:
        _set_rule(deed, link, rule)
    else:
        assert deed.proposal.after is not None  # a date is always offered
        set_own(edition.roadmap_id, deed.lower, deed.proposal.after, by=deed.by, now=deed.now)
    return edition


def _rule_giving(deed: Deed, link: Link) -> Rule | None:
    """
    Tell by which rule this link alone would give the date that is offered.

    Where nothing has to move, accepting means to follow the row above from now on.
    """
    row = Deliverable.objects.at(DRAFT).get(commitment=deed.lower)
    upper = Deliverable.objects.at(CURRENT).filter(commitment=deed.upper).first()
    before, after = deed.proposal.before, deed.proposal.after
    if before is None or after is None or same_meaning(before, after):
        return Rule.WITHIN if link.kind == LinkKind.CONSUMES else Rule.SAME
    if upper is None:
        return None
    calendar = calendar_for(deed.proposal.roadmap.organization)
    for rule in (Rule.SAME, Rule.WITHIN):
        bound = Bound(
            link=link.pk,
            kind=inheritance.LinkKind(link.kind),
            rule=inheritance.Rule(rule),
            upper=upper.deadline,
            lead_days=link.lead_days,
        )
        inherited = inherit(row.own_deadline, [bound], calendar)
        if inherited is not None and same_meaning(inherited.deadline, after):
            return rule
    return None


def _keep_date(deed: Deed) -> Edition | None:
    """Let the row stand where it does; one that would follow gets the date in force as its own."""
    link = Link.objects.at(DRAFT).filter(lower=deed.lower, upper=deed.upper).first()
    if link is None or link.rule == Rule.OWN:
        return None
    edition = deed.draft()
    _break(deed, link)
    return edition


def _waive_date(deed: Deed) -> Edition:
    """Cut the row off the row above, which does not apply; it stays as the body's own initiative."""
    edition = deed.draft()
    _cut(deed)
    links.waive(roadmap=deed.roadmap, upper=deed.upper, reason=deed.answer.reason, by=deed.by, now=deed.now)
    return edition


# A row withdrawn above


def _drop_with_upper(deed: Deed) -> Edition:
    """Take the own row out as well; where it answers another row above it only lets go of this one."""
    edition = deed.draft()
    link = _link(deed)
    if Link.objects.at(DRAFT).filter(lower=deed.lower).exclude(pk=link.pk).exists():
        _cut(deed)
    else:
        rows.drop_result(
            roadmap=deed.roadmap, commitment=deed.lower, by=deed.by, now=deed.now, reason=deed.answer.reason
        )
    return edition


def _keep_as_own(deed: Deed) -> Edition:
    """Let the row stay as the body's own initiative."""
    edition = deed.draft()
    _cut(deed)
    return edition


# A new row above


def _answer_new(deed: Deed) -> Edition:
    """Take the row above in, or let an own row answer it."""
    edition = Edition.objects.for_page().get(pk=deed.draft().pk)
    sheet = sheets.load(edition)
    above = sheet.upper.get(deed.upper)
    if above is None:
        raise OutOfDate
    if deed.answer.row is None:
        fixes.adopt(sheet=sheet, upper=above, by=deed.by, now=deed.now)
        return edition
    own = sheet.row.get(deed.answer.row)
    if own is None:
        raise OutOfDate
    links.link(
        roadmap=deed.roadmap,
        lower=own.commitment,
        upper=deed.upper,
        kind=LinkKind.IMPLEMENTS,
        rule=Rule(inheritance.propose(inheritance.LinkKind.IMPLEMENTS, own.own, above.deadline)),
        by=deed.by,
        now=deed.now,
    )
    return edition


def _waive_new(deed: Deed) -> Edition:
    edition = deed.draft()
    links.waive(roadmap=deed.roadmap, upper=deed.upper, reason=deed.answer.reason, by=deed.by, now=deed.now)
    return edition


# Words and executors changed above


def _take_wording(deed: Deed) -> Edition:
    """Take the result's new words; the activity's too, where the own one was called as the one above."""
    edition = deed.draft()
    was, became = deed.proposal.offered["text"]
    text = deed.proposal.upper_row.text if deed.proposal.upper_row else became
    _edit(deed, {"text": text})
    if became != text:  # led by the activity's title
        title_was, title = was.partition("\n")[0], became.removesuffix(text).strip()
        heading = Deliverable.objects.at(DRAFT).get(commitment=deed.lower).heading_id
        if HeadingText.objects.at(DRAFT).filter(heading=heading, title=title_was).exists():
            changes = {"title": title}
            rows.edit_heading(roadmap=deed.roadmap, heading=heading, changes=changes, by=deed.by, now=deed.now)
    return edition


def _take_executors(deed: Deed) -> Edition:
    """Replace the executors that the row above lost by those that it gained; others of one's own stay."""
    edition = deed.draft()
    was, became = deed.proposal.offered["executors"]
    own = Assignment.objects.at(DRAFT).filter(commitment=deed.lower).order_by("position")
    kept = [text for text in own.values_list("text", flat=True) if text not in was or text in became]
    _edit(deed, {"executors": kept + [text for text in became if text not in was and text not in kept]})
    return edition


def _edit(deed: Deed, changes: dict[str, object]) -> None:
    if not Deliverable.objects.at(DRAFT).filter(commitment=deed.lower).exists():
        raise OutOfDate
    rows.edit_result(
        roadmap=deed.roadmap, commitment=deed.lower, changes=changes, by=deed.by, now=deed.now,
        reason=deed.answer.reason,
    )  # fmt: skip


def _stay(deed: Deed) -> None:
    """Change nothing: words and executors are the lower body's own."""


DEEDS: dict[tuple[ProposalKind, Way], Callable[[Deed], Edition | None]] = {
    (ProposalKind.DATE, Way.ACCEPT): _take_date,
    (ProposalKind.DATE, Way.OFFSET): _take_date,
    (ProposalKind.DATE, Way.KEEP): _keep_date,
    (ProposalKind.DATE, Way.WAIVE): _waive_date,
    (ProposalKind.WITHDRAWN, Way.ACCEPT): _drop_with_upper,
    (ProposalKind.WITHDRAWN, Way.KEEP): _keep_as_own,
    (ProposalKind.OBLIGING, Way.ACCEPT): _answer_new,
    (ProposalKind.OBLIGING, Way.WAIVE): _waive_new,
    (ProposalKind.WORDING, Way.ACCEPT): _take_wording,
    (ProposalKind.WORDING, Way.KEEP): _stay,
    (ProposalKind.EXECUTORS, Way.ACCEPT): _take_executors,
    (ProposalKind.EXECUTORS, Way.KEEP): _stay,
}


# The steps that several of them take


def _link(deed: Deed) -> Link:
    """Give the draft's link between the two rows."""
    link = Link.objects.at(DRAFT).filter(lower=deed.lower, upper=deed.upper).first()
    if link is None or not Deliverable.objects.at(DRAFT).filter(commitment=deed.lower).exists():
        raise OutOfDate
    return link


def _set_rule(deed: Deed, link: Link, rule: Rule, *, days: int = 0, working: bool = False) -> None:
    links.link(
        roadmap=deed.roadmap, lower=deed.lower, upper=deed.upper, kind=LinkKind(link.kind), rule=rule, days=days,
        working=working, lead_days=link.lead_days, by=deed.by, now=deed.now, reason=deed.answer.reason,
    )  # fmt: skip


def _break(deed: Deed, link: Link) -> None:
    """Give the row the date in force as its own, and let this link no longer move it."""
    _set_rule(deed, link, Rule.OWN)
    _hold_date(deed)


def _cut(deed: Deed) -> None:
    """Take the link away; the row keeps the date in force."""
    link = _link(deed)
    links.unlink(
        roadmap=deed.roadmap, lower=deed.lower, upper=deed.upper, by=deed.by, now=deed.now, reason=deed.answer.reason
    )
    if link.rule != Rule.OWN:
        _hold_date(deed)


def _hold_date(deed: Deed) -> None:
    """Keep the date in force, unless another link gives the row one."""
    others = Link.objects.at(DRAFT).filter(lower=deed.lower).exclude(rule=Rule.OWN)
    in_force = Deliverable.objects.at(CURRENT).filter(commitment=deed.lower).first()
    if in_force is None or others.exists() or same_meaning(in_force.deadline, in_force.own_deadline):
        return
    changes = {"deadline": worded(in_force.deadline)}
    rows.edit_result(roadmap=deed.roadmap, commitment=deed.lower, changes=changes, by=deed.by, now=deed.now)


def worded(deadline: Deadline) -> Deadline:
    """Give a deadline the words in which it can stand in a document."""
    return replace(deadline, phrase=deadline.phrase or render(deadline), warnings=(), suggestions=())


def set_own(roadmap: int, commitment: int, deadline: Deadline, *, by: User | None, now: dt.datetime) -> None:
    """Give a row of a draft this deadline as its own; links that gave it another no longer do."""
    for link in Link.objects.at(DRAFT).filter(lower=commitment).exclude(rule=Rule.OWN):
        links.link(
            roadmap=roadmap, lower=commitment, upper=link.upper_id, kind=LinkKind(link.kind), rule=Rule.OWN,
            lead_days=link.lead_days, by=by, now=now,
        )  # fmt: skip
    changes = {"deadline": worded(deadline)}
    rows.edit_result(roadmap=roadmap, commitment=commitment, changes=changes, by=by, now=now)
