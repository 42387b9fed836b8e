"""No page mixes the languages of the interface: what is not Russian on a Russian page was forgotten, and the other way round."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db.models import CharField, JSONField, TextField
from django.test import Client
from lxml import html

from tests.journeys.test_every_page import visits
from tests.walk.audiences import ANONYMOUS
from tests.walk.region import build

CYRILLIC, LATIN = re.compile(r"[А-Яа-яЁё]{2,}"), re.compile(r"[A-Za-z]{3,}")
QUOTED = re.compile(r"«[^»]*»|\b[A-Z]\w+/[A-Z]\w+\b")  # wordings of documents, names of time zones
SAID = ("aria-label", "alt", "title", "placeholder")
UNSEEN = {"script", "style", "svg", "meta", "link", "kbd"}
OURS = ("organizations", "documents", "reminders", "roadmaps")
# Names, keys and formats that are the same in Russian.
SAME = {"enter", "esc", "docx", "xlsx", "word", "excel", "example", "test", "localhost", "otpauth"}


def words_of(node: html.HtmlElement, other: str) -> Iterator[str]:
    """Give what a page says, without what it says expressly in the other language."""
    if not isinstance(node.tag, str) or node.tag in UNSEEN or node.get("lang", "").startswith(other):
        return
    if any(child.tag == "mark" for child in node):  # a found word is one word still
        yield node.text_content()
        return
    yield node.text or ""
    yield from (node.get(name, "") for name in SAID)
    if node.tag == "template":
        yield from (value for name, value in node.attrib.items() if name.startswith("data-") and name != "data-login")
    for child in node:
        yield from words_of(child, other)
        yield child.tail or ""


def known(pattern: re.Pattern[str]) -> set[str]:
    """Give the words of everything that people wrote: they are theirs, in whatever language."""
    found: set[str] = set()
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            fields = [f for f in model._meta.concrete_fields if isinstance(f, CharField | TextField | JSONField)]
            if fields and not model._meta.proxy:
                for values in model._default_manager.values_list(*(field.name for field in fields)):
                    found |= {word.lower() for value in values for word in pattern.findall(str(value))}
    return found


@pytest.mark.parametrize(("language", "other", "pattern"), [("ru", "en", LATIN), ("en", "ru", CYRILLIC)])
def test_every_page_speaks_one_language(db: None, language: str, other: str, pattern: re.Pattern[str]) -> None:
    region = build()
    own = known(pattern) | SAME | ({"каскад"} if language == "en" else set())
    wrong = []
    for visit in visits(region):
        cache.clear()
        client = region.clients[visit.reader] if visit.reader != ANONYMOUS else Client()
        client.cookies["django_language"] = language
        page = html.fromstring(client.get(visit.address, follow=True).content.decode())
        assert page.get("lang") == language, visit.address
        text = QUOTED.sub(" ", " ".join(words_of(page, other)))
        strange = sorted({word for word in pattern.findall(text) if word.lower() not in own})
        if strange:
            wrong.append(f"{visit.address} as {visit.reader}: {' '.join(strange)}")
    assert not wrong, "\n".join(wrong)
