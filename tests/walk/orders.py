"""Orders of the walk's municipality in every state, each under a title that betrays it."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile

from documents.choices import Asked, FileKind, OrderKind
from documents.models import Order, RenderedFile, Submission
from documents.operations import clauses, rendered, visas
from documents.operations import orders as documents
from documents.operations.clauses import ClauseText
from documents.operations.files import store_file
from documents.texts import text_of
from roadmaps.models import Edition
from roadmaps.operations import orders as operations
from roadmaps.operations import prints
from tests import factories
from tests.walk.audiences import at, readers_of_draft, readers_of_force, readers_of_registers

STATES = {"draft": "Черновой", "handed": "Переданный", "signed": "Подписанный", "approved": "Вступивший"}


def add(region: Any) -> None:
    """Take one order to each state, with a clause that asks the school for something, a visa and a file."""
    here, by, now = region.places["own"], region.user("own"), region.now
    today = now.date()
    somebody = factories.person("Подписантова")
    post = factories.position(somebody, here, "начальник управления", is_head=True)
    for state, word in STATES.items():
        who = readers_of_force("own") if state == "approved" else readers_of_draft("own")
        order = documents.draft(
            organization=here,
            kind=OrderKind.ANNOUNCE,
            title=region.secret("own", f"Приказ{word}", who),
            signatory=post,
            by=by,
            now=now,
        )
        operations.word(order, None, follow=False, by=by, now=now, today=today)
        asked_for = region.secret("own", f"Отчёт{word}", who | readers_of_registers("own") | at("lower"))
        clauses.add(order, clause=ClauseText(asked_for, asked=Asked.SCHOOLS, asked_for=asked_for), by=by, now=now)
        visas.ask(order, post="Директор", name=region.secret("own", f"Виза{word}", who), by=by, now=now)
        region.orders[state] = _taken(region, order, state)
    draft = region.orders["draft"]
    rendered.ask_draft(draft, text=text_of(draft, appendices=[]), now=now)
    for state in ("Утверждённый", "Черновик"):
        region.rendered[state] = _printed(region, region.plan("own", state).edition)
    region.submission = Submission.objects.get(organization=region.places["lower"])


def _printed(region: Any, edition: Edition) -> RenderedFile:
    """Print a plan on its own sheets."""
    found = Edition.objects.for_page().select_related("order").get(pk=edition.pk)
    file = prints.ask(found, kind=FileKind.COVER, now=region.now, today=region.now.date())
    rendered.render(file.pk, renderer=lambda text, kind: b"%PDF", clock=lambda: region.now)
    return file


def _taken(region: Any, order: Order, state: str) -> Order:
    by, now = region.user("own"), region.now
    today = now.date()
    if state == "draft":
        return order
    operations.hand(order, by=by, now=now, today=today)
    if state in {"signed", "approved"}:
        operations.sign(order, signed_on=today, by=region.user("own", "signatory"), now=now, today=today)
    if state == "approved":
        scan = store_file(organization=order.organization, name="scan.pdf", data=b"scan", by=by, now=now)
        operations.register(order, number="1", signed_on=today, original=scan, by=by, now=now, today=today)
    file = rendered.current(Order.objects.get(pk=order.pk))[rendered.FileKind.ORDER]
    file.content.save("order.pdf", ContentFile(b"%PDF"), save=False)
    RenderedFile.objects.filter(pk=file.pk).update(
        state="ready", content=file.content.name, sha256=hashlib.sha256(b"%PDF").hexdigest(), ready_at=now, size=4
    )
    region.rendered[state] = file
    return Order.objects.get(pk=order.pk)
