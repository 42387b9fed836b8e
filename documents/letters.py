"""Words of orders: posts and names in the cases that signatures and clauses need, and what an order lacks."""

import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from documents.models import Order
    from organizations.models import Organization, Person, Position

# Nouns of posts in the genitive, which is their accusative too: nobody of them is a thing.
POSTS = {
    "глава": ("главы", "главу"),
    "судья": ("судьи", "судью"),
    "заведующий": ("заведующего", "заведующего"),
    "заведующая": ("заведующей", "заведующую"),
    "управляющий": ("управляющего", "управляющего"),
    "исполняющий": ("исполняющего", "исполняющего"),
    "председатель": ("председателя", "председателя"),
    "руководитель": ("руководителя", "руководителя"),
    "заместитель": ("заместителя", "заместителя"),
    "учитель": ("учителя", "учителя"),
    "секретарь": ("секретаря", "секретаря"),
}
ENDINGS = (
    ("ший", "шего", "шего"),
    ("щий", "щего", "щего"),
    ("ий", "ого", "ого"),
    ("ый", "ого", "ого"),
    ("ой", "ого", "ого"),
    ("ая", "ой", "ую"),
    ("яя", "ей", "юю"),
)
CONSONANTS = "бвгджзклмнпрстфхцчшщ"
BODIES = {
    "министерство": "министерства",
    "управление": "управления",
    "учреждение": "учреждения",
    "объединение": "объединения",
    "агентство": "агентства",
    "отделение": "отделения",
    "училище": "училища",
    "отдел": "отдела",
    "комитет": "комитета",
    "департамент": "департамента",
    "институт": "института",
    "центр": "центра",
    "лицей": "лицея",
    "колледж": "колледжа",
    "техникум": "техникума",
    "университет": "университета",
    "администрация": "администрации",
    "организация": "организации",
    "академия": "академии",
    "гимназия": "гимназии",
    "служба": "службы",
    "школа": "школы",
    "школа-интернат": "школы-интерната",
}
"""Nouns by which bodies call themselves, in the genitive."""
COMMON_ADJECTIVES = (
    "городск",
    "сельск",
    "республиканск",
    "поселковск",
    "детск",
    "юношеск",
    "педагогическ",
    "методическ",
    "медицинск",
)
"""Stems that look as if they were made of the name of a place, and are not."""
BODY_ENDINGS = (("ое", "ого"), ("ее", "его"), ("ая", "ой"), ("яя", "ей"), ("ый", "ого"), ("ий", "ого"), ("ой", "ого"))
ACTING = re.compile(r"^(?:и\.?\s*о\.?|врио|исполняющ\w+ обязанности)\s", re.IGNORECASE)


def post_in_case(post: str, *, accusative: bool = False) -> str:
    """
    Put a post into the genitive or accusative: «первый заместитель министра» → «первого заместителя министра».

    The noun that names the post and the adjectives before it change; what follows it stays.
    """
    case = 1 if accusative else 0
    words = post.split(" ")
    found: list[str] = []
    for at, word in enumerate(words):
        changed, is_noun = _word(word, case)
        found.append(changed)
        if is_noun:
            return " ".join([*found, *words[at + 1 :]])
    return " ".join(found)


def _word(word: str, case: int) -> tuple[str, bool]:
    head, dash, tail = word.rpartition("-")
    if dash:
        first, _noun = _word(head, case)
        second, is_noun = _word(tail, case)
        return f"{first}-{second}", is_noun
    low = word.casefold()
    if low in POSTS:
        return _as_written(word, POSTS[low][case]), True
    for ending, genitive, accusative in ENDINGS:
        if low.endswith(ending):
            return word[: -len(ending)] + (genitive, accusative)[case], False
    if low and low[-1] in CONSONANTS:
        return f"{word}а", True
    if low.endswith("ь"):
        return f"{word[:-1]}я", True
    if low.endswith("а"):
        stem = word[:-1]
        return stem + (("и" if low[-2:-1] in "гкхжчшщ" else "ы"), "у")[case], True
    return word, True


def name_in_genitive(name: str) -> str:
    """
    Put a body's name into the genitive: «Управление образования …» → «управления образования …».

    What stands in quotation marks or begins with an abbreviation does not change.
    """
    words = name.split(" ")
    found: list[str] = []
    for at, word in enumerate(words):
        low = word.casefold()
        if low in BODIES:
            return " ".join([*found, BODIES[low], *words[at + 1 :]])
        ending = next((pair for pair in BODY_ENDINGS if low.endswith(pair[0])), None)
        if ending is None:
            return name
        changed = low[: -len(ending[0])] + ending[1]
        found.append(changed.capitalize() if _is_of_a_place(low[: -len(ending[0])]) else changed)
    return name


def _is_of_a_place(stem: str) -> bool:
    """Tell an adjective made of a proper name, which keeps its capital («Полянского института»), from «городского»."""
    return stem.endswith(("ск", "цк")) and not stem.startswith(COMMON_ADJECTIVES)


