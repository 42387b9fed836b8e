"""Matching by meaning, on invented plans that nothing was fitted to."""

import dataclasses
import time

import pytest

from roadmaps.matching import WEIGHTS, Matching, Weights, match
from roadmaps.reading.document import Activity, Header, PlanDocument
from tests.roadmaps.matching.held_out import HELD_OUT
from tests.roadmaps.matching.invented import CAREER, DIGITAL, FOOD, PAIRS
from tests.roadmaps.matching.notation import Pair

FAIR = 0.9
"""What every invented pair keeps, reworded as it is; together they keep more."""
GOOD = 0.95


def linked(matching: Matching) -> set[tuple[str, str]]:
    found = {(link.lower, link.upper) for link in matching.links if link.upper is not None}
    return found | {(link.lower, one.upper) for link in matching.links for one in link.also}


def quality(pair: Pair, weights: Weights = WEIGHTS) -> float:
    """F1 of the links."""
    found = linked(match(pair.upper, pair.lower, weights=weights))
    wanted = {(lower, upper) for lower, uppers in pair.answers.items() for upper in uppers}
    return 2 * len(found & wanted) / (len(found) + len(wanted))


def mean(weights: Weights = WEIGHTS) -> float:
    return sum(quality(pair, weights) for pair in (*PAIRS, *HELD_OUT)) / len((*PAIRS, *HELD_OUT))


@pytest.mark.parametrize("pair", [*PAIRS, *HELD_OUT], ids=lambda pair: pair.name)
def test_reworded_plans_of_many_subjects_find_their_rows(pair):
    assert quality(pair) >= FAIR


def test_together_they_are_nearly_all_right():
    assert mean() >= GOOD


@pytest.mark.parametrize("factor", [0.8, 1.2])
@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Weights)])
def test_no_weight_sits_on_a_knife_edge(name, factor):
    moved = dataclasses.replace(WEIGHTS, **{name: getattr(WEIGHTS, name) * factor})
    assert mean(moved) >= GOOD


def test_every_lower_result_stands_once_in_its_order_and_what_is_left_above_is_told():
    found = match(FOOD.upper, FOOD.lower)
    assert [link.lower for link in found.links] == [result.ref for _, result in FOOD.lower.results()]
    assert set(found.not_covered) == {result.ref for _, result in FOOD.upper.results()} - {
        upper for _, upper in linked(found)
    }


def test_a_joined_row_answers_both_rows_that_it_says():
    [joined] = [link for link in match(DIGITAL.upper, DIGITAL.lower).links if link.also]
    assert (joined.lower, {joined.upper, *(one.upper for one in joined.also)}) == ("6.1", {"5.1", "6.1"})


def test_two_rows_may_answer_one():
    links = {link.lower: link.upper for link in match(FOOD.upper, FOOD.lower).links}
    assert (links["1.1"], links["2.1"]) == ("3.1", "3.1")


def test_the_same_event_for_another_class_and_another_school_is_not_taken_for_it():
    links = {link.lower: link.upper for link in match(CAREER.upper, CAREER.lower).links}
    assert (links["1.1"], links["2.1"]) == ("2.1", None)


def test_scores_read_as_sureness():
    for pair in PAIRS:
        for link in match(pair.upper, pair.lower).links:
            assert (link.upper is None) == (link.score < WEIGHTS.doubtful)
            assert 0 <= link.score <= 1


def test_a_plan_is_wholly_like_itself():
    for pair in PAIRS:
        found = match(pair.upper, pair.upper)
        assert all(link.upper == link.lower for link in found.links)
        assert found.not_covered == ()


def test_plans_without_rows_have_nothing_to_link():
    empty = PlanDocument()
    lower = CAREER.lower
    assert match(empty, empty) == Matching((), ())
    assert match(CAREER.upper, empty).not_covered == tuple(result.ref for _, result in CAREER.upper.results())
    assert {link.upper for link in match(empty, lower).links} == {None}


def test_forty_rows_against_forty_take_well_under_a_second():
    sport, food = (max(pair.upper.rows, key=lambda row: len(row.results)) for pair in (PAIRS[0], FOOD))
    rows = [row for pair in PAIRS for row in pair.upper.rows]
    plan = PlanDocument(Header(issuer="Министерство"), (), tuple(_numbered(rows)))
    assert sport and food and len(plan.results()) >= 40
    begin = time.perf_counter()
    match(plan, plan)
    assert time.perf_counter() - begin < 1


def _numbered(rows: list[Activity]) -> list[Activity]:
    numbered = []
    for number, row in enumerate(rows, start=1):
        results = tuple(
            dataclasses.replace(result, ref=f"{number}.{place}") for place, result in enumerate(row.results, start=1)
        )
        numbered.append(dataclasses.replace(row, ref=str(number), results=results))
    return numbered
