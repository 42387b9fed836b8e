"""The walk's rows on plans, imports, programmes, files and search."""

from typing import Any

from tests.walk.audiences import ADMIN, ADMINISTRATOR, MEMBERS, NOBODY, SIGNED_IN, Who, at, readers_of_force
from tests.walk.audiences import readers_of_draft as reads_draft
from tests.walk.audiences import readers_of_registers as reads_registers
from tests.walk.audiences import readers_of_sent as reads_sent
from tests.walk.region import SECRET, Region
from tests.walk.rows import Arguments, Row
from tests.walk.table_registers import HOME, body

COORDINATORS: Who = at("own lower upper neighbour institute stranger", "coordinator")
COORDINATOR: Who = at("own", "coordinator")
DRAFT: Who = reads_draft("own")
SENT: Who = reads_sent("own")
FORCE: Who = readers_of_force("own")
PREPARING: Who = reads_draft("own")  # who prepares the plan sees its journal
PENCILLED: Who = reads_sent("own") | ADMIN  # notes are for who prepares a plan, and for who receives it


def plan(state: str, place: str = "own", **more: Any) -> Arguments:
    """Name a plan in the address."""
    return lambda region: {"pk": region.plan(place, state).pk, **more}


def row(number: int = 0, **more: Any) -> Arguments:
    """Name a row of the draft on which every step can be taken."""
    return lambda region: {"pk": shop(region).pk, "commitment": shop(region).rows[number], **more}


def heading(number: int) -> Arguments:
    """Name an activity of the draft on which every step can be taken."""
    return lambda region: {"pk": shop(region).pk, "heading": shop(region).headings[number]}


def upper(number: int = 0) -> Arguments:
    """Name a row of the plan above, as the draft below sees it."""
    return lambda region: {"pk": shop(region).pk, "upper": above(region)[number]}


def link(number: int = 0) -> Arguments:
    """Name a link, made or possible."""
    return lambda region: row(number)(region) | {"upper": above(region)[0]}


def shop(region: Region) -> Any:
    return region.plan("own", "Мастерская")


def above(region: Region) -> list[int]:
    return [region.plan("upper", "Утверждённый").rows[0], *region.plan("upper", "Действующий").rows]


def cells(region: Region) -> dict[str, str]:
    """Give a row of the draft as its form saw it, with another result."""
    from roadmaps import sheets
    from roadmaps.forms.rows import cells_of

    was = cells_of(sheets.load(shop(region).edition).row[shop(region).rows[1]])
    return {**was, **{f"seen_{name}": value for name, value in was.items()}, "text": "Другое"}


def edited(name: str, *, post: bool = True, get: bool = True, **rest: Any) -> Row:
    """Make the row of a step of editing: the coordinator's alone, hidden wherever drafts are."""
    return Row(name, DRAFT, get=COORDINATOR if get else None, post=COORDINATOR if post else None, **rest)


def next_year(region: Region) -> dict[str, str]:
    """Carry a plan into the year after."""
    from deadlines.carrying import next_period

    start, end = next_period(region.period)
    return {"title": "Следующий", "starts_on": start.isoformat(), "ends_on": end.isoformat()}


