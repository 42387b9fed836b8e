"""Numbers of other people's things, put where a form, a filter or an address takes numbers of one's own."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse

from roadmaps.models import Import, Link, Roadmap, Waiver
from tests.walk.audiences import Audience
from tests.walk.region import SECRET, Region
from tests.walk.table_plans import shop, upload
from tests.walk.test_walk import leaks, text_of, undone

VARYING = re.compile(r'nonce="[^"]*"|"[A-Za-z0-9]{64}"')
OURS = Audience("own", "coordinator")
REFUSED = {302, 403, 404, 409, 422}


def new_plan(**foreign: Callable[[Region], Any]) -> Callable[[Region], dict[str, Any]]:
    """Give the body of a new plan in which one value is somebody else's."""
    plain: dict[str, Callable[[Region], Any]] = {
        "organization": lambda r: r.places["own"].pk,
        "programme": lambda r: r.programmes["upper"].pk,
        "uppers": lambda r: [r.plan("upper", "Утверждённый").pk],
    }
    days = {"title": "Новый", "span": "own", "starts_on": "2031-01-01", "ends_on": "2031-12-31"}
    return lambda region: days | {name: value(region) for name, value in {**plain, **foreign}.items()}


def in_shop(**more: Callable[[Region], Any]) -> Callable[[Region], dict[str, Any]]:
    """Give the arguments of a step on our draft in which one number is somebody else's."""
    return lambda region: {"pk": shop(region).pk, **{name: value(region) for name, value in more.items()}}


def our_row(region: Region) -> int:
    return shop(region).rows[1]


def row_of(place: str, state: str) -> Callable[[Region], int]:
    return lambda region: region.plan(place, state).rows[0]


