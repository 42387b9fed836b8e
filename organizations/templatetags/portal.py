"""Small words of the templates: typography, dates, icons, the header's choices. A builtin: no page needs to load it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy

from organizations import access
from organizations.access import ROLE_NAMES
from organizations.context import Standpoint
from organizations.models import Organization

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"
Moment = date | datetime | None


# Icons and stamps


@register.simple_tag
@lru_cache(maxsize=128)
def icon(name: str) -> SafeString:
    """
    Draw an icon of `static/icons.svg`; a word must stand beside it, so it is hidden from screen readers.

    The sprite is one cached file of the same origin: pages stay small, and the CSP stays strict. A plan shows a few
    hundred icons of a dozen kinds, so each kind is drawn once per process.
    """
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name)


STAMPS = {
    "draft": "draft",
    "submitted": "submitted",
    "returned": "returned",
    "approved": "in-force",
    "in-force": "in-force",
    "superseded": "superseded",
}


@register.filter
def stamp_class(state: object) -> str:
    """Give the class of `.stamp` for the state of an edition; what is unknown looks like a draft, never like an act."""
    return STAMPS.get(str(state), "draft")


TONES = {"error": ("bad", "error"), "warning": ("warn", "warn"), "success": ("good", "ok")}


@register.filter
def tone(level: str) -> str:
    """Give the tone (bad, warn, good, info) for the level of a message or the severity of a finding."""
    return TONES.get(str(level), ("info", "info"))[0]


@register.filter
def tone_icon(level: str) -> str:
    """Give the name of the icon that says the same as the tone."""
    return TONES.get(str(level), ("info", "info"))[1]


# Typography

_PARTICLES = "же|ли|бы|ль"
_BINDINGS = (
    # «так же», «если бы»: a particle leans on the word before it …
    (re.compile(rf"(?<=\w) (?=(?:{_PARTICLES})(?![\w-]))"), NBSP),
    # … every other word of one or two letters on the word after it
    (re.compile(rf"(?<![\w-])(?!(?:{_PARTICLES}) )([А-Яа-яЁё]{{1,2}}) (?=\S)"), rf"\1{NBSP}"),
    (re.compile(r" (?=[—–](?:\s|$))"), NBSP),
    (re.compile(r"([№§]) (?=\S)"), rf"\1{NBSP}"),
    # Е. М. Воронцова, Воронцова Е. М.
    (re.compile(r"(?<!\w)([А-ЯЁA-Z])\. (?=[А-ЯЁA-Z]\.|[А-ЯЁ][а-яё])"), rf"\1.{NBSP}"),
    (re.compile(r"([А-ЯЁ][а-яё]+) (?=[А-ЯЁ]\.)"), rf"\1{NBSP}"),
    # 1 200, 5 октября, 97 %, 20 МБ; a long word after a number may still go to the next line
    (re.compile(r"(\d) (?=\d{3}(?!\d)(?![.,]\d))"), rf"\1{NBSP}"),
    (re.compile(r"(\d) (?=(?:[%‰₽°]|[A-Za-zА-Яа-яЁё]{1,9}(?!\w)))"), rf"\1{NBSP}"),
    # ст. 7, г. Озёрск, и т. д.
    (re.compile(r"(?<![\w.])((?:пп?|стр?|гл|г|с|д|т|ул|пос|рис|табл|им)\.) (?=[\w«№])"), rf"\1{NBSP}"),
)
_TAG = re.compile(r"(<[^>]*>)")


@lru_cache(maxsize=4096)
def bind_words(text: str) -> str:
    """
    Put no-break spaces where Russian typography forbids to break a line; no other character changes.

    The rules look at the script of the words, not at the language of the interface: a plan stays Russian when the
    portal speaks English.
    """
    for pattern, bound in _BINDINGS:
        text = pattern.sub(bound, text)
    return text


@register.filter
def typo(value: object) -> SafeString:
    """Set a text for reading. Plain text is escaped; in safe markup only what stands between the tags is touched."""
    if isinstance(value, SafeString):
        pieces = _TAG.split(value)
        return mark_safe("".join(piece if n % 2 else bind_words(piece) for n, piece in enumerate(pieces)))  # noqa: S308
    return conditional_escape(bind_words("" if value is None else str(value)))


# Dates

_MONTHS = {
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_WEEKDAYS = {"ru": ["пн", "вт", "ср", "чт", "пт", "сб", "вс"], "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]}
_WEEKDAYS_LONG = {
    "ru": ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_DASH = {"ru": "—", "en": "–"}


def _language() -> str:
    return "ru" if (get_language() or "ru").startswith("ru") else "en"


def _date(value: Moment) -> date | None:
    """Take the local day out of a moment; an empty value gives nothing to print."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value or None