SHOP = plan("Мастерская")
READING = [
    Row("today", SIGNED_IN, get=SIGNED_IN),
    Row("plans", SIGNED_IN, get=SIGNED_IN),
    Row("search", SIGNED_IN, get=SIGNED_IN, query={"q": SECRET}),
    *(
        Row("search", SIGNED_IN, get=SIGNED_IN, query={"q": SECRET, "in": group})
        for group in ("organizations", "plans", "rows")
    ),
    *(
        Row(name, who, get=who, args=plan(state))
        for name in ("plan", "plan-editions", "plan-timeline")
        for state, who in (
            ("Черновик", DRAFT), ("Возвращённый", DRAFT), ("Мастерская", DRAFT), ("Поданный", SENT),
            ("Действующий", FORCE), ("Утверждённый", FORCE),
        )
    ),
    *(
        Row("plan", readers_of_force(place), get=readers_of_force(place), args=plan("Действующий", place))
        for place in ("upper", "institute", "lower")
    ),
    Row("plan", reads_draft("lower"), get=reads_draft("lower"), args=plan("Черновик", "lower")),
    Row("plan", reads_draft("upper"), get=reads_draft("upper"), args=plan("Черновик", "upper")),
    Row("plan-edition", FORCE, get=FORCE, args=plan("Действующий", number=1)),  # superseded
    Row("plan-edition", FORCE, get=FORCE, args=plan("Действующий", number=2)),
    Row("plan-edition", DRAFT - DRAFT, get=SIGNED_IN, args=plan("Действующий", number=32_000)),
    Row("plan-edition", DRAFT - DRAFT, get=SIGNED_IN, args=plan("Поданный", number=1)),
    *(
        Row(name, who, get=who, args=plan("Действующий", **more), query=query)
        for name, more in (("plan-compare", {}), ("plan-compare-file", {"form": "docx"}))
        for who, query in (
            (FORCE, {"was": "1", "became": "2"}), (DRAFT, {"was": "2", "became": "draft"}),
            (DRAFT - DRAFT, {"was": "1", "became": "7"}),
        )
    ),
    Row("plan-compare-file", FORCE, get=FORCE, post=FORCE, args=plan("Действующий", form="pdf"),
        also=dict.fromkeys(FORCE, 302)),  # it is made first
    Row("plan-compare", DRAFT, get=DRAFT, args=plan("Черновик")),
    Row("plan-findings", DRAFT, get=DRAFT, args=SHOP),
    Row("plan-findings", SENT, get=SENT, args=plan("Поданный")),
    Row("plan-findings", FORCE, get=PENCILLED, args=plan("Утверждённый")),
    Row("plan-journal", DRAFT, get=PREPARING, args=SHOP),
    Row("plan-journal", SENT, get=PREPARING, args=plan("Поданный")),
    Row("row-history", DRAFT, get=DRAFT, args=row(0)),
    Row("row-history", FORCE, get=FORCE,
        args=lambda region: {"pk": region.plan("own", "Действующий").pk, "commitment": region.plan("own", "Действующий").rows[0]}),
    Row("journal-mine", SIGNED_IN, get=SIGNED_IN),
    Row("journal-person", reads_registers("own"), get=at("own", "coordinator") | ADMIN,
        args=lambda region: {"pk": region.user("own").person_id}),
    Row("plan-journal", FORCE, get=PREPARING, args=plan("Утверждённый")),
    Row("plan-journal", readers_of_force("upper"), get=reads_draft("upper"), args=plan("Действующий", "upper")),
    Row("file", FORCE, get=FORCE, args=lambda region: {"pk": region.files["own", "2"].pk}),
    Row("file", FORCE, get=FORCE, args=lambda region: {"pk": region.files["own", "1"].pk}),
    Row("file", COORDINATOR, get=COORDINATOR, args=lambda region: {"pk": region.incoming["own"].file_id}),
]  # fmt: skip

LIFE = [
    Row("plan-new", SIGNED_IN, get=COORDINATORS, post=COORDINATORS, invalid=COORDINATORS - COORDINATOR,
        body=lambda region: {
            "organization": region.places["own"].pk, "programme": region.programmes["upper"].pk, "title": "Новый",
            "span": "own", "starts_on": "2031-01-01", "ends_on": "2031-12-31",
            "uppers": [region.plan("upper", "Утверждённый").pk],
        }),
    Row("plan-submit", DRAFT, post=COORDINATOR, args=plan("Черновик")),
    Row("plan-submit", SENT, post=SENT - SENT, args=plan("Поданный")),
    Row("plan-take-back", SENT, post=COORDINATOR, args=plan("Поданный")),
    Row("plan-return", SENT, get=at("own", "signatory"), post=at("own", "signatory"), args=plan("Поданный"),
        body=body(reason="Уточните сроки")),
    Row("plan-open", FORCE, post=COORDINATOR, args=plan("Утверждённый")),
    Row("plan-open", DRAFT - DRAFT, post=COORDINATOR, args=plan("Черновик")),  # nothing is in force yet
    Row("plan-discard", DRAFT, get=COORDINATOR, post=COORDINATOR, args=plan("Черновик")),
    Row("plan-discard", DRAFT, get=COORDINATOR, post=COORDINATOR, args=plan("Действующий")),
    Row("plan-reopen", DRAFT - DRAFT, post=COORDINATOR, args=plan("Утверждённый")),  # it has not lost its force
    Row("plan-discard", DRAFT - DRAFT, get=COORDINATOR, post=COORDINATOR, args=plan("Утверждённый")),
    Row("plan-follow", DRAFT, post=COORDINATOR, args=plan("Черновик"),
        body=lambda region: {"upper": region.plan("upper", "Утверждённый").pk}),
]  # fmt: skip

