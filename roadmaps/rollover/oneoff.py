"""Rows that were done once and for all: a regulation approved, a group founded, somebody appointed."""

import re

from deadlines.values import Deadline, Kind
from roadmaps.matching.words import fold

_DOCUMENTS = re.compile(
    r"\b(?:положени[еяй]|концепци|устав|регламент|порядок|дорожн\w+ карт|стандарт|модел[ьи]|программ\w* развити|"
    r"нормативн\w+ (?:акт|баз|правов)|методик[аиу]|типов\w+ (?:форм|программ|положен))"
)
_ADOPTED = re.compile(r"\b(?:утвержд|разработ|принят|издан|введен|подготовлен|согласован)")
_FOUNDED = re.compile(
    r"\b(?:создан[аоы]?\b|создани[ея]|сформирован[аоы]? (?:рабоч|совет|орган|штаб|групп|комисс)|открыт[аоы]? (?:класс|центр|площадк|кабинет|лаборатор|кружок|банк|\w+ банк)|открыти[ея] (?:класс|центр|площадк|кабинет|лаборатор)|"
    r"назначен[аоы]?\b|назначени[ея]|определен[аоы]? (?:ответственн|координатор|школ|перечень школ)|"
    r"заключен[аоы]?\b|заключени[ея] (?:соглашени|договор)|запущен|внедрен)"
)


def reason(title: str, text: str, deadline: Deadline) -> str:
    """
    Tell why a row may be one that is done once: `adopted`, `founded`, `event`; '' for one that comes again.

    A guess from its words, so it only ever asks: the row is carried unless somebody leaves it out. What recurs comes again.
    """
    if deadline.kind in {Kind.RECURRING, Kind.CONTINUOUS, Kind.ON_REQUEST}:
        return ""
    said = fold(text or title)
    if _FOUNDED.search(said):
        return "founded"
    if _DOCUMENTS.search(said) and _ADOPTED.search(f"{said} {fold(title)}"):
        return "adopted"
    return "event" if deadline.kind is Kind.RELATIVE else ""