def _words(day_: date, *, year: bool) -> str:
    text = f"{day_.day}{NBSP}{_MONTHS[_language()][day_.month - 1]}"
    return f"{text}{NBSP}{day_.year}" if year else text


def _known_year(year: object) -> int:
    """Take the year that goes without saying: a number, a date in it, or else the current one."""
    if isinstance(year, date):
        return year.year
    return int(str(year)) if year else timezone.localdate().year


@register.filter
def day(value: Moment, year: object = None) -> str:
    """Say a day with its weekday, «пт, 26 сентября»; the year is said when it is not the given (or current) one."""
    known = _date(value)
    if known is None:
        return ""
    weekday = _WEEKDAYS[_language()][known.weekday()]
    return f"{weekday}, {_words(known, year=known.year != _known_year(year))}"


@register.filter
def day_long(value: Moment) -> str:
    """Say a day with its year and without the weekday, «26 сентября 2026»."""
    known = _date(value)
    return "" if known is None else _words(known, year=True)


@register.filter
def weekday_long(value: Moment) -> str:
    """Say a day as a headline does, «Понедельник, 6 октября»."""
    known = _date(value)
    if known is None:
        return ""
    name = _WEEKDAYS_LONG[_language()][known.weekday()]
    return f"{name.capitalize()}, {_words(known, year=known.year != timezone.localdate().year)}"


@register.filter
def moment(value: datetime | None) -> str:
    """Say when something happened, in local time: «сегодня, 9:41», «вчера, 18:05», «3 октября, 9:41»."""
    if value is None:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    gone = (timezone.localdate() - local.date()).days
    if gone == 0:
        said = gettext("today")
    elif gone == 1:
        said = gettext("yesterday")
    else:
        said = _words(local.date(), year=local.year != timezone.localdate().year)
    return f"{said},{NBSP}{local.hour}:{local.minute:02}"


@register.filter
def span(start: Moment, end: Moment) -> str:
    """
    Say a window as briefly as it can be understood: «13—18 октября», «30 сентября — 4 октября».

    Years are said when the window is not wholly in the current one. An open side gives «до …» or «с …».
    """
    first, last = _date(start), _date(end)
    this_year = timezone.localdate().year
    if first is None and last is None:
        return ""
    if first is None or last is None:
        only = first or last
        said = _words(only, year=only.year != this_year)  # type: ignore[union-attr, arg-type]
        return gettext("until %(day)s") % {"day": said} if first is None else gettext("from %(day)s") % {"day": said}
    year = {first.year, last.year} != {this_year}
    if first == last:
        return _words(first, year=year)
    dash = _DASH[_language()]
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}{dash}{_words(last, year=year)}"
    return f"{_words(first, year=year and first.year != last.year)}{NBSP}{dash} {_words(last, year=year)}"


# Addresses


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: object) -> str:
    """
    Give the query of the current address with some parameters changed: `{% query page=2 %}`.

    None and the empty text take a parameter away, a list repeats it; filters of a page thus live in its address.
    """
    request: HttpRequest = context["request"]
    params = request.GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            params.pop(name, None)
        elif isinstance(value, list | tuple):
            params.setlist(name, [str(item) for item in value])
        else:
            params[name] = str(value)
    return f"?{params.urlencode()}"


