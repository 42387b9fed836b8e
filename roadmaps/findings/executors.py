"""Who an executor is: a person, a group that expands, a position, a collegial body, an organization, or just text."""

import enum
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from roadmaps.matching.bodies import Level, organization_level
from roadmaps.matching.words import fold


class ExecutorKind(enum.StrEnum):
    PERSON = "person"
    GROUP = "group"
    POSITION = "position"
    BODY = "body"
    ORGANIZATION = "organization"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Understood:
    """
    What an executor's text means.

    `surname` and `initials` («Иванова», «М.П.») and `position` belong to a person; `group` is the code of a group and
    `level` the storey whose organizations it expands to (None: across, or unknown); an organization has a `level` too.
    """

    kind: ExecutorKind
    text: str
    surname: str = ""
    initials: str = ""
    position: str = ""
    group: str = ""
    level: Level | None = None


_UPPER = "А-ЯЁ"
_SURNAME = rf"[{_UPPER}][а-яё]+(?:-[{_UPPER}][а-яё]+)?"
_SURNAME_FIRST = re.compile(
    rf"(?<![\w«])(?P<surname>{_SURNAME})\s+(?P<a>[{_UPPER}])(?:\.\s*|\s)(?P<b>[{_UPPER}])(?:\.|(?!\w))"
)
_INITIALS_FIRST = re.compile(rf"(?<!\w)(?P<a>[{_UPPER}])\.\s*(?P<b>[{_UPPER}])\.\s*(?P<surname>{_SURNAME})")
_FULL = re.compile(
    rf"(?<!\w)(?P<surname>{_SURNAME})\s+(?P<a>[{_UPPER}])[а-яё]+\s+(?P<b>[{_UPPER}])[а-яё]+(?:вн[аеуы]|вной|ич[аеу]?|ичем|ична|ичны|кызы|оглы)(?!\w)"
)

_SCHOOLS = r"(?:оо|оу|сош|школ\w*|лицее\w*|гимнази\w*|(?:обще)?образовательн\w+ (?:организац|учрежден)\w*|учрежден\w*|организац\w*)"
_TOWNS = (
    r"(?:моуо|омсу?|муниципал\w+(?: орган\w*)?(?: управлен\w*)?(?: образован\w*)?(?: \w+){0,2}|орган\w* (?:управлен\w* образован\w*|местного \w+)"
    r"|управлен\w* образован\w*|отдел\w* образован\w*)"
)
GROUPS: tuple[tuple[str, Level | None, re.Pattern[str]], ...] = tuple(
    (code, level, re.compile(rf"^(?:все |каждый |каждая )?(?:{pattern})\b"))
    for code, level, pattern in (
        (
            "methodical-heads",
            None,
            r"руководител[ией]\w* (?:рмо|гмо|шмо|мо\b|\w+ ?методическ\w+ объединен\w*|методическ\w+ объединен\w*)",
        ),
        (
            "municipal-coordinators",
            Level.MUNICIPALITY,
            r"муниципальны[ем] координатор[ыа]\w*|координаторы (?:моуо|муниципал\w+)",
        ),
        ("municipal-heads", Level.MUNICIPALITY, rf"(?:руководители|начальники|заведующие|специалисты|главы) {_TOWNS}"),
        (
            "school-coordinators",
            Level.SCHOOL,
            rf"школьные (?:координаторы|кураторы)|(?:координаторы|кураторы|ответственные)(?: \w+)? (?:в |от )?{_SCHOOLS}",
        ),
        ("class-teachers", Level.SCHOOL, r"классные руководители"),
        (
            "school-deputies",
            Level.SCHOOL,
            r"(?:заместители (?:директор|руководител)\w+|зам\.? (?:директоров|руководителей))",
        ),
        (
            "school-heads",
            Level.SCHOOL,
            rf"руководители {_SCHOOLS}|директор[аы]\b(?! школы| оо| оу)(?: {_SCHOOLS})?|директора (?:школ|оо|оу)\b|администраци[яи] {_SCHOOLS}|руководители$",
        ),
        ("librarians", Level.SCHOOL, r"(?:школьные )?(?:педагоги-)?библиотекари"),
        (
            "psychologists",
            Level.SCHOOL,
            r"(?:педагоги-)?психологи|социальные педагоги|советники(?: директора| директоров)?|вожатые|логопеды|дефектологи",
        ),
        (
            "teachers",
            Level.SCHOOL,
            r"(?:учителя|педагоги|преподаватели|воспитатели|педагогические (?:работники|коллективы)|учителя-предметники)",
        ),
        (
            "municipalities",
            Level.MUNICIPALITY,
            r"моуо|омсу|муниципалитеты|муниципальные (?:образования|органы|районы|округа|управления)|органы управления образованием|управления образовани\w+|органы местного самоуправления",
        ),
        (
            "schools",
            Level.SCHOOL,
            r"(?:оо|оу|сош)(?= |$|,|-)|школы(?: |$|-)|(?:обще)?образовательные (?:организации|учреждения)",
        ),
    )
)
"""Plural words for many, each with the storey it expands to; `methodical-heads` runs across organizations."""

