"""What somebody with bad intentions would try from outside, or as a coordinator of the municipality next door."""

import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from clusterportal.privacy import WithoutSecrets
from documents.models import StoredFile
from organizations import access
from organizations.models import Invitation, Organization, User
from organizations.operations import invitations
from tests.factories import PASSWORD
from tests.walk.audiences import Audience
from tests.walk.region import SECRET, WORDS, Region
from tests.walk.table_plans import cells, facts, shop
from tests.walk.test_walk import ROWS, text_of, undone

OURS = Audience("own", "coordinator")
PAYLOAD = "<img src=x onerror=alert(1)>'\""
READ_AND_FOUND_SAFE = {
    "documents/rendering/code.py",
    "documents/rendering/typography.py",
    "organizations/templatetags/portal.py",
    "roadmaps/pages/coverage.py",
    "roadmaps/pages/grid.py",
    "roadmaps/pages/markup.py",
    "roadmaps/pages/timeline.py",
    "roadmaps/templatetags/plans.py",
}
HUGE = 10**30
ROOT = Path(settings.BASE_DIR)


# What is stored and shown again


def test_a_file_comes_back_as_an_attachment_whatever_its_name_says(region: Region, ours: Client) -> None:
    name = '../../etc/па"роль\r\nSet-Cookie: x=1;<b>.html.docx'
    body = {"file": SimpleUploadedFile(name, b"PK"), "programme": region.programmes["upper"].pk, "aim": "draft"}
    ours.post(reverse("import-new"), body)
    stored = StoredFile.objects.latest("pk")
    answer = ours.get(reverse("file", args=[stored.pk]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert "Set-Cookie" not in answer.headers
    assert not set("/\\\r\n") & set(stored.name)
    assert re.fullmatch(r"files/\d{4}/\d\d/[0-9a-f]{32}(\.docx)?", stored.content.name)
    assert answer["X-Content-Type-Options"] == "nosniff"
    text_of(answer)
    assert Path(stored.content.path).resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve())


@pytest.mark.parametrize("name", ["x.html", "x.svg", "x.docx.exe", "CON", "a" * 300 + ".docx", "файл.xlsx"])
def test_no_name_of_a_file_breaks_or_escapes(region: Region, ours: Client, name: str) -> None:
    body = {
        "file": SimpleUploadedFile("x.docx", b"<script>alert(1)</script>"),
        "programme": region.programmes["upper"].pk,
    }
    body["file"].name = name
    answer = ours.post(reverse("import-new"), body | {"aim": "draft"})
    assert answer.status_code in {302, 422}
    for stored in StoredFile.objects.order_by("-pk")[:1]:
        served = ours.get(reverse("file", args=[stored.pk]))
        assert served.status_code in {200, 404}
        assert served.status_code == 404 or served["Content-Disposition"].startswith("attachment")
        text_of(served)


def test_no_template_and_no_code_switches_escaping_off() -> None:
    """Few places make safe markup, each of pieces that it has escaped; whoever adds one has read it."""
    off = re.compile(r"\|\s*safe\b|autoescape\s+off|mark_safe|SafeString\(|SafeText|format_html_join")
    found = {
        str(path.relative_to(ROOT))
        for folder in ("templates", "organizations", "roadmaps", "documents", "reminders", "clusterportal")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".html"} and off.search(path.read_text(encoding="utf-8"))
    }
    assert found <= READ_AND_FOUND_SAFE


# Requests that a browser is tricked into


EVIL = [
    "https://evil.example/", "//evil.example/", "///evil.example", "http:evil.example", "/\\evil.example",
    "javascript:alert(1)", "\thttps://evil.example", "https:///evil.example", "\x00//evil.example",
]  # fmt: skip


