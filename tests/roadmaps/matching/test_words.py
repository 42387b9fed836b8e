"""Words, bodies and rules: the small parts of matching."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmaps.matching.bodies import Level, addressees, level_of, without_bodies
from roadmaps.matching.features import roles
from roadmaps.matching.rules import rule_of
from roadmaps.matching.words import abbreviations, stem, words
from roadmaps.reading.document import Header, PlanDocument
from tests.roadmaps.matching.notation import deadline


@pytest.mark.parametrize(
    "forms",
    [
        ("размещение", "размещены", "размещен", "размещения"),
        ("баскетбол", "баскетболу", "баскетбола"),
        ("протокол", "протоколы", "протоколов"),
        ("план", "планы", "планов"),
        ("показатель", "показатели", "показателям"),
        ("спортивный", "спортивных", "спортивными"),
        ("экскурсия", "экскурсии", "экскурсий"),
    ],
)
def test_forms_of_a_word_share_its_stem(forms):
    assert len({stem(form) for form in forms}) == 1


def test_different_words_keep_different_stems():
    assert len({stem(word) for word in ("медицинский", "аграрный", "инженерный", "педагогический", "кадетский")}) == 5


@given(st.text(max_size=60))
def test_any_text_gives_words(text):
    assert all(words(text))


def test_a_document_explains_its_abbreviations():
    text = "Список центров цифрового образования (далее — ЦЦО) и школ (далее - базовые школы)"
    assert abbreviations([text]) == {"ццо": "центров цифрового образования"}
    assert words("ЦЦО", abbreviations([text])) == words("центры цифрового образования")


@pytest.mark.parametrize(
    ("header", "above", "wanted"),
    [
        (Header(issuer="Министерство образования Озёрного края"), None, Level.REGION),
        (Header(issuer="МКУ «Управление образования» Озёрского городского округа"), None, Level.MUNICIPALITY),
        (Header(issuer="МБОУ «СОШ № 3»"), Level.MUNICIPALITY, Level.SCHOOL),
        (Header(title="Дорожная карта гимназии № 8 на 2026-2027 учебный год"), Level.MUNICIPALITY, Level.SCHOOL),
        (Header(title="Муниципальный план работы"), Level.REGION, Level.MUNICIPALITY),
        (Header(title="План мероприятий"), Level.REGION, Level.MUNICIPALITY),
        (Header(title="План мероприятий"), Level.MUNICIPALITY, Level.SCHOOL),
        (Header(title="План мероприятий"), None, Level.REGION),
    ],
)
def test_a_header_tells_whose_plan_it_is(header, above, wanted):
    assert level_of(PlanDocument(header), above) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Подготовлены и направлены в МОУО и ОО памятки", {Level.MUNICIPALITY, Level.SCHOOL}),
        ("Доведено до руководителей школ", {Level.SCHOOL}),
        ("Отчёт представлен в министерство", {Level.REGION}),
        ("Размещено на сайте министерства", set()),
        ("Проведён семинар в школах", set()),
    ],
)
def test_the_verb_of_handing_names_its_addressees(text, wanted):
    assert addressees(text) == wanted


def test_names_of_bodies_say_nothing_about_the_work():
    assert without_bodies("Отчёт на сайте МБОУ «СОШ № 2»").split() == ["отчет", "на", "сайте"]
    assert without_bodies("Приказ министерства образования Озёрного края").split()[0] == "приказ"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Аналитическая справка по результатам опроса", "note"),
        ("Издан приказ о проведении самодиагностики", "order"),
        ("Проведение опроса родителей", "survey"),
        ("Отчёт о проведении олимпиады", "report"),
    ],
)
def test_a_result_is_what_it_is_not_what_it_is_about(text, first):
    assert roles(text)[0] == first


@pytest.mark.parametrize(
    ("lower", "upper", "rule"),
    [
        ("<2026-10-01", "<2026-10-01", "same"),
        ("<2026-10-01", "<2026-10-02", "own"),
        ("2026-10-05..2026-10-09", "2026-10-01..2026-10-31", "within"),
        ("2026-10-05..2026-10-09", "2026-10-05..2026-10-09", "same"),
        ("2026-09-28..2026-10-09", "2026-10-05..2026-10-09", "own"),
        ("year", "year", "same"),
        ("graph", "graph", "same"),
        ("", "", "own"),
        ("<2026-10-01", "", "own"),
    ],
)
def test_the_rule_on_import_is_never_a_guess(lower, upper, rule):
    assert rule_of(deadline(lower), deadline(upper)) == rule
