"""Closed lists of the documents app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrderKind(models.TextChoices):
    APPROVE = "approve", _("approves a document")
    APPOINT = "appoint", _("appoints coordinators")
    ANNOUNCE = "announce", _("announces, informs, instructs")
    AMEND = "amend", _("amends another order")
    REPEAL = "repeal", _("repeals another order or a clause of it")


class OrderState(models.TextChoices):
    DRAFT = "draft", _("draft")
    HANDED = "handed", _("handed for signing")
    SIGNED = "signed", _("signed, not registered")
    REGISTERED = "approved", _("registered")


class ClauseKind(models.TextChoices):
    """What a clause does; all but the written ones are worded by the portal and found again by their kind."""

    WRITTEN = "written", _("written")
    APPROVE = "approve", _("approves the plan")
    LIST = "list", _("approves the list of participants")
    AMEND = "amend", _("says what is amended")
    CHANGE = "change", _("one of the changes")
    RESTATE = "restate", _("gives the plan anew")
    REPEAL = "repeal", _("says what loses force")
    FOLLOW = "follow", _("lets dates follow the plan above")
    CONTROL = "control", _("says who controls")


class Asked(models.TextChoices):
    """Who has to send something up because a clause says so."""

    NOBODY = "nobody", _("nobody")
    MUNICIPALITIES = "municipalities", _("each municipality")
    SCHOOLS = "schools", _("each school")
    INSTITUTES = "institutes", _("each institute")
    NAMED = "named", _("organizations chosen by hand")


class AppendixKind(models.TextChoices):
    PLAN = "plan", _("the plan")
    PARTICIPANTS = "participants", _("the participating schools")
    CONSOLIDATED = "consolidated", _("the plan as amended, kept with the order and printed beside it")


class VisaState(models.TextChoices):
    WAITING = "waiting", _("not given yet")
    AGREED = "agreed", _("agreed")
    REMARKS = "remarks", _("remarks attached")


class Retention(models.TextChoices):
    """How long an archive keeps a document, in years after the one in which it was made."""

    PERMANENT = "permanent", _("permanently")
    SEVENTY_FIVE = "75", _("75 years")
    TEN = "10", _("10 years")
    FIVE = "5", _("5 years")
    THREE = "3", _("3 years")


class FileKind(models.TextChoices):
    """What the portal renders of an order, and of a plan on its own."""

    ORDER = "order", _("order with appendices")
    PLAN = "plan", _("Appendix 1, the plan")
    STAMPED = "stamped", _("plan with the stamp of approval")
    PARTICIPANTS = "participants", _("Appendix 2, the participating schools")
    VISAS = "visas", _("visa sheet")
    PROJECT = "project", _("draft of the plan")
    COVER = "cover", _("plan with a title page")
    NAMELESS = "nameless", _("plan without names")
    COMPARISON = "comparison", _("comparison table")


class FileState(models.TextChoices):
    QUEUED = "queued", _("waits for its turn")
    RENDERING = "rendering", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")


class SubmissionState(models.TextChoices):
    AWAITED = "awaited", _("not sent yet")
    SENT = "sent", _("sent")
    RECEIVED = "received", _("received")
    RETURNED = "returned", _("returned with remarks")