@pytest.mark.parametrize("evil", EVIL)
def test_nobody_is_sent_out_of_the_portal(region: Region, ours: Client, evil: str) -> None:
    asked = {
        "standpoint": {"organization": region.places["own"].pk, "next": evil},
        "language": {"language": "en", "next": evil},
    }
    answers = [ours.post(reverse(name), body) for name, body in asked.items()]
    explain = {"key": region.finding.key, "reason": "так", "next": evil}
    answers.append(ours.post(reverse("plan-explain", args=[shop(region).pk]), explain))
    answers.append(ours.get(reverse("account_login"), {"next": evil}))
    for answer in answers:
        assert answer.status_code == 302
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith(("//", "/\\"))


def test_signing_in_sends_nobody_out_of_the_portal(region: Region) -> None:
    user = region.user("own")
    User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD))
    for evil in EVIL:
        answer = Client().post(reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": evil})
        assert (answer.status_code, answer["Location"]) == (302, "/")


def test_every_deed_needs_the_token_of_its_page(region: Region) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(region.user("own"))
    for row in ROWS:
        with undone() as written:
            answer = browser.post(reverse(row.name, kwargs=row.args(region)), row.body(region))
        assert answer.status_code in {403, 405}, row.name
        assert not written, row.name


def test_every_form_that_writes_carries_its_token() -> None:
    forms = re.compile(r"<form\b[^>]*method=[\"']?post.*?</form>", re.IGNORECASE | re.DOTALL)
    bare = [
        f"{path.relative_to(ROOT)}: {form[:80]}"
        for path in (ROOT / "templates").rglob("*.html")
        for form in forms.findall(path.read_text(encoding="utf-8"))
        if "csrf_token" not in form
    ]
    assert bare == []


# More than was asked for


def test_fields_that_no_form_shows_are_not_taken(region: Region, ours: Client) -> None:
    own = region.places["own"]
    place = {"place": "Город", "time_zone": "Europe/Moscow", "working_week": "5"}
    more = {
        "kind": "region",
        "parent": "",
        "name": "Захват",
        "short_name": "Захват",
        "closed_on": "2020-01-01",
        "id": "1",
    }
    assert ours.post(reverse("register-organization-edit", args=[own.pk]), place | more).status_code == 302
    now = Organization.objects.get(pk=own.pk)
    assert (now.kind, now.parent_id, now.short_name, now.closed_on) == (own.kind, own.parent_id, own.short_name, None)

    person = region.thing("own", "person")
    body = {"surname": "Новая", "given_name": "Ольга", "user": region.user("upper").pk, "is_superuser": "on"}
    ours.post(reverse("register-person-edit", args=[person.pk]), body)
    assert not User.objects.filter(person=person).exists()
    assert not User.objects.filter(is_superuser=True).exclude(username="platform").exists()

    partner = region.thing("own", "partner")
    body = {"kind": "academic", "name": "Другой", "organization": region.places["neighbour"].pk}
    ours.post(reverse("register-partner-edit", args=[partner.pk]), body)
    partner.refresh_from_db()
    assert (partner.name, partner.organization_id) == ("Другой", own.pk)


def test_a_plan_is_not_put_in_force_by_typing_so(region: Region, ours: Client) -> None:
    plan = shop(region)
    more = {"state": "approved", "number": "1", "order": "1", "roadmap": "1", "effective": "{}", "organization": "1"}
    ours.post(reverse("plan-edit", args=[plan.pk]), {"title": "Название"} | more)
    ours.post(reverse("row", args=[plan.pk, plan.rows[1]]), cells(region) | more)
    ours.post(reverse("import-facts", args=[region.incoming["own"].pk]), facts(region) | more)
    plan.edition.refresh_from_db()
    assert (plan.edition.state, plan.edition.number, plan.edition.order_id) == ("draft", 32_000, None)
    assert region.incoming["own"].organization_id == region.places["own"].pk


def addresses(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry
        elif entry.app_name != "admin":
            yield from addresses(entry)


def test_no_number_is_too_large_to_be_answered(region: Region, ours: Client) -> None:
    wrong = []
    for row in ROWS:
        huge = {name: HUGE if isinstance(value, int) else value for name, value in row.args(region).items()}
        own = row.args(region)
        variants = [
            huge,
            *({**own, name: HUGE} for name, value in own.items() if isinstance(value, int) and name != "pk"),
        ]
        for kwargs in variants:
            for method in ("get", "post"):
                with undone():
                    body = row.body(region) if method == "post" else dict(row.query)
                    answer = getattr(ours, method)(reverse(row.name, kwargs=kwargs), body)
                text_of(answer)
                if answer.status_code >= 500:
                    wrong.append(f"{method} {row.name} {kwargs}")
    assert not wrong, "; ".join(wrong)


def test_no_number_in_a_body_is_too_large_to_be_answered(region: Region, ours: Client) -> None:
    wrong = []
    for row in ROWS:
        if row.is_foreign:
            continue
        for name in [*row.body(region), "clusters"]:
            for value in (str(HUGE), "²\x00"):
                with undone():
                    answer = ours.post(reverse(row.name, kwargs=row.args(region)), {**row.body(region), name: value})
                if answer.status_code >= 500:
                    wrong.append(f"{row.name}: {name}={value[:20]!r}")
    assert not wrong, "; ".join(wrong)


def test_no_filter_breaks_on_what_is_typed_into_an_address(region: Region, ours: Client) -> None:
    wrong = []
    fields = ("q", "page", "in", "kind", "under", "cluster", "organization", "state", "year", "level", "municipality",
              "programme", "show", "who", "month", "code", "upper", "parent", "dropped", "phrase", "closed")  # fmt: skip
    for row in ROWS:
        if row.get is None or row.is_foreign:
            continue
        for value in (str(HUGE), "²", "\x00%_'\"\\;--", "а " * 400):
            with undone():
                query = {**dict(row.query), **dict.fromkeys(fields, value)}
                answer = ours.get(reverse(row.name, kwargs=row.args(region)), query)
            text_of(answer)
            if answer.status_code >= 500:
                wrong.append(f"{row.name} {value[:10]!r}")
    assert not wrong, "; ".join(wrong)


def test_a_search_with_a_null_character_finds_like_one_without(ours: Client, region: Region) -> None:
    """PostgreSQL takes no such character into a statement."""
    found = text_of(ours.get(reverse("search"), {"q": f"\x00{SECRET}{WORDS['own']}"}))
    assert f"{SECRET}{WORDS['own']}ЧерновикПлан" in found


def test_too_many_fields_and_too_long_texts_are_refused(region: Region, ours: Client) -> None:
    plan = shop(region)
    crowd = {f"field{n}": "1" for n in range(5_001)}
    assert ours.post(reverse("plan-edit", args=[plan.pk]), crowd).status_code == 400
    texts = {"text": "а" * 5_001, "phrase": "до 1 октября " * 200, "executors": "Методист", "obliges": "nobody"}
    new = reverse("row-new", args=[plan.pk, plan.headings[0]])
    assert ours.post(new, texts).status_code == 422
    assert ours.post(new, {"text": "", "executors": "ж" * 401, "obliges": "nobody"}).status_code == 422
    assert ours.get(reverse("phrase-echo", args=[plan.pk]), {"phrase": "1 " * 50_000}).status_code == 200


def test_a_row_of_an_import_may_not_outgrow_its_columns(region: Region, ours: Client) -> None:
    """PostgreSQL would answer with an error where SQLite keeps what does not fit."""
    address = reverse("import-row", args=[region.incoming["own"].pk, "1.1"])
    long = {"number": "1", "title": "Дело", "text": "Итог", "phrase": "", "executors": "ж" * 401}
    assert ours.post(address, long).status_code == 422


# Accounts


def test_nobody_opens_an_account_without_an_invitation(region: Region) -> None:
    before = User.objects.count()
    body = {"email": "x@example.test", "username": "x", "password1": PASSWORD, "password2": PASSWORD}
    answer = Client().post(reverse("account_signup"), body)
    assert (answer.status_code, User.objects.count()) == (200, before)


def test_an_invitation_opens_one_account_once(region: Region) -> None:
    address = reverse("invitation", args=[region.secret_of["own"]])
    body = {"surname": "Новая", "given_name": "Анна", "title": "методист", "password": PASSWORD, "again": PASSWORD}
    visitor = Client()
    more = {"role": "coordinator", "email": "evil@example.test", "is_superuser": "on", "organization": "1"}
    assert visitor.post(address, body | more).status_code == 302
    user = User.objects.latest("pk")
    held = [(grant.role, grant.organization) for grant in access.grants(user)]
    assert held == [(access.Role.STAFF, region.places["own"])]
    assert (user.email, user.is_superuser, user.is_staff) == ("secret-own-invited@example.test", False, False)
    assert visitor.get(reverse("today")).status_code == 200
    assert Client().post(address, body).status_code == 410
    assert Client().get(address).status_code == 410


def test_an_invitation_that_was_taken_back_or_has_run_out_opens_nothing(region: Region) -> None:
    invitations.withdraw(region.invited["own"], by=region.user("own"), now=timezone.now())
    Invitation.objects.filter(pk=region.invited["lower"].pk).update(expires_at=timezone.now())
    for place in ("own", "lower"):
        before = User.objects.count()
        answer = Client().post(reverse("invitation", args=[region.secret_of[place]]), {"password": PASSWORD})
        assert (answer.status_code, User.objects.count()) == (410, before)


def test_the_link_of_an_invitation_leads_to_the_portal_whatever_the_request_calls_it(region: Region) -> None:
    client = region.clients[OURS]
    address = reverse("register-roles", args=[region.places["own"].pk])
    assert client.get(address, HTTP_HOST="evil.example").status_code == 400
    client.post(address, {"email": "n@example.test", "role": "staff"}, HTTP_X_FORWARDED_HOST="evil.example")
    assert settings.BASE_URL in mail.outbox[-1].body
    assert "evil" not in mail.outbox[-1].body


def test_a_new_password_is_not_sent_to_another_host(region: Region) -> None:
    answer = Client().post(
        reverse("account_reset_password"), {"email": region.user("own").email}, HTTP_X_FORWARDED_HOST="evil.example"
    )
    assert answer.status_code == 302
    assert "evil" not in mail.outbox[-1].body


def test_asking_for_a_password_does_not_tell_who_has_an_account(region: Region) -> None:
    answers = []
    for address in (region.user("own").email, "nobody@example.test"):
        cache.clear()
        answers.append(Client().post(reverse("account_reset_password"), {"email": address}))
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, answers[0]["Location"])] * 2


