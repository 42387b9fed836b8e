"""What a link means: does the lower row do the upper row's work, use its result, feed it, or only mirror it."""

import re

from roadmaps.matching import lexicon
from roadmaps.matching.bodies import Level, addressees, organization_level
from roadmaps.matching.features import Unit
from roadmaps.matching.words import fold

_FIRST_WORDS = 3
_GATHERING = re.compile(r"\b(?:сводн|обобщ|консолидир|свод\b|анализ|аналитич|итогов\w+ отч|реестр|перечен|банк)\w*")
_FOR_INFORMATION = re.compile(r"\(?\b(?:справочно|для сведения|к сведению|для информации)\b")
_OWN_DOING = re.compile(r"\b(?:провед|участ|изуч|ознаком|приня|организ)\w*")


def kind_of_link(lower: Unit, upper: Unit, upper_level: Level, level: Level) -> str:
    """
    Tell the kind of a link from the wording of both rows and the storeys of their bodies.

    Studying and taking part *consume*; handing upwards what is gathered there *feeds*; a row that only hands on the
    upper body's own object *consumes* when the lower body is among its addressees; everything made by oneself *implements*.
    """
    if _mirrors(lower, upper_level):
        return "mirrors"
    if _studies(lower) and not _studies(upper):
        return "consumes"
    if _feeds(lower, upper, upper_level):
        return "feeds"
    if _hands_on(lower) and level in addressees(_said(upper)):
        return "consumes"
    return "implements"


def _said(unit: Unit) -> str:
    return unit.raw_text or unit.raw_title


def _studies(unit: Unit) -> bool:
    """Tell whether the row is about studying or taking part: its result says so first, or, saying nothing of doing, its title does."""
    text = fold(unit.raw_text)
    hit = lexicon.STUDYING.search(text)
    if hit:
        made = lexicon.MAKING.search(text)
        return made is None or made.start() > hit.start()
    if text and (lexicon.MAKING.search(text) or lexicon.HANDING.search(text)):
        return False
    head = " ".join(fold(unit.raw_title).split()[:_FIRST_WORDS])
    return lexicon.STUDYING.search(head) is not None


def _hands_on(unit: Unit) -> bool:
    """Tell whether the row only hands something on: a verb of handing and none of making before or beside it."""
    text = fold(_said(unit))
    head = re.split(r"[:;]", text, maxsplit=1)[0]
    return lexicon.HANDING.search(head) is not None and lexicon.MAKING.search(lexicon.TAIL.sub("", head)) is None


def _feeds(lower: Unit, upper: Unit, upper_level: Level) -> bool:
    """Tell whether the row hands something upwards that the upper row gathers."""
    to = addressees(_said(lower))
    if not any(level <= upper_level for level in to):
        return False
    text = fold(_said(upper))
    gathers = _GATHERING.search(text) is not None or _GATHERING.search(fold(upper.raw_title)) is not None
    return gathers and lexicon.HANDING.search(text) is None


def _mirrors(lower: Unit, upper_level: Level) -> bool:
    """Tell whether the row only shows what the upper body does: said so, or done by bodies of its storey alone."""
    if _FOR_INFORMATION.search(fold(f"{lower.raw_title} {lower.raw_text}")):
        return True
    bodies = [organization_level(text) for text in lower.executors if not re.search(r"[А-ЯЁ]\.\s?[А-ЯЁ]", text)]
    return (
        bool(bodies)
        and len(bodies) == len(lower.executors)
        and all(level is not None and level <= upper_level for level in bodies)
        and _OWN_DOING.search(fold(lower.raw_text)) is None
    )