def body_in_genitive(organization: "Organization") -> str:
    """Name a body in the genitive, as a mark of an appendix does; its own short form where the full one is not known."""
    changed = name_in_genitive(organization.name)
    if changed == organization.name and organization.short_genitive:
        return organization.short_genitive
    return changed


def _as_written(word: str, lower: str) -> str:
    return lower.capitalize() if word[:1].isupper() else lower


def surname_accusative(surname: str, *, is_woman: bool) -> str:
    """Put a surname into the accusative: «Воронцова» → «Воронцову», «Иванов» → «Иванова»; «Шевченко» stays."""
    low = surname.casefold()
    if "-" in surname:
        return "-".join(surname_accusative(part, is_woman=is_woman) for part in surname.split("-"))
    if low.endswith(("о", "е", "и", "у", "ы", "э", "ю", "их", "ых")):
        return surname
    if is_woman:
        if low.endswith("ая"):
            return f"{surname[:-2]}ую"
        if low.endswith("яя"):
            return f"{surname[:-2]}юю"
        return f"{surname[:-1]}у" if low.endswith("а") else f"{surname[:-1]}ю" if low.endswith("я") else surname
    if low.endswith(("ский", "цкий", "ой", "ый")):
        return f"{surname[:-2]}ого"
    if low.endswith("ий"):
        adjective = {**dict.fromkeys("гкх", "ого"), **dict.fromkeys("жчшщ", "его")}.get(low[-3:-2])
        return f"{surname[:-2]}{adjective}" if adjective else f"{surname[:-1]}я"
    if low.endswith(("й", "ь")):
        return f"{surname[:-1]}я"
    if low.endswith("а"):
        return f"{surname[:-1]}у"
    if low.endswith("я"):
        return f"{surname[:-1]}ю"
    return f"{surname}а"


def is_woman(person: "Person") -> bool:
    """Tell a woman by her patronymic, or without one by her surname or given name."""
    if person.patronymic:
        return person.patronymic.casefold().endswith(("на", "кызы"))
    return person.surname.casefold().endswith(("ова", "ева", "ёва", "ина", "ына", "ая")) or (
        person.given_name.casefold().endswith(("а", "я")) and person.surname.casefold().endswith(("а", "я"))
    )


def initials(person: "Person") -> str:
    return "".join(f"{name[0]}." for name in (person.given_name, person.patronymic) if name)


def name_in_signature(person: "Person") -> str:
    """Write a name as a signature bears it: initials first, «Е.М. Воронцова»."""
    return f"{initials(person)} {person.surname}".strip()


def post_in_signature(position: "Position") -> str:
    """Write a post as a signature bears it; who stands in signs as «исполняющий обязанности начальника …»."""
    title = position.title[:1].upper() + position.title[1:]
    if position.is_acting and not ACTING.match(position.title):
        acting = "Исполняющая" if is_woman(position.person) else "Исполняющий"
        return f"{acting} обязанности {post_in_case(position.title[:1].lower() + position.title[1:])}"
    return title


def post_of_body(post: str, organization: "Organization") -> str:
    """
    Write a post together with its body, as «УТВЕРЖДАЮ» bears it: «Директор», below it «МБОУ «Школа № 1»».

    What the post says of its body already is not said twice: «Министр образования», below it «… края».
    """
    body = body_in_genitive(organization).split()
    last = post.split()[-1].casefold() if post.strip() else ""
    known = [word.casefold().strip('«»",') for word in body]
    rest = body[known.index(last) + 1 :] if last in known else body
    return "\n".join(filter(None, [post.strip(), " ".join(rest)]))


def initials_first(name: str) -> str:
    """Write a name as a signature bears it, also where paper put the surname first: «Иванов А. П.» is «А.П. Иванов»."""
    found = re.fullmatch(r"([А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)\s+([А-ЯЁ]\.)\s*([А-ЯЁ]\.)?", name.strip())
    return f"{found[2]}{found[3] or ''} {found[1]}" if found else name


def control_clause(position: "Position | None") -> str:
    """Word the last clause: control is laid on somebody, or stays with who signs."""
    if position is None:
        return "Контроль за исполнением настоящего приказа оставляю за собой."
    person = position.person
    post = position.title[:1].lower() + position.title[1:]
    surname = surname_accusative(person.surname, is_woman=is_woman(person))
    return (
        "Контроль за исполнением настоящего приказа возложить на "
        f"{post_in_case(post, accusative=True)} {surname} {initials(person)}".strip()
    )


def missing(order: "Order", *, has_clauses: bool) -> list[str]:
    """Say what an order lacks before anybody could sign it."""
    lacks = {
        _("the title is missing"): not order.title.strip(),
        _("nobody is named who signs"): not order.signatory_post.strip() or not order.signatory_name.strip(),
        _("there is no clause"): not has_clauses,
    }
    return [said for said, is_missing in lacks.items() if is_missing]
