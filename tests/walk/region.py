"""A region full of secrets: every state of everything, in each of six places, under titles that betray their owner."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from deadlines.grammar import read
from deadlines.values import Period
from documents.models import Order, RenderedFile, StoredFile
from documents.office import write_word
from documents.operations.files import store_file
from documents.operations.orders import OrderData, register_from_paper
from organizations import access
from organizations.models import Invitation, Organization, User
from organizations.operations import invitations
from reminders import notices
from reminders.models import Notice
from roadmaps import checks, papers, sheets
from roadmaps.choices import HeadingKind, LinkKind, Rule
from roadmaps.models import CarriedQuestion, Edition, Import, Programme
from roadmaps.operations import edited, editions, imports, links, rows, structure
from roadmaps.operations.dates import refresh
from tests import factories
from tests.roadmaps.reading.factory import Act, Res, Shape, as_docx
from tests.walk import orders, questions
from tests.walk.audiences import (
    ADMINISTRATOR,
    ANONYMOUS,
    NOBODY,
    PLACES,
    ROLES,
    Audience,
    Who,
    at,
    knowing,
    readers_of_draft,
    readers_of_force,
    readers_of_registers,
    readers_of_sent,
)

WORDS = {
    "own": "Своя",
    "lower": "Нижняя",
    "upper": "Верхняя",
    "neighbour": "Соседняя",
    "institute": "Институтская",
    "stranger": "Чужая",
}
SECRET = "Тайна"  # every secret begins so, and a search for it finds what its reader may know
NUMBER_LENGTH = 40


@dataclass
class Plan:
    """An edition with its rows and headings."""

    edition: Edition
    rows: list[int]
    headings: list[int]

    @property
    def pk(self) -> int:
        return self.edition.roadmap_id


@dataclass
class Region:
    """Everything that the walk touches, by place and by state."""

    now: dt.datetime
    period: Period
    places: dict[str, Organization] = field(default_factory=dict)
    users: dict[Audience, User] = field(default_factory=dict)
    clients: dict[Audience, Client] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    plans: dict[tuple[str, str], Plan] = field(default_factory=dict)
    incoming: dict[str, Import] = field(default_factory=dict)
    files: dict[tuple[str, str], StoredFile] = field(default_factory=dict)
    invited: dict[str, Invitation] = field(default_factory=dict)
    secret_of: dict[str, str] = field(default_factory=dict)
    notice: dict[str, Notice] = field(default_factory=dict)
    things: dict[str, dict[str, Any]] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    rendered: dict[str, RenderedFile] = field(default_factory=dict)
    submission: Any = None
    question: Any = None
    wish: Any = None
    edited: Any = None
    finding: Any = None
    carried: Any = None
    fix: int = 0
    secrets: dict[str, Who] = field(default_factory=dict)

    def user(self, place: str, role: str = "coordinator") -> User:
        return self.users[Audience(place, role)]

    def plan(self, place: str, state: str) -> Plan:
        return self.plans[place, state]

    def thing(self, place: str, kind: str) -> Any:
        return self.things[place][kind]

    def secret(self, place: str, kind: str, who: Who) -> str:
        """Make a text that only these may ever see."""
        text = f"{SECRET}{WORDS[place]}{kind}"
        self.secrets[text] = who
        return text


def build() -> Region:
    """Build the region; about three seconds."""
    cache.clear()
    today = timezone.localdate()
    first = today.year if today.month >= 9 else today.year - 1
    region = Region(timezone.now(), Period(dt.date(first, 9, 1), dt.date(first + 1, 8, 31)))
    _places(region)
    _accounts(region)
    for place in PLACES:
        _registers(region, place)
    for place in ("upper", "institute", "stranger", "neighbour", "own", "lower"):
        _plans(region, place)
        _import(region, place)
        _notice(region, place)
        _invitation(region, place)
    _workshop(region)
    orders.add(region)
    force = {place: readers_of_force(place) for place in ("upper", "own", "lower")}
    questions.add(region, _begin, _put_in_force, force)
    _edited(region)
    return region


def _places(region: Region) -> None:
    def add(place: str, kind: str, parent: Organization | None) -> Organization:
        name = region.secret(place, "Организация", knowing(place) | knowing_of_heads(place))
        return factories.organization(kind, name, parent, word="", word_genitive="")

    upper = add("upper", "region", None)
    own = add("own", "municipality", upper)
    region.places = {
        "upper": upper,
        "own": own,
        "lower": add("lower", "school", own),
        "neighbour": add("neighbour", "municipality", upper),
        "institute": add("institute", "institute", upper),
        "stranger": add("stranger", "region", None),
    }
    for place in ("upper", "stranger"):
        name = region.secret(place, "Программа", at(" ".join(PLACES)) - at("stranger" if place == "upper" else _home())
                             | {ADMINISTRATOR})  # fmt: skip
        region.programmes[place] = Programme.objects.create(organization=region.places[place], name=name)


def knowing_of_heads(place: str) -> Who:
    """Give who else meets an organization's name: nobody."""
    return NOBODY


