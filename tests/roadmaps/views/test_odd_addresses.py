"""Numbers and signs that nobody types: what does not exist is not found, whatever its number."""

import pytest
from django.test import Client

from tests.roadmaps.chain import Chain
from tests.roadmaps.views.conftest import Signed

HUGE = "9" * 30
PAGES = (
    "",
    "files/",
    "compare/",
    "impact/",
    "impact/table/",
    "answers/",
    "roll-over/",
    "edit/",
    "timeline/",
    "carried/",
)


def test_a_number_larger_than_any_key_is_not_found(chain: Chain, signed: Signed) -> None:
    client = signed(chain.town)
    found = {page: client.get(f"/plans/{HUGE}/{page}").status_code for page in PAGES}
    assert found == dict.fromkeys(PAGES, 404)
    assert Client().get(f"/public/plans/{HUGE}/").status_code == 404
    assert client.post(f"/plans/{HUGE}/open/").status_code == 404


@pytest.mark.parametrize("odd", ["²", "%00", HUGE])
def test_odd_filters_narrow_or_are_refused(chain: Chain, signed: Signed, odd: str) -> None:
    plan = chain.plan(chain.town, ["до 15.10.2026"], in_force=True)
    client, row = signed(chain.town), plan.rows[0]
    for page in (
        f"compare/?was={odd}", f"files/?edition={odd}", f"timeline/?month={odd}&section={odd}&q={odd}",
        f"coverage/?municipality={odd}&cluster={odd}&page={odd}", f"journal/?who={odd}&since={odd}",
        f"roll-over/?starts_on=9998-01-01&ends_on=9999-12-31&q={odd}", f"rows/{row}/what-if/?phrase=до {odd} дня 9999",
    ):  # fmt: skip
        assert client.get(f"/plans/{plan.roadmap}/{page}").status_code in {200, 404, 422}, page
