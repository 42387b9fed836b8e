"""Forms of orders: head, clauses, visas, signing, registering, finding."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.choices import Asked, OrderKind, OrderState, Retention, VisaState
from documents.models import Clause, Office, Order, Submission
from documents.operations import numbers
from documents.operations.clauses import ClauseText
from organizations.choices import OrganizationKind
from organizations.forms import PlainForm
from organizations.models import Organization, Position, User

FILE_MAX_BYTES = 50_000_000
SCANS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff")
SIGNATURES = (".sig", ".p7s", ".sgn", ".p7m", ".zip")


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class FileField(forms.FileField):
    """A file of certain endings and a bearable size."""

    def __init__(self, *, endings: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.endings = endings
        if endings:
            self.widget.attrs["accept"] = ",".join(endings)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return file
        if self.endings and not file.name.casefold().endswith(self.endings):
            raise forms.ValidationError(
                _("Such a file cannot be kept here. It should end in %(endings)s."),
                params={"endings": ", ".join(self.endings)},
            )
        if file.size > FILE_MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(size)s MB. Scan it in grey, or at 300 dots per inch."),
                params={"size": FILE_MAX_BYTES // 1_000_000},
            )
        return file


class NewOrderForm(PlainForm):
    """What a new order without a plan needs."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("Organization"))
    kind = forms.ChoiceField(
        label=_("What the order does"),
        choices=[(kind, kind.label) for kind in (OrderKind.APPOINT, OrderKind.ANNOUNCE)],
        widget=forms.RadioSelect,
        initial=OrderKind.APPOINT,
        help_text=_("An order that approves a plan is begun on the page of the plan."),
    )
    title = forms.CharField(
        label=_("Title of the order"),
        widget=area(2),
        max_length=600,
        help_text=_("Says what the order is about, without a full stop."),
    )

    def __init__(self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations


class OrderForm(PlainForm):
    """The head of an order, and which of the portal's clauses it has."""

    title = forms.CharField(label=_("Title of the order"), widget=area(2), max_length=600)
    basis = forms.CharField(
        label=_("In execution of"),
        widget=area(2),
        required=False,
        max_length=2000,
        help_text=_("The act above, in the genitive. May stay empty."),
    )
    preamble = forms.CharField(
        label=_("Preamble"),
        widget=area(3),
        required=False,
        max_length=4000,
        help_text=_("What the order is for. The ordering word is put behind it."),
    )
    place = forms.CharField(label=_("Place of issue"), required=False, max_length=120)
    signatory = forms.ModelChoiceField(
        Position.objects.none(), label=_("Who signs"), required=False, empty_label=_("not named yet")
    )
    signatory_post = forms.CharField(
        label=_("Position in the signature"),
        required=False,
        max_length=300,
        help_text=_("Filled in when another person is chosen; mend it if the case is wrong."),
    )
    controller = forms.ModelChoiceField(
        Position.objects.none(), label=_("Control"), required=False, empty_label=_("stays with who signs")
    )
    follow = forms.BooleanField(
        label=_("Dates follow the plan above"),
        required=False,
        help_text=_(
            "The order says that rows marked with a sign move together with the rows above. "
            "Without this clause every change above becomes a proposal, and needs an order of yours."
        ),
    )
    retention = forms.ChoiceField(label=_("Kept in the archive"), choices=Retention.choices)

    def __init__(self, *args: Any, order: Order, may_follow: bool, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        positions = Position.objects.held(today).filter(organization=order.organization).select_related("person")
        known = Q(pk__in=[pk for pk in (order.signatory_id, order.controller_id) if pk])
        positions = positions | Position.objects.filter(known).select_related("person")
        for name in ("signatory", "controller"):
            self.fields[name].queryset = positions.distinct()
        if not may_follow:
            del self.fields["follow"]


class ClauseForm(PlainForm):
    """A clause: its words, its term, who does it, and what is to be sent."""

    text = forms.CharField(label=_("Text of the clause"), widget=area(4), max_length=8000)
    phrase = forms.CharField(
        label=_("Deadline"),
        required=False,
        max_length=300,
        help_text=_("As it should read. It is put behind the text, unless the text names it."),
    )
    executors = forms.CharField(label=_("Executors"), required=False, max_length=400)
    asked = forms.ChoiceField(
        label=_("Who sends something because of it"),
        choices=Asked.choices,
        initial=Asked.NOBODY,
        widget=forms.RadioSelect,
        help_text=_("Each of them gets a task; the register shows who has sent it, late or not at all."),
    )
    asked_for = forms.CharField(
        label=_("What is sent"),
        required=False,
        max_length=200,
        help_text=_("In the nominative, as a list would name it."),
    )
    sent_to = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Sent to"), required=False, empty_label=_("the organization of the order")
    )

    def __init__(self, *args: Any, order: Order, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organization = order.organization
        institutes = Organization.objects.open().filter(kind=OrganizationKind.INSTITUTE)
        self.fields["sent_to"].queryset = institutes.filter(
            parent__in=Organization.objects.above(organization.pk).values("pk")
        ).exclude(pk=organization.pk)

    @classmethod
    def of(cls, clause: Clause, *args: Any, order: Order) -> "ClauseForm":
        """Fill the form in with what a clause says."""
        initial = {name: getattr(clause, name) for name in ("text", "executors", "asked", "asked_for", "sent_to")}
        phrase = (clause.deadline or {}).get("phrase", "")
        return cls(*args, order=order, initial={**initial, "phrase": phrase})

    def clause(self) -> ClauseText:
        """Give what was written."""
        return ClauseText(**{**self.cleaned_data, "asked": Asked(self.cleaned_data["asked"])})


class ExpectForm(PlainForm):
    """What is expected of the bodies that are chosen for a clause of a registered order."""

    title = forms.CharField(
        label=_("What is sent"), max_length=300, help_text=_("In the nominative, as a list would name it.")
    )
    due = forms.DateField(label=_("Until"), required=False)


class NewVisaForm(PlainForm):
    """One more line of the visa sheet: somebody of the organization, or anybody else by name."""

    position = forms.ModelChoiceField(
        Position.objects.none(), label=_("Somebody of the organization"), required=False, empty_label=_("somebody else")
    )
    post = forms.CharField(
        label=_("Position and body"),
        required=False,
        max_length=300,
        help_text=_("For somebody of another body."),
    )
    name = forms.CharField(
        label=_("Initials and surname"),
        required=False,
        max_length=120,
        help_text=_("Initials first, as in a signature."),
    )

    def __init__(self, *args: Any, order: Order, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Position.objects.held(today).filter(organization=order.organization).select_related("person")
        self.fields["position"].queryset = held

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("position") and not (data.get("post") and data.get("name")):
            self.add_error("post", _("Choose somebody, or write position and name."))
        return data


class VisaForm(PlainForm):
    """A visa that was given."""

    state = forms.ChoiceField(
        label=_("Decision"),
        choices=[(state, state.label) for state in (VisaState.AGREED, VisaState.REMARKS)],
        widget=forms.RadioSelect,
        initial=VisaState.AGREED,
    )
    given_on = forms.DateField(label=_("Date"))
    remark = forms.CharField(label=_("Remarks"), widget=area(3), required=False, max_length=2000)


class SignForm(PlainForm):
    """The day on which an order was signed."""

    signed_on = forms.DateField(label=_("Date of signing"), help_text=_("The order bears this date."))


class RegisterForm(PlainForm):
    """What makes a signed order an act: number, date, the signed paper or the signature."""

    number = forms.CharField(label=_("Number"), max_length=40)
    signed_on = forms.DateField(label=_("Date"), help_text=_("The day on which it was signed."))
    original = FileField(
        label=_("Scan of the signed order"),
        required=False,
        endings=SCANS,
        help_text=_("PDF or a picture, kept as it came. Needed unless the order was signed electronically."),
    )
    signature = FileField(
        label=_("File of the electronic signature"),
        required=False,
        endings=SIGNATURES,
        help_text=_("Detached qualified signature; then no scan is needed."),
    )

    def __init__(self, *args: Any, order: Order, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = (order.signed_on or today).year
        free = numbers.next_number(order.organization, year)
        self.fields["number"].help_text = _("The next free one of %(year)s: %(number)s") % {
            "year": year,
            "number": free,
        }
        self.initial.setdefault("number", free)
        self.initial.setdefault("signed_on", order.signed_on)
        for name in ("original", "signature"):  # one of the two is needed: neither is optional
            self.fields[name].depends = True


class ReasonForm(PlainForm):
    """Why something is returned."""

    reason = forms.CharField(label=_("Reason"), widget=area(3), max_length=2000)


class RetentionForm(PlainForm):
    """How long an order is kept."""

    retention = forms.ChoiceField(label=_("Kept in the archive"), choices=Retention.choices)


class OfficeForm(forms.ModelForm, PlainForm):
    """How the office of an organization works."""

    class Meta:
        model = Office
        fields = ["series", "publishes_plans"]


class OrdersFilter(PlainForm):
    """What the register of orders can be narrowed to; what it does not understand narrows nothing."""

    q = forms.CharField(label=_("Number or words"), required=False, max_length=200)
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Organization"), required=False, empty_label=pgettext_lazy("filter", "Any")
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    since = forms.DateField(label=_("from"), required=False)
    until = forms.DateField(label=_("to"), required=False)

    def __init__(self, *args: Any, user: User, organizations: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        any_one = ("", pgettext_lazy("filter", "Any"))
        self.fields["organization"].queryset = organizations
        self.fields["kind"].choices = [any_one, *OrderKind.choices]
        self.fields["state"].choices = [any_one, *OrderState.choices]

    @property
    def asked(self) -> dict[str, Any]:
        """Give what was asked for and understood."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    def narrow(self, orders: QuerySet[Order]) -> QuerySet[Order]:
        """Keep the orders that were asked for; every word must be found in number, title, text or a file's name."""
        asked = self.asked
        for word in asked.get("q", "").split():
            word = word.strip('№,;«»"') or word
            orders = orders.filter(
                Q(number__iexact=word)
                | Q(number__istartswith=f"{word}-")
                | Q(title__icontains=word)
                | Q(basis__icontains=word)
                | Q(preamble__icontains=word)
                | Q(original__name__icontains=word)
                | Q(pk__in=Clause.objects.filter(text__icontains=word).values("order"))
            )
        for name in ("organization", "kind", "state"):
            if name in asked:
                orders = orders.filter(**{name: asked[name]})
        if "since" in asked:
            orders = orders.filter(signed_on__gte=asked["since"])
        if "until" in asked:
            orders = orders.filter(signed_on__lte=asked["until"])
        return orders


def standing(row: Submission, today: dt.date) -> str:
    """Say how a body stands to what was asked of it: sent in time or late, not sent with time left or without."""
    if row.is_sent:
        return "late" if row.is_late(today) else "sent"
    return "overdue" if row.is_late(today) else "waiting"


class SubmissionsFilter(PlainForm):
    """What the register of one order's submissions can be narrowed to."""

    q = forms.CharField(label=_("Organization"), required=False, max_length=100)
    under = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Stands below"),
        required=False,
        empty_label=pgettext_lazy("filter", "Any"),
    )
    show = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", pgettext_lazy("filter", "Any")),
            ("sent", _("sent in time")),
            ("late", _("sent late")),
            ("waiting", _("not sent, there is still time")),
            ("overdue", _("not sent at all")),
        ],
    )

    def __init__(self, *args: Any, bodies: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["under"].queryset = bodies.distinct()

    @property
    def asked(self) -> dict[str, Any]:
        """Give what was asked for and understood."""
        if not hasattr(self, "cleaned_data"):
            self.full_clean()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}

    def keeps(self, row: Submission, stands: str) -> bool:
        """Tell whether a body that stands so is shown."""
        asked, body = self.asked, row.organization
        words = asked.get("q", "").casefold().split()
        return (
            asked.get("show", stands) == stands
            and ("under" not in asked or body.parent_id == asked["under"].pk)
            and all(word in f"{body.short_name} {body.name}".casefold() for word in words)
        )


class SendForm(PlainForm):
    """Sending what was asked for."""

    file = FileField(label=_("File"), required=False)
    order = forms.ModelChoiceField(
        Order.objects.none(),
        label=_("Or a registered order"),
        required=False,
        empty_label=_("none"),
        help_text=_("Its files go with it."),
    )
    note = forms.CharField(label=_("Note"), widget=area(2), required=False, max_length=2000)
    sent_on = forms.DateField(label=_("Date on which it came"))
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=300,
        help_text=_("A letter with its date and number, a telephone call and who called."),
    )

    def __init__(self, *args: Any, organization: Organization, for_other: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].queryset = Order.objects.registered().filter(organization=organization)
        if not for_other:
            del self.fields["source"]
            del self.fields["sent_on"]