def _home() -> str:
    return "own lower upper neighbour institute"


def _programme(region: Region, place: str) -> Programme:
    return region.programmes["stranger" if place == "stranger" else "upper"]


def _accounts(region: Region) -> None:
    for place in PLACES:
        for role in ROLES:
            name = f"{place}-{role}"
            region.users[Audience(place, role)] = factories.account(
                region.places[place], access.Role(role), username=name, email=f"{name}@example.test"
            )
    region.users[ADMINISTRATOR] = factories.account(username="platform", is_staff=True, is_superuser=True)
    for audience, user in region.users.items():
        region.clients[audience] = Client(raise_request_exception=False)
        region.clients[audience].force_login(user)
    region.clients[ANONYMOUS] = Client(raise_request_exception=False)


def _registers(region: Region, place: str) -> None:
    here, who = region.places[place], readers_of_registers(place)
    somebody = factories.person(region.secret(place, "Сотрудница", who))
    things: dict[str, Any] = {
        "person": somebody,
        "position": factories.position(somebody, here, region.secret(place, "Должность", who)),
        "partner": factories.partner(here, region.secret(place, "Партнёр", who)),
    }
    if here.kind == "region":
        below = at(_home()) if place == "upper" else at("stranger")
        things["cluster"] = factories.cluster(here, region.secret(place, "Кластер", below | {ADMINISTRATOR}))
        things["day"] = factories.calendar_day(
            here, region.period.start + dt.timedelta(30), name=region.secret(place, "Праздник", below | {ADMINISTRATOR})
        )
    if here.kind == "school":
        cluster = region.things["upper"]["cluster"] if "upper" in region.things else None
        cluster = cluster or factories.cluster(region.places["upper"], "кластер школы")
        things["class"] = factories.specialised_class(here, cluster, region.secret(place, "Класс", who)[:20])
        region.secrets.pop(f"{SECRET}{WORDS[place]}Класс")
        region.secrets[f"{SECRET}{WORDS[place]}Класс"[:20]] = who
        things["participant"] = factories.participant(here, cluster)
        things["cluster-of-school"] = cluster
    region.things[place] = things


def _day(region: Region, days: int) -> str:
    return f"до {region.period.start + dt.timedelta(days):%d.%m.%Y}"


def _begin(region: Region, place: str, state: str, who: Who, phrases: list[str]) -> Plan:
    """Begin a plan in which every text is a secret of its state."""
    by = region.user(place)
    title = region.secret(place, f"{state}План", who)
    edition = editions.start(
        programme=_programme(region, place),
        organization=region.places[place],
        period=region.period,
        title=title,
        label=state,
        by=by,
        now=region.now,
    )
    made, headings = [], []
    for number, phrase in enumerate(phrases, 1):
        heading = create_activity(edition, number, region.secret(place, f"{state}Дело", who))
        text = region.secret(place, f"{state}Результат", who)
        result = rows.create_result(
            edition,
            activity=heading,
            position=1000,
            text=f"{text} {number}",
            deadline=read(phrase, region.period),
            executors=[region.secret(place, f"{state}Исполнитель", who)],
        )
        made.append(result.pk)
        headings.append(heading)
    refresh(made)
    return Plan(Edition.objects.for_page().get(pk=edition.pk), made, headings)


