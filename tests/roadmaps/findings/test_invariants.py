"""What holds for any plan at all."""

import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from deadlines.values import Deadline, Kind, Window
from roadmaps.findings import Executor, PlanFacts, check, describe, label
from tests.roadmaps.findings.build import REGION, bound, row
from tests.roadmaps.matching.notation import PERIOD

DAYS = st.dates(dt.date(2026, 6, 1), dt.date(2027, 12, 31))


@st.composite
def deadlines(draw: st.DrawFn) -> Deadline:
    kind = draw(st.sampled_from(list(Kind)))
    start, due = sorted((draw(DAYS), draw(DAYS)))
    windows = (Window(start, due),) if kind in (Kind.WINDOW, Kind.MONTHS) else ()
    warnings = draw(st.sets(st.sampled_from(["outside-period", "dash-lost", "start-lost"]), max_size=2))
    first = draw(st.none() | st.just(start))
    return Deadline("срок", kind, first, draw(st.none() | st.just(due)), windows, warnings=tuple(sorted(warnings)))


@st.composite
def plans(draw: st.DrawFn) -> PlanFacts:
    refs = [f"{n}.1" for n in range(1, draw(st.integers(1, 4)) + 1)]
    texts = st.sampled_from(["", "Издан приказ", "Проведение опроса", "Подготовлен отчёт"])
    names = st.sampled_from(["Орлова Н.С.", "Орлов Н.С.", "Руководители ОО", ""])
    rows = tuple(
        row(
            draw(deadlines()),
            ref,
            text=draw(texts),
            executors=(Executor(draw(names), draw(st.booleans())),),
            activity="1",
        )
        for ref in refs
    )
    bounds = tuple(
        bound(
            draw(deadlines()),
            row=draw(st.sampled_from(refs)),
            upper=draw(st.sampled_from(["1.1", "2.1"])),
            level=draw(st.integers(1, 3)),
            kind=draw(st.sampled_from(["implements", "consumes", "feeds", "mirrors"])),
            rule=draw(st.sampled_from(["same", "own"])),
            lead_days=draw(st.integers(0, 5)),
            body=REGION,
        )
        for _ in range(draw(st.integers(0, 6)))
    )
    return PlanFacts(
        rows=rows, bounds=bounds, period=draw(st.none() | st.just(PERIOD)), order_date=draw(st.none() | DAYS)
    )


@given(plans())
def test_one_finding_per_row_code_and_level(plan):
    findings = check(plan)
    keys = Counter((one.row, one.code, one.against and one.against.level) for one in findings if one.row)
    assert max(keys.values(), default=1) == 1


@given(plans())
def test_every_finding_speaks_and_offers(plan):
    for finding in check(plan):
        assert finding.days is None or finding.days > 0
        for language in ("ru", "en"):
            assert all(describe(finding, language))
            assert all(label(fix, language) for fix in finding.fixes)


@given(plans())
def test_checking_again_finds_the_same(plan):
    assert check(plan) == check(plan)