def test_signing_in_gives_a_new_session_and_guessing_comes_to_an_end(region: Region) -> None:
    cache.clear()
    user = region.user("own")
    User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD))
    browser, address = Client(), reverse("account_login")
    browser.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    assert browser.post(address, {"login": user.email, "password": PASSWORD}).status_code == 302
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != "a" * 32
    guesses = [Client().post(address, {"login": user.email, "password": f"guess {n}"}).status_code for n in range(6)]
    assert set(guesses) <= {200, 429}
    refused = Client().post(address, {"login": user.email, "password": PASSWORD})
    assert refused.status_code != 302


def test_a_new_password_ends_every_other_session(region: Region) -> None:
    user = region.user("own")
    User.objects.filter(pk=user.pk).update(password=make_password(PASSWORD))
    user.refresh_from_db()
    elsewhere, here = Client(), Client()
    elsewhere.force_login(user)
    here.force_login(user)
    new = "совсем другие слова"
    body = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert here.post(reverse("account_change_password"), body).status_code == 302
    assert here.get(reverse("today")).status_code == 200
    assert elsewhere.get(reverse("today")).status_code == 302


def test_a_closed_account_and_a_role_that_was_taken_end_at_once(region: Region, ours: Client) -> None:
    address = reverse("plan", args=[shop(region).pk])
    assert ours.get(address).status_code == 200
    access.withdraw(region.user("own"), access.Role.COORDINATOR, region.places["own"])
    assert ours.get(address).status_code == 404
    User.objects.filter(pk=region.user("own", "staff").pk).update(is_active=False)
    assert region.clients[Audience("own", "staff")].get(address).status_code == 302


