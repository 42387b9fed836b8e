"""The order around a plan: its clauses, its stamp of approval, its appendix mark and its signature."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from roadmaps.reading.blocks import Line, flat, lowered
from roadmaps.reading.dates import DATE, MONTH, read_date
from roadmaps.reading.executors import PERSON

KINDS = r"(?:приказ|распоряжени|постановлени|решени|протокол)"
NUMBER = r"(?:№|\bN\b|\bN(?=\d))\s*([\w\-/.\\]*\d[\w\-/\\]*(?:\.\d+)*(?:\s?-\s?[А-Яа-яA-Za-z]{1,4}(?![а-я]))?)"
_ORDER_HEAD = re.compile(r"^(?:приказ|распоряжение|постановление|решение)$")
_PREAMBLE = re.compile(
    r"^(?:в целях|с целью|во исполнение|в соответствии|на основании|в рамках|руководствуясь|в связи|по итогам|согласно"
    r"|для |учитывая|в исполнение|в порядке)"
)
_COMMAND = re.compile(
    r"п\s?р\s?и\s?к\s?а\s?з\s?ы\s?в\s?а\s?ю|о\s?б\s?я\s?з\s?ы\s?в\s?а\s?ю|п\s?о\s?с\s?т\s?а\s?н\s?о\s?в\s?л\s?я\s?[юе]\s?т?|р\s?е\s?ш\s?и\s?л",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})\s*(?:[.)]\s*|\s+)(?=\S)(.*)$", re.DOTALL)
_APPENDIX = re.compile(r"^приложение(?:\s*(?:№|n)?\s*\d+)?(?:\s+к\b.*)?$")
_PLACE = re.compile(
    r"^(?:г\.|город|пгт\.?|п\.|пос\.|посел\w+|посёл\w+|с\.|село|ст\.|станица|ст-ца|д\.|деревня|р\.\s?п\.|рп\.?|х\.|хутор|аул)\s*"
    r"[А-ЯЁ][а-яё]+(?:[- ][А-ЯЁа-яё]+){0,3}$"
)
_PLACE_WITHIN = re.compile(
    r"(?:^|\s)((?:г|пгт|п|пос|с|ст|рп|д)\.\s*[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+){0,3}(?:\s[А-ЯЁ][а-яё]+)?)(?=\s|$)"
)
_TERM = re.compile(
    rf"(?:\bв\s+срок\s+|\bсроком\s+)?\b(?:до|не\s+позднее|по|к)\s+{DATE}(?:\s*(?:г\.|года))?"
    rf"|(?:в\s+срок\s+)?(?:до|не\s+позднее)\s+\d{{1,2}}\s+{MONTH}(?:\s+\d{{4}}\s*(?:г\.|года)?)?"
    rf"|с\s+{DATE}(?:\s*(?:г\.|года))?\s+по\s+{DATE}(?:\s*(?:г\.|года))?"
    rf"|в\s+период\s+с\s+[^,;.]{{3,40}}\s+по\s+[^,;]{{3,30}}\d{{4}}"
    rf"|(?:ежемесячно|ежеквартально|еженедельно)[^;]*?\bдо\s+\d{{1,2}}(?:-?го)?\s+числа"
    rf"|(?:ежемесячно|ежеквартально|еженедельно|ежегодно)"
    rf"|в\s+течение\s+(?:\d+\s+(?:\([^)]*\)\s+)?(?:рабочих|календарных)?\s*дн\w+(?:\s+(?:со\s+дня|после|с\s+момента)\s+[^,;.]+)?|(?:всего\s+)?(?:учебного\s+)?(?:года|периода))",
    re.IGNORECASE,
)
_SIGNED = re.compile(rf"^(?P<post>.{{3,}}?)(?:\t+|\s{{3,}}|_{{3,}})[\s_]*(?P<name>{PERSON.pattern})\s*$", re.DOTALL)


@dataclass(slots=True)
class Act:
    """What is known of the act that approves the plan."""

    issuer: str = ""
    number: str = ""
    date: dt.date | None = None
    place: str = ""
    title: str = ""
    preamble: str = ""
    clauses: list[tuple[str, str]] = field(default_factory=list)
    post: str = ""
    name: str = ""

    def fill(self, other: "Act") -> None:
        """Take from another source what this one lacks."""
        for slot in ("issuer", "number", "date", "place", "title", "preamble", "clauses", "post", "name"):
            if not getattr(self, slot):
                setattr(self, slot, getattr(other, slot))


def unspaced(text: str) -> str:
    """Close up letters set apart («П Р И К А З») and lower them."""
    words = lowered(text).strip(" :.")
    if re.fullmatch(r"(?:\w ){2,}\w", words):
        return words.replace(" ", "")
    return re.sub(r"(?:(?<=^)|(?<=  ))(\w(?: \w){2,})(?=$|  )", lambda m: m[1].replace(" ", ""), words)


def is_order_head(line: Line) -> bool:
    """Is this the word «ПРИКАЗ» over an order?"""
    return _ORDER_HEAD.match(unspaced(line.plain)) is not None


def is_appendix(line: Line) -> bool:
    return _APPENDIX.match(lowered(line.plain).strip(" .:")) is not None


def is_place(text: str) -> bool:
    return _PLACE.match(flat(text)) is not None


def find_number(text: str) -> str:
    """Find what stands after «№»."""
    match = re.search(NUMBER, text)
    return flat(match[1]).rstrip(".").replace(" ", "") if match else ""


def read_order(lines: Sequence[Line]) -> tuple[Act, int]:
    """
    Read an order from its body's name to its signature; the second value counts the lines that belong to it.

    Without the word «ПРИКАЗ» among the lines there is no order and nothing belongs to it.
    """
    head = next((at for at, line in enumerate(lines) if is_order_head(line)), None)
    if head is None:
        return Act(), 0
    act = Act(issuer=_issuer([line.plain for line in lines[:head]]))
    at = _read_requisites(act, lines, head + 1)
    at = _read_preamble(act, lines, at)
    at = _read_clauses(act, lines, at)
    return act, at


def _issuer(lines: Sequence[str]) -> str:
    """Join the lines of the body's name, without arms, registers and addresses."""
    dull = re.compile(
        r"инн|огрн|окпо|кпп|тел[.е]|факс|e-?mail|@|https?:|www\.|^\d{6}|^ул\.|р/с|бик\b|^российская федерация$",
        re.IGNORECASE,
    )
    return flat(
        " ".join(line for line in lines if line.strip() and not dull.search(line) and not re.fullmatch(r"[_\W]+", line))
    )