def create_activity(edition: Edition, number: int, title: str) -> int:
    """Add an activity; gives its heading."""
    heading = rows.create_heading(
        edition, kind=HeadingKind.ACTIVITY, number=str(number), title=title, position=number * 1000
    )
    return heading.pk


def _put_in_force(region: Region, place: str, plan: Plan, number: str, who: Who) -> Edition:
    here, by = region.places[place], region.user(place)
    name = region.secret(place, f"Приказ{number}", who)
    stored = store_file(organization=here, name=f"{name}.docx", data=b"as it came", by=by, now=region.now)
    data = OrderData(number=name[:NUMBER_LENGTH], signed_on=region.period.start, issuer=here.name, title=name)
    order = register_from_paper(organization=here, order=data, original=stored, by=by, now=region.now)
    region.files[place, number] = stored
    return editions.put_in_force(plan.edition, order=order, by=by, now=region.now)


def _plans(region: Region, place: str) -> None:
    by, now = region.user(place), region.now
    draft, sent, force = readers_of_draft(place), readers_of_sent(place), readers_of_force(place)
    for state, who in (("Черновик", draft), ("Поданный", sent), ("Возвращённый", draft), ("Действующий", force)):
        region.plans[place, state] = _begin(region, place, state, who, [_day(region, 40), _day(region, 60)])
    editions.submit(region.plan(place, "Поданный").edition, by=by, now=now)
    returned = region.plan(place, "Возвращённый")
    editions.submit(returned.edition, by=by, now=now)
    reason = region.secret(place, "ПричинаВозврата", draft)
    editions.send_back(returned.edition, reason=reason, by=region.user(place, "signatory"), now=now)
    _editions(region, place, force, draft)
    # One more that is in force and has no draft over it.
    plain = region.plans[place, "Утверждённый"] = _begin(region, place, "Утверждённый", force, [_day(region, 50)])
    plain.edition = _put_in_force(region, place, plain, "3", force)


def _editions(region: Region, place: str, force: Who, draft: Who) -> None:
    """Let a plan be superseded, in force, and open for a third edition."""
    by, now = region.user(place), region.now
    plan = region.plan(place, "Действующий")
    _put_in_force(region, place, plan, "1", force)
    for kind, who in (("Вторая", force), ("Третья", draft)):
        edition = editions.open_edition(plan.edition.roadmap, by=by, now=now)
        plan.edition = edition
        text = region.secret(place, f"{kind}Редакция", who)
        # The wording that a later edition replaces stays known to those who read the earlier one.
        rows.edit_result(roadmap=plan.pk, commitment=plan.rows[0], changes={"text": text}, by=by, now=now)
        if kind == "Вторая":
            _put_in_force(region, place, plan, "2", force)


def _import(region: Region, place: str) -> None:
    who = at(place, "coordinator")
    title = region.secret(place, "ЗагрузкаПлан", who)
    year = f"{region.period.start.year}-{region.period.end.year}"
    plan = (
        Act("1", region.secret(place, "ЗагрузкаДело", who), (
            Res(region.secret(place, "ЗагрузкаРезультат", who), _day(region, 45), ("Методист",)),
            Res("Справка", f"до 01.02.{region.period.start.year - 2}", ("Методист",)),
        )),
    )  # fmt: skip
    data = as_docx(plan, Shape(title=("План работы", f"{title} на {year} учебный год")))
    name = region.secret(place, "ЗагрузкаФайл", who)
    incoming = imports.receive(
        organization=region.places[place],
        programme=_programme(region, place),
        name=f"{name}.docx",
        data=data,
        label="загрузка",
        by=region.user(place),
        now=region.now,
    )
    imports.read(incoming.pk, clock=lambda: region.now)
    region.incoming[place] = Import.objects.select_related("organization", "programme", "file").get(pk=incoming.pk)


