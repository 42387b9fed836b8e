"""The whole way of three real documents by its roles: from Word files to orders, their paper, and what a passer-by may verify."""

import io
import json

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.choices import FileKind
from documents.codes import grouped
from documents.models import Order, RenderedFile
from documents.operations import rendered
from documents.printing import printed
from documents.texts import text_of
from organizations.access import Role
from organizations.models import Organization, Person, Position
from roadmaps import checks
from roadmaps.choices import Aim
from roadmaps.models import Edition
from roadmaps.operations import imports, links, orders, prints
from tests.documents.rendered import faults_of, unheard
from tests.roadmaps.chain import NOW, Chain
from tests.roadmaps.operations.test_imports import arrive, decide_all, real_plan
from tests.shared import needs_shared

pytestmark = [
    pytest.mark.shared,
    needs_shared,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="paper is the same on both engines"),
    # WeasyPrint leaves the colour profile that it reads to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SCAN = b"%PDF-1.7 signed by hand"


def signed_in(chain: Chain, organization: Organization, role: Role = Role.COORDINATOR) -> Client:
    client = Client()
    client.force_login(chain.user(organization, role))
    return client


def draft_of(chain: Chain, organization: Organization, name: str) -> Edition:
    """Bring a document in as a draft; what stands against the plans above gets its reason."""
    by = chain.user(organization)
    incoming = arrive(chain, organization, real_plan(name))
    decide_all(incoming, by)
    edition = imports.finish(incoming, by=by, now=NOW)
    for remark in checks.open_errors(edition):
        if remark.code == "not-covered" and remark.upper:
            links.waive(roadmap=edition.roadmap_id, upper=remark.upper.commitment, reason="Не у нас", by=by, now=NOW)
        else:
            links.explain(
                roadmap=edition.roadmap_id, key=remark.key, commitment=remark.commitment, measure=remark.measure,
                reason="Так решено на совещании", by=by, now=NOW,
            )  # fmt: skip
    return edition


def approved(chain: Chain, organization: Organization, name: str) -> Order:
    """Let coordinator and signatory take a draft through its order, page by page."""
    head = Person.objects.create(surname="Ветрова", given_name="Инна", patronymic="Олеговна")
    Position.objects.create(person=head, organization=organization, title="руководитель", is_head=True)
    coordinator = signed_in(chain, organization)
    signatory = signed_in(chain, organization, Role.SIGNATORY)
    plan = draft_of(chain, organization, name).roadmap_id
    today = timezone.localdate().isoformat()
    coordinator.post(reverse("plan-submit", args=[plan]))
    coordinator.post(reverse("plan-order", args=[plan]))
    order = Order.objects.get(organization=organization)
    coordinator.post(reverse("order-hand", args=[order.pk]))
    signatory.post(reverse("order-sign", args=[order.pk]), {"signed_on": today})
    scan = SimpleUploadedFile("scan.pdf", SCAN, "application/pdf")
    entered = {"number": f"{name}-од", "signed_on": today, "original": scan}
    coordinator.post(reverse("order-register", args=[order.pk]), entered)
    order.refresh_from_db()
    assert (order.state, order.number) == ("approved", f"{name}-од")
    return order


def in_force(chain: Chain, organization: Organization, name: str) -> Order:
    """Bring a document in that holds already, with its own order."""
    by = chain.user(organization)
    incoming = arrive(chain, organization, real_plan(name), aim=Aim.IN_FORCE)
    facts = {"order_number": f"{name}-од", "order_date": "2022-09-27"}
    imports.decide(incoming, changes={"header": facts}, seen=0, by=by, now=NOW)
    made = imports.finish(incoming, by=by, now=NOW)
    return Order.objects.get(editions=made)


def pdf_of(file: RenderedFile) -> bytes:
    """Make a file as the worker does."""
    rendered.render(file.pk, renderer=printed, clock=timezone.now)
    file.refresh_from_db()
    with file.content.open("rb") as content:
        return bytes(content.read())


def sound(made: bytes, data: object) -> None:
    """Hold a file to its tags and standards, its reading order, and to the data that it must carry."""
    assert (faults_of(made), unheard(made)) == ([], [])
    with pikepdf.open(io.BytesIO(made)) as pdf:
        (attached,) = pdf.attachments.values()
        assert json.loads(attached.get_file().read_bytes()) == json.loads(json.dumps(data, default=str))
        assert (str(pdf.Root.Lang), bool(pdf.docinfo.Title)) == ("ru", True)


def verified(order: Order, file: RenderedFile) -> None:
    """Look the order up as anybody may: it holds, and the file is the one that was made of it."""
    page = Client().get(reverse("verified", args=[grouped(order.code)])).content.decode()
    assert "Документ подлинный и действует" in page
    assert order.original is not None and order.original.sha256 in page
    assert file.sha256 in page or file.order is None


LEVELS = (("001", "ministry"), ("000", "town"), ("002", "school"))


def test_three_files_become_a_chain_of_orders_with_paper_that_can_be_verified(chain: Chain) -> None:
    for name, level in LEVELS:
        order = approved(chain, getattr(chain, level), name)
        files = rendered.current(order)
        sound(pdf_of(files[FileKind.ORDER]), text_of(order).canonical())
        verified(order, files[FileKind.ORDER])
    (plan,) = (one for one in order.appendices.all() if one.kind == "plan")
    sound(pdf_of(files[FileKind.STAMPED]), plan.data)
    assert "от " in order.basis  # the school's order executes those above
    assert [edition.number for edition in Edition.objects.order_by("pk")] == [1, 1, 1]


def test_documents_that_hold_already_become_the_same_chain(chain: Chain) -> None:
    for name, level in LEVELS:
        order = in_force(chain, getattr(chain, level), name)
    edition = Edition.objects.for_page().select_related("order").get(order=order)
    file = prints.ask(edition, kind=FileKind.STAMPED, now=NOW, today=NOW.date())
    made = pdf_of(file)
    sound(made, file.source["data"])
    verified(order, file)
    assert orders.edition_of(order) == edition
