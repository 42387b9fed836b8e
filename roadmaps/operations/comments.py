"""Remarks that people leave at a row: said, answered by another remark, settled."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from organizations import access, journal
from organizations.access import Role
from organizations.models import User
from reminders import notices
from roadmaps import sheets
from roadmaps.models import Comment, Edition
from roadmaps.operations.problems import Refused

LONGEST = 2000


@transaction.atomic
def remark(*, edition: Edition, commitment: int, text: str, by: User, now: dt.datetime) -> Comment:
    """
    Leave a remark at a row; the coordinators of the plan's owner and whoever spoke there before are told.

    The plan itself does not change, so a plan that is sent or in force can be remarked upon as well.

    :raises Refused: if nothing is said
    """
    if not text.strip():
        raise Refused(_("Write the comment first."))
    organization = edition.roadmap.organization
    made = Comment.objects.create(
        commitment_id=commitment, roadmap_id=edition.roadmap_id, by=by, text=text.strip()[:LONGEST], at=now
    )
    journal.record(
        operation="row-remarked",
        subject_kind="commitment",
        subject_id=commitment,
        organization=organization,
        by=by,
        now=now,
        after={"remark": made.text},
    )
    spoke = {one.by for one in Comment.objects.filter(commitment=commitment).select_related("by")}
    recipients = {*access.holders(organization, Role.COORDINATOR), *spoke} - {by}
    notices.tell(
        recipients=recipients,
        organization=organization,
        kind="row-remarked",
        params={"plan": sheets.title_of(edition), "who": str(by), "text": made.text[:200]},
        path=f"{edition.roadmap.get_absolute_url()}rows/{commitment}/comments/",
        key=f"comment-{made.pk}",
        now=now,
    )
    return made


@transaction.atomic
def settle(*, comment: Comment, by: User, now: dt.datetime) -> None:
    """Put a remark away; it stays on the row's page. A remark that is settled already stays as it is."""
    settled = Comment.objects.open().filter(pk=comment.pk).update(settled_at=now, settled_by=by)
    if not settled:
        return
    journal.record(
        operation="remark-settled",
        subject_kind="commitment",
        subject_id=comment.commitment_id,
        organization=comment.roadmap.organization_id,
        by=by,
        now=now,
        before={"remark": comment.text},
    )
