"""The pictures of the documentation: SCREENSHOTS=1 makes them anew."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.db.models import Count, Q

from organizations.models import User
from roadmaps.choices import CURRENT
from roadmaps.models import Deliverable, Edition, Import
from tests.journeys.conftest import OpenPage
from tests.journeys.looks import screenshot, wants_pictures

pytestmark = pytest.mark.skipif(not wants_pictures(), reason="no pictures are asked for")
WINDOW = {"width": 1280, "height": 860}
TALL = {"width": 1280, "height": 1080}
PHONE = {"width": 390, "height": 780}


@pytest.fixture
def standing() -> str:
    return "demo"


def test_pictures_of_the_documentation(open_page: OpenPage) -> None:
    medoborsk, kremneyarsk, sokoloyarsk = (
        User.objects.get(username=name) for name in ("medoborsk", "kremneyarsk", "sokoloyarsk")
    )
    plan = Edition.objects.get(roadmap__organization__short_name="Медоборский округ").roadmap_id
    incoming = Import.objects.get(created_by=kremneyarsk, state="ready").pk
    kray = User.objects.get(username="kray")
    upper = Edition.objects.filter(roadmap__organization__kind="region", basis=None).latest("number").roadmap_id
    row = Deliverable.objects.at(CURRENT).filter(roadmap=upper, kind="by").order_by("position")
    followed = row.annotate(
        n=Count("commitment__lower_links", filter=~Q(commitment__lower_links__rule="own"))
    ).order_by("-n", "position")[0]
    later = urlencode({"phrase": f"до {followed.due + dt.timedelta(days=10):%d.%m.%Y}"})
    for user, address, name, window in (
        (kray, f"/plans/{upper}/coverage/", "coverage", WINDOW),
        (kray, f"/plans/{upper}/rows/{followed.commitment_id}/what-if/?{later}", "impact", TALL),
        (medoborsk, f"/plans/{plan}/edit/", "grid", TALL),
        (medoborsk, f"/plans/{plan}/", "plan", TALL),
        (kremneyarsk, f"/imports/{incoming}/", "import", WINDOW),
        (sokoloyarsk, "/", "today", WINDOW),
        (medoborsk, f"/plans/{plan}/#r2.1", "plan-phone", PHONE),
    ):
        page = open_page(user, viewport=window)
        page.goto(address)
        if name == "plan-phone":
            page.locator("td.edge .note.is-bad").first.locator("xpath=ancestor::tr").scroll_into_view_if_needed()
        screenshot(page, name)
