"""Whose plan it is and whom a text names: the region, a municipality, a school."""

import enum
import re
from functools import lru_cache

from roadmaps.matching.words import fold
from roadmaps.reading.document import PlanDocument


class Level(enum.IntEnum):
    """A storey of the tree; the smaller number stands higher."""

    REGION = 1
    INSTITUTE = 2
    MUNICIPALITY = 3
    SCHOOL = 4


_STAGE_WITHIN = 40
_TERRITORY = r"(?:\s+[а-я-]+(?:ск|цк)(?:ой|ого|ому|ий|ая|ом)\s+(?:кра[йяюе]м?|област\w+|республик\w+|округ\w*|район\w*|город\w*))"
_FORM = (
    r"\b(?:(?:м|г|кг|ог|фг|гк)?(?:б|а|к|об|аоу|каз)?(?:оу|у)(?:\s+(?:дпо|до|спо|во))?|мку|мбу|мау|моу|мдоу|кгбоу|кгоб?у|кгау|гау|гбу|"
    r"гбоу|гапоу|кгбпоу|огбоу|чоу|ано)"
)
_NAMED = re.compile(_FORM + r"[\s,]*(?:«[^»]*(?:»|$)(?:\s*»)?|\"[^\"]*\")")
_SCHOOL = re.compile(
    r"\b(?:м[абк]?о?б?оу|кгб?оу|огб?оу|гбоу|мкоу|чоу)\b|\b(?:сош|оош|нош)\s*(?:№|n|\d)|\bшкол[аыуе]\s*(?:-\w+\s*)?(?:№|n\s*\d)|"
    r"(?:«|\b)(?:гимназия|лицей|школа|сош|оош)\b[^»]{0,30}»|\b(?:гимнази[яию]|лице[йея])\s*(?:№|n\s*\d)|\bшкольн(?:ая|ый|ой) (?:дорожн|план)"
)
_MUNICIPALITY = re.compile(
    r"\b(?:управлени|отдел|комитет|департамент)\w*\s+(?:по\s+)?(?:образовани|просвещени)\w*(?!.{0,40}\b(?:кра[яй]|област))|"
    r"\bмку\b|муниципальн\w+\s+(?:план|дорожн|программ|координатор|орган|округ|район|образовани)|"
    r"\b(?:городск\w+|муниципальн\w+)\s+(?:округ|район)|\bадминистраци\w+\s+\S+\s+(?:город|район|округ|муницип)"
)
_REGION = re.compile(
    r"\bминистерств|\bминистр\b|\bрегиональн\w+\s+(?:план|дорожн|программ|координатор)|\bправительств\w+\s+\w+\s+(?:кра|обл|респ)|"
    r"\bдепартамент\w*\s+(?:образовани|просвещени)\w*.{0,40}\b(?:кра[яй]|област)"
)
_INSTITUTE = re.compile(
    r"\bинститут\w*\s+(?:развития|повышения|непрерывного)|\bиро\b|\bрегиональн\w+\s+модельн\w+\s+центр"
)

_TO = {
    Level.REGION: r"министерств\w*|мин\s?обр\w*|министр\w*|департамент\w*|мо [а-я]{2}\b|регион\w*|край|области",
    Level.INSTITUTE: r"институт\w*|иро\b|рмц\b",
    Level.MUNICIPALITY: (
        r"моуо\b|муниципал\w*|муниципальн\w+ (?:орган|образован|координатор)\w*|управлени\w* образован\w*|мку\b|омс\b|орган\w* местного|мо\b"
    ),
    Level.SCHOOL: (
        r"оо\b|оу\b|сош\b|школ\w*|(?:обще)?образовательн\w+ (?:организац|учрежден)\w*|руководител\w+ оо\b|директор\w*|педагог\w*|учител\w*"
    ),
}
_HEAD_TO = (
    r"(?:руководител\w+|начальник\w+|глав\w+|специалист\w+|сотрудник\w+|все[хм]?|кажд\w+|адрес|муниципальн\w+ и)?\s*"
)
_ADDRESS = {
    level: re.compile(rf"(?:\b(?:в|во|до|для|на|по|и|также)\s+|,\s*){_HEAD_TO}(?:{words})")
    for level, words in _TO.items()
}
_HANDED = re.compile(
    r"\b(?:направлен|направит|отправлен|отправк|разослан|рассыл|доведен|доводит|передан|передач|распростран|предоставлен|представлен)\w*"
)


