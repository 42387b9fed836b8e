"""The walk's rows on registers, accounts, the inbox and sign-in."""

import datetime as dt
from typing import Any

from tests.factories import PASSWORD
from tests.walk.audiences import ADMIN, ANONYMOUS, EVERYBODY, MEMBERS, PLACES, SIGNED_IN, Who, at, knowing
from tests.walk.audiences import readers_of_registers as reads
from tests.walk.region import SECRET, WORDS, Region
from tests.walk.rows import Arguments, Row, open_to_all

OWN_KEEPER: Who = at("own", "coordinator") | ADMIN
UPPER_KEEPER: Who = at("upper", "coordinator") | ADMIN
SCHOOL_KEEPER: Who = at("lower", "coordinator") | ADMIN
INVITING: Who = at("own", "coordinator") | ADMIN  # a body that coordinates itself gives its roles itself
HOME: Who = at("own lower upper neighbour institute") | ADMIN  # what a region keeps is shared by all below it


def place(name: str) -> Arguments:
    """Name an organization in the address."""
    return lambda region: {"pk": region.places[name].pk}


def thing(where: str, kind: str) -> Arguments:
    """Name a row of a register in the address."""
    return lambda region: {"pk": region.thing(where, kind).pk}


def body(**values: Any) -> Arguments:
    """Give a body that names nothing of the region."""
    return lambda region: values


PERSON = {"surname": "Новая", "given_name": "Ольга", "patronymic": "", "email": "", "phone": ""}
NAMES = {"name": "Новое имя", "short_name": "Новое", "reason": "по приказу"}
DAY = (dt.date.today() + dt.timedelta(500)).isoformat()

ORGANIZATIONS = [
    Row("register-organizations", SIGNED_IN, get=SIGNED_IN),
    Row("register-organization", knowing("own"), get=knowing("own"), args=place("own")),
    Row("register-organization", HOME, get=HOME, args=place("upper")),
    Row(
        "register-organization-add", knowing("own"), get=OWN_KEEPER, post=OWN_KEEPER, args=place("own"),
        body=body(kind="school", name="Школа № 404 полностью", short_name="Школа № 404"),
    ),
    Row(
        "register-organization-edit", knowing("own"), get=OWN_KEEPER, post=OWN_KEEPER, args=place("own"),
        body=body(place="Город", time_zone="Europe/Moscow", working_week="5"),
    ),
    # The body above keeps place and name.
    Row("register-organization-rename", knowing("own"), get=UPPER_KEEPER, post=UPPER_KEEPER, args=place("own"),
        body=body(**NAMES)),
    Row("register-organization-close", knowing("own"), get=UPPER_KEEPER, post=UPPER_KEEPER, args=place("own"),
        body=body(closed_on=DAY, reason="по приказу"), done=422),  # something still stands below it
    Row("register-organization-reopen", knowing("own"), post=UPPER_KEEPER, args=place("own"), writes=False),
    Row("register-journal", reads("own"), get=reads("own"), args=place("own")),
]  # fmt: skip

PEOPLE = [
    Row("registers", SIGNED_IN, get=SIGNED_IN),
    Row("register-seals", ADMIN, get=ADMIN, post=ADMIN, done=200, writes=False),
    Row("register-seals-download", ADMIN, get=ADMIN),
    Row("register-people", SIGNED_IN, get=SIGNED_IN),
    Row("register-person", reads("own"), get=reads("own"), args=thing("own", "person")),
    Row("register-person-add", knowing("own"), get=OWN_KEEPER, post=OWN_KEEPER, args=place("own"),
        body=body(**PERSON, title="методист")),
    Row("register-person-edit", reads("own"), get=OWN_KEEPER, post=OWN_KEEPER, args=thing("own", "person"),
        body=body(**PERSON)),
    # Whoever keeps some organization may take somebody whom she knows on there, and nowhere else.
    Row("register-position-add", reads("own"), get=OWN_KEEPER | at("upper", "coordinator"), post=OWN_KEEPER | at("upper", "coordinator"),
        args=thing("own", "person"), invalid=at("upper", "coordinator"),
        body=lambda region: {"organization": region.places["own"].pk, "title": "лаборант"}),
    Row("register-position-edit", reads("own"), get=OWN_KEEPER, post=OWN_KEEPER, args=thing("own", "position"),
        body=body(title="старший методист")),
]  # fmt: skip

