"""Invented people: names that never repeat, and what they are."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

_SURNAMES = ["Агапов", "Арефьев", "Басаргин", "Белозёров", "Бурмистров", "Ветлугин", "Вербилов", "Воскобойников", "Гладышев", "Горшенин", "Дубравин", "Дементьев", "Еремеев", "Ершов", "Жигалов", "Завьялов", "Зотов", "Игумнов", "Исаков", "Калитин", "Кириллов", "Крутиков", "Лавров", "Логинов", "Малышев", "Мещеряков", "Нагорнов", "Нечаев", "Одинцов", "Осокин", "Парфёнов", "Пахомов", "Родионов", "Рогожин", "Савельев", "Соболев", "Тарханов", "Трифонов", "Уваров", "Устинов", "Филатов", "Фомин", "Хлебников", "Холмогоров", "Целищев", "Черкасов", "Чеботарёв", "Шатров", "Шубин", "Щеглов", "Юдин", "Якушев", "Ярцев"]  # fmt: skip
_WOMEN = [
    "Анна",
    "Вера",
    "Галина",
    "Дарья",
    "Евгения",
    "Жанна",
    "Зоя",
    "Инна",
    "Кира",
    "Лидия",
    "Маргарита",
    "Надежда",
    "Оксана",
    "Полина",
    "Римма",
    "Софья",
    "Тамара",
    "Ульяна",
    "Яна",
]
_MEN = "Антон Борис Виктор Глеб Денис Егор Захар Игорь Кирилл Леонид Максим Олег Павел Роман Степан Тимур Юрий".split()  # noqa: SIM905
_FATHERS = "Аркадьев Борисов Викторов Германов Денисов Евгеньев Захаров Игорев Львов Максимов Олегов Петров Романов Степанов Юрьев".split()  # noqa: SIM905


@dataclass(frozen=True)
class Name:
    """A person's full name, by the fields of the register."""

    surname: str
    given_name: str
    patronymic: str

    @property
    def short(self) -> str:
        """«Лаврова К. О.», as plans and orders write it."""
        return f"{self.surname} {self.given_name[0]}. {self.patronymic[0]}."

    @property
    def values(self) -> dict[str, str]:
        return {"surname": self.surname, "given_name": self.given_name, "patronymic": self.patronymic}


def names(rng: random.Random) -> Iterator[Name]:
    """Give ever new names; no two have surname and initials in common."""
    given: set[str] = set()
    while True:
        for surname in rng.sample(_SURNAMES, len(_SURNAMES)):
            is_woman = rng.random() < 0.75
            name = Name(
                surname + "а" * is_woman,
                rng.choice(_WOMEN if is_woman else _MEN),
                rng.choice(_FATHERS) + ("на" if is_woman else "ич"),
            )
            if name.short not in given:
                given.add(name.short)
                yield name


REGION_POSTS = (
    ("minister", "Министр образования", True),
    ("deputy", "Заместитель министра", False),
    ("coordinator", "Начальник отдела профильного обучения", False),
    ("staff", "Главный специалист отдела профильного обучения", False),
    ("reviewer", "Консультант отдела оценки качества", False),
)
INSTITUTE_POSTS = (
    ("head", "Ректор", True),
    ("coordinator", "Проректор по сопровождению программ", False),
)
CENTRE_POSTS = (
    ("head", "Директор центра", True),
    ("coordinator", "Заведующая отделом проб", False),
)
TOWN_POSTS = (
    ("head", "Начальник управления образования", True),
    ("coordinator", "Главный специалист управления образования", False),
    ("methodist", "Методист", False),
)
SCHOOL_POSTS = (
    ("head", "Директор", True),
    ("deputy", "Заместитель директора по профильному обучению", False),
    ("teacher", "Учитель, куратор профильной группы", False),
)
