"""Splitting what stands under «Ответственные» into persons, groups and bodies."""

import itertools
import re
from collections.abc import Sequence

from roadmaps.reading.blocks import flat

_SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
_INITIALS = r"[А-ЯЁ]\.\s?[А-ЯЁ]\."
_PATRONYMIC = r"[А-ЯЁ][а-яё]+(?:вич|вна|чна|ьич|оглы|кызы)[а-яё]{0,2}"
PERSON = re.compile(
    rf"{_SURNAME}\s?{_INITIALS}|{_INITIALS}\s?{_SURNAME}|{_SURNAME}\s+{_SURNAME}\s+{_PATRONYMIC}|{_SURNAME}(?<=ов|ев|ёв|ин|ын|ко|ук|юк|ян|ва|на)\s+[А-ЯЁ]{{2}}\b"
    rf"|{_SURNAME}\s+[А-ЯЁ]\.(?![А-Яа-яё])"
)
"""A name: surname with initials on either side, or surname, name and patronymic."""

_POST = re.compile(
    r"^(?:и\.?\s?о\.?|врио|исп\w+|старш\w+|главн\w+|ведущ\w+|перв\w+|советник|социальн\w+)?\s*"
    r"(?:(?:зам(?:\.|еститель)?|директор|начальник|специалист|методист|заведующ(?:ий|ая)|зав\.?|руководитель|координатор"
    r"|учитель|педагог|секретарь|председатель|министр|ректор|проректор|консультант|эксперт|куратор|советник|психолог"
    r"|инспектор|бухгалтер|глава|воспитатель|преподаватель|вожат(?:ый|ая)|библиотекарь|завуч|классный руководитель"
    r"|инженер|юрист|менеджер|профессор|доцент|декан)(?:-\w+)?)(?![а-яё])",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"^(?:\w+(?:ые|ие)\s+){0,2}(?:руководители|директора|учителя|педагоги|классные руководители|заместители"
    r"|специалисты|методисты|координаторы|администраци[яи]|преподаватели|воспитатели|психологи|кураторы|родители"
    r"|обучающиеся|студенты|партнеры|партнёры|организаторы|члены|участники|советники|заведующие|начальники"
    r"|организации|школы|коллективы|учреждения|вожатые|библиотекари)\b(?:-\w+)?",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"^(?:министерство|управление|отдел|комитет|департамент|администрация|школа|совет|комиссия|рабочая группа|оргкомитет"
    r"|творческая группа|методический совет|педагогический совет|центр|институт|служба|штаб)\b",
    re.IGNORECASE,
)
_NOMINATIVE = re.compile(r"^[а-яё-]+(?:ый|ий|ая|яя|ое|ее|ые|ие)\s")
"""An adjective that opens a body's or a group's own name after a comma."""
_LIST_SIGN = re.compile(r"^\s*(?:[-–—•*·]\s+|\d{1,2}[.)]\s+)")
_ENDS = re.compile(r"(?<![А-Яа-яЁё])[А-ЯЁ]\.$|(?:др|пр|т\.\s?[дп]|обр|ред|зам|г)\.$")


def split_executors(lines: Sequence[str]) -> tuple[str, ...]:
    """
    Split the lines of a cell into executors, each as written (a name keeps its position).

    Lines and semicolons separate; commas separate between names, groups and bodies, but not inside a position or
    quotation; a line or part that only goes on (a position after its name, a lower-case rest) is joined.
    """
    parts: list[_Part] = []
    for line in lines:
        text = _LIST_SIGN.sub("", flat(line))
        listed = text != flat(line)
        for at, (piece, sign) in enumerate(_pieces(text)):
            for inner, name in enumerate(_names_apart(piece)):
                first = at == 0 and inner == 0
                parts.append(
                    _Part(name, sign_before="\n" if first else _sign(parts), sign_after=sign, listed=listed and first)
                )
    merged: list[_Part] = []
    post_first = _post_first(parts)
    for at, part in enumerate(parts):
        following = parts[at + 1] if at + 1 < len(parts) and not post_first else None
        if post_first and part.opens_post:
            merged.append(part)
        elif merged and _joins(merged[-1], part, following):
            merged[-1] = merged[-1].join(part)
        else:
            merged.append(part)
    tidy = (_tidy(part.text) for part in merged)
    return tuple(text for text in tidy if re.search(r"\w", text))


class _Part:
    """A piece of text with the signs around it."""

    __slots__ = ("last_line", "listed", "sign_after", "sign_before", "text", "wrapped")

    def __init__(self, text: str, *, sign_before: str, sign_after: str, listed: bool = False) -> None:
        self.text = text.strip()
        self.sign_before = sign_before
        self.sign_after = sign_after
        self.listed = listed
        self.last_line = self.text
        self.wrapped = False

    def join(self, other: "_Part") -> "_Part":
        comma = self.sign_after == ","
        glue = ", " if comma else " "
        joined = _Part(
            self.text.rstrip(" ,") + glue + other.text, sign_before=self.sign_before, sign_after=other.sign_after
        )
        joined.last_line = other.text
        joined.wrapped = self.wrapped or other.sign_before == "\n"
        return joined

    @property
    def person(self) -> bool:
        return PERSON.search(self.text) is not None

    @property
    def opens_post(self) -> bool:
        """A position without a name."""
        return not self.person and _POST.match(self.text) is not None

    @property
    def bare(self) -> bool:
        """Only a name, nothing else."""
        return PERSON.fullmatch(self.text.strip(" ,;")) is not None


