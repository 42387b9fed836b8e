"""The demo, loaded whole: every role can enter it, and it shows what the portal is for."""

import datetime as dt
import io
import json
import time
from collections import Counter
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from documents.operations.files import read_file
from organizations import access, demo
from organizations.models import Entry, Organization, Partner, Position, SpecialisedClass, User
from reminders.models import Notice
from roadmaps import checks, coverage, covering, previews, sheets
from roadmaps.choices import ImportState
from roadmaps.demo import loading, papers, planting, regional_plan
from roadmaps.models import Deliverable, Edition, Import, Link, Programme, Roadmap, Waiver
from roadmaps.operations.dates import wrong_dates
from roadmaps.reading.plan import open_plan

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=MOSCOW)
SLOWEST_SECONDS = 60
ENOUGH_CODES = {
    "later-than-upper", "earlier-than-source", "outside-upper-window", "starts-before-upper", "no-deadline", "outside-period",
    "not-covered", "before-approval", "no-lead", "out-of-order", "duplicate-row", "no-executor", "foreign-executor",
    "scope-narrowed", "differs-from-upper", "clause-without-deadline", "dash-lost", "start-lost", "name-variants", "day-off",
    "number-repeats", "no-result",
}  # fmt: skip


@pytest.mark.django_db
def test_the_demo_loads_once_and_shows_what_it_promises(client: Client, settings: Settings) -> None:
    began = time.process_time()  # other tests share the machine
    assert loading.load(now=NOW) is True
    assert time.process_time() - began < SLOWEST_SECONDS

    everybody_is_there()
    plans_of_every_state_stand()
    every_kind_of_finding_can_be_seen()
    original_of_the_region_reads_back()
    one_upload_waits_and_one_has_failed()
    people_were_told()
    the_coverage_has_something_to_say()
    everybody_enters_with_one_click(client)
    loading_again_changes_nothing()
    without_the_demo_nobody_enters(client, settings)


def everybody_is_there() -> None:
    kinds = Counter(Organization.objects.values_list("kind", flat=True))
    assert kinds == {"region": 1, "institute": 2, "municipality": 34, "school": 117}
    assert Position.objects.filter(is_acting=True).exists()
    assert set(Partner.objects.values_list("kind", flat=True)) == {"academic", "industrial", "business", "college"}
    assert Partner.objects.filter(valid_until__lt=NOW.date()).exists()
    assert SpecialisedClass.objects.count() >= 20
    assert Organization.objects.filter(kind="school", successor__isnull=False).count() == 1
    assert not User.objects.exclude(email__endswith=".example").exists()
    assert not any(user.has_usable_password() for user in User.objects.filter(is_demo=False))


def plans_of_every_state_stand() -> None:
    towns = Edition.objects.filter(roadmap__organization__kind="municipality")
    states = Counter(towns.values_list("state", flat=True))
    # Eight in force, of which one has sent a second edition to its signatory.
    assert states == {"approved": 8, "submitted": 2 + 1, "returned": 1, "draft": 4}
    at_schools = Counter(Edition.objects.filter(roadmap__organization__kind="school").values_list("state", flat=True))
    assert set(at_schools) == {"approved", "submitted", "returned", "draft"}
    assert sum(at_schools.values()) == 24
    assert Roadmap.objects.filter(lineage=None, organization__kind="school", participants__isnull=False).exists()
    assert (
        20
        <= Deliverable.objects.filter(roadmap__organization__kind="region").values("heading").distinct().count()
        <= 25
    )
    assert set(Link.objects.values_list("kind", flat=True)) == {"implements", "consumes", "feeds", "mirrors"}
    assert set(Link.objects.values_list("rule", flat=True)) == {"same", "shifted", "within", "own"}
    kinds = set(Deliverable.objects.values_list("kind", flat=True))
    assert kinds >= {"by", "window", "months", "continuous", "recurring", "by-schedule", "on-request", "unknown"}
    assert Waiver.objects.exists()
    assert wrong_dates() == []
    assert not Entry.objects.filter(at__gt=NOW).exists()


def every_kind_of_finding_can_be_seen() -> None:
    codes: Counter[str] = Counter()
    levels = set()
    for edition in Edition.objects.select_related("roadmap__organization", "order"):
        remarks = checks.remarks_of(sheets.load(edition))
        codes.update(remark.code for remark in remarks)
        levels |= {remark.finding.against.level for remark in remarks if remark.finding.against}
        if edition.state == "submitted":
            assert [remark for remark in remarks if remark.blocks] == []
    assert set(codes) == ENOUGH_CODES
    assert levels >= {1, 2}


