"""The words of stamps and marks: agreement in gender, cases of acts, dates as an order writes them."""

import re
from datetime import date
from enum import Enum


class Gender(Enum):
    """The grammatical gender of a document's kind, or its plural."""

    MASCULINE = "ён"
    FEMININE = "ена"
    NEUTER = "ено"
    PLURAL = "ены"


NOUNS = {
    Gender.MASCULINE: "план перечень список график комплекс регламент порядок паспорт состав чек-лист проект реестр "
    "календарь бюджет сборник устав кодекс шаблон бланк минимум показатель календарь-график план-график медиаплан",
    Gender.FEMININE: "карта программа концепция смета инструкция форма модель циклограмма стратегия методика анкета "
    "схема повестка структура справка номенклатура роспись ведомость",
    Gender.NEUTER: "положение расписание задание мероприятие соглашение приложение техзадание меню",
    Gender.PLURAL: "мероприятия меры сроки критерии показатели правила изменения рекомендации нормы формы списки "
    "планы перечни положения требования образцы тарифы задачи условия сведения составы графики карты",
}
GENDERS = {noun: gender for gender, nouns in NOUNS.items() for noun in nouns.split()}
"""The nouns that head the titles of approved documents."""

ENDINGS = (
    (("ая", "яя"), Gender.FEMININE),
    (("ый", "ий", "ой"), Gender.MASCULINE),
    (("ое", "ее"), Gender.NEUTER),
    (("ание", "ение", "ство", "тие"), Gender.NEUTER),
    (("ые", "ие"), Gender.PLURAL),
    (("ция", "сия", "ость", "а", "я"), Gender.FEMININE),
    (("о", "е"), Gender.NEUTER),
    (("ы", "и"), Gender.PLURAL),
)
"""Endings, the surer ones first: an adjective before the noun tells its gender."""

ACTS = {
    "приказ": ("приказом", "приказу"),
    "распоряжение": ("распоряжением", "распоряжению"),
    "постановление": ("постановлением", "постановлению"),
    "решение": ("решением", "решению"),
    "протокол": ("протоколом", "протоколу"),
}
"""Kinds of acts: who approves (instrumental), to what an appendix belongs (dative)."""

KIND = re.compile(
    r"((?:[а-яё-]+(?:ый|ий|ой|ая|яя|ое|ее|ые|ие)\s+){0,3}([а-яё]+(?:-[а-яё]+)*)(?:\s+(?:работы|мероприятий|действий))?)\s+(\S.*)",
    re.IGNORECASE,
)
"""The words of a title that name its kind: adjectives, the noun, what it always takes with it; then the rest."""


def gender_of(title: str) -> Gender:
    """
    Find the gender of what a title names: «Дорожная карта работы …» is feminine.

    The first known noun among the leading words decides, then the first word's ending; a word that
    ends in a consonant is masculine.
    """
    words: list[str] = re.findall(r"[а-яё]+(?:-[а-яё]+)*", title.lower())
    for word in words[:4]:
        if word in GENDERS:
            return GENDERS[word]
    first = words[0] if words else ""
    return next((gender for endings, gender in ENDINGS if first.endswith(endings)), Gender.MASCULINE)


def titled(title: str) -> tuple[str, ...]:
    """
    Break a title behind the words that name its kind: «Дорожная карта» and below it «работы профильных классов …».

    Lines that a title has already stay; so does a title that names no known kind.
    """
    lines = tuple(line.strip() for line in title.splitlines() if line.strip())
    if len(lines) != 1:
        return lines or ("",)
    found = KIND.match(lines[0])
    return (found[1], found[3]) if found and found[2].casefold() in GENDERS else lines


def approved(gender: Gender, *, yo: bool = True) -> str:
    """Give the first line of a stamp: УТВЕРЖДЁН, УТВЕРЖДЕНА, УТВЕРЖДЕНО, УТВЕРЖДЕНЫ."""
    word = f"УТВЕРЖД{gender.value.upper()}"
    return word if yo else without_yo(word)


def without_yo(text: str) -> str:
    """Write е for ё, as some chanceries do."""
    return text.translate(str.maketrans("ёЁ", "еЕ"))


def instrumental(act: str) -> str:
    """Give «приказом» for «приказ»; a kind that is not known is left as it is."""
    return ACTS.get(act.lower(), (act, act))[0]


def dative(act: str) -> str:
    """Give «приказу» for «приказ»; a kind that is not known is left as it is."""
    return ACTS.get(act.lower(), (act, act))[1]


def in_figures(day: date) -> str:
    """Write a date as orders do: 21.09.2026."""
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def control_clause(whom: str = "", *, act: str = "настоящего приказа") -> str:
    """Word the last clause; `whom` is in the accusative, nobody means the signatory."""
    charge = f"возложить на {whom}" if whom else "оставляю за собой"
    return f"Контроль за исполнением {act} {charge}."