LINK = {"kind": "implements", "rule": "same", "reason": ""}
EMPTY: Callable[[Region], dict[str, Any]] = lambda region: {}  # noqa: E731
ATTEMPTS: list[tuple[str, Callable[[Region], dict[str, Any]], Callable[[Region], dict[str, Any]]]] = [
    ("plan-new", EMPTY, new_plan(organization=lambda r: r.places["neighbour"].pk)),
    ("plan-new", EMPTY, new_plan(organization=lambda r: r.places["lower"].pk)),
    ("plan-new", EMPTY, new_plan(programme=lambda r: r.programmes["stranger"].pk)),
    *(
        ("plan-new", EMPTY, new_plan(uppers=lambda r, p=place, s=state: [r.plan(p, s).pk]))
        for place, state in (
            ("neighbour", "Утверждённый"), ("stranger", "Утверждённый"), ("upper", "Черновик"), ("upper", "Поданный"),
            ("own", "Утверждённый"), ("lower", "Утверждённый"),
        )
    ),
    *(
        ("plan-follow", in_shop(), lambda r, p=place, s=state: {"upper": r.plan(p, s).pk})
        for place, state in (
            ("neighbour", "Утверждённый"), ("stranger", "Утверждённый"), ("upper", "Черновик"),
            ("lower", "Утверждённый"), ("own", "Утверждённый"),
        )
    ),
    *(
        (name, in_shop(commitment=our_row, upper=row_of(place, state)), lambda r: LINK)
        for name in ("link", "link-rule", "link-cut")
        for place, state in (
            ("neighbour", "Утверждённый"), ("stranger", "Утверждённый"), ("upper", "Черновик"), ("own", "Утверждённый"),
            ("lower", "Утверждённый"),
        )
    ),
    *(
        (name, in_shop(upper=row_of(place, state)), lambda r: {"reason": "нет", "row": our_row(r)})
        for name in ("upper-adopt", "upper-answer", "upper-waive")
        for place, state in (("neighbour", "Утверждённый"), ("upper", "Черновик"), ("own", "Черновик"))
    ),
    ("upper-answer", in_shop(upper=row_of("upper", "Утверждённый")), lambda r: {"row": row_of("own", "Черновик")(r)}),
    ("upper-answer", in_shop(upper=row_of("upper", "Утверждённый")), lambda r: {"row": row_of("lower", "Черновик")(r)}),
    *(
        (name, in_shop(commitment=row_of(place, "Черновик")), lambda r: {"text": "чужое", "obliges": "nobody"})
        for name in ("row", "row-move", "row-drop", "row-restore")
        for place in ("neighbour", "upper")
    ),
    *(
        (name, in_shop(heading=lambda r, p=place: r.plan(p, "Черновик").headings[0]), lambda r: {"title": "Чужое"})
        for name in ("heading", "heading-move", "heading-drop", "heading-restore")
        for place in ("neighbour", "upper")
    ),
    ("heading", in_shop(heading=lambda r: shop(r).headings[0]),
     lambda r: {"title": "Наше", "parent": r.plan("neighbour", "Черновик").headings[0]}),
    *(
        ("row-new", in_shop(heading=lambda r: shop(r).headings[0]),
         lambda r, p=place: {"text": "Чужое", "obliges": "named", "obliged": [r.places[p].pk]})
        for place in ("neighbour", "upper", "own", "stranger")
    ),
    ("row-new", in_shop(heading=lambda r: r.plan("neighbour", "Черновик").headings[0]),
     lambda r: {"text": "Чужое", "obliges": "nobody"}),
    ("heading-new", lambda r: {"pk": shop(r).pk, "kind": "section"},
     lambda r: {"title": "Раздел", "parent": r.plan("neighbour", "Черновик").headings[0]}),
    ("plan-proposals", lambda r: {"pk": r.plan("own", "Утверждённый").pk},
     lambda r: {"which": [r.question.pk], "way": "keep", "reason": "чужое"}),
    ("proposal", lambda r: {"pk": r.plan("own", "Утверждённый").pk, "proposal": r.question.pk},
     lambda r: {"way": "keep", "reason": "чужое"}),
    ("proposal", lambda r: {"pk": r.question.roadmap_id, "proposal": r.wish.pk},
     lambda r: {"way": "keep", "reason": "чужое"}),
    *(
        ("wish-new", lambda r: {"pk": r.question.roadmap_id, "commitment": r.question.lower_id},
         lambda r, p=place, s=state: {"upper": r.plan(p, s).rows[0], "kind": "extend", "phrase": "до 20 декабря",
                                      "reason": "чужое"})
        for place, state in (("neighbour", "Утверждённый"), ("upper", "Черновик"), ("upper", "Утверждённый"))
    ),
    ("wish-new", lambda r: {"pk": r.question.roadmap_id, "commitment": r.plan("neighbour", "Утверждённый").rows[0]},
     lambda r: {"upper": r.question.upper_id, "kind": "extend", "phrase": "до 20 декабря", "reason": "чужое"}),
    ("wish-withdraw", lambda r: {"pk": r.wish.pk}, EMPTY),
    ("plan-explain", in_shop(), lambda r: {"key": "later-than-upper:0:0", "reason": "чужое"}),
    ("plan-fix", in_shop(), lambda r: {"key": r.finding.key, "fix": "999"}),
    ("import-new", EMPTY, lambda r: upload(r) | {"programme": r.programmes["stranger"].pk}),
    ("import-row", lambda r: {"pk": r.incoming["own"].pk, "ref": "1.1"},
     lambda r: {"text": "Другое", "upper": row_of("neighbour", "Утверждённый")(r), "kind": "implements"}),
    ("import-row", lambda r: {"pk": r.incoming["own"].pk, "ref": "1.1"},
     lambda r: {"text": "Другое", "upper": row_of("upper", "Черновик")(r), "kind": "implements"}),
    *(
        ("standpoint", EMPTY, lambda r, p=place: {"organization": r.places[p].pk})
        for place in ("neighbour", "upper", "lower", "stranger")
    ),
    ("register-position-add", lambda r: {"pk": r.thing("own", "person").pk},
     lambda r: {"organization": r.places["neighbour"].pk, "title": "чужой"}),
    ("register-position-add", lambda r: {"pk": r.thing("own", "person").pk},
     lambda r: {"organization": r.places["upper"].pk, "title": "чужой"}),
    ("register-roles", lambda r: {"pk": r.places["own"].pk},
     lambda r: {"email": "x@example.test", "role": "staff", "person": r.thing("neighbour", "person").pk}),
    ("register-roles", lambda r: {"pk": r.places["own"].pk}, lambda r: {"email": "x@example.test", "role": "owner"}),
    ("register-role-grant", lambda r: {"pk": r.places["own"].pk},
     lambda r: {"account": r.user("neighbour").pk, "role": "coordinator"}),
    ("register-role-withdraw", lambda r: {"pk": r.places["own"].pk},
     lambda r: {"account": r.user("neighbour").pk, "role": "coordinator"}),
    ("register-partner-add", lambda r: {"pk": r.places["own"].pk},
     lambda r: {"kind": "academic", "name": "Партнёр", "clusters": [r.thing("stranger", "cluster").pk]}),
]  # fmt: skip


def test_a_foreign_number_does_nothing_and_tells_nothing(region: Region) -> None:
    wrong = []
    for number, (name, arguments, body) in enumerate(ATTEMPTS):
        with undone() as written:
            response = region.clients[OURS].post(reverse(name, kwargs=arguments(region)), body(region))
            text = text_of(response)
            shown = leaks(region, None, OURS, text)
            if response.status_code == 302 and name != "standpoint":
                shown += leaks(region, None, OURS, text_of(region.clients[OURS].get(response["Location"])))
        written = [table for table in written if table != "roadmaps_edition"]  # when our own draft was last touched
        if written or response.status_code not in REFUSED or shown:
            wrong.append(f"{number} {name}: {response.status_code}, wrote {sorted(set(written))}, {shown}")
    assert wrong == []


