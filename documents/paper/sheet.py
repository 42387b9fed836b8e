"""What every document carries: its stage, the manner of the house, verification, signatures and stamps."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from documents.paper.wording import Gender

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""The letters of a verification code: 0 and O, 1, I and L are taken for each other."""

CODE = re.compile(rf"[{CODE_ALPHABET}]{{4}}(?:-[{CODE_ALPHABET}]{{4}}){{1,4}}")


class Stage(StrEnum):
    """How far a document has come; only a registered one prints its date and number."""

    DRAFT = "draft"
    FOR_SIGNING = "for-signing"
    REGISTERED = "registered"


class Standard(StrEnum):
    """The edition of GOST R 7.0.97: the width of a stamp's lines is what differs on our sheets."""

    GOST_2016 = "2016"
    GOST_2025 = "2025"


class Alignment(StrEnum):
    """How the lines of a stamp stand in their zone."""

    LEFT = "left"
    CENTRE = "centre"


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How an organization wants its paper: many have an instruction of their own."""

    standard: Standard = Standard.GOST_2025
    stamp: Alignment = Alignment.LEFT
    title: Alignment = Alignment.CENTRE
    number_sign: str = "№"
    yo: bool = True
    bold_terms: bool = False
    two_sided: bool = False


@dataclass(frozen=True, kw_only=True)
class Verification:
    """
    The block with QR code at the foot of the first sheet.

    `url` is the whole public address; `edition` is for plans only, an order has none; `electronic` tells that the
    signed original is a file, not paper.

    :raises ValueError: if the code has letters that are taken for each other, or the address is too long
    """

    code: str
    url: str
    name: str
    edition: int | None = None
    electronic: bool = False

    def __post_init__(self) -> None:
        if not CODE.fullmatch(self.code):
            raise ValueError("A verification code is made of groups of four letters without 0, O, 1, I and L")
        if len(self.url) > 300:
            raise ValueError("An address of more than 300 letters does not fit into a code that a telephone reads")

    @property
    def address(self) -> str:
        """The address that a person types before the code."""
        return re.sub(r"^https?://", "", self.url).removesuffix(self.code).rstrip("/")


@dataclass(frozen=True, kw_only=True)
class Act:
    """An act as a stamp names it: «приказ», the body in the genitive, date and number once there are any."""

    issuer: str
    kind: str = "приказ"
    signed_on: date | None = None
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class ESignature:
    """
    What the mark of an electronic signature states.

    :raises ValueError: if nobody has verified the signature: no mark is printed on trust
    """

    certificate: str
    owner: str
    valid_from: date
    valid_to: date
    verified: bool

    def __post_init__(self) -> None:
        if not self.verified:
            raise ValueError("A signature that was not verified leaves no mark on paper")


@dataclass(frozen=True, kw_only=True)
class Signatory:
    """
    Who signs: the position as printed, lines apart by line breaks, and «А.Н. Березин».

    An acting signatory signs as «Исполняющий обязанности» with the position in the genitive, given in `post`.
    """

    post: str
    name: str
    acting: bool = False
    signature: ESignature | None = None

    @property
    def printed_post(self) -> str:
        """The position as it stands in the signature."""
        return f"Исполняющий обязанности\n{self.post}" if self.acting else self.post


@dataclass(frozen=True, kw_only=True)
class ApprovedByAct:
    """УТВЕРЖДЁН / приказом … / от … № …"""

    act: Act


@dataclass(frozen=True, kw_only=True)
class ApprovedByBoard:
    """УТВЕРЖДЁН / педагогическим советом … / (протокол от … № …); the body is in the instrumental."""

    body: str
    signed_on: date | None = None
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class ApprovedByPerson:
    """УТВЕРЖДАЮ / position and organization / signature, name / date; `year` stands beside the blank of the day."""

    signatory: Signatory
    signed_on: date | None = None
    year: int | None = None


@dataclass(frozen=True, kw_only=True)
class AppendixMark:
    """Приложение № 1 / к приказу … / от … № …; a single appendix has no number."""

    act: Act
    number: int | None = None
    approved: bool = False


Stamp = ApprovedByAct | ApprovedByBoard | ApprovedByPerson | AppendixMark


@dataclass(frozen=True, kw_only=True)
class Cover:
    """A title page: the lines under the title and at its foot, «пгт Светлая Речка, 2026»."""

    foot: str


@dataclass(frozen=True, kw_only=True)
class Paper:
    """
    What each printed document states about itself.

    `made_at` is the time of the document, not of printing: the same document gives the same bytes.
    """

    made_at: datetime
    author: str
    stage: Stage = Stage.REGISTERED
    manner: Manner = field(default_factory=Manner)
    verification: Verification | None = None


@dataclass(frozen=True, kw_only=True)
class StampedPaper(Paper):
    """A document under a stamp; the first line of its title names its kind."""

    title: tuple[str, ...]
    stamp: Stamp | None = None
    gender: Gender | None = None
