"""The timeline: days as places, bounds as lines, tiles that fit a page."""

import datetime as dt

from deadlines.grammar import read
from deadlines.inheritance import Bound, LinkKind, Rule
from deadlines.values import Period
from roadmaps.editor.lanes import Stroke, lane, tiles_of

YEAR = Period(dt.date(2026, 9, 1), dt.date(2027, 8, 31))
AWAY = dt.date(2030, 1, 1)


def drawn(phrase: str, upper: str = "", kind: LinkKind = LinkKind.IMPLEMENTS) -> list[Stroke]:
    bounds = [Bound(link=1, kind=kind, rule=Rule.OWN, upper=read(upper, YEAR))] if upper else []
    tile = tiles_of(*YEAR)[0]
    return [stroke for stroke in lane(read(phrase, YEAR), bounds, tile, YEAR, AWAY) if stroke.name != "grid"]


def test_a_year_is_one_tile_and_more_are_several_that_meet() -> None:
    assert [(tile.start, tile.end) for tile in tiles_of(*YEAR)] == [tuple(YEAR)]
    tiles = tiles_of(dt.date(2025, 10, 15), dt.date(2027, 12, 31))
    assert [(str(tile.start), str(tile.end)) for tile in tiles] == [
        ("2025-10-15", "2026-09-30"),
        ("2026-10-01", "2027-09-30"),
        ("2027-10-01", "2027-12-31"),
    ]
    assert [sum(month.days for month in tile.months) == tile.days for tile in tiles] == [True] * 3


def test_a_day_a_window_a_recurrence_and_what_has_no_date() -> None:
    assert drawn("до 05.09.2026") == [Stroke("due", "M4.5 12h0")]
    assert drawn("01.09.2026 - 05.09.2026") == [Stroke("win", "M0 12H5")]
    assert drawn("в течение учебного года")[0].name == "all"
    assert [stroke.name for stroke in drawn("ежемесячно до 5 числа")] == ["due s"] * 12
    assert drawn("по отдельному графику") == [Stroke("unk", "M0 12H365")]


def test_what_lies_beyond_a_bound_is_drawn_between_the_two() -> None:
    assert drawn("до 10.09.2026", "до 05.09.2026") == [
        Stroke("up", "M5 2V22"),
        Stroke("over", "M4 12H10"),
        Stroke("due", "M9.5 12h0"),
    ]
    assert [stroke.name for stroke in drawn("до 05.09.2026", "до 10.09.2026")] == ["up", "due"]
    early = drawn("до 02.09.2026", "до 05.09.2026", LinkKind.CONSUMES)
    assert [stroke.name for stroke in early] == ["up", "over", "due"]


def test_nothing_is_drawn_outside_its_tile() -> None:
    second = tiles_of(dt.date(2026, 9, 1), dt.date(2028, 8, 31))[1]
    assert [stroke.name for stroke in lane(read("до 05.09.2026", YEAR), [], second, YEAR, AWAY)] == ["grid"]
