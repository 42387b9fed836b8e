"""People, the positions that they hold, and accounts: three things."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.models.tree import Organization
from organizations.querysets import PersonQuerySet, PositionQuerySet


class Person(models.Model):
    """Somebody who works somewhere; needs no account."""

    surname = models.CharField(_("surname"), max_length=80)
    given_name = models.CharField(_("given name"), max_length=80)
    patronymic = models.CharField(_("patronymic"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["surname", "given_name", "pk"]

    def __str__(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """Surname and initials, «Воронцова Е. М.»."""
        initials = "".join(f" {name[0]}." for name in (self.given_name, self.patronymic) if name)
        return f"{self.surname}{initials}"

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.surname, self.given_name, self.patronymic) if part)


class PeopleManager(UserManager):
    """Every request needs the person behind the account, so it comes along."""

    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("person")


class User(AbstractUser):
    """An account of at most one person; what it may do stands in organizations.access."""

    email = models.EmailField(_("e-mail"), blank=True)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("person")
    )
    is_demo = models.BooleanField(_("demo account"), default=False, editable=False)

    objects = PeopleManager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=~Q(email=""),
                name="user_email_once",
                violation_error_message=_("There is already an account with this address."),
            ),
        ]

    def __str__(self) -> str:
        return self.person.short_name if self.person else self.username

    def get_full_name(self) -> str:
        return self.person.full_name if self.person else self.username


class Position(models.Model):
    """A post that a person holds in an organization for a term; `is_acting` for one who stands in."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="positions", verbose_name=_("organization")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="positions", verbose_name=_("person"))
    title = models.CharField(_("position"), max_length=200)
    is_head = models.BooleanField(_("head of the organization"), default=False)
    is_acting = models.BooleanField(_("acting"), default=False)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["-is_head", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="position_ends_after_it_starts",
                violation_error_message=_("The end must not come before the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.title}"