def original_of_the_region_reads_back() -> None:
    """The region's order came in by the reader; what it keeps is what the file says."""
    edition = Edition.objects.select_related("order__original", "roadmap__organization").get(
        roadmap__organization__kind="region"
    )
    assert edition.order is not None
    assert edition.order.original is not None
    document = open_plan(read_file(edition.order.original), "plan.docx")
    year = loading.Year.of(NOW.date(), loading.calendar_for(edition.roadmap.organization))
    place = loading.Place(edition.roadmap.organization, _words())
    written = planting.written(
        loading.replace(regional_plan.PLAN, decree=None), place, planting.Ground(Programme(), year, year.period, NOW)
    )
    assert [result.text for _, result in document.results()] == [line.text for line in written.lines]
    assert [result.deadline.phrase for _, result in document.results()] == [line.phrase for line in written.lines]
    assert [row.text for row in sheets.load(edition).rows] == [line.text for line in written.lines]
    assert document.header.title == written.title
    assert (document.header.goal, list(document.header.tasks)) == (written.goal, list(written.tasks))
    assert [clause.number for clause in document.header.clauses] == [n for n, _ in regional_plan.PLAN.decree.clauses]
    assert (edition.order.number, edition.order.signed_on) == ("417-п", dt.date(2026, 8, 20))


def _words() -> dict[str, str]:
    named = ("minister", "deputy", "coordinator", "staff", "reviewer", "rector", "centre", "genitive")
    return dict.fromkeys(named, "")


def one_upload_waits_and_one_has_failed() -> None:
    waiting = Import.objects.get(state=ImportState.READY)
    questions = previews.preview_of(waiting).questions
    assert len(questions) >= 3
    failed = Import.objects.get(state=ImportState.FAILED)
    assert failed.problem["code"] == "pdf"
    assert waiting.organization == failed.organization


def people_were_told() -> None:
    told = set(Notice.objects.filter(recipient__is_demo=True).values_list("kind", flat=True))
    assert told == {"upper-in-force", "plan-submitted", "import-ready", "import-failed"}
    assert Notice.objects.filter(kind="plan-returned").exists()


def the_coverage_has_something_to_say() -> None:
    """Every state of the coverage can be seen at once."""
    edition = Edition.objects.in_force().for_page().get(roadmap__organization__kind="region")
    sheet = sheets.load(edition)
    read = covering.coverage_of(sheet, NOW.date())
    matrix = coverage.matrix_of(read.demands, coverage.near(read.everybody, read.demands), read.everybody)
    assert set(matrix.total) == set(coverage.State)


def everybody_enters_with_one_click(client: Client) -> None:
    accounts = json.loads(_said("--accounts", "--json"))
    assert [set(account) >= {"role", "username", "password", "organization"} for account in accounts] == [True] * 16
    assert {account["role"] for account in accounts} == {*access.Role, "administrator"}
    page = client.get(reverse("account_login")).content.decode()
    for account in accounts:
        assert f'value="{account["username"]}"' in page
        visitor = Client()
        answer = visitor.post(reverse("account_login"), {"login": account["username"], "password": account["password"]})
        assert (answer.status_code, answer["Location"]) == (302, "/"), account["username"]
        assert visitor.session["_auth_user_id"] == str(User.objects.get(username=account["username"]).pk)


def loading_again_changes_nothing() -> None:
    before = Entry.objects.count(), Edition.objects.count(), User.objects.count()
    assert "already loaded" in _said()
    assert (Entry.objects.count(), Edition.objects.count(), User.objects.count()) == before


def without_the_demo_nobody_enters(client: Client, settings: Settings) -> None:
    signed_in = Client()
    signed_in.post(reverse("account_login"), {"login": "kray", "password": demo.PASSWORD})
    assert "_auth_user_id" in signed_in.session
    settings.DEMO = False
    assert 'value="kray"' not in client.get(reverse("account_login")).content.decode()
    client.post(reverse("account_login"), {"login": "kray", "password": demo.PASSWORD})
    assert "_auth_user_id" not in client.session
    assert not signed_in.get(reverse("account_login")).wsgi_request.user.is_authenticated


def _said(*arguments: str) -> str:
    output = io.StringIO()
    call_command("demo", *arguments, stdout=output)
    return output.getvalue()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"DEMO": False}, "The demo is switched off"),
        ({"DEMO": True, "PRODUCTION": True}, "demo accounts have public passwords"),
    ],
)
@pytest.mark.parametrize("arguments", [(), ("--accounts",)])
def test_it_refuses_in_a_sentence_where_it_may_not_be(
    values: dict[str, bool], sentence: str, arguments: tuple[str, ...], settings: Settings
) -> None:
    for name, value in values.items():
        setattr(settings, name, value)
    with pytest.raises(CommandError, match=sentence):
        call_command("demo", *arguments)


def test_a_scan_is_a_pdf() -> None:
    assert papers.unreadable_pdf().startswith(b"%PDF-")
