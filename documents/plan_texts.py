"""What a plan says on its own sheets: its data, whose approval it bears, the act that approved it."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from documents.choices import OrderState

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanText:
    """
    A plan ready to be set, apart from any order's appendices.

    `data` has the shape of a plan's appendix. `state` is that of the act: a draft says so on paper, and only a
    registered act prints its date and number. `post` and `name` are whose approval «УТВЕРЖДАЮ» is; `code` is the
    registered order's, for verification.
    """

    made_at: dt.datetime
    issuer: str
    issuer_genitive: str
    title: str
    data: Mapping[str, Any]
    state: OrderState = OrderState.DRAFT
    place: str = ""
    signed_on: dt.date | None = None
    number: str = ""
    post: str = ""
    name: str = ""
    note: str = ""
    code: str = ""
    edition: int | None = None

    @property
    def is_act(self) -> bool:
        return self.state == OrderState.REGISTERED

    def to_json(self) -> dict[str, Any]:
        """Give all of it as data that can be kept."""
        return {"version": VERSION, **asdict(self)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what `to_json` gave, after it has been kept as JSON."""
        day = kept["signed_on"]
        read = {
            "state": OrderState(kept["state"]),
            "made_at": dt.datetime.fromisoformat(kept["made_at"]),
            "signed_on": dt.date.fromisoformat(day) if day else None,
        }
        return cls(**{name: value for name, value in {**kept, **read}.items() if name != "version"})

    def source_hash(self) -> str:
        """Give the SHA-256 of everything that is printed, in hexadecimal."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(text.encode()).hexdigest()
