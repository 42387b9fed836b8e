"""Invitations: how somebody gets an account and a role."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models.people import Person
from organizations.models.tree import Organization
from organizations.querysets import InvitationQuerySet


class Invitation(models.Model):
    """
    A role in an organization, offered to an address.

    Only the SHA-256 of the secret is kept; it is spent by a conditional update, so it opens one account.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="invitations")
    role = models.CharField(_("role"), max_length=12)
    email = models.EmailField(_("e-mail"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "pk"]

    def __str__(self) -> str:
        return f"{self.email}: {self.role}"
