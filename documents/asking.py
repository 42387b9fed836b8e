"""Clauses that ask for something: «направить … до …», who is addressed, what is sent, until when. Plain Python."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

from deadlines.grammar import read
from deadlines.values import Kind


class Addressee(StrEnum):
    """A kind of bodies that a clause may address."""

    MUNICIPALITIES = "municipalities"
    SCHOOLS = "schools"
    INSTITUTES = "institutes"


ADDRESSED = {
    Addressee.MUNICIPALITIES: re.compile(
        r"\b(?:(?:руководител|начальник|глав|заведующ)\w+\s+)?(?:муниципальн\w+\s+орган|моуо|орган\w+\s+(?:местного|управлени)|управлени\w+\s+образован|"
        r"отдел\w+\s+образован|муниципальн\w+\s+координатор|муниципалитет)"
    ),
    Addressee.SCHOOLS: re.compile(
        r"\b(?:руководител\w+|директор\w+)\s+(?:\w+\s+){0,2}?(?:(?:обще)?образовательн\w+\s+(?:организац|учрежден)|школ|оо\b|оу\b|лице|гимнази)|"
        r"^\s*директорам\b|\bшкольн\w+\s+координатор"
    ),
    Addressee.INSTITUTES: re.compile(r"\b(?:ректор|директор|руководител)\w*\s.{0,80}?(?:институт|иро\b|центр)"),
}
"""How orders name those to whom a clause is said, in small letters without «ё»."""

INFINITIVE = re.compile(r"\b[а-я]{3,}(?:ать|ять|ить|еть|оть|уть|ыть|сти|зти|чь)\b")

SEND = re.compile(
    r"\b(?:направ(?:ить|лять)|представ(?:ить|лять)|предостав(?:ить|лять)|выс(?:лать|ылать)|прислать|сдать|переда(?:ть|вать)"
    r"|обеспечить\s+(?:(?:своевременное|ежемесячное|ежеквартальное)\s+)?(?:направление|представление|предоставление|передачу|сдачу))\b"
)
MONTHS = r"(?:январ|феврал|март|апрел|ма[йя]|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]*"
TERM = re.compile(
    r"(?:в\s+срок\s+|сроком\s+)?(?:до|не\s+позднее)\s+\d{1,2}[.,]\d{1,2}[.,]\d{2,4}(?:\s*г(?:ода|\.)?)?"
    rf"|(?:в\s+срок\s+)?(?:до|не\s+позднее)\s+\d{{1,2}}\s+{MONTHS}(?:\s+\d{{4}}(?:\s*г(?:ода|\.)?)?)?"
    r"|(?:ежемесячно|ежеквартально|еженедельно)(?:[^;,.]{0,20}?\sдо\s+\d{1,2}(?:-?го)?\s+числа)?"
    r"|в\s+течение\s+\d+\s+(?:\([^)]*\)\s+)?(?:рабочих\s+|календарных\s+)?дн\w+"
)
RECIPIENT = re.compile(
    r"(?:^|\s+)(?:в|на)\s+(?:адрес|министерств|управлени|отдел|департамент|комитет|институт|электронн|почт|портал).*$"
    r"|\s+(?:посредством|через|по\s+форме|по\s+адресу|по\s+электронной)\b.*$|\s*\S+@\S+.*$"
)
BEFORE_OBJECT = re.compile(
    r"^\s*(?:в|на)\s+(?:адрес\w*\s+)?(?:\w+\s+){0,8}?(?=(?:\w+(?:ый|ий|ой|ую|юю|ые|(?<!н)ие|ая|ое)\s+){0,3}(?:отч[её]т|информаци|сведени|копи|приказ|план|список|списк|справк|заявк|акт|протокол|материал|предложени|скан)\w*)"
)
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asking:
    """What a clause asks for: of whom (nobody where it does not say), what, until when in its own words."""

    who: Addressee | None
    what: str
    phrase: str

    @property
    def due(self) -> dt.date | None:
        """The day that the words name, if they name one."""
        return read(self.phrase, None).due if self.phrase else None


def addressees(text: str) -> frozenset[Addressee]:
    """Tell whom a clause addresses: those named before the first thing that they are told to do."""
    folded = fold(text)
    verb = INFINITIVE.search(folded)
    head = folded[: verb.start()] if verb else folded
    return frozenset(who for who, pattern in ADDRESSED.items() if pattern.search(head))


def asked_in(text: str, *, above: str = "") -> Asking | None:
    """
    Find what a clause asks to be sent; None where it asks for nothing that could be expected.

    A clause that names neither a day nor where a thing is sent only tells to send something somewhere.

    :param above: the clause that it stands under, which may name the addressees
    """
    words = " ".join(text.split())
    folded = fold(words)
    verb = SEND.search(folded)
    if verb is None:
        return None
    rest, said = folded[verb.end() :], words[verb.end() :]
    term = next((found for found in TERM.finditer(folded) if read(found[0], None).kind != Kind.UNKNOWN), None)
    if term is None and RECIPIENT.search(rest) is None and BEFORE_OBJECT.search(rest) is None:
        return None
    who = addressees(words) or addressees(above)
    return Asking(
        who=next(iter(who)) if len(who) == 1 else None,
        what=_nominative(_object(said) or _made_before(words[: verb.start()])),
        phrase=words[term.start() : term.end()] if term else "",
    )


def _object(said: str) -> str:
    """Give what is sent: the words behind the verb without the day, the recipient and the manner."""
    if place := BEFORE_OBJECT.search(fold(said)):
        said = said[place.end() :]
    said = _cut(_cut(said, TERM), RECIPIENT)
    what = re.split(r"[;.](?:\s|$)", said, maxsplit=1)[0].strip(" ,.;:–—-()")
    return what if len(what) <= LONGEST else what[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


def _made_before(text: str) -> str:
    """Give what is made first and then sent: «разработать план и до 15.10 направить» sends the plan."""
    text = _cut(text, TERM)
    verbs = list(INFINITIVE.finditer(fold(text)))
    made = re.sub(r"[\s,]+и\s*$", "", text[verbs[0].end() :]).strip(" ,") if verbs else ""
    return re.split(r"\s+с\s+уч[её]том\b|\s+в\s+соответствии\b|\s+в\s+целях\b", made, maxsplit=1)[0]


def _cut(text: str, pattern: re.Pattern[str]) -> str:
    while found := pattern.search(fold(text)):
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return " ".join(text.split())


def _nominative(what: str) -> str:
    """Turn the accusative of feminine words back, «аналитическую справку»; the others do not differ."""
    changed = []
    for word in (given := what.split(" ")):
        for ending, nominative in (("ую", "ая"), ("юю", "яя"), ("у", "а"), ("ю", "я")):
            if word.endswith(ending):
                changed.append(word[: -len(ending)] + nominative)
                break
        else:
            break
        if not word.endswith(("ую", "юю")):
            break  # the noun itself
    return " ".join([*changed, *given[len(changed) :]])


def fold(text: str) -> str:
    """Write small letters without «ё», at the same places."""
    return text.lower().replace("ё", "е")