# What stays between the portal and one reader


HARDENED = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def test_no_answer_may_be_framed_sniffed_or_kept(region: Region, ours: Client) -> None:
    wrong = []
    for row in ROWS:
        with undone():
            answer = ours.get(reverse(row.name, kwargs=row.args(region)), dict(row.query))
        text_of(answer)
        missing = {name for name, value in HARDENED.items() if answer.headers.get(name) != value}
        policy = answer.headers.get("Content-Security-Policy", "")
        if missing or "frame-ancestors 'none'" not in policy:
            wrong.append(f"{row.name}: lacks {missing}, {policy[:60]}")
        if "unsafe-" in policy:
            wrong.append(f"{row.name}: {policy}")
        kept = answer.headers.get("Cache-Control", "")
        if "no-store" not in kept and row.name not in {"health-live", "health-ready", "language"}:
            wrong.append(f"{row.name} {answer.status_code}: may be kept ({kept})")
    assert not wrong, "; ".join(wrong)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (("Unprocessable Entity: %s", "/invitations/abc-DEF_1/"), "Unprocessable Entity: /invitations/…/"),
        (("Gone: /invitations/abc/",), "Gone: /invitations/…/"),
        (("%s %s", "GET", "/accounts/password/reset/key/1-set-password/"), "GET /accounts/password/reset/key/…/"),
        (("Not Found: %s", "/accounts/confirm-email/abc:def/"), "Not Found: /accounts/confirm-email/…/"),
        (("Not Found: %s", "/plans/7/"), "Not Found: /plans/7/"),
    ],
)
def test_a_log_keeps_no_secret_of_an_address(said: tuple[str, ...], kept: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, said[0], said[1:], None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == kept


def test_what_the_portal_logs_of_an_invitation_holds_no_secret(db: None, capfd: pytest.CaptureFixture[str]) -> None:
    """With the handlers of the settings, as they run."""
    code = (
        "import django; django.setup(); import logging;"
        "logging.getLogger('django.request').warning('Gone: %s', '/invitations/s3cr3t/')"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "clusterportal.settings"},
    )  # fmt: skip
    assert "Gone: /invitations/…/" in run.stderr
    assert "s3cr3t" not in run.stderr + run.stdout


