"""Small words of the plan pages."""

import re
from collections.abc import Iterable
from typing import cast

from django import template
from django.forms import BoundField, ChoiceField
from django.template import Context
from django.template.defaultfilters import linebreaksbr
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from organizations.templatetags.portal import bind_words
from roadmaps.difference import Piece
from roadmaps.pages.findings import Given
from roadmaps.pages.markup import Pen
from roadmaps.pages.notes import Note
from roadmaps.pages.plan import PageRow

register = template.Library()
AROUND = 120
SELECTED = mark_safe(" selected")


@register.filter
def highlight(text: str, words: Iterable[str]) -> SafeString:
    """Mark the words in a text, shortened around the first of them; the text is escaped."""
    pattern = re.compile(
        "|".join(
            re.sub("[её]", "[её]", re.escape(word), flags=re.IGNORECASE)
            for word in sorted(words, key=len, reverse=True)
        )
        or "(?!)",
        re.IGNORECASE,
    )
    shown = _around(" ".join(text.split()), pattern)
    parts, at = [], 0
    for hit in pattern.finditer(shown):
        parts += [escape(bind_words(shown[at : hit.start()])), f"<mark>{escape(hit.group())}</mark>"]
        at = hit.end()
    parts.append(escape(bind_words(shown[at:])))
    return mark_safe("".join(parts))  # noqa: S308 - every piece is escaped above


def _around(text: str, pattern: re.Pattern[str]) -> str:
    if len(text) <= 2 * AROUND:
        return text
    hit = pattern.search(text)
    start = max(0, (hit.start() if hit else 0) - AROUND)
    end = min(len(text), start + 2 * AROUND)
    if start:
        start = text.find(" ", start) + 1
    if end < len(text):
        end = max(text.rfind(" ", start, end), start)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


@register.simple_tag
def pieces(found: Iterable[Piece]) -> SafeString:
    """Draw a text in pieces: what went in `del`, what came in `ins`, each with a word for who does not see lines."""
    parts = []
    for piece in found:
        text = linebreaksbr(bind_words(piece.text), autoescape=True)
        if piece.mark == "del":
            parts.append(
                format_html(
                    '<del><span class="hidden">[{}: </span>{}<span class="hidden">]</span></del>', _("went"), text
                )
            )
        elif piece.mark == "ins":
            parts.append(
                format_html(
                    '<ins><span class="hidden">[{}: </span>{}<span class="hidden">]</span></ins>', _("came"), text
                )
            )
        else:
            parts.append(text)
    return mark_safe("".join(parts))  # noqa: S308 - every piece is escaped above


@register.filter
def undotted(number: str) -> str:
    """Give a number of the document without its full stop, where the sentence around it has one."""
    return number.rstrip(". ")


@register.simple_tag(takes_context=True)
def plan_row(context: Context, row: PageRow) -> SafeString:
    """Draw a row of the table with its notes."""
    return _pen(context).row(row)


@register.simple_tag(takes_context=True)
def plan_note(context: Context, note: Note, anchor: str = "", given: Given | None = None) -> SafeString:
    """Draw a note; `anchor` is where the page opens again after a fix."""
    return _pen(context).note(note, anchor=anchor, given=given)


@register.simple_tag
def options(bound: BoundField) -> SafeString:
    """Draw the options of a select, the chosen one marked; Django's widget draws each by a template of its own."""
    chosen = str(bound.value() or "")
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SELECTED if str(value) == chosen else "", label)
            for value, label in cast(Iterable[tuple[str, str]], cast(ChoiceField, bound.field).choices)
        ),
    )


def _pen(context: Context) -> Pen:
    """Give the pen of the page: made at the first row or note, kept while the page is drawn."""
    pen: Pen | None = context.render_context.get("pen")
    if pen is None:
        token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', context["csrf_token"])
        pen = Pen(
            context["roadmap"].pk,
            bool(context.get("may_edit")),
            token,
            context["request"].get_full_path(),
            may_answer=bool(context.get("may_answer")),
        )
        context.render_context["pen"] = pen
    return pen