def _read_requisites(act: Act, lines: Sequence[Line], at: int) -> int:
    """Read date, number and place below the word «ПРИКАЗ», in any order and on one line or several."""
    while at < len(lines):
        text = flat(lines[at].plain)
        words = lowered(text)
        if text and (_PREAMBLE.match(words) or _COMMAND.search(text) or re.match(r"об? ", words)):
            return at
        date = read_date(text)
        if date and not act.date:
            act.date = date
        if "№" in text or re.search(r"\bN\s?\d", text):
            act.number = act.number or find_number(text)
        place = _PLACE_WITHIN.search(text)
        if is_place(text):
            act.place = act.place or text
        elif place and len(text) < 90:
            act.place = act.place or flat(place[1])
        elif text and not date and "№" not in text and len(text) > 60:
            return at
        at += 1
    return at


def _read_preamble(act: Act, lines: Sequence[Line], at: int) -> int:
    title: list[str] = []
    while at < len(lines):
        text = lines[at].plain
        if (
            _PREAMBLE.match(lowered(text))
            or _COMMAND.search(text)
            or _CLAUSE.match(lines[at].shown)
            or is_appendix(lines[at])
        ):
            break
        if text:
            title.append(text)
        at += 1
    act.title = flat(" ".join(title)).strip("«»") if len(title) > 1 else flat(" ".join(title))
    preamble: list[str] = []
    while at < len(lines) and not is_appendix(lines[at]):
        text = lines[at].plain
        if _CLAUSE.match(lines[at].shown) and not _COMMAND.search(text):
            break
        if text:
            preamble.append(text)
        at += 1
        if _COMMAND.search(text):
            break
    act.preamble = flat(" ".join(preamble))
    return at


