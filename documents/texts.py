"""What an order says, in words ready to be set: one shape for the page, the PDF and the hash."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from documents import letters
from documents.choices import AppendixKind, OrderState, VisaState
from documents.codes import grouped
from documents.models import Appendix, Clause, Order, Visa
from documents.paper import Act

VERSION = 1


@dataclass(frozen=True, slots=True)
class PrintedClause:
    """
    A clause as it is printed: its number and its whole sentence, with the part that is the term.

    `blocks` are the rows of a plan that it quotes, `end` the sign behind them.
    """

    pk: int
    number: str
    text: str
    depth: int = 0
    term: str = ""
    blocks: tuple[Mapping[str, Any], ...] = ()
    end: str = ""

    @property
    def hashed(self) -> list[object]:
        """What the hash of the order covers of it; a clause without a table reads as it always has."""
        return [self.number, self.text, *([list(self.blocks)] if self.blocks else [])]


@dataclass(frozen=True, slots=True)
class PrintedAppendix:
    """An appendix: `data` has the shape that documents.appendices describes."""

    kind: AppendixKind
    number: int
    title: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PrintedVisa:
    """A line of the visa sheet."""

    post: str
    name: str
    state: VisaState
    given_on: dt.date | None
    remark: str

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read a line that was kept as JSON."""
        day = kept["given_on"]
        given = {"state": VisaState(kept["state"]), "given_on": dt.date.fromisoformat(day) if day else None}
        return cls(**{**kept, **given})


