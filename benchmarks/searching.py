"""Searching words in the rows of a whole region's plans; the floor is one look into the same index, without rights."""

import datetime as dt
import random
from itertools import accumulate

from django.db import connection
from django.test import Client

from benchmarks.measure import Figure, in_turns
from benchmarks.region import NOW, PERIOD
from deadlines.grammar import read
from documents.operations.files import store_file
from documents.operations.orders import OrderData, register_from_paper
from organizations import access
from organizations.access import Role
from organizations.models import Organization, User
from roadmaps.choices import EditionState, HeadingKind
from roadmaps.fulltext import MET
from roadmaps.models import Commitment, Deliverable, Edition, Heading, HeadingText, Programme, Roadmap
from roadmaps.operations.cells import deadline_columns

ROWS_OF_PLAN = 40
WORDS = (
    *("анкета", "педагог", "школа", "отчёт", "совет", "методист", "экскурсия", "предприятие", "договор", "программа"),
    *(
        "урок",
        "кабинет",
        "библиотека",
        "мастерская",
        "наставник",
        "протокол",
        "справка",
        "семинар",
        "конкурс",
        "диагностика",
    ),
    *("портфолио", "расписание", "консультация", "родители", "маршрут", "колледж"),
)
SYLLABLES = ("ва", "ро", "ли", "но", "ка", "ме", "сту", "бри", "дол", "пе", "за", "тор")
INVENTED = [first + second + third for first in SYLLABLES for second in SYLLABLES for third in SYLLABLES]
VOCABULARY = (*INVENTED[:30], *WORDS, *INVENTED[30:])
"""Some words in nearly every row, those that are asked for in one of twenty, most in few: as in any language."""
SHARES = list(accumulate(1 / rank for rank in range(1, len(VOCABULARY) + 1)))
ASKED = ("размещение отчёта", "анкеты педагогов", "договоров", "наставник экскурсия", "самоцвет")
"""What is looked for, in turns: forms, several words, and a word that stands in one row of a thousand."""


def search(name: str, *, rows: int) -> Figure:
    """Measure the page of a search as the region's coordinator asks for it, who may read every plan in force."""
    region, user = build(name, rows)
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    turn = 0

    def product() -> None:
        nonlocal turn
        turn += 1
        answer = client.get("/search/", {"q": ASKED[turn % len(ASKED)], "in": "rows"})
        assert answer.status_code == 200, answer.status_code
        assert "<mark>" in answer.content.decode()

    def floor() -> None:
        word = ASKED[turn % len(ASKED)].split()[0]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({MET}) AS met", [word, f"{word}:*"] * 2)
            cursor.fetchone()

    note = f"aim: p95 at most 300 ms; {region.short_name}"
    return in_turns(name, product, floor, turns=20, rows=rows, note=note, counts_statements=True)


def build(name: str, rows: int) -> tuple[Organization, User]:
    """Build a region whose schools have plans in force with so many rows together."""
    region = Organization.objects.create(kind="region", name=f"Министерство {name}", short_name=f"Министерство {name}")
    user = User.objects.create_user(f"coordinator-{name}", password=None)
    access.grant(user, Role.COORDINATOR, region)
    programme = Programme.objects.create(organization=region, name=f"Программа {name}")
    original = store_file(organization=region, name="order.docx", data=b"as it came", by=None, now=NOW)
    rng = random.Random(7)
    for start in range(0, rows, ROWS_OF_PLAN * 250):
        schools = Organization.objects.bulk_create(
            Organization(
                parent=region, kind="school", name=f"Школа {name} {start + n}", short_name=f"Школа {start + n}"
            )
            for n in range(min(250, (rows - start) // ROWS_OF_PLAN))
        )
        data = OrderData(number=f"{name}-{start}", signed_on=PERIOD.start, issuer=region.name)
        order = register_from_paper(organization=region, order=data, original=original, by=None, now=NOW)
        plans = Roadmap.objects.bulk_create(
            Roadmap(programme=programme, organization=school, period_start=PERIOD.start, period_end=PERIOD.end)
            for school in schools
        )
        Edition.objects.bulk_create(
            Edition(
                roadmap=plan,
                number=1,
                state=EditionState.APPROVED,
                order=order,
                opened_at=NOW,
                changed_at=NOW,
                approved_at=NOW,
            )
            for plan in plans
        )
        _fill(plans, rng)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return region, user


def _fill(plans: list[Roadmap], rng: random.Random) -> None:
    """Give every plan forty activities of one result each, in force since edition 1."""
    headings = Heading.objects.bulk_create(
        Heading(roadmap=plan, kind=HeadingKind.ACTIVITY) for plan in plans for _ in range(ROWS_OF_PLAN)
    )
    commitments = Commitment.objects.bulk_create(Commitment(roadmap_id=heading.roadmap_id) for heading in headings)
    HeadingText.objects.bulk_create(
        HeadingText(heading=heading, roadmap_id=heading.roadmap_id, position=place, title=_words(rng, 6), since=1)
        for place, heading in enumerate(headings)
    )
    columns = deadline_columns(read(f"до {PERIOD.end - dt.timedelta(30):%d.%m.%Y}", PERIOD))
    Deliverable.objects.bulk_create(
        Deliverable(
            commitment=commitment,
            roadmap_id=commitment.roadmap_id,
            heading=heading,
            position=1000,
            text=f"{_words(rng, 14)}{' размещён' if place % 7 == 0 else ''}{' самоцвет' if place % 1000 == 0 else ''}",
            since=1,
            **columns,
        )
        for place, (commitment, heading) in enumerate(zip(commitments, headings, strict=True))
    )


def _words(rng: random.Random, count: int) -> str:
    return " ".join(rng.choices(VOCABULARY, cum_weights=SHARES, k=count))
