"""Nothing that the grid's language does not list changes anything: every attribute, relation path and dunder is tried."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from organizations.models import Entry
from roadmaps.editor import edits as language
from roadmaps.models import Edit
from tests.roadmaps.chain import Chain
from tests.roadmaps.editor.grid import Grid

KEY = {"key": "key-00000", "step": "step-0000"}


def names_of_models() -> list[str]:
    """Give every name that a model of ours answers to, its relations' paths one step deep, and what Python adds."""
    names: set[str] = set()
    for label in ("roadmaps", "organizations", "documents"):
        for model in apps.get_app_config(label).get_models():
            names |= set(dir(model))
            for one in model._meta.get_fields():
                names |= {one.name, f"{one.name}_id", f"{one.name}__pk", f"{one.name}__id__in"}
    return sorted(names)


def test_no_other_name_is_a_field_of_a_cell_or_of_an_edit(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 20.10.2026"])
    grid = Grid(plan.edition, chain.user(chain.town))
    before, entries = grid.picture(), Entry.objects.count()
    cell = {**KEY, "deed": "cell", "row": plan.rows[0], "field": "text", "value": "x", "base": "Результат 1"}
    names = [name for name in names_of_models() if name not in language.OF_A_ROW]
    for name in names:
        with pytest.raises(language.Malformed):
            language.read([cell | {"field": name}])
        if name not in cell:
            with pytest.raises(language.Malformed):
                language.read([cell | {name: "x"}])
    assert len(names) > 500
    assert (grid.picture(), Entry.objects.count(), Edit.objects.count()) == (before, entries, 0)


@pytest.mark.parametrize(
    "nonsense",
    [
        None, {}, [], "x", [None], [[]], [{}], [{**KEY, "deed": "drop"}], [{**KEY, "deed": ["cell"]}],
        [{**KEY, "deed": "drop-row", "row": True}], [{**KEY, "deed": "drop-row", "row": -1}], [{**KEY, "deed": "drop-row", "row": 2**70}],
        [{**KEY, "deed": "drop-row", "row": "new:a b"}], [{**KEY, "deed": "drop-row", "row": 1.0}], [{"deed": "undo"}],
        [{**KEY, "deed": "undo", "key": "../../../etc"}], [{**KEY, "deed": "paste", "rows": [["x"]], "matched": None}],
        [{**KEY, "deed": "paste", "rows": [], "matched": None}], [{**KEY, "deed": "shift", "row": 1, "days": 1, "working": 1, "base": ""}],
        [{**KEY, "deed": "cell", "row": 1, "field": "text", "value": "a\0b", "base": ""}], [{**KEY, "deed": "undo"}] * 201,
    ],
)  # fmt: skip
def test_what_no_grid_sends_is_refused(nonsense: Any) -> None:
    with pytest.raises(language.Malformed):
        language.read(nonsense)


def test_rows_of_other_plans_do_not_exist_for_an_edit(chain: Chain) -> None:
    ours, theirs = chain.plan(chain.town, ["до 20.10.2026"]), chain.plan(chain.other_town, ["до 20.10.2026"])
    grid = Grid(ours.edition, chain.user(chain.town))
    heading = Grid(theirs.edition, chain.user(chain.other_town)).sheet.rows[0].heading
    before = Grid(theirs.edition, chain.user(chain.other_town)).picture()
    own, row = grid.sheet.rows[0], theirs.rows[0]
    deeds: list[dict[str, Any]] = [
        {"deed": "cell", "row": row, "field": "text", "value": "x", "base": "Результат 1"},
        {"deed": "heading", "heading": heading, "field": "title", "value": "x", "base": ""},
        {"deed": "add-row", "activity": heading, "after": None},
        {"deed": "add-heading", "kind": "activity", "parent": heading, "after": None},
        {"deed": "move-row", "row": own.commitment, "activity": heading, "after": None},
        {"deed": "move-row", "row": row, "activity": own.heading, "after": None},
        {"deed": "move-heading", "heading": heading, "parent": None, "after": None},
        {"deed": "drop-row", "row": row}, {"deed": "drop-heading", "heading": heading, "rows": 1},
        {"deed": "shift", "row": row, "days": 1, "working": False, "base": "до 20.10.2026"},
        {"deed": "rule", "row": own.commitment, "upper": row, "rule": "same", "days": 0, "working": False},
        {"deed": "adopt", "upper": row}, {"deed": "answer", "row": own.commitment, "upper": row},
        {"deed": "waive", "upper": row, "reason": "нет"}, {"deed": "unwaive", "upper": row},
        {"deed": "comment", "row": row, "text": "x"},
        {"deed": "paste", "rows": [["", "", "", "x", "", ""]], "matched": [row]},
    ]  # fmt: skip
    mine = grid.picture()
    assert [answer.state for answer in grid.send(*deeds)] == ["refused"] * len(deeds)
    assert grid.picture() == mine
    assert Grid(theirs.edition, chain.user(chain.other_town)).picture() == before


def test_the_answer_says_what_became_of_every_edit(chain: Chain) -> None:
    plan = chain.plan(chain.town, ["до 20.10.2026"])
    user = chain.user(chain.town)
    client = Client()
    client.force_login(user)
    cell = {**KEY, "deed": "cell", "row": plan.rows[0], "field": "text", "value": "Иначе", "base": "Результат 1"}

    def post(edits: Any, user_pk: int = user.pk) -> Any:
        body = json.dumps({"user": user_pk, "edits": edits})
        return client.post(f"/plans/{plan.roadmap}/grid/", body, content_type="application/json")

    assert post([cell]).json()["answers"] == [{"key": "key-00000", "state": "done", "made": plan.rows[0]}]
    assert post([cell], user.pk + 1).status_code == 409
    assert post([cell | {"deed": "__class__"}]).status_code == 400
    known = {}
    fresh = client.post(
        f"/plans/{plan.roadmap}/grid/fresh/", json.dumps({"known": known}), content_type="application/json"
    ).json()
    assert "Иначе" in fresh["html"][f"row-{plan.rows[0]}"]
    pulse = client.get(f"/plans/{plan.roadmap}/grid/pulse/")
    assert pulse["ETag"] == fresh["tag"]
    assert client.get(f"/plans/{plan.roadmap}/grid/pulse/", headers={"if-none-match": fresh["tag"]}).status_code == 304


@pytest.mark.parametrize("body", ["[" * 100_000, '{"edits": "\\ud800"}', "\x00", '{"a": ' + "9" * 5000 + "}"])
def test_what_no_text_can_hold_is_refused_and_not_a_fault(chain: Chain, client: Client, body: str) -> None:
    plan = chain.plan(chain.town, ["до 20.10.2026"])
    client.force_login(chain.user(chain.town))
    answer = client.post(f"/plans/{plan.roadmap}/grid/", body, content_type="application/json")
    assert answer.status_code == 400


def test_half_a_letter_is_refused_in_a_cell(chain: Chain, client: Client) -> None:
    plan = chain.plan(chain.town, ["до 20.10.2026"])
    by = chain.user(chain.town)
    client.force_login(by)
    cell = {**KEY, "deed": "cell", "row": plan.rows[0], "field": "text", "value": "\ud800", "base": "Результат 1"}
    body = json.dumps({"user": by.pk, "edits": [cell]})
    answer = client.post(f"/plans/{plan.roadmap}/grid/", body, content_type="application/json")
    assert answer.status_code == 400
