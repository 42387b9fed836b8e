"""Two editions compared by identity, their words compared word by word."""

from itertools import combinations, permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roadmaps.difference import Cell, Heading, Kind, Side, compare, pieces
from roadmaps.difference.comparing import longest_rising, merged
from roadmaps.difference.outlines import Stretch, Trace, outlines
from roadmaps.difference.words import swaps, tokens
from tests.roadmaps.difference.sides import row, side

BEFORE = side(row(1, "1.1"), row(2, "2.1"), row(3, "2.2"), row(4, "3.1"))


def found(was: Side, became: Side) -> list[tuple[Kind, str, list[Cell]]]:
    return [(one.kind, one.row.label, [cell.cell for cell in one.cells]) for one in compare(was, became)]


@pytest.mark.parametrize(
    ("became", "expected"),
    [
        (BEFORE, []),
        (side(row(1, "1.1", "Иное"), row(2, "2.1"), row(3, "2.2"), row(4, "3.1")), [(Kind.CHANGED, "1.1", [Cell.TEXT])]),
        (
            side(row(1, "1.1", phrase="до 01.11.2026", who=["Директор"]), row(2, "2.1"), row(3, "2.2"), row(4, "3.1")),
            [(Kind.CHANGED, "1.1", [Cell.DEADLINE, Cell.EXECUTORS])],
        ),
        (
            side(row(1, "1.1", follows=True, obliges="all-schools"), row(2, "2.1"), row(3, "2.2"), row(4, "3.1")),
            [(Kind.CHANGED, "1.1", [Cell.OBLIGES, Cell.LINKS])],
        ),
        # What went drags its neighbour's number along, which is no change of its own.
        (side(row(1, "1.1"), row(3, "2.1"), row(4, "3.1")), [(Kind.DROPPED, "2.1", []), (Kind.RENUMBERED, "2.1", [])]),
        (
            side(row(1, "1.1"), row(2, "2.1"), row(3, "2.2"), row(5, "2.3"), row(4, "3.1")),
            [(Kind.ADDED, "2.3", [])],
        ),
        # Of two rows that changed places one has moved, and the other is numbered anew.
        (
            side(row(1, "1.1"), row(3, "2.1"), row(2, "2.2"), row(4, "3.1")),
            [(Kind.RENUMBERED, "2.1", []), (Kind.MOVED, "2.2", [])],
        ),
        (
            side(row(1, "1.1"), row(2, "2.1"), row(4, "3.1"), row(3, "3.2", "Иное")),
            [(Kind.MOVED, "3.2", [Cell.TEXT])],
        ),
    ],
)  # fmt: skip
def test_rows_are_paired_by_identity(became: Side, expected: list[tuple[Kind, str, list[Cell]]]) -> None:
    assert found(BEFORE, became) == expected


def test_headings_are_compared_too() -> None:
    was = side(row(1, "1.1"), row(2, "2.1"), row(4, "3.1"), sections={1: (71, "Начало"), 3: (72, "Итоги")})
    became = side(
        row(1, "1.1"),
        row(2, "2.1"),
        row(4, "3.1"),
        titles={1: "Иное дело"},
        sections={1: (71, "Начало"), 2: (72, "Итог")},
    )
    changed = [(one.kind, one.heading.pk, [cell.cell for cell in one.cells]) for one in compare(was, became).headings]
    # The second activity stands in another section now.
    assert changed == [(Kind.CHANGED, 1, [Cell.TITLE]), (Kind.CHANGED, 72, [Cell.TITLE]), (Kind.MOVED, 2, [])]


def test_waivers_are_compared_with_their_reasons() -> None:
    one, other = Side(1, {}, {}, {7: "нет профиля", 8: "нет школы"}), Side(2, {}, {}, {7: "нет классов"})
    assert [(w.upper, w.was, w.became) for w in compare(one, other).waivers] == [
        (7, "нет профиля", "нет классов"),
        (8, "нет школы", ""),
    ]


