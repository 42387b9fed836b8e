"""The lines of a stamp or an appendix mark: words, and blanks that are drawn."""

from dataclasses import dataclass
from datetime import date

from documents.paper.sheet import (
    AppendixMark,
    ApprovedByAct,
    ApprovedByBoard,
    ApprovedByPerson,
    Manner,
    Stage,
    StampedPaper,
)
from documents.paper.wording import approved, dative, gender_of, in_figures, instrumental


@dataclass(frozen=True)
class Piece:
    """A part of a line: words, or a blank whose kind tells its length."""

    text: str = ""
    blank: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a stamp; `apart` leaves a gap above it."""

    pieces: tuple[Piece, ...]
    apart: bool = False

    @property
    def said(self) -> str:
        """The line as text, blanks as an underscore."""
        return "".join(piece.text or "_" for piece in self.pieces)


def words(text: str, *, apart: bool = False) -> list[Line]:
    """Make a line of each line of a text."""
    parts = [part.strip() for part in text.split("\n") if part.strip()]
    return [Line((Piece(part),), apart=apart and not index) for index, part in enumerate(parts)]


def dated(day: date | None, number: str, manner: Manner, *, before: str = "от ", after: str = "") -> Line:
    """Make «от 21.09.2026 № 512-а», or the blanks for it."""
    sign = f" {manner.number_sign} " if manner.number_sign else " "
    first = Piece(f"{before}{in_figures(day)}") if day else Piece(before)
    pieces = [first] if day else [first, Piece(blank="date")]
    if number:
        pieces.append(Piece(f"{sign}{number}"))
    elif not day:
        pieces += [Piece(sign), Piece(blank="number")]
    if after:
        pieces.append(Piece(after))
    return Line(tuple(pieces))


def by_person(stamp: ApprovedByPerson) -> list[Line]:
    """УТВЕРЖДАЮ, the position, room for the signature with the name, the date."""
    if stamp.signed_on:
        day = Line((Piece(in_figures(stamp.signed_on)),), apart=True)
    else:
        year = f" {stamp.year} г." if stamp.year else " 20__ г."
        day = Line((Piece("«"), Piece(blank="day"), Piece("» "), Piece(blank="month"), Piece(year)), apart=True)
    name = Line((Piece(blank="signature"), Piece(f" {stamp.signatory.name}")), apart=True)
    return [*words("УТВЕРЖДАЮ"), *words(stamp.signatory.printed_post), name, day]


def stamp_lines(paper: StampedPaper) -> list[Line]:
    """Give the lines in the right upper corner of a document's first sheet; a draft says so first."""
    stamp, manner = paper.stamp, paper.manner
    word = approved(paper.gender or gender_of(" ".join(paper.title)), yo=manner.yo)
    made = words("ПРОЕКТ") if paper.stage is Stage.DRAFT else []
    match stamp:
        case ApprovedByAct(act=act):
            made += words(word, apart=bool(made)) + words(f"{instrumental(act.kind)} {act.issuer}")
            made.append(dated(act.signed_on, act.number, manner))
        case ApprovedByBoard():
            made += words(word, apart=bool(made)) + words(stamp.body)
            made.append(dated(stamp.signed_on, stamp.number, manner, before="(протокол от ", after=")"))
        case ApprovedByPerson():
            person = by_person(stamp)
            made += [Line(person[0].pieces, apart=bool(made)), *person[1:]]
        case AppendixMark(act=act):
            number = f" {manner.number_sign} {stamp.number}".replace("  ", " ") if stamp.number else ""
            made += words(f"Приложение{number}", apart=bool(made))
            if stamp.approved:
                made += words(word, apart=True) + words(f"{instrumental(act.kind)} {act.issuer}")
            else:
                made += words(f"к {dative(act.kind)} {act.issuer}")
            made.append(dated(act.signed_on, act.number, manner))
    return made