CARRYING = [
    Row("plan-roll-over", FORCE, get=COORDINATOR, post=COORDINATOR, args=plan("Утверждённый"), body=next_year),
    Row("plan-carried", DRAFT, get=PREPARING, args=SHOP),
    edited("plan-carried-answer", get=False, args=SHOP,
           body=lambda region: {"question": region.carried.pk, "step": "keep"}),
]  # fmt: skip

FINDINGS = [
    edited("plan-fix", get=False, args=SHOP, body=lambda region: {"key": region.finding.key, "fix": region.fix}),
    edited(
        "plan-explain",
        get=False,
        args=SHOP,
        body=lambda region: {"key": region.finding.key, "reason": "так решено", "next": "/plans/"},
    ),
    edited("upper-adopt", get=False, args=upper(2)),
    edited("upper-answer", get=False, args=upper(2), body=lambda region: {"row": shop(region).rows[1]}),
    edited("upper-waive", get=False, args=upper(2), body=body(reason="не касается")),
    edited("upper-waive", get=False, args=upper(1), body=body(take_back="1")),
]

EDITING = [
    edited("plan-edit", args=SHOP, body=body(title="Другое название")),
    # The grid speaks JSON; a body that it does not understand is refused to whoever may edit, and hides the plan from others.
    edited("grid-save", get=False, args=SHOP, done=400, writes=False),
    edited("grid-fresh", get=False, args=SHOP, done=200, writes=False),
    edited("grid-executors", post=False, args=SHOP, query={"q": "мет"}),
    edited("grid-deadline", post=False, args=row(1), query={"phrase": "до 1 октября"}),
    edited("grid-paste", get=False, args=SHOP, done=200, writes=False),
    edited("grid-pulse", post=False, args=SHOP),
    edited("phrase-echo", post=False, args=SHOP, query={"phrase": "до 1 октября"}),
    edited("heading-new", args=plan("Мастерская", kind="section"), body=body(title="Раздел")),
    edited("heading-new", args=plan("Мастерская", kind="activity"), body=body(title="Дело", number="9")),
    edited("heading-new", args=plan("Мастерская", kind="goal"), body=body(title="Цель")),
    edited("heading-new", args=plan("Мастерская", kind="task"), body=body(title="Задача")),
    edited("heading", args=heading(0), body=body(title="Другое дело", number="1")),
    edited("heading-move", get=False, args=heading(1), body=body(direction="up")),
    edited("heading-drop", args=heading(0), body=body(rows="1")),
    edited("heading-restore", get=False, args=heading(4)),
    edited("row-new", args=lambda region: {"pk": shop(region).pk, "heading": shop(region).headings[0]},
           body=body(text="Ещё", phrase="до 1 октября", executors="Методист", obliges="nobody")),
    edited("row", args=row(1), body=cells),
    Row("row-comments", DRAFT, get=DRAFT, post=DRAFT, args=row(1), body=body(text="Уточните срок")),
    Row("comment-settle", DRAFT, post=DRAFT - DRAFT, args=row(1, comment=10**9), also_done=dict.fromkeys(DRAFT, 404)),
    edited("row-move", get=False, args=row(1), body=body(direction="up"), writes=False),
    edited("row-drop", get=False, args=row(1)),
    edited("row-restore", get=False, args=row(3)),
    edited("link-new", post=False, args=row(1)),
    edited("link", args=link(1), body=body(kind="implements", rule="own", reason="")),
    edited("link-rule", get=False, args=link(0), body=body(step="restore")),
    edited("link-cut", get=False, args=link(0)),
]  # fmt: skip