def test_a_fingerprint_is_of_what_paper_shows() -> None:
    shown = compare(BEFORE, side(row(1, "1.1", "Иное"), row(2, "2.1"), row(3, "2.2"), row(4, "3.1")))
    hidden = compare(
        BEFORE, side(row(1, "1.1", "Иное", obliges="all-schools"), row(2, "2.1"), row(3, "2.2"), row(4, "3.1"))
    )
    assert shown.fingerprint() == hidden.fingerprint() != compare(BEFORE, BEFORE).fingerprint()


def test_dropped_things_stand_behind_what_stood_before_them() -> None:
    assert merged([1, 2, 3, 4], [4, 1, 5]) == [4, 1, 2, 3, 5]
    assert merged([9, 1], [1, 2]) == [9, 1, 2]


def test_the_fewest_have_moved() -> None:
    for order in permutations(range(5)):
        kept = longest_rising(order)
        assert [place for place in order if place in kept] == sorted(kept)
        assert len(kept) == max(
            len(some) for size in range(6) for some in combinations(order, size) if list(some) == sorted(some)
        )


@pytest.mark.parametrize(
    ("was", "became", "left", "right"),
    [
        ("до 30.10.2026", "до 09.11.2026", ["до ", "-30.10.2026"], ["до ", "+09.11.2026"]),
        ("Письма изучены", "Письма изучены школами", ["Письма изучены"], ["Письма изучены", "+ школами"]),
        ("", "Новое", [], ["+Новое"]),
        ("одно и то же", "одно и то же", ["одно и то же"], ["одно и то же"]),
    ],
)
def test_words_that_went_and_came_are_marked(was: str, became: str, left: list[str], right: list[str]) -> None:
    signs = {"": "", "del": "-", "ins": "+"}
    one, other = pieces(was, became)
    assert [signs[piece.mark] + piece.text for piece in one] == left
    assert [signs[piece.mark] + piece.text for piece in other] == right


WORDS = st.lists(
    st.sampled_from(["школа", "план", "до", "срок,", "и", "отчёт.", "30.10.2026", "край", "№", "5"]), max_size=12
).map(" ".join)


@given(WORDS, WORDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_pieces_give_both_texts_back_and_swaps_turn_one_into_the_other(was: str, became: str) -> None:
    one, other = pieces(was, became)
    assert ("".join(p.text for p in one), "".join(p.text for p in other)) == (was, became)
    assert "".join(tokens(was)) == was
    found = swaps(was, became, most=9)
    if found is None:
        return
    assert all(was.count(swap.old) == 1 for swap in found)
    text = was
    for swap in reversed(found):
        text = text[: swap.at] + swap.new + text[swap.at + len(swap.old) :]
    assert text.split() == became.split()


def test_editions_that_changed_a_row_are_told_apart() -> None:
    stretches = [
        Stretch(1, ("row", "а"), 1, 3), Stretch(1, ("row", "б"), 3, 99), Stretch(1, ("who", "Методист"), 1, 99),
        Stretch(2, ("row", "в"), 2, 4), Stretch(2, ("row", "в"), 4, 5),  # written again with the same words, then dropped
        Stretch(3, ("row", "г"), 1, 99),
    ]  # fmt: skip
    assert outlines(stretches, base=1, last=6) == {
        1: (Trace(3, Kind.CHANGED),),
        2: (Trace(2, Kind.ADDED), Trace(5, Kind.DROPPED)),
    }
    assert outlines(stretches, base=1, last=2) == {2: (Trace(2, Kind.ADDED),)}


def test_a_heading_knows_its_sections() -> None:
    edition = side(row(1, "1.1"), sections={1: (71, "Начало")}, others=[Heading(5, "title", "", "План")])
    section = edition.section_of(1)
    assert section is not None
    assert (section.title, [one.title for one in edition.of_kind("title")]) == ("Начало", ["План"])
