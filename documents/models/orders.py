"""Orders: their clauses, appendices and visas."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.choices import AppendixKind, Asked, ClauseKind, OrderKind, OrderState, Retention, VisaState
from documents.codes import new_code
from documents.models.files import StoredFile
from documents.querysets import OrderQuerySet
from organizations.models import Organization, Position


class Order(models.Model):
    """
    An order: drafted, handed for signing, signed, registered; only then it holds.

    Names are kept as text, because an old order keeps them whatever becomes of people and organizations. `from_paper`
    tells a document that was already in force when it came to the portal. `content_hash` is of what was handed for
    signing. `amends` is the order that this one amends, or repeals as a whole or in part; an amended order stays in force
    in its new edition; `restates` tells that it gives the whole plan anew instead of row by row. `succeeded_by` is the order by which this one lost its force: a later approval of the same plan, or
    a repeal.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="orders")
    kind = models.CharField(_("kind"), max_length=10, choices=OrderKind, default=OrderKind.APPROVE)
    state = models.CharField(_("state"), max_length=10, choices=OrderState, default=OrderState.DRAFT)
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    issuer = models.CharField(_("issued by"), max_length=300)
    issuer_genitive = models.CharField(max_length=300, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    series = models.CharField(_("series"), max_length=20, blank=True)
    signed_on = models.DateField(_("date"), null=True)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    place = models.CharField(_("place"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=600, blank=True)
    basis = models.TextField(_("in execution of"), blank=True)
    preamble = models.TextField(_("preamble"), blank=True)
    signatory = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signatory")
    )
    signatory_post = models.CharField(_("signatory's position"), max_length=300, blank=True)
    signatory_name = models.CharField(_("signatory"), max_length=120, blank=True)
    controller = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("controlled by")
    )
    from_paper = models.BooleanField(default=False)
    original = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="orders")
    signature = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="signed_orders")
    content_hash = models.CharField(max_length=64, blank=True)
    remark = models.TextField(blank=True)
    retention = models.CharField(_("retention term"), max_length=10, choices=Retention, default=Retention.PERMANENT)
    restates = models.BooleanField(default=False)
    amends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="amendments")
    succeeded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors_of")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    registered_at = models.DateTimeField(null=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = [F("signed_on").desc(nulls_first=True), "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year", "series", "number"], name="order_number_once"),
            models.CheckConstraint(
                condition=Q(state="approved", registered_at__isnull=False, year__isnull=False) & ~Q(number="")
                | ~Q(state="approved") & Q(registered_at=None, year=None, number=""),
                name="order_number_when_registered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "approved"]) | Q(signed_on__isnull=False),
                name="order_signed_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(signed_on__year=F("year")), name="order_year_of_its_date"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(original__isnull=False) | Q(signature__isnull=False),
                name="order_registered_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(from_paper=True) | ~Q(content_hash=""), name="order_handed_has_a_hash"
            ),
        ]
        indexes = [models.Index(fields=["organization", "state"], name="order_of_organization")]

    def __str__(self) -> str:
        return f"{self.signed_on:%d.%m.%Y} № {self.number}" if self.number and self.signed_on else self.title

    def get_absolute_url(self) -> str:
        return reverse("order", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == OrderState.DRAFT

    @property
    def is_registered(self) -> bool:
        return self.state == OrderState.REGISTERED


class Clause(models.Model):
    """
    A clause or sub-clause of an order, with the deadline that it sets, in the shape of deadlines.Deadline.

    `depth` counts from 0; `number` is what is printed. `asked` makes a submission for each body that it names, or for
    each of the `addressees`; `asked_for` says what is to be sent, `sent_to` to whom if not to the order's own organization.
    `data` is what a worded clause holds besides its words: rows of a plan that stand under it as a table (`blocks` as an
    appendix has them, `end` closes the quotation), or the fingerprint of what it was worded from (`source`). `repeals` is
    the clause of another order that loses its force by this one.
    """

    order = models.ForeignKey(Order, models.CASCADE, related_name="clauses")
    kind = models.CharField(max_length=8, choices=ClauseKind, default=ClauseKind.WRITTEN)
    position = models.PositiveSmallIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    number = models.CharField(max_length=20, blank=True)
    text = models.TextField(_("text of the clause"))
    deadline = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    due = models.DateField(null=True)
    executors = models.CharField(_("executors"), max_length=400, blank=True)
    asked = models.CharField(_("who sends something"), max_length=14, choices=Asked, default=Asked.NOBODY)
    asked_for = models.CharField(_("what is sent"), max_length=200, blank=True)
    sent_to = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sent to")
    )
    addressees = models.ManyToManyField(
        Organization, blank=True, related_name="+", verbose_name=_("organizations chosen by hand")
    )
    data = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    repeals = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repealed_by")
    is_frozen = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["order", "position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="clause_position_once"),
            models.CheckConstraint(condition=Q(depth__lte=3), name="clause_four_levels"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:40]}"


class Appendix(models.Model):
    """An appendix as data; frozen with its order. What it says while the order is a draft, its feature knows."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="appendices")
    kind = models.CharField(max_length=12, choices=AppendixKind)
    number = models.PositiveSmallIntegerField()
    title = models.TextField(blank=True)
    data = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    is_frozen = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("appendix")
        verbose_name_plural = _("appendices")
        ordering = ["order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="appendix_number_once"),
            models.UniqueConstraint(fields=["order", "kind"], name="appendix_kind_once"),
            models.CheckConstraint(condition=Q(is_frozen=False) | Q(data__isnull=False), name="appendix_frozen_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.number}"


class Visa(models.Model):
    """A visa on an order's visa sheet: of a person of the organization, or of a body outside the tree."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="visas")
    place = models.PositiveSmallIntegerField()
    post = models.CharField(_("position and body"), max_length=300)
    name = models.CharField(_("name"), max_length=120)
    position = models.ForeignKey(Position, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=7, choices=VisaState, default=VisaState.WAITING)
    given_on = models.DateField(_("date"), null=True, blank=True)
    remark = models.TextField(_("remarks"), blank=True)

    class Meta:
        verbose_name = _("visa")
        verbose_name_plural = _("visas")
        ordering = ["order", "place"]
        constraints = [
            models.UniqueConstraint(fields=["order", "place"], name="visa_place_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", given_on=None) | ~Q(state="waiting") & Q(given_on__isnull=False),
                name="visa_given_has_a_date",
            ),
            models.CheckConstraint(condition=~Q(state="remarks", remark=""), name="visa_remarks_say_what"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.post}"
