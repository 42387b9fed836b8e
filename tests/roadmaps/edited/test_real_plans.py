"""The real documents, exported as the portal's own files, come back without a difference, also by the ordinary reader."""

import pytest

from roadmaps.edited.standing import Kind, Standing, StandingHeading, StandingRow
from roadmaps.reading.document import PlanDocument
from roadmaps.reading.plan import open_plan, read_plan_file
from tests.roadmaps.edited.plans import FORMS, against, exported, keys_of, stripped
from tests.shared import SHARED

PLANS = SHARED / "plans" / "docx"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not PLANS.exists(), reason="the real documents are not here")]


def standing_of(document: PlanDocument) -> Standing:
    """Give a read document the keys that it would have in the portal."""
    headings = [
        StandingHeading(
            key=1000 + count,
            kind=Kind.ACTIVITY,
            number=one.number,
            shown=one.number or one.ref,
            title=one.title,
            rows=tuple(
                StandingRow(
                    key=count * 20 + place,
                    label=f"{one.number or one.ref}.{place}",
                    text=result.text,
                    phrase=result.deadline.phrase,
                    executors=tuple(dict.fromkeys(result.executors)),
                )
                for place, result in enumerate(one.results, 1)
            ),
        )
        for count, one in enumerate(document.rows, 1)
    ]
    return Standing(headings)


@pytest.mark.parametrize("name", ["000", "001", "002"])
@pytest.mark.parametrize("form", FORMS)
def test_a_real_plan_comes_back_as_it_left(name: str, form: str) -> None:
    document = read_plan_file(PLANS / f"{name}.docx")
    standing = standing_of(document)
    data = exported(standing, form)
    assert keys_of(against(data, form, standing)) == []
    assert keys_of(against(stripped(data, form), form, standing)) == []
    again = open_plan(data, f"План.{form}")
    assert [(one.title, len(one.results)) for one in again.rows] == [
        (one.title, len(one.results)) for one in document.rows
    ]
    assert [result.deadline.phrase for _, result in again.results()] == [
        result.deadline.phrase for _, result in document.results()
    ]
