"""Setting text: what the fonts can print, the no-break spaces of Russian offices, safe HTML. Filters of the templates."""

import re
import unicodedata
from datetime import date

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from documents.paper.spacing import NBSP, spaced
from documents.paper.wording import in_figures

register = template.Library()

MISSING = "□"
"""Stands for a character that the paper's fonts do not have; a missing glyph would break PDF/A."""

REPLACED = {
    "\u2011": "-",  # no-break hyphen
    "\u00ad": "",  # soft hyphen: a word broken by it is not found by search
    "\u202f": NBSP,
    "\u2009": " ",
    "\u200b": "",
    "\u2060": "",
    "\ufeff": "",
    "\u2028": "\n",
    "\u2029": "\n",
    "\v": "\n",  # a line break inside a paragraph of Word
    "\f": "\n",
    "\t": " ",
    "\uf0b7": "–",  # the bullet of Word's symbol font
    "\uf0a7": "–",
    "\uf02d": "–",
    "₽": "руб.",
    "☐": "□",
    "☑": "■",
    "☒": "■",
    "✓": "√",
    "✔": "√",
    "➢": "–",
    "❖": "–",
}
REPLACEMENTS = str.maketrans(REPLACED)

FOREIGN = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u036f\u0374-\u0375\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u03d0-\u0513"
    "\u1e00-\u1e9b\u1ea0-\u1ef9\u2010\u2012-\u2022\u2026\u2030\u2032-\u2034\u2039-\u203a\u2044"
    "\u2074-\u2079\u207f-\u2089\u20a0-\u20b5\u2116-\u2117\u2122\u2126\u2153-\u2154\u215b-\u215e"
    "\u2190-\u2195\u2202\u2206\u220f\u2211-\u2212\u2215\u2219-\u221a\u221e\u2229\u222b\u2248\u2260-\u2261"
    "\u2264-\u2265\u25a0-\u25a1\u25aa-\u25ab\u25b2\u25ba\u25bc\u25c4\u25ca-\u25cb\u25cf]"
)
"""What Liberation Serif has in all of its styles is the rest; a test holds this table against the font."""

INVISIBLE = re.compile("[\u0000-\u0009\u000e-\u001f\u007f-\u009f\u200c-\u200f\u202a-\u202e\u2061-\u206f\ufe00-\ufe0f]")
"""Controls and marks that turn the direction of text: what is read must be what was written."""

LABEL = 40
"""Letters of a number at most, as the model keeps it."""

BOX = 400
"""Letters of a text in a box of its own at most: positions, bodies, places."""

STACKED = re.compile("([\u0300-\u036f]{2})[\u0300-\u036f]+")
ENDLESS = re.compile(r"\S{61,}")
SYLLABLE = re.compile(r"\S{15}(?=\S)")
BREAK = "\u200b"
"""Where an endless word may break: finding a place in the middle of a word costs the square of its length."""


def printable(text: str) -> str:
    """
    Keep what the fonts can print.

    Look-alikes stand for the few characters that people paste from Word; controls vanish, also those that turn the
    direction of writing; anything else that has no glyph becomes □. A word of more than 60 letters may
    break.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(REPLACEMENTS)
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = STACKED.sub(r"\1", FOREIGN.sub(MISSING, text))
    return ENDLESS.sub(lambda word: SYLLABLE.sub(lambda part: part[0] + BREAK, word[0]), text)


@register.filter
def typeset(value: object) -> SafeString:
    """Set a text in one line; a line break in it is a space."""
    return SafeString(escape(spaced(" ".join(printable(str(value)).split("\n")))))


@register.filter
def run(value: object) -> SafeString:
    """Set a stretch of a text whose neighbours are set apart from it: the spaces at its ends count."""
    text = printable(str(value))
    parts = [escape(spaced(part)) for part in text.split("\n")]
    return mark_safe("<br>".join(parts))  # noqa: S308 - each part is escaped


@register.filter
def lines(value: object) -> SafeString:
    """Set a text and keep its line breaks; elements inside a heading would break its tag, <br> does not."""
    kept = [part.strip(" ") for part in printable(str(value)).split("\n")]
    return mark_safe("<br>".join(escape(spaced(part)) for part in kept if part))  # noqa: S308 - each part is escaped


@register.filter
def label(value: object) -> SafeString:
    """Set a number; its column is narrow, so one that is no number any more is cut."""
    text = " ".join(str(value).split())
    return typeset(text if len(text) <= LABEL else f"{text[: LABEL - 1]}…")


@register.filter
def boxed(value: object) -> SafeString:
    """Set a text that stands in a box of its own: stamp, place, name; what no box could hold is cut."""
    return typeset(cut(str(value)))


@register.filter
def boxed_lines(value: object) -> SafeString:
    """Set the lines of a text that stands in a box of its own."""
    return lines(cut(str(value)))


def cut(text: str) -> str:
    """Cut a text that is far longer than the model keeps."""
    return text if len(text) <= BOX else f"{text[: BOX - 1]}…"


@register.filter
def plain(value: object) -> SafeString:
    """Escape without no-break spaces, for the file's title and the code."""
    return SafeString(escape(" ".join(printable(str(value)).split())))


@register.filter
def day(value: date) -> str:
    """Write a date in figures, whatever language is switched on."""
    return in_figures(value)