def _read_clauses(act: Act, lines: Sequence[Line], at: int) -> int:
    """Read the numbered clauses; a paragraph without a number goes on with the clause above, the first may lack its own."""
    texts: list[list[str]] = []
    numbers: list[str] = []
    while at < len(lines):
        line = lines[at]
        if is_appendix(line) or signature_at(act, lines, at):
            break
        at += 1
        if not line.plain:
            continue
        match = _CLAUSE.match(line.shown if line.label and line.label != "-" else line.plain)
        if match and _follows(match[1], numbers):
            numbers.append(match[1])
            texts.append([match[2]])
        elif texts:
            texts[-1].append(line.shown)
        else:
            numbers.append("")
            texts.append([line.shown])
    act.clauses = [(number, flat("\n".join(text))) for number, text in zip(numbers, texts, strict=True)]
    while at < len(lines) and not is_appendix(lines[at]):
        at += 1
    return at


def _follows(number: str, before: Sequence[str]) -> bool:
    """A figure opens a clause if it can come next: no date, no amount at the front of a line."""
    parts = [int(part) for part in number.split(".")]
    if not before:
        return parts[0] <= 2
    last = [int(part) for part in (before[-1] or "1").split(".")]
    return parts[0] - last[0] in (0, 1) and (len(parts) == 1 or parts[-1] <= 40)


def signature_at(act: Act, lines: Sequence[Line], at: int) -> bool:
    """Read a signature that begins at a line: the position in one line or several, the name at its end."""
    collected = ""
    for line in lines[at : at + 5]:
        text = line.text.strip()
        if not text:
            if collected:
                continue
            return False
        collected = f"{collected} {text}" if collected else text
        match = _SIGNED.match(collected)
        if match and len(collected) < 260 and not _CLAUSE.match(text):
            act.post = act.post or flat(match["post"]).strip(" _/")
            act.name = act.name or flat(match["name"])
            return True
        if _CLAUSE.match(line.shown) or text.endswith((".", ";", ":")) or len(collected) > 220:
            return False
        if PERSON.fullmatch(flat(text)) and collected != text:
            post = flat(collected[: -len(text)])
            act.post, act.name = act.post or post.strip(" _/"), act.name or flat(text)
            return True
    return False


def clause_term(text: str) -> str:
    """Find the words that name a clause's deadline; empty without one."""
    found = list(_TERM.finditer(text))
    if not found:
        return ""
    strong = [match for match in found if re.match(r"(?i)(в\s+)?срок|до|не\s+позднее|с\s|в\s+период|к\s", match[0])]
    return flat((strong or found)[0][0])


# Stamps

_STAMP = re.compile(r"^утвержд(?:аю|ена?|ено|ены|енный)\b")
_OTHER_STAMP = re.compile(r"^(?:согласован[оа]?|принят[оа]?|рассмотрен[оа]?|рекомендован[оа]?)\b")
_ACT = re.compile(
    rf"(?:{KINDS}\w*)\s+(?P<body>.*?)\s*(?:от\s+(?P<date>{DATE})\s*(?:г\.|года|г\b)?\s*,?\s*(?P<number>№.*|N\s?\d.*)?$"
    rf"|(?P<first>{NUMBER})\s*(?:от\s+(?P<later>{DATE}).*)?$)",
    re.IGNORECASE,
)
_HEADS = re.compile(
    r"^(?:и\.?\s?о\.?\s+)?(?:директор|начальник|руководитель|заведующ\w+|ректор|глава|председатель)\w*\s+(?P<body>.+)$",
    re.IGNORECASE,
)
_NOMINATIVE = (
    (r"министерства", "министерство"), (r"управления", "управление"), (r"отдела", "отдел"), (r"комитета", "комитет"),
    (r"департамента", "департамент"), (r"администрации", "администрация"), (r"института", "институт"),
    (r"центра", "центр"), (r"школы", "школа"), (r"гимназии", "гимназия"), (r"лицея", "лицей"), (r"колледжа", "колледж"),
    (r"учреждения", "учреждение"), (r"службы", "служба"),
)  # fmt: skip
_ADJECTIVES = (
    (r"(\w+)ского", r"\1ский"),
    (r"(\w+)ного", r"\1ный"),
    (r"(\w+)ской", r"\1ская"),
    (r"(\w+)ной", r"\1ная"),
    (r"(\w+)ого", r"\1ое"),
)


