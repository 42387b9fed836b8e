"""The small words of the templates: what a reader sees of texts, dates, windows, addresses and fields."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from allauth.account.forms import LoginForm
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from organizations.access import Grant, Role
from organizations.context import Standpoint
from organizations.models import Organization, User
from organizations.templatetags import portal
from tests import factories

NB = "\xa0"


@pytest.fixture(autouse=True)
def _russian():
    with translation.override("ru"):
        yield


@pytest.fixture
def autumn_2025():
    with time_machine.travel(datetime(2025, 10, 6, 6, 41, tzinfo=UTC), tick=False):
        yield


def render(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


# Typography


@pytest.mark.parametrize(
    ("text", "set_text"),
    [
        ("в школе и в округе", "в_школе и_в_округе"),
        ("Письмо — ответ", "Письмо_— ответ"),
        ("так же и здесь", "так_же и_здесь"),
        ("если бы он знал", "если_бы он_знал"),
        ("школа № 4", "школа №_4"),
        ("приказ от 12.09.2025 № 418-а", "приказ от_12.09.2025 №_418-а"),
        ("Воронцова Е. М., методист", "Воронцова_Е._М., методист"),
        ("Е. М. Воронцова", "Е._М._Воронцова"),
        ("до 5 октября 2025 г.", "до_5_октября 2025_г."),
        ("97 % из 1 200 строк", "97_% из_1_200_строк"),
        ("20 МБ", "20_МБ"),
        ("12 общеобразовательных школ", "12 общеобразовательных школ"),
        ("13.10.2025 17.10.2025", "13.10.2025 17.10.2025"),
        ("ст. 7 закона, г. Озёрск", "ст._7_закона, г._Озёрск"),
        ("26 September", "26_September"),
        ("it is as it is", "it is as it is"),
        ("из-за дождя", "из-за дождя"),
        ("", ""),
    ],
)
def test_no_break_spaces_stand_where_a_line_may_not_break(text, set_text):
    assert portal.typo(text).replace(NB, "_") == set_text


def test_plain_text_is_escaped_and_safe_markup_is_not_torn():
    assert portal.typo("а <b> & в <i>") == f"а{NB}&lt;b&gt; &amp; в{NB}&lt;i&gt;"
    safe = mark_safe('<a class="a b" href="/x?q=в школе">в школе</a>')
    assert portal.typo(safe) == f'<a class="a b" href="/x?q=в школе">в{NB}школе</a>'
    assert portal.typo(None) == ""


@given(st.text(alphabet="аи вЕ.№—5 %<&бяzQ\n-«»", max_size=60))
def test_typography_changes_spaces_only_and_only_once(text):
    once = portal.bind_words(text)
    assert once.replace(NB, " ") == text
    assert portal.bind_words(once) == once


# Dates


@pytest.mark.parametrize(
    ("language", "source", "said"),
    [
        ("ru", "{{ d|day }}", "пт, 26 сентября"),
        ("en", "{{ d|day }}", "Fri, 26 September"),
        ("ru", "{{ d|day:2026 }}", "пт, 26 сентября 2025"),
        ("ru", "{{ d|day:d }}", "пт, 26 сентября"),
        ("ru", "{{ d|day_long }}", "26 сентября 2025"),
        ("en", "{{ d|day_long }}", "26 September 2025"),
        ("ru", "{{ d|weekday_long }}", "Пятница, 26 сентября"),
        ("ru", "{{ none|day }}{{ none|day_long }}{{ none|weekday_long }}{{ none|moment }}", ""),
    ],
)
def test_a_day_is_said_with_the_year_only_where_it_is_needed(autumn_2025, language, source, said):
    with translation.override(language):
        assert render(source, d=date(2025, 9, 26), none=None).replace(NB, " ") == said


def test_a_moment_late_in_the_evening_belongs_to_the_local_day(autumn_2025):
    assert portal.day(datetime(2025, 9, 25, 22, 30, tzinfo=UTC)).replace(NB, " ") == "пт, 26 сентября"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (datetime(2025, 10, 6, 6, 41, tzinfo=UTC), "сегодня, 9:41"),
        (datetime(2025, 10, 5, 15, 5, tzinfo=UTC), "вчера, 18:05"),
        (datetime(2025, 10, 3, 6, 0, tzinfo=UTC), "3 октября, 9:00"),
        (datetime(2024, 10, 3, 6, 0, tzinfo=UTC), "3 октября 2024, 9:00"),
    ],
)
def test_a_moment_is_said_as_people_do(autumn_2025, when, said):
    assert portal.moment(when).replace(NB, " ") == said


@pytest.mark.parametrize(
    ("start", "end", "russian", "english"),
    [
        (date(2025, 10, 13), date(2025, 10, 18), "13—18 октября", "13–18 October"),
        (date(2025, 9, 30), date(2025, 10, 4), "30 сентября — 4 октября", "30 September – 4 October"),
        (date(2025, 9, 1), date(2026, 8, 31), "1 сентября 2025 — 31 августа 2026", "1 September 2025 – 31 August 2026"),
        (date(2026, 3, 1), date(2026, 3, 31), "1—31 марта 2026", "1–31 March 2026"),
        (date(2026, 3, 1), date(2026, 4, 2), "1 марта — 2 апреля 2026", "1 March – 2 April 2026"),
        (date(2025, 10, 24), date(2025, 10, 24), "24 октября", "24 October"),
        (None, date(2025, 10, 24), "до 24 октября", "until 24 October"),
        (date(2026, 1, 12), None, "с 12 января 2026", "from 12 January 2026"),
        (None, None, "", ""),
    ],
)
def test_a_window_is_said_as_briefly_as_it_can_be_understood(autumn_2025, start, end, russian, english):
    assert portal.span(start, end).replace(NB, " ") == russian
    with translation.override("en"):
        assert portal.span(start, end).replace(NB, " ") == english


# Addresses and lists


@pytest.mark.parametrize(
    ("tag", "address"),
    [
        ("{% query page=2 %}", "?show=bad&amp;q=%D1%81%D1%80%D0%BE%D0%BA&amp;page=2"),
        ("{% query show=None page=None %}", "?q=%D1%81%D1%80%D0%BE%D0%BA"),
        ("{% query show='' q='' page='' %}", "?"),
        ("{% query q='a&b' show=None page=None %}", "?q=a%26b"),
        ("{% query show=many q=None page=None %}", "?show=1&amp;show=2"),
    ],
)
def test_a_query_keeps_what_it_does_not_change(tag, address):
    request = RequestFactory().get("/plans/?show=bad&q=срок&page=7")
    assert render(tag, request=request, many=[1, 2]) == address


def test_long_lists_offer_the_neighbouring_pages_and_keep_the_filters():
    request = RequestFactory().get("/plans/?show=bad")
    source = '{% include "_components/pagination.html" %}'
    drawn = render(source, request=request, page=Paginator(range(300), 10).page(4))
    assert re.findall(r'href="\?show=bad&amp;page=(\d+)"', drawn) == [
        "3",
        "1",
        "2",
        "3",
        "4",
        "5",
        "6",
        "29",
        "30",
        "5",
    ]
    assert "Показаны 31—40 из 300" in drawn
    assert render(source, request=request, page=Paginator(range(9), 10).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["край"], "край"), (["край", "округ", "школа"], "край, округ и школа")]
)
def test_names_are_joined_as_in_a_sentence(names, said):
    assert portal.joined(names) == said


# Icons, stamps, tones


def test_an_icon_points_into_the_cached_sprite_and_is_silent():
    assert portal.icon("error") == '<svg class="i" aria-hidden="true"><use href="/static/icons.svg#error"/></svg>'


def test_every_icon_that_a_template_asks_for_is_in_the_sprite():
    root = Path(__file__).resolve().parents[2]
    drawn = set(re.findall(r'id="([\w-]+)"', (root / "static/icons.svg").read_text()))
    asked = {
        name
        for page in root.glob("templates/**/*.html")
        for name in re.findall(r'{% icon "([\w-]+)" %}', page.read_text(encoding="utf-8"))
    }
    assert asked - drawn == set()


@pytest.mark.parametrize(
    ("state", "class_"),
    [("draft", "draft"), ("approved", "in-force"), ("superseded", "superseded"), ("anything", "draft")],
)
def test_only_what_is_in_force_looks_like_it(state, class_):
    assert portal.stamp_class(state) == class_


@pytest.mark.parametrize(
    ("level", "tone", "icon"),
    [("error", "bad", "error"), ("warning", "warn", "warn"), ("success", "good", "ok"), ("info", "info", "info")],
)
def test_a_tone_repeats_what_its_icon_says(level, tone, icon):
    assert (portal.tone(level), portal.tone_icon(level)) == (tone, icon)


# Header


def test_the_header_offers_each_organization_once_with_all_roles_held_there():
    ministry = Organization(pk=1, short_name="Край")
    town = Organization(pk=2, short_name="Округ")
    grants = (Grant(Role.COORDINATOR, town), Grant(Role.STAFF, ministry), Grant(Role.SIGNATORY, town))
    choices = portal.standpoint_choices(Standpoint(User(), town, grants))
    assert [(c.organization, c.current, len(c.roles.split(", "))) for c in choices] == [
        (town, True, 2),
        (ministry, False, 1),
    ]


def test_a_block_can_be_asked_what_a_page_filled_in():
    assert render("{% capture as x %} {% block section %}plans{% endblock %} {% endcapture %}[{{ x }}]") == "[plans]"


# Forms


class RowForm(forms.Form):
    name = forms.CharField(label="Название", help_text="Как в приказе", widget=forms.TextInput({"placeholder": "…"}))
    note = forms.CharField(label="Заметка", required=False, widget=forms.Textarea)
    agreed = forms.BooleanField(label="Согласен", required=False)
    rule = forms.ChoiceField(label="Откуда срок", choices=[("own", "Свой")], widget=forms.RadioSelect)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_has_its_label_above_its_hint_and_its_error_in_words():
    drawn = render("{% field form.name hint='Полностью' autocomplete='off' %}", form=RowForm({"name": ""}))
    assert drawn.index("<label") < drawn.index("Полностью") < drawn.index("Заполните это поле") < drawn.index("<input")
    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'id="id_name_helptext"' in drawn
    assert 'id="id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'autocomplete="off"' in drawn
    assert "placeholder" not in drawn


def test_fields_draw_the_form_whole_or_only_those_named():
    whole = render("{% fields form %}", form=RowForm())
    assert [whole.count(f'name="{name}"') for name in RowForm().fields] == [1, 1, 1, 1, 1]
    assert "<legend" in whole
    assert whole.count("(не обязательно)") == 1
    some = render("{% fields form 'note' %}", form=RowForm())
    assert 'name="note"' in some
    assert 'name="name"' not in some
    assert 'name="token"' not in some


def test_the_summary_of_errors_links_to_the_fields():
    drawn = render('{% include "_components/form_errors.html" %}', form=RowForm({"name": ""}))
    assert re.findall(r'href="#([\w-]+)"', drawn) == ["id_name", "id_rule"]
    assert render('{% include "_components/form_errors.html" %}', form=RowForm()).strip() == ""


# The account


@pytest.mark.django_db
def test_sign_in_offers_the_demo_accounts_level_by_level(settings):
    region = factories.organization("region", "Край")
    school = factories.organization("school", "Школа № 4", region)
    for where, role, name in (
        (school, Role.SIGNATORY, "head"),
        (region, Role.COORDINATOR, "coord"),
        (region, Role.STAFF, "staff"),
    ):
        factories.account(where, role, username=name, is_demo=True)
    source = '{% include "account/login.html" %}'
    request = RequestFactory().get("/")
    settings.DEMO = True
    page = render(source, form=LoginForm(), request=request)
    assert re.findall(r"<h3>(.*?)</h3>", page) == ["Региональное министерство", "Школа"]
    assert re.findall(r'name="login" value="(\w+)"', page) == ["coord", "staff", "head"]
    settings.DEMO = False
    assert 'id="demo"' not in render(source, form=LoginForm(), request=request)


@pytest.mark.parametrize("page", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"])
def test_a_page_of_refusal_says_the_way_out_even_without_a_request(page):
    drawn = render(f'{{% include "{page}" %}}')
    assert drawn.count("<h1>") == 1
    assert drawn.count('class="btn go"') == 1
    assert "None" not in drawn
