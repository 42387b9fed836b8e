"""What a text is made of before anything sets it: clean lines, and the no-break spaces of Russian offices."""

import re
import unicodedata

NBSP = "\u00a0"
BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
BLANKS = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
"""Controls, marks that turn the direction of text, and what XML does not allow."""
SMALL_WORDS = re.compile(r"(?<![\w-])(в|с|к|о|у|и|а|п\.|пгт|пос\.|дер\.|г\.|ст\.) (?=\S)", re.IGNORECASE)
RULES = (
    (re.compile(r"([№§]) (?=\S)"), rf"\1{NBSP}"),
    (re.compile(r"(\d) (?=(?:г\.|гг\.|мм|лет|%|руб\.|экз|класс))"), rf"\1{NBSP}"),
    (re.compile(r"\b([А-ЯЁ]\.) ?([А-ЯЁ]\.) ?(?=[А-ЯЁ][а-яё])"), rf"\1\2{NBSP}"),
    (re.compile(r"\b([А-ЯЁ][а-яё]+) (?=[А-ЯЁ]\.[А-ЯЁ]\.(?!\s?[А-ЯЁ][а-яё]))"), rf"\1{NBSP}"),
    (SMALL_WORDS, rf"\1{NBSP}"),
    (re.compile(r"\b(до|от|с|по|на) (?=\d)", re.IGNORECASE), rf"\1{NBSP}"),
    (re.compile(r"(20\d\d[/–-](?:20)?\d\d) (?=учебн)"), rf"\1{NBSP}"),
    (re.compile(r" (?=[–—] )"), NBSP),
)


def tidy(text: str) -> str:
    """
    Give a text as an office file keeps it: clean lines without blank ones, single spaces, composed letters.

    What is tidy comes back from Word and Excel letter for letter; doing it twice changes nothing.
    """
    text = unicodedata.normalize("NFC", UNSEEN.sub("", BREAKS.sub("\n", text)))
    lines = (BLANKS.sub(" ", line).strip(" ") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """Give a tidy text in one line."""
    return tidy(text).replace("\n", " ")


def spaced(text: str) -> str:
    """Set no-break spaces: numbers, initials, one-letter words, dates and school years stay together."""
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text


def bound(text: str) -> str:
    """Set no-break spaces only where a space stands: the words stay as they were written."""
    made = spaced(text)
    return made if len(made) == len(text) and made.replace(NBSP, " ") == text else text
