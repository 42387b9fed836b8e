"""Remarks at rows as the margin and the row's own page show them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.templatetags.portal import icon, typo
from roadmaps.models import Comment
from roadmaps.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Said:
    """The open remarks of one row: the last one, and how many there are."""

    commitment: int
    who: str
    text: str
    count: int


def open_remarks(sheet: Sheet) -> dict[int, Said]:
    """Give the open remarks of a plan by row: the last one, and how many there are."""
    return {row: Said(row, *said[-1], len(said)) for row, said in sheet.remarks.items()}


def in_the_margin(said: Said, roadmap: int) -> SafeString:
    """Draw the last open remark of a row; the others are a number that leads to them."""
    more = said.count - 1
    url = f"{reverse('plan', args=[roadmap])}rows/{said.commitment}/comments/"
    words = ngettext("and %(count)s more", "and %(count)s more", more) % {"count": more} if more else _("Answer")
    return format_html(
        '<div class="note is-said"><p><strong class="own">{}{}</strong></p><p>{}</p><p><a href="{}">{}</a></p></div>',
        icon("info"),
        _("Comment: %(who)s") % {"who": said.who},
        typo(said.text),
        url,
        words,
    )


def thread(commitment: int) -> list[Comment]:
    """List all remarks at a row, settled ones too, the first one first."""
    return list(
        Comment.objects.filter(commitment=commitment).select_related("by__person", "settled_by__person", "roadmap")
    )
