"""The walk's rows on orders: their life, clauses, visas, files, submissions; verification and public pages."""

from typing import Any

from tests.walk.audiences import ADMIN, EVERYBODY, NOBODY, SIGNED_IN, Who, at, readers_of_force
from tests.walk.audiences import readers_of_draft as reads_draft
from tests.walk.audiences import readers_of_registers as reads_registers
from tests.walk.region import SECRET, WORDS, Region
from tests.walk.rows import Arguments, Row
from tests.walk.table_registers import body

COORDINATORS: Who = at("own lower upper neighbour institute stranger", "coordinator")
COORDINATOR: Who = at("own", "coordinator")
SIGNATORY: Who = at("own", "signatory")
DRAFT: Who = reads_draft("own")
FORCE: Who = readers_of_force("own")
REGISTERS: Who = reads_registers("own")
SENDERS: Who = reads_registers("lower")
"""The school that sends, the municipality that receives, and the bodies above; an executor there does not."""


def order(state: str, **more: Any) -> Arguments:
    """Name an order in the address."""
    return lambda region: {"pk": region.orders[state].pk, **more}


def clause(region: Region) -> dict[str, int]:
    """Name a clause of the draft."""
    found = region.orders["draft"]
    return {"pk": found.pk, "clause": found.clauses.order_by("position").last().pk}


def visa(region: Region) -> dict[str, int]:
    """Name a line of the visa sheet."""
    found = region.orders["handed"]
    return {"pk": found.pk, "visa": found.visas.get().pk}


def own_plan(state: str) -> Arguments:
    """Name a plan of the municipality."""
    return lambda region: {"pk": region.plan("own", state).pk}


def drafted(name: str, *, get: bool = True, post: bool = True, **rest: Any) -> Row:
    """Make the row of a step of editing an order: the coordinator's alone, hidden wherever drafts are."""
    return Row(name, DRAFT, get=COORDINATOR if get else None, post=COORDINATOR if post else None, **rest)


def public(name: str, **rest: Any) -> Row:
    """Make the row of a page for everybody."""
    return Row(name, EVERYBODY, get=EVERYBODY, **rest)


HEAD = body(title="О другом деле", retention="5", place="пгт")
LIFE = [
    Row("orders", SIGNED_IN, get=SIGNED_IN),
    Row("order-new", COORDINATORS, get=COORDINATORS, post=COORDINATORS, invalid=COORDINATORS - COORDINATOR,
        body=lambda region: {"organization": region.places["own"].pk, "kind": "appoint", "title": "О назначении"}),
    Row("plan-order", reads_draft("own") | at("upper", "coordinator signatory staff reviewer"), post=COORDINATOR,
        args=own_plan("Поданный")),
    *(Row("order", DRAFT, get=DRAFT, args=order(state)) for state in ("draft", "handed", "signed")),
    Row("order", FORCE, get=FORCE, args=order("approved")),
    drafted("order-edit", args=order("draft"), body=HEAD),
    drafted("order-hand", get=False, args=order("draft")),
    drafted("order-drop", args=order("draft")),
    drafted("order-reword", get=False, args=order("draft"), body=body(way="rows"), writes=False),  # it amends nothing
    Row("order-repeal", FORCE, get=COORDINATOR, post=COORDINATOR, args=order("approved"), body=body(what="whole")),
    Row("order-repeal", NOBODY, get=SIGNED_IN, post=SIGNED_IN, args=order("signed"), body=body(what="whole")),
    Row("order-hand", DRAFT, post=NOBODY, args=order("handed")),
    Row("order-take-back", DRAFT, post=COORDINATOR, args=order("handed")),
    Row("order-return", DRAFT, get=SIGNATORY, post=SIGNATORY, args=order("handed"), body=body(reason="неверно")),
    Row("order-return", DRAFT, get=SIGNATORY, post=SIGNATORY, args=order("signed"), body=body(reason="неверно")),
    Row("order-return", FORCE, get=NOBODY, post=NOBODY, args=order("approved"), body=body(reason="неверно")),
    Row("order-sign", DRAFT, get=SIGNATORY, post=SIGNATORY, args=order("handed"),
        body=lambda region: {"signed_on": region.now.date().isoformat()}),
    Row("order-register", DRAFT, get=COORDINATOR, post=COORDINATOR, args=order("signed"), done=422, writes=False,
        body=body(number="")),
    Row("order-register", DRAFT, get=NOBODY, post=NOBODY, args=order("handed")),
    drafted("clause-new", args=order("draft"), body=body(text="Ещё пункт", asked="nobody")),
    drafted("clause", args=clause, body=body(text="Иной пункт", asked="nobody")),
    drafted("clause-move", get=False, args=clause, body=body(way="up")),
    drafted("clause-drop", get=False, args=clause),
    drafted("clause-addressees", args=clause, body=body(do="add"), writes=False),
    Row("clause-addressees", FORCE, get=COORDINATOR, post=COORDINATOR, done=422, writes=False, body=body(title=""),
        args=lambda r: {"pk": r.orders["approved"].pk, "clause": r.orders["approved"].clauses.order_by("position").last().pk}),
    Row("clause-asks", DRAFT, post=COORDINATOR, args=clause, writes=False, also_done=dict.fromkeys(COORDINATOR, 404)),
    drafted("clause-echo", post=False, args=order("draft"), query={"phrase": "до 1 октября"}),
    drafted("order-visas", args=order("handed"), body=body(post="Директор", name="А.Н. Березин")),
    drafted("visa", args=visa, body=lambda region: {"state": "agreed", "given_on": region.now.date().isoformat()}),
    drafted("visa-drop", get=False, args=visa),
]  # fmt: skip