def incoming(**more: Any) -> Arguments:
    """Name the import that waits for decisions."""
    return lambda region: {"pk": region.incoming["own"].pk, **more}


def facts(region: Region) -> dict[str, str]:
    return {
        "aim": "draft", "title": "Другое", "period_start": region.period.start.isoformat(),
        "period_end": region.period.end.isoformat(),
    }  # fmt: skip


def upload(region: Region) -> dict[str, Any]:
    """Give a file that can be read."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from documents.operations.files import read_file

    data = read_file(region.incoming["own"].file)
    programme = region.programmes["upper"].pk
    return {"file": SimpleUploadedFile("План.docx", data), "programme": programme, "aim": "draft", "label": "ещё"}


def imported(name: str, *, post: bool = True, get: bool = True, **rest: Any) -> Row:
    """Make the row of a step of an import: nobody else ever learns that something is being brought in."""
    return Row(name, COORDINATOR, get=COORDINATOR if get else None, post=COORDINATOR if post else None, **rest)


IMPORTS = [
    Row("import-new", MEMBERS, get=COORDINATORS, post=COORDINATORS, invalid=at("stranger", "coordinator"), body=upload),
    imported("import", post=False, args=incoming()),
    imported("import-progress", post=False, args=incoming(), shown=204),
    imported("import-answer", get=False, args=incoming(),
             body=lambda region: {"question": "1.2:deadline", "answer": "keep", "phrase": ""}, writes=False),
    imported("import-row", args=incoming(ref="1.1"),
             body=body(number="1", title="Дело", text="Другое", phrase="до 1 октября", executors="Методист")),
    imported("import-facts", args=incoming(), body=facts),
    imported("import-finish", get=False, args=incoming(), writes=False),
    imported("import-drop", get=False, args=incoming()),
]  # fmt: skip


def returned(**more: Any) -> Arguments:
    """Name the edited file that came back to the workshop's plan."""
    return lambda region: {"pk": shop(region).pk, "file": region.edited.pk, **more}


def ticked(region: Region) -> dict[str, Any]:
    """Confirm all that the file changes."""
    from roadmaps import sheets
    from roadmaps.operations import edited

    found = edited.difference(region.edited, sheets.load(shop(region).edition))
    return {"seen": found.digest, "take": [one.key for one in found.changes]}