def _edited(region: Region) -> None:
    """Bring the workshop's plan back as a file in which one row reads otherwise."""
    plan = region.plan("own", "Мастерская")
    sheet = sheets.load(Edition.objects.for_page().get(pk=plan.edition.pk))
    standing = papers.standing_of(sheet)
    paper = papers.plan_paper(sheet, standing)
    first = paper.content[0]
    text = region.secret("own", "ПравкаВФайле", at("own", "coordinator"))
    first = replace(first, results=(replace(first.results[0], text=text), *first.results[1:]))
    data = write_word(
        replace(paper, content=(first, *paper.content[1:])), papers.origin_of(sheet, standing).to_properties()
    )
    region.edited = edited.receive(
        roadmap=plan.edition.roadmap, name="Правка.docx", data=data, by=region.user("own"), now=region.now
    )


def _notice(region: Region, place: str) -> None:
    who = at(place, "coordinator")
    text = region.secret(place, "Извещение", who)
    notices.tell(
        recipients=[region.user(place)],
        kind="upper-in-force",
        params={"plan": text, "organization": text},
        path="/plans/",
        organization=region.places[place],
        now=region.now,
    )
    region.notice[place] = Notice.objects.of(region.user(place)).order_by("-pk")[0]


def _invitation(region: Region, place: str) -> None:
    above = {"own": "upper", "lower": "own upper", "neighbour": "upper", "institute": "upper"}.get(place, "")
    # An address is text too; in a journal it is read wherever registers are.
    who = at(f"{place} {above}", "coordinator") | readers_of_registers(place)
    address = f"secret-{place}-invited@example.test"
    region.secrets[address] = who
    region.invited[place], region.secret_of[place] = invitations.invite(
        region.places[place], role=access.Role.STAFF, email=address, by=region.user(place), now=region.now
    )


def _workshop(region: Region) -> None:
    """Make the draft on which every step of editing can be taken: linked, late, with a dropped row and a section."""
    upper = region.plan("upper", "Утверждённый")
    draft = region.plan("own", "Черновик")
    plan = _begin(region, "own", "Мастерская", readers_of_draft("own"), [_day(region, n) for n in (70, 80, 90, 95)])
    by, now = region.user("own"), region.now
    region.plans["own", "Мастерская"] = plan
    links.follow(roadmap=plan.pk, upper=upper.edition.roadmap, by=by, now=now)
    links.follow(roadmap=plan.pk, upper=region.plan("upper", "Действующий").edition.roadmap, by=by, now=now)
    links.link(
        roadmap=plan.pk,
        lower=plan.rows[0],
        upper=upper.rows[0],
        kind=LinkKind.IMPLEMENTS,
        rule=Rule.OWN,
        by=by,
        now=now,
    )
    rows.drop_result(roadmap=plan.pk, commitment=plan.rows[3], by=by, now=now)
    goal = rows.add_heading(
        roadmap=plan.pk,
        kind=HeadingKind.GOAL,
        title=region.secret("own", "УбраннаяЦель", readers_of_draft("own")),
        by=by,
        now=now,
    )
    structure.drop_heading(roadmap=plan.pk, heading=goal.pk, by=by, now=now)
    plan.headings.append(goal.pk)
    waived = region.secret("own", "Неприменимо", readers_of_draft("own"))
    links.waive(roadmap=plan.pk, upper=region.plan("upper", "Действующий").rows[0], reason=waived, by=by, now=now)
    plan.edition = Edition.objects.for_page().get(pk=plan.edition.pk)
    carried = CarriedQuestion(
        roadmap_id=plan.pk, code="text", commitment_id=plan.rows[1], facts={"found": ["Результат"]}
    )
    CarriedQuestion.objects.bulk_create([carried])
    region.carried = CarriedQuestion.objects.get(roadmap=plan.pk)
    remarks = checks.remarks_of(sheets.load(plan.edition))
    region.finding = next(one for one in remarks if one.code == "later-than-upper")
    region.fix = region.finding.fixes[0][0]
    assert draft.edition.state == "draft"
