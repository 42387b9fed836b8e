"""People and their positions."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import F, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organizations import access, forms
from organizations.models import Organization, Person, Position, User
from organizations.operations import people as operations
from organizations.querysets import OrganizationQuerySet, PositionQuerySet
from organizations.views.pages import SignedInRequest, answer, page_of, saved


@login_required
@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """List the people of the organizations whose registers the reader sees."""
    user = request.user
    asked = forms.PeopleFilter(request.GET, user=user)
    people = asked.narrow(Person.objects.visible_to(user)).in_order().prefetch_related(_held(user))
    organization = asked.asked.get("organization")
    kept = Organization.objects.kept_by(user).open().in_order()
    context = {"filter": asked, "page": page_of(request, people), "places": list(kept[:6]), "chosen": organization}
    if organization:
        context["places"] = list(kept.filter(pk=organization.pk))
    return render(request, "organizations/people.html", context)


def _positions(user: User) -> PositionQuerySet:
    """Positions that the reader may know of: not those in a neighbour's organization; those that are held come first."""
    rows = Position.objects.visible_to(user).select_related("organization")
    return rows.order_by(F("ends_on").desc(nulls_first=True), "-is_head", "pk")


def _held(user: User) -> Prefetch:
    return Prefetch("positions", queryset=_positions(user), to_attr="known_positions")


def _known(user: User, somebody: Person) -> PositionQuerySet:
    return _positions(user).filter(person=somebody)


@login_required
@require_safe
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one person with the positions that the reader may know of."""
    somebody = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    kept = set(_kept_of(request.user, somebody).values_list("pk", flat=True))
    context = {
        "person": somebody,
        "keeps": bool(kept),
        "positions": [(position, position.organization_id in kept) for position in _known(request.user, somebody)],
        "today": timezone.localdate(),
    }
    return render(request, "organizations/person.html", context)


def _kept_of(user: User, somebody: Person) -> OrganizationQuerySet:
    """Organizations that the reader keeps and in which the person holds, or held, a position."""
    return Organization.objects.kept_by(user).filter(pk__in=somebody.positions.values("organization"))


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write somebody down as working in the organization."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    for_other = access.require_keeping(request.user, organization)
    form = forms.NewPersonForm(request.POST or None)

    def save() -> None:
        of_person, of_position = form.parts()
        operations.add(
            organization,
            person=of_person,
            position=of_position,
            by=request.user,
            now=timezone.now(),
            for_other=for_other,
        )

    return answer(
        request,
        form,
        title=_("New person in %(organization)s") % {"organization": organization},
        save=save,
        back=reverse("register-people") + f"?organization={pk}",
        done=_("Added to the people of %(organization)s.") % {"organization": organization},
        organization=organization,
        for_other=for_other,
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a name, an address, a phone."""
    somebody = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    organization = _kept_of(request.user, somebody).in_order().first()
    if organization is None:
        raise PermissionDenied
    for_other = access.require_keeping(request.user, organization)
    form = forms.PersonForm(request.POST or None, instance=somebody)
    return answer(
        request,
        form,
        title=somebody.full_name,
        save=lambda: operations.change(
            somebody,
            organization=organization,
            values=form.values(),
            by=request.user,
            now=timezone.now(),
            for_other=for_other,
        ),
        back=reverse("register-person", args=[pk]),
        done=saved(),
        organization=organization,
        for_other=for_other,
    )


@login_required
@require_http_methods(["GET", "POST"])
def add_position(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a person who is known hold one more position."""
    somebody = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    kept = Organization.objects.kept_by(request.user).open().in_order()
    form = forms.NewPositionForm(request.POST or None, kept=kept)

    def save() -> None:
        organization = form.cleaned_data["organization"]
        operations.start(
            somebody,
            organization,
            values=form.values("organization"),
            by=request.user,
            now=timezone.now(),
            for_other=access.require_keeping(request.user, organization),
        )

    if not kept.exists():
        raise PermissionDenied
    return answer(
        request,
        form,
        title=_("New position of %(person)s") % {"person": somebody.short_name},
        save=save,
        back=reverse("register-person", args=[pk]),
        done=_("The position is written down."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def edit_position(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change a position, or end it by a date."""
    position = get_object_or_404(
        Position.objects.visible_to(request.user).select_related("organization", "person"), pk=pk
    )
    organization, somebody = position.organization, position.person
    for_other = access.require_keeping(request.user, organization)
    form = forms.PositionForm(request.POST or None, instance=position)

    def save() -> None:
        ends_on = form.cleaned_data["ends_on"]
        if form.changed_data == ["ends_on"] and ends_on is not None:
            operations.end(position, on=ends_on, by=request.user, now=timezone.now(), for_other=for_other)
        else:
            operations.change_position(
                position, values=form.values(), by=request.user, now=timezone.now(), for_other=for_other
            )

    return answer(
        request,
        form,
        title=_("Position of %(person)s in %(organization)s")
        % {"person": somebody.short_name, "organization": organization},
        save=save,
        back=reverse("register-person", args=[somebody.pk]),
        done=saved(),
        organization=organization,
        for_other=for_other,
    )
