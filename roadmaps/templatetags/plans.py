"""Small words of the plan pages."""

import re
from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from organizations.templatetags.portal import bind_words

register = template.Library()
AROUND = 120


@register.filter
def highlight(text: str, words: Iterable[str]) -> SafeString:
    """Mark the words in a text, shortened around the first of them; the text is escaped."""
    pattern = re.compile(
        "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) or "(?!)", re.IGNORECASE
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


@register.filter
def severity_icon(severity: str) -> str:
    """Give the icon of a finding's severity."""
    return {"error": "error", "warning": "warn"}.get(severity, "info")


@register.filter
def severity_tone(severity: str) -> str:
    """Give the tone of a finding's severity: a word for classes."""
    return {"error": "bad", "warning": "warn"}.get(severity, "own")