@dataclass(frozen=True, slots=True)
class OrderText:
    """
    An order with its appendices, in words ready to be set; `amended` is the act that an amending order changes.

    A consolidated plan is kept and hashed with the appendices of the order that amends it, but is none of them.
    """

    code: str
    state: OrderState
    issuer: str
    issuer_genitive: str
    made_at: dt.datetime
    number: str
    signed_on: dt.date | None
    place: str
    title: str
    preamble: str
    clauses: tuple[PrintedClause, ...]
    signatory_post: str
    signatory_name: str
    from_paper: bool = False
    is_electronic: bool = False
    appendices: tuple[PrintedAppendix, ...] = ()
    amended: Act | None = None
    visas: tuple[PrintedVisa, ...] = field(default=())

    @property
    def is_act(self) -> bool:
        return self.state == OrderState.REGISTERED

    @property
    def printed_appendices(self) -> tuple[PrintedAppendix, ...]:
        """What is printed behind the order."""
        return tuple(one for one in self.appendices if one.kind != AppendixKind.CONSOLIDATED)

    @property
    def consolidated(self) -> PrintedAppendix | None:
        """The plan as this order amends it."""
        return next((one for one in self.appendices if one.kind == AppendixKind.CONSOLIDATED), None)

    @property
    def printed_code(self) -> str:
        return grouped(self.code)

    def to_json(self) -> dict[str, Any]:
        """Give all of it as data that can be kept, so that a draft can be set as it read when somebody asked for it."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """Read what `to_json` gave, after it has been kept as JSON."""
        day = kept["signed_on"]
        return cls(
            **{
                **kept,
                "state": OrderState(kept["state"]),
                "made_at": dt.datetime.fromisoformat(kept["made_at"]),
                "signed_on": dt.date.fromisoformat(day) if day else None,
                "clauses": tuple(PrintedClause(**{**one, "blocks": tuple(one["blocks"])}) for one in kept["clauses"]),
                "amended": _act_from_json(kept["amended"]) if kept.get("amended") else None,
                "appendices": tuple(
                    PrintedAppendix(**{**one, "kind": AppendixKind(one["kind"])}) for one in kept["appendices"]
                ),
                "visas": tuple(PrintedVisa.from_json(one) for one in kept["visas"]),
            }
        )

    def canonical(self) -> dict[str, object]:
        """Give what is hashed: the document alone; number, date and visas come after it was handed over."""
        return {
            "version": VERSION,
            "issuer": self.issuer,
            "place": self.place,
            "title": self.title,
            "preamble": self.preamble,
            "clauses": [clause.hashed for clause in self.clauses],
            "signatory": [self.signatory_post, self.signatory_name],
            "appendices": [[one.number, one.kind.value, one.title, one.data] for one in self.appendices],
        }

    def content_hash(self) -> str:
        """Give the SHA-256 of the canonical JSON, in hexadecimal."""
        text = json.dumps(self.canonical(), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def source_hash(self) -> str:
        """Give the hash of everything that is printed, number, date and visas too."""
        # A signed order is printed as it was handed over; number and date come with the register.
        entered = [self.number, self.signed_on, self.is_electronic] if self.is_act else []
        rest: list[object] = [self.content_hash(), self.is_act, self.state == OrderState.DRAFT, entered, self.code]
        rest += [[visa.post, visa.name, visa.given_on, visa.remark] for visa in self.visas]
        text = json.dumps(rest, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def _act_from_json(kept: Mapping[str, Any]) -> Act:
    day = kept["signed_on"]
    return Act(**{**kept, "signed_on": dt.date.fromisoformat(day) if day else None})


def text_of(order: Order, *, appendices: Iterable[PrintedAppendix] | None = None) -> OrderText:
    """
    Put an order into words.

    :param appendices: what the appendices say just now, for a draft; otherwise what was frozen with the order
    """
    if appendices is None:
        appendices = [printed(one) for one in order.appendices.all() if one.data is not None]
    return OrderText(
        code=order.code,
        state=OrderState(order.state),
        issuer=order.issuer,
        issuer_genitive=order.issuer_genitive or order.issuer,
        made_at=order.registered_at or order.signed_at or order.handed_at or order.changed_at,
        number=order.number,
        signed_on=order.signed_on,
        place=order.place,
        title=order.title,
        preamble=preamble(order.basis, order.preamble, from_paper=order.from_paper),
        clauses=tuple(_clause(clause) for clause in order.clauses.all()),
        signatory_post=order.signatory_post,
        signatory_name=order.signatory_name,
        from_paper=order.from_paper,
        is_electronic=order.signature_id is not None and order.original_id is None,
        appendices=tuple(appendices),
        amended=act_of(order.amends) if order.amends else None,
        visas=tuple(_visa(visa) for visa in order.visas.all()),
    )


def printed(appendix: Appendix) -> PrintedAppendix:
    """Give a frozen appendix as it is printed."""
    return PrintedAppendix(AppendixKind(appendix.kind), appendix.number, appendix.title, appendix.data or {})


def act_of(order: Order) -> Act:
    """Give a registered order as stamps and notes name it."""
    issuer = order.issuer_genitive or letters.name_in_genitive(order.issuer)
    return Act(issuer=issuer, signed_on=order.signed_on, number=order.number)


def _clause(clause: Clause) -> PrintedClause:
    data = clause.data or {}
    return PrintedClause(
        clause.pk,
        clause.number,
        sentence(clause),
        clause.depth,
        term(clause),
        blocks=tuple(data.get("blocks", ())),
        end=data.get("end", ""),
    )


def _visa(visa: Visa) -> PrintedVisa:
    return PrintedVisa(visa.post, visa.name, VisaState(visa.state), visa.given_on, visa.remark)


def preamble(basis: str, purpose: str, *, from_paper: bool = False) -> str:
    """Join what an order executes and what it is for: «Во исполнение …, в целях …»; paper keeps its own words."""
    basis, purpose = basis.strip().rstrip(".,;"), purpose.strip().rstrip(":")
    if from_paper or not basis:
        return purpose
    if purpose:
        return f"Во исполнение {basis}, {purpose[:1].lower()}{purpose[1:]}"
    return f"Во исполнение {basis}"


def term(clause: Clause) -> str:
    """Give the words of a clause's deadline."""
    return str((clause.deadline or {}).get("phrase") or "").strip()


def sentence(clause: Clause) -> str:
    """Give a clause's whole sentence: its term and executors stand behind it, unless its own words name them."""
    text = clause.text.strip()
    phrase = term(clause)
    added: Sequence[str] = [
        f"{label} – {value}."
        for label, value in (("Срок", phrase), ("Ответственный", clause.executors.strip().rstrip(".")))
        if value and value.casefold() not in text.casefold()
    ]
    if not added:
        return text
    return " ".join([text if text.endswith((".", ":", ";")) else f"{text}.", *added])