@register.simple_tag
def page_range(page: Page) -> list[int | None]:
    """List the pages to offer under a long list; None stands for those left out."""
    return [
        n if isinstance(n, int) else None for n in page.paginator.get_elided_page_range(page.number, on_each_side=2)
    ]


# The header


@register.simple_block_tag
def capture(content: SafeString) -> SafeString:
    """Keep what is drawn inside, to ask a block which a page fills, or to show it twice: `{% capture as name %}…`."""
    return mark_safe(content.strip())  # noqa: S308 - the template has escaped it


@dataclass(frozen=True, slots=True)
class NavItem:
    """A section of the portal as the header offers it."""

    key: str
    label: str
    url: str


SECTIONS = (
    ("today", gettext_lazy("Today")),
    ("plans", gettext_lazy("Plans")),
    ("coverage", gettext_lazy("Coverage")),
    ("orders", gettext_lazy("Orders")),
    ("registers", gettext_lazy("Registers")),
    ("inbox", gettext_lazy("Inbox")),
)


@register.simple_tag(takes_context=True)
def sections(context: Context) -> list[NavItem]:
    """
    List the sections of the portal; one that is not built has no address and is not offered.

    Coverage is for those who have somebody below: not for people of schools alone.
    """
    user = context.get("user")
    found = []
    for key, label in SECTIONS:
        if key == "coverage" and not (user and access.stands_above_somebody(user)):
            continue
        try:
            found.append(NavItem(key, str(label), reverse(key)))
        except NoReverseMatch:
            continue
    return found


@dataclass(frozen=True, slots=True)
class StandpointChoice:
    """One organization for which the reader may act, with her roles there in words."""

    organization: Organization
    roles: str
    current: bool


@register.simple_tag
def standpoint_choices(standpoint: Standpoint) -> list[StandpointChoice]:
    """List the organizations for which the reader may act; the current one is marked."""
    current = standpoint.organization
    return [
        StandpointChoice(
            organization=organization,
            roles=", ".join(str(ROLE_NAMES[g.role]) for g in standpoint.grants if g.organization.pk == organization.pk),
            current=current is not None and organization.pk == current.pk,
        )
        for organization in standpoint.organizations
    ]


# Forms


@register.inclusion_tag("_components/field.html")
def field(bound: BoundField, label: str = "", hint: str = "", **attributes: object) -> dict[str, object]:
    """
    Draw a field of a form: label above, hint under it, error in words, then the control.

    Further arguments become attributes of the control (`rows=3`, `autocomplete="off"`; `_` stands for `-`).
    """
    attrs = {
        name.replace("_", "-"): value if isinstance(value, bool) else str(value) for name, value in attributes.items()
    }
    # A label that vanishes while one types is no label.
    bound.field.widget.attrs.pop("placeholder", None)
    widget = bound.field.widget
    help_text = hint or bound.help_text
    if hint and not bound.help_text:
        bound.help_text = hint  # Django then points at the hint from the control
    return {
        "field": bound,
        "label": label or bound.label,
        "hint": help_text,
        "control": bound.as_widget(attrs=attrs),
        "is_checkbox": getattr(widget, "input_type", "") == "checkbox" and not bound.use_fieldset,
        "is_group": bound.use_fieldset,
    }


@register.inclusion_tag("_components/fields.html")
def fields(form: BaseForm, *names: str) -> dict[str, object]:
    """Draw the fields of a form in their order, or only those named; hidden ones and form errors come first."""
    shown = [form[name] for name in names] if names else form.visible_fields()
    return {"form": form, "shown": shown, "hidden": [] if names else form.hidden_fields()}


@register.filter
def get(mapping: Mapping[object, object], key: object) -> object:
    """Look a key up in a mapping; templates cannot do that with a variable."""
    return mapping.get(key)


@register.filter
def joined(values: Iterable[object]) -> str:
    """Join names as a sentence does: «край, округ и школа»."""
    names = [str(value) for value in values]
    if len(names) < 2:
        return "".join(names)
    return gettext("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
