"""Orders as they are, their clauses, and stored files with their hashes."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organizations.models import Organization


class StoredFile(models.Model):
    """A file exactly as it came; its name for people, its bytes under a name that nobody can guess."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to="files/%Y/%m/")
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.name


class Order(models.Model):
    """
    An order that puts something in force: who signed it, when, under which number.

    Names are kept as text, because an old order keeps them whatever becomes of people and organizations. `from_paper`
    tells a document that was already in force when it came to the portal.
    """

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="orders")
    issuer = models.CharField(_("issued by"), max_length=300)
    number = models.CharField(_("number"), max_length=40)
    series = models.CharField(_("series"), max_length=20, blank=True)
    signed_on = models.DateField(_("date"))
    year = models.PositiveSmallIntegerField(editable=False)
    place = models.CharField(_("place"), max_length=120, blank=True)
    title = models.CharField(_("title"), max_length=600, blank=True)
    preamble = models.TextField(_("preamble"), blank=True)
    signatory_post = models.CharField(_("signatory's position"), max_length=300, blank=True)
    signatory_name = models.CharField(_("signatory"), max_length=120, blank=True)
    from_paper = models.BooleanField(default=False)
    original = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="orders")
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "year", "series", "number"], name="order_number_once"),
            models.CheckConstraint(condition=~Q(number=""), name="order_has_a_number"),
            models.CheckConstraint(condition=Q(signed_on__year=models.F("year")), name="order_year_is_of_its_date"),
        ]

    def __str__(self) -> str:
        return f"{self.signed_on:%d.%m.%Y} № {self.number}"


class Clause(models.Model):
    """A clause or sub-clause of an order, with the deadline that it sets, in the shape of deadlines.Deadline."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    deadline = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    due = models.DateField(null=True)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["order", "position"]
        constraints = [models.UniqueConstraint(fields=["order", "position"], name="clause_position_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:40]}"
