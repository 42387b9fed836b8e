"""Invitations: offered to an address, accepted once, in time, by whom they were meant for."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from organizations import access
from organizations.access import Role
from organizations.models import Entry, Invitation, Person, User
from organizations.operations import invitations, refusals
from tests import factories
from tests.cast import World
from tests.factories import NOW

NEW = {"person": {"surname": "Новикова", "given_name": "Ольга", "patronymic": ""}, "title": "завуч", "password": "x"}
FORM = {
    "surname": "Новикова",
    "given_name": "Ольга",
    "title": "завуч",
    "password": "три слова подряд",
    "again": "три слова подряд",
}


@pytest.fixture
def invited(school, municipal_coordinator) -> tuple[Invitation, str]:
    return invitations.invite(
        school, role=Role.COORDINATOR, email=" New@Example.test ", by=municipal_coordinator, now=NOW
    )


@pytest.fixture
def on_the_day():
    with time_machine.travel(NOW, tick=False):
        yield


def test_only_the_hash_of_the_secret_is_kept(invited):
    invitation, secret = invited

    assert invitation.email == "new@example.test"
    assert invitation.expires_at == NOW + dt.timedelta(days=14)
    assert secret not in str(Invitation.objects.values().get())
    assert secret not in str(list(Entry.objects.values()))
    assert invitations.find(secret) == invitation
    assert invitations.find(secret[:-1]) is None


def test_an_invitation_opens_an_account_with_person_position_and_role(invited, school):
    invitation, _secret = invited
    user = invitations.open_account(invitation, now=NOW, **NEW)

    user.refresh_from_db()
    assert (user.username, user.email, user.person.full_name) == (
        "new@example.test",
        "new@example.test",
        "Новикова Ольга",
    )
    assert [(p.title, p.organization) for p in user.person.positions.all()] == [("завуч", school)]
    assert access.holders(school, Role.COORDINATOR) == [user]
    assert list(Entry.objects.order_by("pk").values_list("operation", flat=True)) == [
        "invitation-sent",
        "person-added",
        "position-added",
        "role-granted",
        "invitation-accepted",
    ]


def test_an_invitation_for_somebody_known_makes_no_second_person(school, municipal_coordinator):
    known = factories.person("Известнова")
    factories.position(known, school)
    invitation, _secret = invitations.invite(
        school, role=Role.STAFF, email="known@example.test", by=municipal_coordinator, now=NOW, person=known
    )

    user = invitations.open_account(invitation, now=NOW, person={}, title="", password="x")

    assert user.person == known
    assert Person.objects.filter(surname="Известнова").count() == 1


def test_it_is_spent_once_even_by_two_who_loaded_it_before(invited):
    first, secret = invited
    second = invitations.find(secret)
    invitations.open_account(first, now=NOW, **NEW)

    with pytest.raises(refusals.InvitationSpent):
        invitations.open_account(second, now=NOW, **NEW)
    assert User.objects.filter(email="new@example.test").count() == 1


def test_a_refused_acceptance_leaves_nothing(invited, school):
    invitation, _secret = invited
    factories.account(email="new@example.test")
    people = Person.objects.count()

    with pytest.raises(refusals.AccountExists):
        invitations.open_account(invitation, now=NOW, **NEW)

    invitation.refresh_from_db()
    assert (invitation.accepted_at, Person.objects.count()) == (None, people)


def test_it_runs_out_after_fourteen_days(invited):
    invitation, _secret = invited
    invitations.check(invitation, now=NOW + dt.timedelta(days=14, seconds=-1))

    with pytest.raises(refusals.InvitationExpired):
        invitations.open_account(invitation, now=NOW + dt.timedelta(days=14), **NEW)


def test_sending_again_replaces_the_link_and_the_term(invited, municipal_coordinator):
    invitation, old_secret = invited
    later = NOW + dt.timedelta(days=20)
    again, new_secret = invitations.resend(invitation, by=municipal_coordinator, now=later)

    assert again.expires_at == later + dt.timedelta(days=14)
    with pytest.raises(refusals.InvitationWithdrawn):
        invitations.check(invitations.find(old_secret), now=later)
    invitations.check(invitations.find(new_secret), now=later)
    with pytest.raises(refusals.InvitationWithdrawn):
        invitations.resend(invitation, by=municipal_coordinator, now=later)


def test_the_same_offer_is_not_made_twice(invited, school, municipal_coordinator):
    offer = {"email": "new@example.test", "by": municipal_coordinator, "now": NOW}
    with pytest.raises(refusals.AlreadyInvited):
        invitations.invite(school, role=Role.COORDINATOR, **offer)
    invitations.invite(school, role=Role.STAFF, **offer)

    holder = factories.account(school, Role.REVIEWER, email="held@example.test")
    with pytest.raises(refusals.AlreadyHeld):
        invitations.invite(school, role=Role.REVIEWER, email=holder.email, by=municipal_coordinator, now=NOW)


def test_a_signed_in_account_accepts_what_was_sent_to_its_address(invited, school):
    invitation, _secret = invited
    other = factories.account(email="other@example.test")
    with pytest.raises(refusals.SentToAnotherAddress):
        invitations.accept(invitation, user=other, now=NOW)

    meant = factories.account(email="new@example.test")
    invitations.accept(invitation, user=meant, now=NOW)
    assert access.holders(school, Role.COORDINATOR) == [meant]


def test_an_account_without_an_address_accepts_nothing(invited):
    invitation, _secret = invited
    nameless = factories.account()
    User.objects.filter(pk=nameless.pk).update(email="")
    nameless.refresh_from_db()

    with pytest.raises(refusals.SentToAnotherAddress):
        invitations.accept(invitation, user=nameless, now=NOW)


@pytest.mark.parametrize(("language", "subject"), [("ru", "Приглашение"), ("en", "Invitation")])
def test_the_letter_says_what_and_until_when_and_brings_the_link(invited, settings, language: str, subject: str):
    settings.BASE_URL = "https://kaskad.example"
    invitation, secret = invited

    assert invitations.send(invitation, secret, language=language)

    letter = mail.outbox[0]
    assert letter.to == ["new@example.test"]
    assert letter.subject.startswith(subject)
    assert f"https://kaskad.example/invitations/{secret}/" in letter.body
    assert "Школа № 1" in letter.body
    assert "15" in letter.body  # the day until which it is valid


def test_a_letter_that_no_server_takes_is_told(invited, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    invitation, secret = invited

    assert invitations.send(invitation, secret, language="ru") is False


# The pages


def test_from_the_invitation_to_the_first_page(world: World, as_user, municipal_coordinator, on_the_day):
    page = as_user(municipal_coordinator).post(
        reverse("register-roles", args=[world.school.pk]), {"email": "new@example.test", "role": "coordinator"}
    )
    path = re.search(r"/invitations/[\w-]+/", page.context["sent"]["link"]).group()
    somebody = as_user()
    shown = somebody.get(path)
    accepted = somebody.post(path, FORM)

    assert shown.status_code == 200
    assert "no-store" in shown["Cache-Control"]
    assert (accepted.status_code, accepted.url) == (302, "/")
    assert somebody.get(reverse("registers")).context["standpoint"].organization == world.school
    assert as_user().get(path).status_code == 410
    assert as_user().post(path, FORM).status_code == 410


def test_the_link_is_shown_only_where_letters_stay_in_the_house(world: World, as_user, municipal_coordinator, settings):
    url = reverse("register-roles", args=[world.school.pk])
    client = as_user(municipal_coordinator)
    first = client.post(url, {"email": "a@example.test", "role": "staff"})
    assert "/invitations/" in first.content.decode()
    assert "/invitations/" not in re.sub(r"/registers/invitations/", "", client.get(url).content.decode())

    settings.EMAIL_BACKEND = "tests.organizations.test_invitations.ServerBackend"
    second = client.post(url, {"email": "b@example.test", "role": "staff"})
    assert "sent" in second.context
    assert second.context["sent"]["link"] == ""


class ServerBackend:
    """Takes letters as a real server does."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        pass

    def send_messages(self, messages: list) -> int:
        return len(messages)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"again": "другие слова"}, "again"),
        ({"password": "коротко", "again": "коротко"}, "password"),
        ({"password": "new@example.test", "again": "new@example.test"}, "password"),
        ({"surname": ""}, "surname"),
        ({"title": ""}, "title"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(invited, as_user, on_the_day, change: dict, field: str):
    _invitation, secret = invited
    answer = as_user().post(reverse("invitation", args=[secret]), FORM | change)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert 'value="Ольга"' in answer.content.decode()
    assert User.objects.filter(email="new@example.test").count() == 0


def test_a_wrong_link_is_told_as_such(db, as_user):
    answer = as_user().get(reverse("invitation", args=["nothing-like-it"]))

    assert answer.status_code == 404
    assert "organizations/invitation.html" in [template.name for template in answer.templates]


def test_somebody_with_an_account_is_sent_to_sign_in(invited, as_user, on_the_day):
    _invitation, secret = invited
    meant = factories.account(email="new@example.test")
    path = reverse("invitation", args=[secret])

    assert f"/accounts/login/?next={path}" in as_user().get(path).content.decode()
    assert as_user().post(path, FORM).status_code == 200
    assert as_user(meant).post(path).url == "/"


def test_a_signed_in_stranger_is_told_and_gets_nothing(invited, as_user, school, stranger, on_the_day):
    _invitation, secret = invited
    path = reverse("invitation", args=[secret])
    client = as_user(stranger)

    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 409
    assert access.holders(school, Role.COORDINATOR) == []


def test_who_may_invite(world: World, as_user):
    url = reverse("register-roles", args=[world.school.pk])
    allowed = {
        (where, role)
        for where in ("region", "municipality", "school")
        for role in Role
        if as_user(world.account(getattr(world, where), role)).get(url).status_code == 200
    }

    assert allowed == {(where, Role.COORDINATOR) for where in ("region", "municipality", "school")}


def test_a_role_is_given_only_to_an_account_of_the_house(world: World, as_user, municipal_coordinator, stranger):
    client = as_user(municipal_coordinator)
    url = reverse("register-role-grant", args=[world.municipality.pk])
    staff = world.account(world.municipality, Role.STAFF)

    client.post(url, {"account": stranger.pk, "role": "coordinator"})
    client.post(url, {"account": staff.pk, "role": "signatory"})
    client.post(url, {"account": staff.pk, "role": "administrator"})
    client.post(reverse("register-role-withdraw", args=[world.municipality.pk]), {"account": staff.pk, "role": "staff"})

    assert access.roles_held_in(world.municipality) == [
        (municipal_coordinator, Role.COORDINATOR),
        (staff, Role.SIGNATORY),
    ]