def printed(state: str) -> Arguments:
    """Name a file of a plan of the municipality."""
    return lambda region: {"pk": region.plan("own", state).pk, "file": region.rendered[state].pk}


FILES = [
    Row("order-files", DRAFT, post=DRAFT, args=order("handed"), writes=False),
    Row("order-files-progress", DRAFT, get=DRAFT, args=order("handed")),
    Row("order-files-progress", FORCE, get=FORCE, args=order("approved")),
    Row("order-file", DRAFT, get=DRAFT, args=lambda r: {"pk": r.orders["handed"].pk, "file": r.rendered["handed"].pk}),
    Row("order-file", FORCE, get=FORCE, args=lambda r: {"pk": r.orders["approved"].pk, "file": r.rendered["approved"].pk}),
    Row("order-draft-file", DRAFT, post=DRAFT, args=order("draft"), writes=False),
    Row("order-draft-file", NOBODY, post=NOBODY, args=order("handed")),
    Row("plan-files", FORCE, get=FORCE, post=FORCE, args=own_plan("Утверждённый"), body=body(kind="cover"), writes=False),
    Row("plan-files", DRAFT, get=DRAFT, post=DRAFT, args=own_plan("Черновик"), body=body(kind="cover"), writes=False),
    Row("plan-file", FORCE, get=FORCE, args=printed("Утверждённый")),
    Row("plan-file", DRAFT, get=DRAFT, args=printed("Черновик")),
    Row("order-original", FORCE, get=FORCE, args=order("approved", which="scan")),
    Row("order-original", NOBODY, get=SIGNED_IN, args=order("approved", which="signature")),
    Row("order-download", DRAFT, get=DRAFT, args=order("draft", part="order", form="docx")),
    Row("order-download", FORCE, get=FORCE, args=order("approved", part="visas", form="docx")),
    Row("order-download", NOBODY, get=SIGNED_IN, args=order("approved", part="plan", form="xlsx")),  # it approves none
    Row("order-archive", DRAFT | (FORCE - DRAFT), get=FORCE, args=order("approved"),
        also=dict.fromkeys(FORCE - DRAFT, 302)),
    Row("order-retention", FORCE, post=COORDINATOR, args=order("approved"), body=body(retention="5")),
    Row("office", REGISTERS, get=COORDINATOR | ADMIN, post=COORDINATOR | ADMIN,
        args=lambda region: {"pk": region.places["own"].pk}, body=body(series="од")),
]  # fmt: skip


def sent(**more: Any) -> Arguments:
    """Name what the school has to send."""
    return lambda region: {"pk": region.submission.pk, **more}


SUBMISSIONS = [
    Row("submissions", SIGNED_IN, get=SIGNED_IN),
    Row("order-submissions", FORCE, get=FORCE, args=order("approved")),
    Row("submission", SENDERS, get=SENDERS, args=sent()),
    Row("submission-send", SENDERS, get=at("lower", "coordinator"), post=at("lower", "coordinator"), args=sent(),
        done=422, writes=False, body=body(note="")),
    Row("submission-receive", SENDERS, post=COORDINATOR, args=sent(), writes=False),
    Row("submission-return", SENDERS, get=COORDINATOR, post=COORDINATOR, args=sent(), body=body(reason="нет подписи"),
        writes=False),
    Row("submission-file", NOBODY, get=SIGNED_IN, args=sent(file=0)),
    Row("plan-send-up", FORCE, get=COORDINATOR, post=COORDINATOR, args=own_plan("Утверждённый"),
        body=lambda region: {"recipient": region.places["upper"].pk}),
]  # fmt: skip

APPROVED = (f"{SECRET}{WORDS['own']}ПриказВступивший", f"{SECRET}{WORDS['own']}Организация")
UNKNOWN = dict.fromkeys(EVERYBODY, 404)
PUBLIC = [
    public("verify"),
    public("verified", args=lambda region: {"code": region.orders["approved"].code}, tells=APPROVED),
    public("verified", args=lambda region: {"code": region.orders["handed"].code}, also=UNKNOWN),
    public("verified-file", also=UNKNOWN,
           args=lambda r: {"code": r.orders["approved"].code, "file": r.rendered["approved"].pk}),
    public("public-plans"),
    public("public-plan", args=own_plan("Утверждённый"), also=UNKNOWN),
    public("public-plan-file", args=own_plan("Утверждённый"), also=UNKNOWN),
    public("public-plan-download", also=UNKNOWN,
           args=lambda region: own_plan("Утверждённый")(region) | {"form": "docx"}),
]  # fmt: skip

ROWS = [*LIFE, *FILES, *SUBMISSIONS, *PUBLIC]