def level_of(document: PlanDocument, above: Level | None = None) -> Level:
    """
    Tell whose plan a document is from its issuer, titles and signatory.

    Where they are silent it stands one storey below the plan above it, and at the top without one.
    """
    header = document.header
    for text in (header.issuer, header.title, header.signatory_post, header.order_title):
        found = _named_level(fold(text))
        if found is not None and (above is None or found > above or text == header.issuer):
            return found
    if above is None:
        return Level.REGION
    return Level.MUNICIPALITY if above < Level.MUNICIPALITY else Level.SCHOOL


def _named_level(folded: str) -> Level | None:
    if not folded:
        return None
    for level, pattern in (
        (Level.SCHOOL, _SCHOOL),
        (Level.INSTITUTE, _INSTITUTE),
        (Level.MUNICIPALITY, _MUNICIPALITY),
        (Level.REGION, _REGION),
    ):
        if pattern.search(folded):
            return level
    return None


def organization_level(text: str) -> Level | None:
    """Tell the storey of the organization that a text names, or None."""
    return _named_level(fold(text))


def addressees(text: str) -> frozenset[Level]:
    """Tell to whom a result is handed: «направлены в МОУО и ОО» → municipality and school; nobody without a verb of handing."""
    folded = fold(text)
    found: set[Level] = set()
    for verb in _HANDED.finditer(folded):
        clause = re.split(r"[:;]|\.\s", folded[verb.end() :], maxsplit=1)[0]
        found.update(level for level, pattern in _ADDRESS.items() if pattern.search(clause))
    return frozenset(found)


_MASKS = (
    _NAMED,
    re.compile(
        r"\bминистерств\w*\s+(?:образовани\w*|просвещени\w*|общего\s+\S+\s+\S+\s+\S+)(?:\s+и\s+[а-я]+(?:\s+политики)?)?"
        + _TERRITORY
        + "?"
    ),
    re.compile(
        r"\b(?:управлени|отдел|комитет|департамент)\w*\s+(?:по\s+)?(?:образовани|просвещени)\w*(?:\s+администрации)?"
        + _TERRITORY
        + "?"
    ),
    re.compile(
        r"\b[а-я-]+(?:ск|цк)(?:ого|ом|ому|ий|ой|ая)\s+(?:муниципальн\w+\s+|городск\w+\s+)?(?:кра[йяюе]|област\w+|округ\w*|район\w*)"
    ),
    re.compile(r"\bмо\s+[а-я]{2}\b|\b[а-я]{2}\s+иро\b|\bиро\b|\bрмц\b|\bрцод\b|\bоив\b"),
)


@lru_cache(maxsize=20_000)
def without_bodies(text: str) -> str:
    """
    Give a folded text without the names of bodies.

    Between two levels the names differ by nature («сайт министерства» above, «сайт школы» below), so they say nothing
    about whether two rows mean the same work.
    """
    folded = fold(text)
    for mask in _MASKS:
        folded = mask.sub(" ", folded)
    return folded


_STAGE = re.compile(
    r"\b(?:(?P<school>школьн|гимназическ|лицейск)|(?P<town>муниципальн|районн|городск|окружн)|(?P<region>региональн|областн|краев|республиканск))\w*\s+"
    r"(?:этап|тур\b|тура\b|туре\b|уровен|уровн)"
)
_MANY = (
    (Level.SCHOOL, re.compile(r"^(?:руководител|директор|администраци)\w*\s+(?:оо|оу|школ|\w*образовательн)|^классные руководители|^(?:школы|оо|учителя)\b")),
    (Level.MUNICIPALITY, re.compile(r"^(?:руководители|начальники)\s+(?:моуо|муниципальн|управлен|отдел|орган)|^муниципальные координаторы|^моуо\b")),
)  # fmt: skip


def doer(said: str, executors: tuple[str, ...]) -> Level | None:
    """
    Tell on which storey a row is done, where its first words («Муниципальный этап …») or its executors say so.

    «Руководители ОО» do it in their schools, whoever wrote the row.
    """
    stage = _STAGE.search(fold(said)[:_STAGE_WITHIN])
    if stage is not None:
        return Level.SCHOOL if stage["school"] else Level.MUNICIPALITY if stage["town"] else Level.REGION
    for text in executors:
        for level, pattern in _MANY:
            if pattern.search(fold(text)):
                return level
    return None


def name_key(text: str) -> frozenset[str]:
    """Give what tells one body from another of its kind: its number, else the words of its quoted name."""
    folded = fold(text)
    numbers = re.findall(r"(?:№|\bn)\s*(\d+)", folded)
    if numbers:
        return frozenset(f"№{number}" for number in numbers)
    inside = " ".join(re.findall(r"[«\"]([^»\"]*)", folded)) or folded
    return frozenset(re.findall(r"[а-я]{4,}", inside))