def brought(region: Region) -> dict[str, Any]:
    """Give the very file back once more."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from documents.operations.files import read_file

    return {"file": SimpleUploadedFile("Правка.docx", read_file(region.edited.file))}


FILES = [
    Row("plan-download", DRAFT, get=DRAFT, args=plan("Черновик", form="docx")),
    Row("plan-download", SENT, get=SENT, args=plan("Поданный", form="xlsx")),
    Row("plan-download", FORCE, get=FORCE, args=plan("Действующий", form="docx")),
    Row("edition-download", FORCE, get=FORCE, args=plan("Действующий", number=1, form="docx")),
    Row("edition-download", NOBODY, get=SIGNED_IN, args=plan("Действующий", number=32_000, form="docx")),
    Row("participants-download", SIGNED_IN, get=SIGNED_IN, args=lambda region: {"form": "docx"}),
    edited("edited-new", args=SHOP, body=brought),
    Row("edited-new", FORCE, get=COORDINATOR, post=COORDINATOR, args=plan("Утверждённый"),
        body=lambda region: {"import": region.incoming["own"].pk}),
    edited("edited", args=returned(), body=ticked),
    edited("edited-drop", get=False, args=returned()),
]  # fmt: skip

REGION_KEEPER: Who = at("upper", "coordinator")
PROGRAMMES = [
    Row("programmes", SIGNED_IN, get=SIGNED_IN),
    # A region's coordinator adds to her own register, also the one of the other region.
    Row("programme-new", SIGNED_IN, get=at("upper stranger", "coordinator"), post=at("upper stranger", "coordinator"),
        body=body(name="Новая программа")),
    Row("programme-edit", HOME, get=REGION_KEEPER | ADMIN, post=REGION_KEEPER | ADMIN,
        args=lambda region: {"pk": region.programmes["upper"].pk}, body=body(name="Другая программа")),
]  # fmt: skip


def standing(place: str = "own", state: str = "Утверждённый", **more: Any) -> Arguments:
    """Name a plan in force and, where `row` counts one, a row of it."""

    def arguments(region: Region) -> dict[str, Any]:
        found = {"pk": region.plan(place, state).pk}
        if "row" in more:
            found["row"] = region.plan(place, state).rows[more["row"]]
        if "body" in more:
            found["organization"] = region.places[more["body"]].pk
        return found

    return arguments


# Coverage is for the body whose plan it is and for those above: who reads the plan from below sees no neighbours in it.
OVERSEEN: Who = reads_sent("own") | ADMIN
OVERSEEN_ABOVE: Who = reads_sent("upper") | ADMIN
COVERAGE = [
    Row("coverage", SIGNED_IN, get=SIGNED_IN),
    Row("plan-coverage", FORCE, get=OVERSEEN, args=standing()),
    Row("plan-coverage", readers_of_force("upper"), get=OVERSEEN_ABOVE, args=standing("upper", "Действующий")),
    Row("plan-coverage", readers_of_force("institute"), get=reads_sent("upper") | ADMIN,
        args=standing("institute", "Утверждённый")),
    Row("plan-coverage", readers_of_force("lower"), get=Who(), args=standing("lower", "Утверждённый")),
    Row("coverage-table", FORCE, get=OVERSEEN, args=standing()),
    Row("coverage-row", readers_of_force("upper"), get=OVERSEEN_ABOVE, args=standing("upper", "Действующий", row=0)),
    Row("coverage-body", readers_of_force("upper"), get=OVERSEEN_ABOVE, args=standing("upper", "Действующий", body="own")),
]  # fmt: skip


def deriving(label: str) -> Arguments:
    """Derive a plan of the own organization from the one above it."""

    def body_of(region: Region) -> dict[str, Any]:
        upper = region.plan("upper", "Утверждённый")
        return {
            "organization": region.places["own"].pk, "upper": [upper.pk], "title": "Новый", "label": label,
            "executor": "Методист", "take": upper.rows, f"kind-{upper.rows[0]}": "implements",
            f"rule-{upper.rows[0]}": "same",
        }  # fmt: skip

    return body_of


HANDDOWN = [
    Row("plan-derive", SIGNED_IN, get=COORDINATORS, post=COORDINATORS, invalid=COORDINATORS - COORDINATOR,
        body=deriving("выведен")),
    # No row of that plan obliges anybody, so that there is nothing to take over unchanged.
    Row("plan-adopt", SIGNED_IN, get=COORDINATORS, post=COORDINATORS, invalid=COORDINATORS, body=deriving("принят")),
    edited("plan-derive-more", args=SHOP,
           body=lambda region: {"executor": "Методист", "take": [region.plan("upper", "Действующий").rows[1]]}),
    Row("plan-join", DRAFT, get=COORDINATOR, post=COORDINATOR, args=SHOP),
    Row("plan-join", FORCE, get=COORDINATOR, post=COORDINATOR, args=plan("Утверждённый")),
]  # fmt: skip

ROWS = [
    *READING, *COVERAGE, *HANDDOWN, *LIFE, *CARRYING, *FINDINGS, *EDITING, *IMPORTS, *FILES, *PROGRAMMES,
]  # fmt: skip
__all__ = ["ADMINISTRATOR", "ROWS"]
