"""The approval sheet: who has agreed to a draft, when, with which remarks."""

from dataclasses import dataclass
from datetime import date

from documents.paper.sheet import Paper


@dataclass(frozen=True, kw_only=True)
class Visa:
    """
    One visa: position with organization, name, and what was decided.

    An empty `decision` leaves room for the hand; `signed_on` without a signature mark still leaves the signature blank.
    """

    post: str
    name: str
    organization: str = ""
    decision: str = ""
    signed_on: date | None = None
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class ApprovalSheetPaper(Paper):
    """The sheet names kind and title of what is agreed: «к проекту приказа … «Об …»»."""

    issuer: tuple[str, ...]
    subject: str
    title: str
    visas: tuple[Visa, ...]

    @property
    def name(self) -> str:
        """The file's own title."""
        return f"Лист согласования {self.subject} «{self.title}»"