def is_stamp(line: Line) -> bool:
    return _STAMP.match(lowered(line.plain).strip(' «"')) is not None


def is_other_stamp(line: Line) -> bool:
    return _OTHER_STAMP.match(lowered(line.plain).strip(' «"')) is not None


def read_stamp(lines: Sequence[Line]) -> Act:
    """
    Read a stamp of approval or an appendix mark: who, by which act, when.

    Both kinds are read («УТВЕРЖДЁН приказом …» and «УТВЕРЖДАЮ / Директор …»), also mixed with each other.
    """
    act = Act()
    texts = [flat(line.plain) for line in lines if line.plain]
    if not texts:
        return act
    whole = flat(" ".join(texts))
    found = _ACT.search(whole)
    if found:
        act.date = read_date(found["date"] or found["later"] or "")
        act.number = find_number(found["number"] or found["first"] or "")
        act.issuer = body_name(found["body"] or "")
    if lowered(whole).startswith("утверждаю"):
        _read_person(act, texts[1:] if len(texts[0]) < 14 else [texts[0][9:], *texts[1:]])
    if act.date is None:
        act.date = read_date(whole)
    if not act.number and "№" in whole and re.search(KINDS, whole, re.IGNORECASE):
        tail = re.search(rf"{KINDS}\w*[^№]*({NUMBER})", whole, re.IGNORECASE)
        act.number = find_number(tail[1]) if tail else ""
    return act


def _read_person(act: Act, texts: Sequence[str]) -> None:
    post: list[str] = []
    for text in texts:
        person = PERSON.search(text)
        if re.match(rf"{KINDS}|от\s|[«\"_\s]*\d{{1,2}}", lowered(text)) and not person:
            break
        if person:
            act.name = flat(person[0])
            post.append(text[: person.start()].strip(" _/"))
            break
        if re.search(r"\w", text.replace("_", "")):
            post.append(text)
    act.post = flat(" ".join(post)).strip(" _/,")
    heads = _HEADS.match(act.post)
    if heads and not act.issuer:
        act.issuer = body_name(heads["body"])


def body_name(text: str) -> str:
    """Bring a body's name from the genitive to the nominative: its leading noun and the adjectives before it."""
    text = re.sub(
        r"^(?:директора|начальника|заведующ(?:его|ей)|руководителя|ректора|главы)\s+",
        "",
        flat(text),
        flags=re.IGNORECASE,
    )
    words = text.strip(" ,.").split(" ")
    if not words or not words[0]:
        return ""
    for at, word in enumerate(words[:5]):
        for genitive, nominative in _NOMINATIVE:
            if word.lower() == genitive:
                words[at] = _cased(nominative, word)
                words[:at] = [_adjective(before, nominative) for before in words[:at]]
                words[0] = words[0][:1].upper() + words[0][1:]
                return " ".join(words)
        if not re.fullmatch(r"[А-Яа-яё-]+(?:ого|его|ой|ей)", word):
            break
    return " ".join(words)


def _adjective(word: str, noun: str) -> str:
    stem = re.sub(r"(?:ого|его|ой|ей)$", "", word)
    if noun.endswith(("о", "е")):
        return stem + "ое"
    if noun.endswith(("а", "я")):
        return stem + "ая"
    return stem + ("ий" if stem.endswith(("к", "г", "х", "ш", "щ", "ж", "ч")) else "ый")


def _cased(nominative: str, as_written: str) -> str:
    return (
        nominative.upper()
        if as_written.isupper()
        else nominative.capitalize()
        if as_written[:1].isupper()
        else nominative
    )
