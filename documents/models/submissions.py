"""What organizations send up because a clause asks for it, or because their plan is in force."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.choices import SubmissionState
from documents.models.files import StoredFile
from documents.models.orders import Clause, Order
from documents.querysets import SubmissionQuerySet
from organizations.models import Organization


class Submission(models.Model):
    """
    One organization's answer to one clause, or a document that it sends up of its own.

    `order` is the registered order that is sent when the thing asked for is a document of the portal. `source` says
    from where the recipient had it when she entered it for a body that does not use the portal.
    """

    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="submissions")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="submissions")
    recipient = models.ForeignKey(Organization, models.PROTECT, related_name="submissions_received")
    title = models.CharField(_("what is sent"), max_length=300)
    due = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=SubmissionState, default=SubmissionState.AWAITED)
    order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="submissions")
    files = models.ManyToManyField(StoredFile, blank=True, related_name="submissions")
    note = models.TextField(_("note"), blank=True)
    remark = models.TextField(blank=True)
    sent_on = models.DateField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source = models.CharField(_("where it comes from"), max_length=300, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["clause", "organization"], name="submission_once_for_clause"),
            models.UniqueConstraint(
                fields=["order", "recipient"], condition=Q(clause=None), name="submission_once_for_order"
            ),
            models.CheckConstraint(
                condition=Q(state="awaited", sent_on=None) | ~Q(state="awaited") & Q(sent_on__isnull=False),
                name="submission_sent_has_a_date",
            ),
            models.CheckConstraint(condition=~Q(state="returned", remark=""), name="submission_returned_with_remarks"),
        ]
        indexes = [models.Index(fields=["recipient", "state"], name="submission_recipient")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("submission", args=[self.pk])

    @property
    def is_sent(self) -> bool:
        return self.state in {SubmissionState.SENT, SubmissionState.RECEIVED}

    def is_late(self, today: dt.date) -> bool:
        """Tell whether it came, or has still not come, after its day."""
        if self.due is None:
            return False
        return (self.sent_on or today) > self.due


class RowRemark(models.Model):
    """
    What the recipient says of one row of a plan that was sent; made when it is returned.

    `row` is the feature's own key of the row, `label` what people call it. Remarks of earlier returns stay.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="row_remarks")
    row = models.BigIntegerField()
    label = models.CharField(max_length=40)
    text = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("remark on a row")
        verbose_name_plural = _("remarks on rows")
        ordering = ["submission", "-made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "row", "made_at"], name="row_remark_once"),
            models.CheckConstraint(condition=~Q(text=""), name="row_remark_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.text[:40]}"
