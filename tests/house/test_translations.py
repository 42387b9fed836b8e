"""Every message of every room is written in English and said in Russian."""

import pytest
from babel.messages.catalog import Message

from scripts import collect_messages


@pytest.mark.parametrize("room", collect_messages.ROOMS)
def test_every_message_of_a_room_is_translated(room: str) -> None:
    known = collect_messages.all_translations()
    assert collect_messages.problems(room, known) == []


def test_every_catalogue_belongs_to_a_room_and_is_read() -> None:
    from django.conf import settings

    rooms = sorted(path.name for path in collect_messages.LOCALE.iterdir() if path.is_dir())
    assert rooms == sorted(collect_messages.ROOMS)
    assert sorted(path.name for path in settings.LOCALE_PATHS) == rooms


CASES = {
    "nothing wrong": (Message("Plan %(name)s", "План %(name)s"), []),
    "missing": (None, ["roadmaps: 'Plan %(name)s' is not translated"]),
    "empty": (Message("Plan %(name)s", ""), ["roadmaps: 'Plan %(name)s' is not translated"]),
    "guessed": (
        Message("Plan %(name)s", "План %(name)s", flags={"fuzzy"}),
        ["roadmaps: 'Plan %(name)s' is only guessed (fuzzy)"],
    ),
    "another placeholder": (
        Message("Plan %(name)s", "План %(title)s"),
        ["roadmaps: 'Plan %(name)s' has a placeholder in Russian that its English has not"],
    ),
    "no placeholder": (
        Message("Plan %(name)s", "План"),
        ["roadmaps: 'Plan %(name)s' loses a placeholder in Russian"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_wrong_with_a_translation_is_told(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    translated, told = CASES[case]
    monkeypatch.setattr(collect_messages, "extract", lambda room: [Message("Plan %(name)s")])
    known = {("Plan %(name)s", None): translated} if translated else {}
    assert collect_messages.problems("roadmaps", known) == told


def test_a_plural_needs_its_russian_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Message(("%(count)s row", "%(count)s rows"))
    said = Message(("%(count)s row", "%(count)s rows"), ("%(count)s строка", "%(count)s строки"))
    monkeypatch.setattr(collect_messages, "extract", lambda room: [asked])
    key = ("%(count)s row", None)
    assert collect_messages.problems("roadmaps", {key: said}) == [
        "roadmaps: '%(count)s row' lacks Russian plural forms"
    ]


def test_messages_of_code_and_templates_are_found(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "roadmaps").mkdir()
    (tmp_path / "roadmaps" / "words.py").write_text(
        'a = gettext_lazy("Draft")\nb = pgettext_lazy("of a plan", "State")\n'
    )
    (tmp_path / "templates" / "roadmaps").mkdir(parents=True)
    (tmp_path / "templates" / "roadmaps" / "plan.html").write_text(
        '{% load i18n %}{% translate "Plan" %}{% blocktranslate count n=rows %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}'
    )
    (tmp_path / "templates" / "base.html").write_text('{% load i18n %}{% translate "Menu" %}')
    monkeypatch.setattr(collect_messages, "ROOT", tmp_path)
    found = {
        room: sorted(((m.id, m.context) for m in collect_messages.extract(room) if m.id), key=str)
        for room in ("roadmaps", "portal")
    }
    roadmaps = [("Draft", None), ("Plan", None), ("State", "of a plan"), (("%(n)s row", "%(n)s rows"), None)]
    assert found == {"roadmaps": sorted(roadmaps, key=str), "portal": [("Menu", None)]}
