"""How Russian paper words agree: the gender of a document's name, the case of what bodies are called."""

import enum
import re

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from roadmaps.choices import EditionState

WORD = re.compile(r"[а-яё]+", re.IGNORECASE)


class Gender(enum.StrEnum):
    """The grammatical gender of what a document calls itself; plural for «мероприятия»."""

    MASCULINE = "masculine"
    FEMININE = "feminine"
    NEUTER = "neuter"
    PLURAL = "plural"


# The nouns by which such documents call themselves; the first one met in the title decides.
NOUNS = (
    (Gender.FEMININE, ("карта", "программа", "циклограмма", "концепция", "модель")),
    (Gender.MASCULINE, ("план", "комплекс", "перечень", "график", "календарь", "проект", "план-график")),
    (Gender.NEUTER, ("положение", "расписание")),
    (Gender.PLURAL, ("мероприятия", "меры")),
)
GENDERS = {noun: gender for gender, nouns in NOUNS for noun in nouns}


def gender_of(title: str) -> Gender:
    """Tell the gender of a document by its title; a title without a known noun counts as «план»."""
    for word in WORD.findall(title.casefold()):
        if word in GENDERS:
            return GENDERS[word]
    return Gender.MASCULINE


def accusative(noun: str) -> str:
    """Put what a body is called into the accusative: «республика» → «республику», «край» stays."""
    if noun.endswith("а"):
        return f"{noun[:-1]}у"
    if noun.endswith("я"):
        return f"{noun[:-1]}ю"
    return noun


def stamp_word(state: str, title: str, *, is_superseded: bool) -> str:
    """Give the word of the stamp, agreeing with what the document calls itself."""
    gender = gender_of(title)
    if is_superseded:
        return {
            Gender.MASCULINE: pgettext("masculine", "NO LONGER IN FORCE"),
            Gender.FEMININE: pgettext("feminine", "NO LONGER IN FORCE"),
            Gender.NEUTER: pgettext("neuter", "NO LONGER IN FORCE"),
            Gender.PLURAL: pgettext("plural", "NO LONGER IN FORCE"),
        }[gender]
    if state == EditionState.APPROVED:
        return {
            Gender.MASCULINE: pgettext("masculine", "APPROVED"),
            Gender.FEMININE: pgettext("feminine", "APPROVED"),
            Gender.NEUTER: pgettext("neuter", "APPROVED"),
            Gender.PLURAL: pgettext("plural", "APPROVED"),
        }[gender]
    if state == EditionState.RETURNED:
        return {
            Gender.MASCULINE: pgettext("masculine", "RETURNED FOR REVISION"),
            Gender.FEMININE: pgettext("feminine", "RETURNED FOR REVISION"),
            Gender.NEUTER: pgettext("neuter", "RETURNED FOR REVISION"),
            Gender.PLURAL: pgettext("plural", "RETURNED FOR REVISION"),
        }[gender]
    return _("FOR APPROVAL") if state == EditionState.SUBMITTED else pgettext("stamp", "DRAFT")
