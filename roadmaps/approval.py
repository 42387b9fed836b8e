"""The trade's wording of an order that approves a plan: its title, the approving clause, the clause on following dates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.choices import ClauseKind

FOLLOW_SIGN = "*"

# The nouns by which plans call themselves: accusative, genitive.
NOUNS = {
    "карта": ("карту", "карты"),
    "программа": ("программу", "программы"),
    "циклограмма": ("циклограмму", "циклограммы"),
    "концепция": ("концепцию", "концепции"),
    "модель": ("модель", "модели"),
    "план": ("план", "плана"),
    "план-график": ("план-график", "плана-графика"),
    "комплекс": ("комплекс", "комплекса"),
    "перечень": ("перечень", "перечня"),
    "график": ("график", "графика"),
    "календарь": ("календарь", "календаря"),
    "проект": ("проект", "проекта"),
    "положение": ("положение", "положения"),
    "расписание": ("расписание", "расписания"),
    "мероприятия": ("мероприятия", "мероприятий"),
    "меры": ("меры", "мер"),
}
# Endings of adjectives and participles before such a noun.
ENDINGS = (
    ("ийся", "ийся", "егося"),
    ("ый", "ый", "ого"),
    ("ой", "ой", "ого"),
    ("ший", "ший", "шего"),
    ("щий", "щий", "щего"),
    ("ний", "ний", "него"),
    ("ий", "ий", "ого"),
    ("ая", "ую", "ой"),
    ("яя", "юю", "ей"),
    ("ое", "ое", "ого"),
    ("ее", "ее", "его"),
    ("ые", "ые", "ых"),
    ("ие", "ие", "их"),
)
# How «утверждённый» agrees with these nouns in the accusative; the others are masculine.
PARTICIPLES = {
    "утверждённую": ("карта", "программа", "циклограмма", "концепция", "модель"),
    "утверждённое": ("положение", "расписание"),
    "утверждённые": ("мероприятия", "меры"),
}
WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*")
ACCUSATIVE, GENITIVE = 0, 1


def name_in_case(title: str, case: int) -> str:
    """
    Put a plan's title into a case: «Дорожная карта …» → «дорожную карту …»; what follows the noun stays.

    Words that shout come down; a title that names no known noun stays in quotation marks, «документ «…»».
    """
    title = " ".join(title.split()).strip(" .")
    if title.isupper():
        title = title.capitalize()
    spans = list(WORD.finditer(title))
    nouns = (i for i, span in enumerate(spans[:8]) if span[0].casefold() in NOUNS)
    at = next((i for i in nouns if all(_is_adjective(span[0]) for span in spans[:i])), None)
    if at is None:
        return f"{('документ', 'документа')[case]} «{title}»"
    found, end = [], 0
    for span in spans[: at + 1]:
        found += [title[end : span.start()], _changed(span[0], case)]
        end = span.end()
    return "".join([*found, title[end:]])


def _is_adjective(word: str) -> bool:
    return word.casefold().endswith(tuple(ending for ending, _a, _g in ENDINGS))


def _changed(word: str, case: int) -> str:
    low = word.casefold()
    if low in NOUNS:
        return NOUNS[low][case]
    for ending, *cases in ENDINGS:
        if low.endswith(ending):
            return low[: -len(ending)] + cases[case]
    return low


@dataclass(frozen=True, slots=True)
class UpperOrder:
    """The registered order of a plan above: whose, of which day, under which number."""

    issuer_genitive: str
    signed_on: str
    number: str


def order_title(title: str) -> str:
    """Give the title of the order: «Об утверждении дорожной карты …»."""
    return f"Об утверждении {name_in_case(title, GENITIVE)}"


def approve_clause(title: str, *, appendices: int) -> str:
    """Word what is approved; a single appendix bears no number."""
    mark = "приложение № 1" if appendices > 1 else "приложение"
    return f"Утвердить {name_in_case(title, ACCUSATIVE)} ({mark})."


def adopt_title(title: str) -> str:
    """Give the title of an order by which a plan above is taken over: «О принятии к исполнению плана …»."""
    return f"О принятии к исполнению {name_in_case(title, GENITIVE)}"


def adopt_clause(title: str, upper: UpperOrder, *, appendices: int) -> str:
    """Word what is taken over unchanged: the plan above by its own order; the appendix names who does it here."""
    mark = "приложение № 1" if appendices > 1 else "приложение"
    said = name_in_case(title, ACCUSATIVE)
    return f"Принять к исполнению {said}, {_approved(said)} {acts([upper], 'приказом')} ({mark})."


def _approved(said: str) -> str:
    """Let «утверждённый» agree with a title in the accusative."""
    words = [span.casefold() for span in WORD.findall(said)]
    nouns = {accusative: noun for noun, (accusative, _genitive) in NOUNS.items()}
    noun = next((nouns[word] for word in words[:8] if word in nouns), "") if not said.startswith("документ «") else ""
    return next((participle for participle, those in PARTICIPLES.items() if noun in those), "утверждённый")


def list_clause() -> str:
    """Word the approval of the list of schools."""
    return "Утвердить список участвующих общеобразовательных организаций (приложение № 2)."


def follow_clause(uppers: Sequence[UpperOrder], *, appendices: int, of: str = "") -> str:
    """
    Word the clause that lets dates move with the plan above.

    It is this clause that allows an act of this body to change with another body's act: rows bear a sign in the appendix.

    :param of: the order to which the appendix belongs, in the dative with its preposition, if it is another one
    """
    mark = "приложении № 1" if appendices > 1 else "приложении"
    mark = f"{mark} {of}".strip()
    if len(uppers) == 1:
        whose = f"плана, утверждённого {acts(uppers, 'приказом')}"
    elif uppers:
        whose = f"планов, утверждённых {acts(uppers, 'приказами')}"
    else:
        whose = "вышестоящих планов"
    return (
        f"Установить, что сроки мероприятий, отмеченных в {mark} знаком «{FOLLOW_SIGN}», "
        f"изменяются одновременно с изменением соответствующих сроков {whose}."
    )


FOLLOWING = re.compile(
    r"срок\w*\b.*\b(?:изменя\w+|меня\w+|перенос\w+)\b.*\bодновременно с (?:изменением|переносом)\b", re.DOTALL
)


def kind_of_clause(text: str) -> ClauseKind:
    """Tell the one clause by which an order from paper acts by itself: that dates move together with those above."""
    return ClauseKind.FOLLOW if FOLLOWING.search(text.casefold()) else ClauseKind.WRITTEN


def basis(uppers: Sequence[UpperOrder]) -> str:
    """Say what an order executes: «приказа … от … № …»."""
    return acts(uppers, "приказов" if len(uppers) > 1 else "приказа") if uppers else ""


def acts(uppers: Sequence[UpperOrder], noun: str) -> str:
    """Name orders in a row: «приказа … от … № …, … от … № …»."""
    return f"{noun} " + ", ".join(f"{one.issuer_genitive} от {one.signed_on} № {one.number}".strip() for one in uppers)