def test_production_keeps_its_cookies_to_itself(tmp_path: Path) -> None:
    code = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE,"
        "s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0, s.DEBUG, s.DEMO, '*' in s.ALLOWED_HOSTS)"
    )
    production = {
        "PRODUCTION": "1", "SECRET_KEY": "k" * 60, "BASE_URL": "https://portal.example", "DEBUG": "1",
        "ALLOWED_HOSTS": "portal.example", "DATABASE_URL": "postgres://u:p@db/x", "REDIS_URL": "redis://r",
        "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "clusterportal.settings", "DEMO": "0",
    }  # fmt: skip
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **production},
    )
    assert (run.stdout.strip(), run.returncode) == ("True True True Lax True True False False False", 0), run.stderr


def test_a_page_of_one_reader_says_on_what_it_depends(region: Region, ours: Client) -> None:
    assert "Cookie" in ours.get(reverse("plans"))["Vary"]
    assert quote(SECRET)[:1] == "%"


def test_what_a_browser_may_do_is_said_with_every_answer_to_anybody(db: None) -> None:
    for address in ("/", "/accounts/login/", "/no-such-page/", "/admin/", "/invitations/no/"):
        answer: Any = Client().get(address)
        assert {name: answer.headers.get(name) for name in HARDENED} == HARDENED, address