def _post_first(parts: Sequence[_Part]) -> bool:
    """Does every name stand after its position (position, name, position, name)?"""
    names = [part for part in parts if part.bare]
    posts = [part for part in parts if part.opens_post]
    return len(names) == len(posts) > 0 and parts[0].opens_post and parts[-1].bare


def _sign(parts: list[_Part]) -> str:
    return parts[-1].sign_after if parts else ""


def _pieces(text: str) -> list[tuple[str, str]]:
    """Cut a line at semicolons and at commas outside quotation marks and brackets; with the sign that follows."""
    pieces: list[tuple[str, str]] = []
    depth, begin = 0, 0
    for at, char in enumerate(text):
        if char in "«(“":
            depth += 1
        elif char in "»)”":
            depth = max(0, depth - 1)
        elif char == ";" or (char == "," and (depth == 0 or not _closes_later(text, at))):
            pieces.append((text[begin:at], char))
            begin = at + 1
    pieces.append((text[begin:], ""))
    return [(piece, sign) for piece, sign in pieces if piece.strip()]


def _closes_later(text: str, at: int) -> bool:
    """Inside a quotation a comma counts as text only if a closing mark comes before the next opening one."""
    closing = min((found for sign in "»)”" if (found := text.find(sign, at)) >= 0), default=-1)
    opening = min((found for sign in "«(“" if (found := text.find(sign, at)) >= 0), default=len(text))
    return 0 <= closing < opening


def _names_apart(piece: str) -> list[str]:
    """Part names that stand in one piece without a comma («Иванова И.И. Петрова П.П.»)."""
    names = list(PERSON.finditer(piece))
    if len(names) < 2:
        return [piece]
    cuts: list[int] = []
    leading = names[0].start() == 0
    for before, after in itertools.pairwise(names):
        between = piece[before.end() : after.start()]
        if leading:
            cuts.append(after.start())
        elif _POST.match(between.strip()) or not between.strip():
            cuts.append(before.end())
    edges = [0, *cuts, len(piece)]
    found = [piece[a:b] for a, b in itertools.pairwise(edges)]
    return [re.sub(r"^\s*(?:/|и\s|,)\s*|\s*(?:/|\sи|,|–|-)\s*$", "", text) for text in found if text.strip()]


def _joins(last: _Part, part: _Part, following: _Part | None) -> bool:
    """Does a part go on with the executor before it?"""
    text = part.text
    if part.listed or last.sign_after == ";":
        return False
    if text[:1] in "(–—-" or text[:1].isdigit() or text[:2] == "№":
        return True
    small = text[:1].islower()
    new_line = part.sign_before == "\n"
    if _GROUP.match(text):
        # «классные руководители» open their own; «заместители …» never belong to a name before them.
        return small and new_line and _unfinished(last)
    if last.person:
        return _joins_person(last, part, small=small, new_line=new_line)
    if part.bare and _POST.match(last.last_line) and not last.person:
        # «Заместитель директора / Иванова И.И.»: one, unless the name has a position of its own after it.
        owned = following is not None and following.text[:1].islower() and _POST.match(following.text)
        return not owned and last.sign_after != ";" and (new_line or last.sign_after == "")
    if small and new_line:
        return _unfinished(last) or not (_POST.match(text) or _BODY.match(text))
    if small:
        return not (_POST.match(text) or _BODY.match(text) or _NOMINATIVE.match(text))
    if last.sign_after == "," and re.fullmatch(r"[А-ЯЁ]{1,4}", text) and re.search(r"\bпо [А-ЯЁ]{1,4}$", last.text):
        return True
    return new_line and _unfinished(last)


def _joins_person(last: _Part, part: _Part, *, small: bool, new_line: bool) -> bool:
    text = part.text
    if part.person:
        return False
    has_post = not last.bare
    if small:
        if new_line and has_post and last.sign_after in ("", ".") and _POST.match(text):
            return _unfinished(last)
        return True
    if _POST.match(text) and not has_post:
        return True
    # «Имя / специалист по … / МКУ «…»»: the employer goes on where a name's position began a line of its own.
    ended = last.sign_after != "" or last.text.endswith((".", ","))
    wrapped = last.wrapped or _unfinished(last)
    return new_line and has_post and wrapped and not ended and not _names_employer(last.text)


def _names_employer(text: str) -> bool:
    return "«" in text or re.search(r"\b[А-ЯЁ]{2,}\b", PERSON.sub("", text)) is not None


def _unfinished(part: _Part) -> bool:
    """Does a line end where no executor ends: on a preposition, an adjective, an open bracket or a hyphen?"""
    if part.sign_after:
        return False
    text = part.text
    if text.count("(") > text.count(")") or text.endswith(("-", "–", "—", "/")):
        return True
    return (
        re.search(r"(?:^|\s)(?:и|по|в|во|на|при|для|с|со|к|от|за|о|об|над|или|\w+(?:ого|ой|ых|его|ей))$", text)
        is not None
    )


def _tidy(text: str) -> str:
    """Drop the separators around an executor and the full stop after it, but not that of an initial."""
    text = flat(text).strip(" ,;")
    text = re.sub(r"^[-–—•*]\s+", "", text)
    if text.endswith(".") and not _ENDS.search(text):
        text = text[:-1].rstrip(" ,;")
    return text
