"""The walk's rows on consequences, proposals and wishes."""

from typing import Any

from tests.walk.audiences import Who, at, readers_of_force
from tests.walk.audiences import readers_of_draft as reads_draft
from tests.walk.questions import readers_of_wish
from tests.walk.region import Region
from tests.walk.rows import Arguments, Row
from tests.walk.table_plans import COORDINATOR, DRAFT, FORCE, PENCILLED, SENT, plan
from tests.walk.table_registers import body

ASKED = plan("Спрошенный")
WISH: Who = readers_of_wish()
KEEP = {"way": "keep", "reason": "так решено"}


def row(**more: Any) -> Arguments:
    """Name the row in force that is asked about."""
    return lambda region: {
        "pk": region.plan("own", "Спрошенный").pk,
        "commitment": region.plan("own", "Спрошенный").rows[0],
        **more,
    }


def question(region: Region) -> dict[str, Any]:
    return {"pk": region.question.roadmap_id, "proposal": region.question.pk}


def wish(region: Region) -> dict[str, Any]:
    return {"pk": region.wish.pk}


def wished(region: Region) -> dict[str, Any]:
    """Give a wish about the row above ours."""
    upper = region.plan("upper", "Спрошенный").rows[0]
    return {"upper": upper, "kind": "extend", "phrase": "до 20 декабря", "reason": "каникулы"}


ROWS = [
    *(
        Row(name, who, get=who, args=plan(state))
        for name in ("plan-impact", "plan-impact-table")
        for state, who in (("Действующий", DRAFT), ("Поданный", SENT), ("Черновик", DRAFT))
    ),
    Row("plan-impact", DRAFT - DRAFT, get=DRAFT, args=plan("Утверждённый")),  # there is no draft of it
    Row("what-if", FORCE, get=PENCILLED, args=row(), query={"phrase": "до 1 декабря"}),
    Row("what-if", DRAFT - DRAFT, get=DRAFT, args=lambda region: {
        "pk": region.plan("own", "Черновик").pk, "commitment": region.plan("own", "Черновик").rows[0],
    }),  # nothing of it is in force
    Row("plan-proposals", FORCE, get=DRAFT, post=COORDINATOR, args=ASKED,
        body=lambda region: KEEP | {"which": [region.question.pk]}),
    Row("proposal", FORCE, get=DRAFT, post=COORDINATOR, args=question, body=body(**KEEP)),
    Row("proposal", FORCE, get=DRAFT, post=COORDINATOR, args=question, body=body(way="accept")),
    Row("plan-answers", readers_of_force("upper"), get=reads_draft("upper"), args=plan("Спрошенный", "upper")),
    Row("plan-answers", FORCE, get=DRAFT, args=ASKED),
    Row("wish-new", FORCE, get=COORDINATOR, post=COORDINATOR, args=row(), body=wished),
    Row("wish", WISH, get=WISH, args=wish),
    Row("wish-answer", WISH, post=COORDINATOR, args=wish, body=body(way="decline", reason="нельзя")),
    Row("wish-answer", WISH, post=COORDINATOR, args=wish, body=body(way="agree")),
    Row("wish-withdraw", WISH, post=at("lower", "coordinator"), args=wish),
]  # fmt: skip
