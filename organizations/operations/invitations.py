"""Invitations: a role, offered to an address, that opens one account."""

import datetime as dt
import hashlib
import logging
import secrets
from collections.abc import Mapping
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from organizations import access, journal
from organizations.models import Invitation, Organization, Person, User
from organizations.operations import people, refusals, roles

VALID = dt.timedelta(days=14)
logger = logging.getLogger(__name__)


def digest(secret: str) -> str:
    """Give what is kept of a secret: its SHA-256. It is random, so it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find(secret: str) -> Invitation | None:
    """Find the invitation that a link belongs to."""
    return (
        Invitation.objects.filter(secret_hash=digest(secret))
        .select_related("organization", "person", "invited_by__person")
        .first()
    )


def link(secret: str) -> str:
    """Give the address that opens an invitation."""
    return f"{settings.BASE_URL}{reverse('invitation', args=[secret])}"


@transaction.atomic
def invite(
    organization: Organization,
    *,
    role: access.Role,
    email: str,
    by: User,
    now: dt.datetime,
    person: Person | None = None,
) -> tuple[Invitation, str]:
    """
    Offer a role to an address and give back the secret, which is kept nowhere else.

    :raises AlreadyHeld: if the account of this address holds the role here
    :raises AlreadyInvited: if an invitation to it is still open
    """
    email = email.strip().lower()
    Organization.objects.select_for_update().get(pk=organization.pk)
    for holder in access.holders(organization, role):
        if holder.email.lower() == email:
            raise refusals.AlreadyHeld(person=holder)
    open_ones = Invitation.objects.open(now).filter(organization=organization, role=role.value, email=email)
    if open_ones.exists():
        raise refusals.AlreadyInvited
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organization=organization,
        role=role.value,
        email=email,
        person=person,
        secret_hash=digest(secret),
        invited_by=by,
        invited_at=now,
        expires_at=now + VALID,
    )
    _record("invitation-sent", invitation, by, now)
    return invitation, secret


@transaction.atomic
def resend(invitation: Invitation, *, by: User, now: dt.datetime) -> tuple[Invitation, str]:
    """
    Replace an invitation by a new one with a new link and a new term; the old link no longer works.

    :raises InvitationSpent, InvitationWithdrawn: if there is nothing left to send again
    """
    withdraw(invitation, by=by, now=now)
    return invite(
        invitation.organization,
        role=access.Role(invitation.role),
        email=invitation.email,
        person=invitation.person,
        by=by,
        now=now,
    )


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User, now: dt.datetime) -> None:
    """
    Take an invitation back before it is accepted.

    :raises InvitationSpent, InvitationWithdrawn: if it was accepted, or taken back, meanwhile
    """
    if not Invitation.objects.waiting().filter(pk=invitation.pk).update(withdrawn_at=now):
        raise _why_not(invitation, now)
    _record("invitation-withdrawn", invitation, by, now)


@transaction.atomic
def open_account(
    invitation: Invitation,
    *,
    person: Mapping[str, Any],
    title: str,
    password: str,
    now: dt.datetime,
) -> User:
    """
    Accept an invitation with a new account, whose user name is the address.

    `person` and `title` are for somebody whom the register does not know yet.

    :raises AccountExists: if the address has an account: it must sign in and accept
    :raises InvitationSpent, InvitationWithdrawn, InvitationExpired: if it can no longer be accepted
    """
    _spend(invitation, now)
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise refusals.AccountExists(email=invitation.email)
    user = User.objects.create_user(username=_free_name(invitation.email), email=invitation.email, password=password)
    somebody = invitation.person
    if somebody is None or User.objects.filter(person=somebody).exists():
        values = {**person, "email": invitation.email}
        somebody = people.add(invitation.organization, person=values, position={"title": title}, by=user, now=now)
    User.objects.filter(pk=user.pk).update(person=somebody)
    user.person = somebody
    _welcome(invitation, user, now)
    return user


@transaction.atomic
def accept(invitation: Invitation, *, user: User, now: dt.datetime) -> None:
    """
    Accept an invitation with the account that is signed in.

    :raises SentToAnotherAddress: if the invitation went to somebody else
    :raises InvitationSpent, InvitationWithdrawn, InvitationExpired: if it can no longer be accepted
    """
    if user.email.lower() != invitation.email:
        raise refusals.SentToAnotherAddress(email=invitation.email)
    _spend(invitation, now)
    _welcome(invitation, user, now)


def check(invitation: Invitation, *, now: dt.datetime) -> None:
    """
    Tell before anything is filled in whether an invitation can be accepted.

    :raises InvitationSpent, InvitationWithdrawn, InvitationExpired: if it cannot
    """
    if not Invitation.objects.open(now).filter(pk=invitation.pk).exists():
        raise _why_not(invitation, now)


def stays_in_house() -> bool:
    """Tell whether letters only reach a folder or the console: the embedded default, where the link must be shown."""
    return settings.EMAIL_BACKEND.rsplit(".", 2)[-2] in {"filebased", "console", "locmem", "dummy"}


def send(invitation: Invitation, secret: str, *, language: str) -> bool:
    """Send the letter, after the invitation is committed; False if no mail server took it."""
    context = {
        "invitation": invitation,
        "role": access.ROLE_NAMES[access.Role(invitation.role)],
        "link": link(secret),
        "until": invitation.expires_at.astimezone(invitation.organization.zone),
    }
    with translation.override(language):
        subject = " ".join(render_to_string("mail/invitation_subject.txt", context).split())
        text = render_to_string("mail/invitation.txt", context)
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [invitation.email])
    except (SMTPException, OSError) as problem:
        # The address and the link stay out of the log.
        logger.warning("The letter of invitation %s was not sent: %s", invitation.pk, type(problem).__name__)
        return False
    return True


def _spend(invitation: Invitation, now: dt.datetime) -> None:
    """Claim the invitation: of two who hold the link at once, one gets it."""
    if not Invitation.objects.open(now).filter(pk=invitation.pk).update(accepted_at=now):
        raise _why_not(invitation, now)


def _why_not(invitation: Invitation, now: dt.datetime) -> refusals.Refusal:
    current = Invitation.objects.get(pk=invitation.pk)
    if current.accepted_at is not None:
        return refusals.InvitationSpent()
    if current.withdrawn_at is not None:
        return refusals.InvitationWithdrawn()
    return refusals.InvitationExpired()


def _welcome(invitation: Invitation, user: User, now: dt.datetime) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(accepted_by=user)
    roles.grant(
        user,
        role=access.Role(invitation.role),
        organization=invitation.organization,
        by=invitation.invited_by,
        now=now,
    )
    _record("invitation-accepted", invitation, user, now)


def _record(operation: str, invitation: Invitation, by: User, now: dt.datetime) -> None:
    journal.record(
        operation=operation,
        subject_kind="invitation",
        subject_id=invitation.pk,
        organization=invitation.organization,
        by=by,
        now=now,
        after={"role": invitation.role, "email": invitation.email},
    )


def _free_name(email: str) -> str:
    """Give a user name: the address, or its first part with a number where an old account took the address as name."""
    name, number = email[:150], 1
    while User.objects.filter(username__iexact=name).exists():
        number += 1
        name = f"{email[:140]}-{number}"
    return name