_BODY = re.compile(
    r"\b(?:совет|педсовет|комисси[яи]|рабоч\w+ групп|оргкомитет|организационн\w+ комитет|жюри|штаб|коллеги[яи]|методическ\w+ объединени|"
    r"шмо|рмо|гмо|творческ\w+ групп|проектн\w+ (?:офис|групп|команд)|команда|коллектив|актив|родительск\w+ комитет)\w*"
)
_POSITION = re.compile(
    r"^(?:и\.?\s?о\.?\s+|врио\s+)?(?:заместител|зам\b|директор|заведующ|начальник|руководител|главн\w+ |ведущ\w+ |старш\w+ |специалист|методист|"
    r"секретар|бухгалтер|библиотекар|педагог\b|учител|психолог|советник|куратор|координатор|муниципальн\w+ координатор|региональн\w+ координатор|"
    r"школьн\w+ координатор|ответственн\w+|классн\w+ руководител|социальн\w+ педагог|инженер|инспектор|министр|ректор|проректор|вожат|тренер|врач|"
    r"медицинск\w+ (?:сестра|работник)|системн\w+ администратор)"
)
_ORGANIZATION = re.compile(
    r"«|\"|\b(?:институт|министерств|департамент|университет|академи|колледж|техникум|вуз|центр|управлени|отдел|комитет|администраци|"
    r"предприят|завод|компани|фонд|библиотек|музе|театр|клуб|полици|гибдд|мчс|больниц|поликлиник|ооо|зао|пао|ао|ип|иро|рмц)\w*\b"
)


@lru_cache(maxsize=20_000)
def understand(text: str) -> Understood:
    """Tell who an executor is from its text."""
    clean = " ".join(text.split()).strip(" ,;")
    folded = fold(clean)
    person = next((hit for pattern in (_SURNAME_FIRST, _FULL, _INITIALS_FIRST) if (hit := pattern.search(clean))), None)
    if person is not None:
        rest = (clean[: person.start()] + " " + clean[person.end() :]).strip(" ,;.–—-()")
        initials = f"{person['a']}.{person['b']}."
        level = organization_level(rest) if rest else None
        return Understood(ExecutorKind.PERSON, clean, person["surname"], initials, " ".join(rest.split()), level=level)
    for code, level, pattern in GROUPS:
        if pattern.search(folded):
            return Understood(ExecutorKind.GROUP, clean, group=code, level=level)
    if _POSITION.search(folded):
        return Understood(ExecutorKind.POSITION, clean, position=clean, level=organization_level(clean))
    if _BODY.search(folded) and not re.search(r"^(?:м|г|кг)\w*оу\b", folded):
        return Understood(ExecutorKind.BODY, clean)
    if organization_level(clean) is not None or _ORGANIZATION.search(folded):
        return Understood(ExecutorKind.ORGANIZATION, clean, level=organization_level(clean))
    return Understood(ExecutorKind.TEXT, clean)


@dataclass(frozen=True, slots=True)
class NameVariant:
    """Two spellings of what is probably one name; `misspelt` if more than spaces and dots differ."""

    usual: str
    rarer: str
    misspelt: bool


def name_variants(texts: Iterable[str]) -> list[NameVariant]:
    """
    Find names that are written in more than one way, the usual spelling being the more frequent (then the earlier) one.

    Taken for one name: equal but for spaces, dots and ё; equal initials and surnames a slip apart; equal surnames and
    first initials with another second one, if one of the two stands only once.
    """
    written: Counter[str] = Counter()
    person: dict[str, tuple[str, str]] = {}
    for text in texts:
        who = understand(text)
        if who.kind is not ExecutorKind.PERSON:
            continue
        spelling = _as_written(text)
        written[spelling] += 1
        person[spelling] = (fold(who.surname), fold(who.initials))
    order = list(written)
    total: Counter[tuple[str, str]] = Counter()
    for spelling, count in written.items():
        total[person[spelling]] += count
    found = []
    for position, one in enumerate(order):
        for other in order[position + 1 :]:
            if not _probably_one(person[one], person[other], total):
                continue
            misspelt = person[one] != person[other]
            here, there = (total[person[one]], total[person[other]]) if misspelt else (written[one], written[other])
            usual, rarer = (one, other) if here >= there else (other, one)
            found.append(NameVariant(usual, rarer, misspelt))
    return found


def _as_written(text: str) -> str:
    clean = " ".join(text.split())
    hit = next(hit for pattern in (_SURNAME_FIRST, _FULL, _INITIALS_FIRST) if (hit := pattern.search(clean)))
    return hit.group(0)


def _probably_one(one: tuple[str, str], other: tuple[str, str], total: Counter[tuple[str, str]]) -> bool:
    if one == other:
        return True
    if one[1] == other[1]:
        long_enough = min(len(one[0]), len(other[0])) >= 4
        allowed = 2 if min(len(one[0]), len(other[0])) >= 8 else 1
        return long_enough and edits(one[0], other[0]) <= allowed
    once = min(total[one], total[other]) == 1 < max(total[one], total[other])
    return once and one[0] == other[0] and one[1][0] == other[1][0]


def edits(one: str, other: str) -> int:
    """Count the letters to insert, drop, exchange or swap with their neighbour to turn one word into the other."""
    before: list[int] = []
    line = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        last, before_last, line = line, before, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(last[j] + 1, line[j - 1] + 1, last[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, before_last[j - 2] + 1)
            line.append(cost)
        before = last
    return line[-1]