CLUSTERS = [
    Row("register-clusters", SIGNED_IN, get=SIGNED_IN),
    Row("register-cluster-add", HOME, get=UPPER_KEEPER, post=UPPER_KEEPER, args=place("upper"),
        body=body(name="новый кластер", is_open="on")),
    Row("register-cluster-edit", HOME, get=UPPER_KEEPER, post=UPPER_KEEPER, args=thing("upper", "cluster"),
        body=body(name="другой кластер")),
    Row("register-participants", SIGNED_IN, get=SIGNED_IN),
    Row("register-participant-add", HOME, get=UPPER_KEEPER, post=UPPER_KEEPER, args=place("upper"),
        body=lambda region: {
            "cluster": region.thing("upper", "cluster").pk,
            "organization": region.places["lower"].pk,
        }),
    Row("register-participant-edit", reads("lower"), get=UPPER_KEEPER, post=UPPER_KEEPER,
        args=thing("lower", "participant"), body=body(is_base="on")),
    Row("register-participant-remove", reads("lower"), post=UPPER_KEEPER, args=thing("lower", "participant")),
    Row("register-classes", SIGNED_IN, get=SIGNED_IN),
    Row("register-class-add", knowing("lower"), get=SCHOOL_KEEPER, post=SCHOOL_KEEPER, args=place("lower"),
        body=lambda region: {
            "cluster": region.thing("lower", "cluster-of-school").pk, "name": "10Я", "pupils": "20",
        }),
    Row("register-class-edit", reads("lower"), get=SCHOOL_KEEPER, post=SCHOOL_KEEPER, args=thing("lower", "class"),
        body=lambda region: {
            "cluster": region.thing("lower", "cluster-of-school").pk, "name": "11Я", "pupils": "20",
        }),
    Row("register-partners", SIGNED_IN, get=SIGNED_IN),
    Row("register-partner-add", knowing("own"), get=OWN_KEEPER, post=OWN_KEEPER, args=place("own"),
        body=body(kind="academic", name="Новый партнёр")),
    Row("register-partner-edit", reads("own"), get=OWN_KEEPER, post=OWN_KEEPER, args=thing("own", "partner"),
        body=body(kind="academic", name="Другой партнёр")),
    Row("register-partner-remove", reads("own"), post=OWN_KEEPER, args=thing("own", "partner")),
    Row("register-calendar", SIGNED_IN, get=SIGNED_IN),
    Row("register-calendar-add", HOME, get=UPPER_KEEPER, post=UPPER_KEEPER, args=place("upper"),
        body=body(day=DAY, is_working="no", name="день")),
    Row("register-calendar-edit", HOME, get=UPPER_KEEPER, post=UPPER_KEEPER, args=thing("upper", "day"),
        body=body(day=DAY, is_working="no", name="день")),
    Row("register-calendar-remove", HOME, post=UPPER_KEEPER, args=thing("upper", "day")),
]  # fmt: skip


def role_of_executor(role: str) -> Arguments:
    """Give or take a role of the account that executes in the municipality."""
    return lambda region: {"account": region.user("own", "executor").pk, "role": role}


ACCOUNTS = [
    Row("register-roles", knowing("own"), get=INVITING, post=INVITING, args=place("own"), done=200,
        body=body(email="somebody@example.test", role="staff")),
    Row("register-role-grant", knowing("own"), post=INVITING, args=place("own"), body=role_of_executor("staff")),
    Row("register-role-withdraw", knowing("own"), post=INVITING, args=place("own"), body=role_of_executor("executor")),
    Row("register-invitation-resend", reads("own"), post=INVITING, done=200,
        args=lambda region: {"pk": region.invited["own"].pk}),
    Row("register-invitation-withdraw", reads("own"), post=INVITING,
        args=lambda region: {"pk": region.invited["own"].pk}),
    # The secret is the key: who holds it sees to whom it was sent. Only that address may accept.
    Row("invitation", EVERYBODY, get=EVERYBODY, post=frozenset({ANONYMOUS}), also_done=dict.fromkeys(SIGNED_IN, 409),
        args=lambda region: {"secret": region.secret_of["own"]},
        body=body(surname="Новая", given_name="Анна", title="методист", password=PASSWORD, again=PASSWORD),
        tells=("secret-own-invited@example.test", f"{SECRET}{WORDS['own']}Организация")),
    Row("standpoint", at("own"), post=at("own"), writes=False,
        body=lambda region: {"organization": region.places["own"].pk, "next": "/plans/"}),
    Row("language", EVERYBODY, post=EVERYBODY, also=dict.fromkeys(EVERYBODY, 302), writes=False, body=body(language="en", next="/")),
]  # fmt: skip

RECIPIENT = at("own", "coordinator")
INBOX = [
    Row("inbox", SIGNED_IN, get=SIGNED_IN),
    Row("inbox-read-all", SIGNED_IN, post=SIGNED_IN, writes=False),
    Row("notice-open", RECIPIENT, get=RECIPIENT, shown=302, reading_writes=True,
        args=lambda region: {"pk": region.notice["own"].pk}),
    Row("notice-mark", RECIPIENT, post=RECIPIENT, args=lambda region: {"pk": region.notice["own"].pk}),
]  # fmt: skip

# Accounts come by invitation only; who is signed in is sent on, who is not is asked to sign in.
SIGN_IN = [
    open_to_all("health-live"),
    open_to_all("health-ready"),
    open_to_all("account_login", signed_in=302),
    open_to_all("account_logout", anonymous=302),
    open_to_all("account_inactive"),
    open_to_all("account_signup", signed_in=302),
    open_to_all("account_reauthenticate", anonymous=302),
    open_to_all("account_email", anonymous=302),
    open_to_all("account_email_verification_sent"),
    open_to_all("account_confirm_email", args=body(key="no-such-key")),
    open_to_all("account_change_password", anonymous=302),
    open_to_all("account_set_password", anonymous=302, signed_in=302),
    open_to_all("account_reset_password"),
    open_to_all("account_reset_password_done"),
    open_to_all("account_reset_password_from_key", args=body(uidb36="1", key="no-such-key")),
    open_to_all("account_reset_password_from_key_done"),
    open_to_all("account_confirm_login_code", anonymous=302, signed_in=302),
    open_to_all("mfa_index", anonymous=302),
    open_to_all("mfa_authenticate", anonymous=302, signed_in=302),
    open_to_all("mfa_reauthenticate", anonymous=302, signed_in=302),
    open_to_all("mfa_activate_totp", anonymous=302, signed_in=302),
    open_to_all("mfa_deactivate_totp", anonymous=302, signed_in=404),
    open_to_all("mfa_view_recovery_codes", anonymous=302, signed_in=404),
    open_to_all("mfa_generate_recovery_codes", anonymous=302, signed_in=302),
    open_to_all("mfa_download_recovery_codes", anonymous=302, signed_in=404),
]

ROWS = [*ORGANIZATIONS, *PEOPLE, *CLUSTERS, *ACCOUNTS, *INBOX, *SIGN_IN]
__all__ = ["MEMBERS", "PLACES", "ROWS", "Region"]