def test_no_trace_of_a_foreign_number_is_left(region: Region) -> None:
    """Once more without undoing: nothing hangs on anybody else's rows afterwards."""
    before = Roadmap.objects.count(), Import.objects.count(), Link.objects.count(), Waiver.objects.count()
    for name, arguments, body in ATTEMPTS:
        region.clients[OURS].post(reverse(name, kwargs=arguments(region)), body(region))
    after = Roadmap.objects.count(), Import.objects.count(), Link.objects.count(), Waiver.objects.count()
    assert after == before


FILTERS: list[tuple[str, Callable[[Region], dict[str, Any]]]] = [
    ("plans", lambda r: {"municipality": r.places["neighbour"].pk}),
    ("plans", lambda r: {"programme": r.programmes["stranger"].pk}),
    ("plans", lambda r: {"q": f"{SECRET}Соседняя"}),
    ("plan-new", lambda r: {"upper": r.plan("neighbour", "Утверждённый").pk}),
    ("register-organizations", lambda r: {"under": r.places["neighbour"].pk}),
    ("register-organizations", lambda r: {"cluster": r.thing("stranger", "cluster").pk}),
    ("register-people", lambda r: {"organization": r.places["neighbour"].pk}),
    ("register-participants", lambda r: {"under": r.places["neighbour"].pk}),
    ("register-classes", lambda r: {"cluster": r.thing("stranger", "cluster").pk}),
    ("register-partners", lambda r: {"q": "Соседняя"}),
    ("search", lambda r: {"q": "Соседняя"}),
    ("search", lambda r: {"q": "Чужая", "in": "rows"}),
    ("search", lambda r: {"q": "ВерхняяЧерновик", "in": "rows"}),
    ("search", lambda r: {"q": "НижняяЧерновик", "in": "plans"}),
]


def test_a_filter_does_not_understand_foreign_numbers_and_counts_nothing_foreign(region: Region) -> None:
    for name, query in FILTERS:
        response = region.clients[OURS].get(reverse(name), query(region))
        assert response.status_code in {200, 422}, name
        typed = set(query(region).values())
        found = [leak for leak in leaks(region, None, OURS, text_of(response)) if leak[7:-1] not in typed]
        assert (name, found) == (name, [])


@pytest.mark.parametrize("word", ["Соседняя", "Чужая", "ВерхняяЧерновик", "НижняяЧерновик", "НижняяТретья"])
def test_search_says_of_what_is_hidden_what_it_says_of_what_is_not(region: Region, word: str) -> None:
    """A count, a hint or another sentence would tell that something is there."""
    client = region.clients[OURS]
    hidden = client.get(reverse("search"), {"q": f"{SECRET}{word}"}).content.decode()
    nothing = client.get(reverse("search"), {"q": "нетакогослова"}).content.decode()
    assert plain(hidden, f"{SECRET}{word}") == plain(nothing, "нетакогослова")


def plain(page: str, word: str) -> list[str]:
    """Give a page without what differs from visit to visit."""
    page = page.replace(word, "").replace(quote(word), "")
    return VARYING.sub("", page).split()


THINGS: list[tuple[str, Callable[[Region], int]]] = [
    ("plan", lambda r: r.plan("neighbour", "Черновик").pk),
    ("plan", lambda r: r.plan("upper", "Черновик").pk),
    ("plan-journal", lambda r: r.plan("stranger", "Действующий").pk),
    ("import", lambda r: r.incoming["neighbour"].pk),
    ("file", lambda r: r.files["neighbour", "2"].pk),
    ("file", lambda r: r.incoming["lower"].file_id),
    ("register-organization", lambda r: r.places["neighbour"].pk),
    ("register-person", lambda r: r.thing("neighbour", "person").pk),
    ("register-partner-edit", lambda r: r.thing("stranger", "partner").pk),
    ("programme-edit", lambda r: r.programmes["stranger"].pk),
    ("notice-open", lambda r: r.notice["lower"].pk),
]


def test_what_is_hidden_looks_like_what_does_not_exist(region: Region) -> None:
    for name, thing in THINGS:
        hidden = region.clients[OURS].get(reverse(name, args=[thing(region)]))
        missing = region.clients[OURS].get(reverse(name, args=[987_654]))
        assert (name, hidden.status_code) == (name, missing.status_code) == (name, 404)
        same = plain(hidden.content.decode(), f"/{thing(region)}/"), plain(missing.content.decode(), "/987654/")
        assert same[0] == same[1], name
