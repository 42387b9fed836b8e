"""Short names of the bodies above, as findings say them."""

import re

from roadmaps.findings.facts import Body
from roadmaps.matching.bodies import Level, level_of
from roadmaps.matching.words import fold
from roadmaps.reading.document import PlanDocument

_NAMES: tuple[tuple[frozenset[Level], str, Body], ...] = (
    (frozenset({Level.REGION}), r"\bкра(?:й|я|е|ю|ем)\b", Body("край", "края", "the region")),
    (frozenset({Level.REGION}), r"\bобласт", Body("область", "области", "the region")),
    (frozenset({Level.REGION}), r"\bреспублик", Body("республика", "республики", "the republic")),
    (frozenset({Level.REGION, Level.MUNICIPALITY}), r"\bокруг", Body("округ", "округа", "the district")),
    (frozenset({Level.MUNICIPALITY}), r"\bрайон", Body("район", "района", "the district")),
    (frozenset({Level.REGION, Level.MUNICIPALITY}), r"\bгород", Body("город", "города", "the city")),
    (frozenset({Level.SCHOOL}), r"\bлице[йя]", Body("лицей", "лицея", "the school")),
    (frozenset({Level.SCHOOL}), r"\bгимнази", Body("гимназия", "гимназии", "the school")),
)
_PLAIN = {
    Level.REGION: Body("регион", "региона", "the region"),
    Level.INSTITUTE: Body("институт", "института", "the institute"),
    Level.MUNICIPALITY: Body("муниципалитет", "муниципалитета", "the municipality"),
    Level.SCHOOL: Body("школа", "школы", "the school"),
}


def body_of(document: PlanDocument, level: Level | None = None) -> Body:
    """Give the short name of a document's body: «край», «округ», «школа», read from its issuer and titles."""
    level = level or level_of(document)
    header = document.header
    for text in (header.issuer, header.title, header.order_title, header.signatory_post):
        folded = fold(text)
        for levels, pattern, body in _NAMES:
            if level in levels and re.search(pattern, folded):
                return body
    return _PLAIN[level]
