"""What an import will become: the document as read, with what the coordinator decided, and the questions that are left."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from deadlines.grammar import read
from deadlines.values import Deadline, Kind, Period, Suggestion, Window
from deadlines.wording import meaning, render
from roadmaps import checks, meeting
from roadmaps.choices import Aim, ExecutorKind, LinkKind, Rule
from roadmaps.executors import LEVELS, Roster
from roadmaps.findings import obliges
from roadmaps.matching.bodies import Level
from roadmaps.models import Import, Roadmap
from roadmaps.reading.document import Activity, Header, PlanDocument, Result, Section

SURE, LIKELY, DOUBTFUL = 0.85, 0.65, 0.45
"""Above which a match is called sure, likely, doubtful."""

HEADER_NAMES = (
    "title",
    "issuer",
    "period_start",
    "period_end",
    "order_number",
    "order_date",
    "order_title",
    "place",
    "signatory_post",
    "signatory_name",
)
ACTIVITY_NAMES = ("number", "title")
ROW_NAMES = ("text", "phrase", "meaning", "executors", "links", "is_dropped", "settled")
ASKING = (
    "dash-lost",
    "start-lost",
    "end-lost",
    "digit-lost",
    "impossible-date",
    "reversed",
    "outside-period",
    "year-ambiguous",
    "weekday-differs",
    "several-deadlines",
)
"""Warnings of the grammar that a person has to decide on; the others only stand beside the phrase."""


@dataclass(frozen=True, slots=True)
class UpperChoice:
    """An upper row that a row may be linked to."""

    commitment: int
    roadmap: int
    label: str
    activity: str
    text: str
    deadline: Deadline
    called: str
    called_genitive: str

    @property
    def words(self) -> str:
        """What the row says: its result, else the activity."""
        return self.text or self.activity


@dataclass(frozen=True, slots=True)
class PreviewLink:
    upper: int
    kind: str
    rule: str
    score: float | None  # None: a person chose it
    choice: UpperChoice | None = None

    @property
    def words(self) -> str:
        """How the row is linked and where its date comes from."""
        return f"{LinkKind(self.kind).label}, {Rule(self.rule).label}"

    @property
    def percent(self) -> int:
        return round((self.score or 0) * 100)

    @property
    def sureness(self) -> str:
        """Code of the word for the score: chosen, sure, likely, doubtful."""
        if self.score is None:
            return "chosen"
        return "sure" if self.score >= SURE else "likely" if self.score >= LIKELY else "doubtful"


@dataclass(frozen=True, slots=True)
class PreviewExecutor:
    """An executor as read, what it is taken for, and whether the registers know it; `is_foreign`: of another body."""

    text: str
    known_as: str
    is_known: bool
    is_foreign: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question; `why` is the small print beside it."""

    value: str
    label: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only a person can decide; `key` is the ref and what is asked, deadline or link."""

    ref: str
    about: str
    title: str
    quote: str
    words: str
    options: tuple[Option, ...]
    chosen: str

    @property
    def key(self) -> str:
        return f"{self.ref}:{self.about}"


@dataclass(slots=True)
class PreviewRow:
    """One result of the import as it would be saved."""

    ref: str
    label: str
    activity: Activity
    result: Result
    original: Result
    links: list[PreviewLink]
    candidates: list[PreviewLink]
    settled: tuple[str, ...]
    period: Period | None = None
    obliges: str = "nobody"
    is_dropped: bool = False
    executors: tuple[PreviewExecutor, ...] = ()
    findings: list[Any] = field(default_factory=list)

    @property
    def meaning(self) -> str:
        """The deadline in the reader's language."""
        return meaning(self.result.deadline, _language(), period=self.period)

    @property
    def has_doubt(self) -> bool:
        return self.result.deadline.kind is Kind.UNKNOWN or any(
            code in ASKING for code in self.result.deadline.warnings
        )

    @property
    def is_corrected(self) -> bool:
        return self.result != self.original


@dataclass
class Preview:
    """One import, ready to be shown and to be finished."""

    incoming: Import
    document: PlanDocument
    rows: list[PreviewRow]
    dropped: list[PreviewRow]
    choices: dict[int, UpperChoice]
    uppers: list[Roadmap]

    def row(self, ref: str) -> PreviewRow:
        return self._by_ref[ref]

    @cached_property
    def _by_ref(self) -> dict[str, PreviewRow]:
        return {row.ref: row for row in (*self.rows, *self.dropped)}

    @cached_property
    def questions(self) -> list[Question]:
        """What is left to decide, in document order."""
        return [question for row in self.rows for question in _questions(self, row)]

    @cached_property
    def understood(self) -> int:
        """How many deadlines are understood."""
        return sum(row.result.deadline.kind is not Kind.UNKNOWN for row in self.rows)

    @cached_property
    def linked(self) -> int:
        return sum(bool(row.links) for row in self.rows)

    @cached_property
    def hindrances(self) -> list[str]:
        """Why the import cannot be finished yet, each as a sentence; empty when it can."""
        header, found = self.document.header, []
        if self.questions:
            count = len(self.questions)
            found.append(
                ngettext("%(count)d question is open", "%(count)d questions are open", count) % {"count": count}
            )
        if not self.rows:
            found.append(_("no row is left"))
        if not header.title:
            found.append(_("the plan has no title"))
        if header.period is None:
            found.append(_("the plan has no period"))
        if self.incoming.aim == Aim.IN_FORCE:
            if not header.order_number:
                found.append(_("the order has no number"))
            if header.order_date is None:
                found.append(_("the order has no date"))
        return found


def preview_of(incoming: Import) -> Preview:
    """Put together what was read and what was decided."""
    assert incoming.document is not None, "a constraint sees to it that an import that is ready has been read"
    read_document = PlanDocument.from_json(incoming.document)
    matching: dict[str, Any] = incoming.matching or {}
    decisions = incoming.decisions
    header = _header(read_document.header, decisions.get("header", {}))
    uppers, choices = _uppers(matching.get("uppers", []))
    rows = []
    for activity in read_document.rows:
        changed = decisions.get("activities", {}).get(activity.ref, {})
        activity = replace(activity, **{name: changed[name] for name in ACTIVITY_NAMES if name in changed})
        for result in activity.results:
            rows.append(
                _row(
                    activity,
                    result,
                    decisions.get("rows", {}).get(result.ref, {}),
                    matching.get("rows", {}).get(result.ref, []),
                    choices,
                    header.period,
                    LEVELS[incoming.organization.kind],
                )
            )
    roster = Roster(incoming.organization, above=[upper.pk for upper in uppers])
    for row in rows:
        row.executors = tuple(_executor(text, roster) for text in row.result.executors)
    kept = [row for row in rows if not row.is_dropped]
    document = replace(read_document, header=header, rows=_activities(read_document, kept))
    preview = Preview(incoming, document, kept, [row for row in rows if row.is_dropped], choices, uppers)
    checks.mark(preview)
    return preview


def _header(header: Header, changes: dict[str, Any]) -> Header:
    values: dict[str, Any] = {
        name: changes[name]
        for name in HEADER_NAMES
        if name in changes and not name.startswith("period") and name != "order_date"
    }
    if "order_date" in changes:
        values["order_date"] = _day(changes["order_date"])
    start = _day(changes["period_start"]) if "period_start" in changes else header.period and header.period.start
    end = _day(changes["period_end"]) if "period_end" in changes else header.period and header.period.end
    values["period"] = Period(start, end) if start and end and start <= end else None
    return replace(header, **values)


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _uppers(roadmaps: list[int]) -> tuple[list[Roadmap], dict[int, UpperChoice]]:
    found = Roadmap.objects.select_related("organization").in_bulk(roadmaps)
    uppers = [found[pk] for pk in roadmaps if pk in found]
    choices = {}
    for roadmap in uppers:
        organization = roadmap.organization
        sheet = meeting.in_force_sheet(roadmap)
        for row in sheet.rows:
            choices[row.commitment] = UpperChoice(
                commitment=row.commitment,
                roadmap=roadmap.pk,
                label=row.label,
                activity=sheet.heading[row.heading].title,
                text=row.text,
                deadline=row.deadline,
                called=organization.word or organization.short_name,
                called_genitive=organization.word_genitive or organization.short_genitive or organization.short_name,
            )
    return uppers, choices


def _row(
    activity: Activity,
    result: Result,
    changes: dict[str, Any],
    candidates: list[dict[str, Any]],
    choices: dict[int, UpperChoice],
    period: Period | None,
    level: Level,
) -> PreviewRow:
    deadline = result.deadline
    if "phrase" in changes and changes["phrase"] != deadline.phrase:
        deadline = read(changes["phrase"], period)
    if changes.get("meaning"):
        deadline = replace(Deadline.from_json(changes["meaning"]), phrase=deadline.phrase)
    decided = replace(
        result,
        text=changes.get("text", result.text),
        deadline=deadline,
        executors=tuple(changes.get("executors", result.executors)),
    )
    found = [
        PreviewLink(c["upper"], c["kind"], c["rule"], c["score"], choices[c["upper"]])
        for c in candidates
        if c["upper"] in choices
    ]
    if "links" in changes:
        links = [
            PreviewLink(link["upper"], link["kind"], link["rule"], None, choices[link["upper"]])
            for link in changes["links"]
            if link["upper"] in choices
        ]
    else:
        links = [link for link in found if (link.score or 0) >= DOUBTFUL]
    number = activity.number.strip().rstrip(".") or activity.ref
    return PreviewRow(
        ref=result.ref,
        label=f"{number}.{result.ref.rpartition('.')[2]}",
        activity=activity,
        result=decided,
        original=result,
        links=links,
        candidates=found,
        settled=tuple(changes.get("settled", ())),
        period=period,
        obliges=obliges(decided.executors, decided.text, level),
        is_dropped=bool(changes.get("is_dropped")),
    )


def _executor(text: str, roster: Roster) -> PreviewExecutor:
    columns = roster.columns(text)
    kind, post = ExecutorKind(columns["kind"]), columns["post"]
    known_as = str(kind.label)
    if post is not None:
        known_as = _("in the register: %(position)s") % {"position": post.title}
    elif kind == ExecutorKind.PERSON:
        known_as = _("not in your register of people")
    return PreviewExecutor(text, known_as, post is not None or kind == ExecutorKind.GROUP, columns["is_foreign"])


def _activities(document: PlanDocument, kept: list[PreviewRow]) -> tuple[Activity, ...]:
    rows: dict[str, list[PreviewRow]] = {}
    for row in kept:
        rows.setdefault(row.activity.ref, []).append(row)
    return tuple(replace(own[0].activity, results=tuple(row.result for row in own)) for own in rows.values())


def _questions(preview: Preview, row: PreviewRow) -> list[Question]:
    found = []
    if "deadline" not in row.settled and (question := _about_deadline(preview, row)):
        found.append(question)
    if "link" not in row.settled and (question := _about_link(row)):
        found.append(question)
    return found


def _about_deadline(preview: Preview, row: PreviewRow) -> Question | None:
    """Ask about a phrase that is doubtful; a document in force is kept as it stands, whatever it says."""
    if preview.incoming.aim == Aim.IN_FORCE:
        return None
    deadline, language = row.result.deadline, _language()
    doubts = [code for code in deadline.warnings if code in ASKING]
    if not doubts and deadline.kind is not Kind.UNKNOWN:
        return None
    options = [
        Option(f"suggestion-{place}", render(_suggested(deadline, suggestion), language), why)
        for place, suggestion in enumerate(deadline.suggestions[:3])
        for why in [_("inside the plan's period") if "outside-period" in doubts else ""]
    ]
    if deadline.kind is not Kind.UNKNOWN or deadline.due:
        # A year that is the very doubt is said, though the phrase beside it states it.
        said = render(deadline, language) if "outside-period" in doubts else meaning(deadline, language)
        options.append(Option("as-is", _("As it is written: %(meaning)s") % {"meaning": said}))
    else:
        options.append(Option("as-is", _("Leave it without a date"), _("a reason will be needed")))
    for link in row.links[:1]:
        if link.choice and link.choice.deadline.due:
            label = _("As in the plan above: %(phrase)s") % {"phrase": render(link.choice.deadline, language)}
            why = _("%(body)s, row %(row)s") % {"body": link.choice.called, "row": link.choice.label}
            place = len(deadline.suggestions[:3]) if "outside-period" in doubts else 0
            options.insert(place, Option("upper", label, why))
    options.append(Option("other", _("Another wording")))
    first = "as-is" if "dash-lost" in doubts and len(doubts) == 1 else options[0].value
    return Question(
        ref=row.ref,
        about="deadline",
        title=_deadline_title(row.label, deadline, doubts),
        quote=deadline.phrase,
        words=row.result.text or row.activity.title,
        options=tuple(options),
        chosen=first,
    )


def _deadline_title(label: str, deadline: Deadline, doubts: list[str]) -> str:
    titles = {
        "dash-lost": _("Row %(row)s. There is no dash between the dates. What is meant?"),
        "start-lost": _("Row %(row)s. The beginning is lost. When does it begin?"),
        "end-lost": _("Row %(row)s. The end is lost. When does it end?"),
        "digit-lost": _("Row %(row)s. The first day may have lost a digit. When does it begin?"),
        "impossible-date": _("Row %(row)s. The calendar has no such day. Which one is meant?"),
        "reversed": _("Row %(row)s. The end comes before the beginning. What is meant?"),
        "outside-period": _("Row %(row)s. The date is outside the plan's period. A slip of the pen?"),
        "year-ambiguous": _("Row %(row)s. Several years fit. Which one is meant?"),
        "weekday-differs": _("Row %(row)s. That date falls on another day of the week. Which one is meant?"),
        "several-deadlines": _("Row %(row)s. There seem to be several deadlines in one cell. Which one holds?"),
    }
    for code in doubts:
        if code in titles:
            return titles[code] % {"row": label}
    if not deadline.phrase.strip():
        return _("Row %(row)s. There is no deadline") % {"row": label}
    return _("Row %(row)s. I do not understand this deadline") % {"row": label}


def _about_link(row: PreviewRow) -> Question | None:
    if not row.candidates or all(link.sureness in {"sure", "likely", "chosen"} for link in row.links[:1]):
        return None
    if not row.links:
        return None
    options = [
        Option(f"upper-{link.upper}", f"{link.choice.label} {link.choice.words}", _link_why(link))
        for link in row.candidates[: meeting.CANDIDATES]
        if link.choice
    ]
    options.append(Option("none", _("None: it is our own initiative")))
    return Question(
        ref=row.ref,
        about="link",
        title=_("Row %(row)s. Which upper row does it implement?") % {"row": row.label},
        quote=row.result.deadline.phrase,
        words=row.result.text or row.activity.title,
        options=tuple(options),
        chosen=options[0].value,
    )


def _link_why(link: PreviewLink) -> str:
    phrase = link.choice.deadline.phrase if link.choice else ""
    parts = [_("likeness %(percent)d %%") % {"percent": link.percent}]
    if phrase:
        parts.append(_("deadline there: %(phrase)s") % {"phrase": phrase})
    return ", ".join(parts)


def answer(preview: Preview, question: Question, value: str, phrase: str = "") -> dict[str, Any]:
    """
    Turn the chosen answer into changes for `operations.imports.decide`.

    :raises KeyError: if the value is none of the question's options
    """
    if value not in {option.value for option in question.options}:
        raise KeyError(value)
    row = preview.row(question.ref)
    settled = [*row.settled, question.about]
    decided: dict[str, Any] = {"settled": settled}
    if question.about == "link":
        chosen = value.removeprefix("upper-")
        decided["links"] = [
            {"upper": link.upper, "kind": link.kind, "rule": link.rule}
            for link in row.candidates
            if str(link.upper) == chosen and value != "none"
        ]
        return {"rows": {row.ref: decided}}
    handlers: dict[str, Callable[[], None]] = {
        "other": lambda: decided.update(phrase=phrase.strip(), meaning=None),
        "upper": lambda: decided.update(
            links=[{"upper": row.links[0].upper, "kind": LinkKind(row.links[0].kind), "rule": Rule.SAME}]
        ),
    }
    if value.startswith("suggestion-"):
        suggestion = row.result.deadline.suggestions[int(value.removeprefix("suggestion-"))]
        wording = render(_suggested(row.result.deadline, suggestion), "ru")
        decided.update(phrase=wording, meaning=None)
    elif value in handlers:
        handlers[value]()
    return {"rows": {row.ref: decided}}


def _suggested(deadline: Deadline, suggestion: Suggestion) -> Deadline:
    """Give what a suggestion means, in the kind of the doubtful phrase."""
    kind = deadline.kind
    if kind not in {Kind.BY, Kind.WINDOW, Kind.MONTHS} or (suggestion.start is None) != (kind is Kind.BY):
        kind = Kind.BY if suggestion.start is None else Kind.WINDOW
    windows: tuple[Window, ...] = ()
    if suggestion.start is not None and kind is Kind.MONTHS:
        windows = (Window(suggestion.start, suggestion.due),)
    return Deadline(kind=kind, start=suggestion.start, due=suggestion.due, windows=windows)


def with_changes(decisions: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Lay changes over decisions; names outside the closed lists are dropped."""
    merged = {name: dict(decisions.get(name, {})) for name in ("header", "activities", "rows")}
    merged["header"] |= {k: v for k, v in changes.get("header", {}).items() if k in HEADER_NAMES}
    for group, names in (("activities", ACTIVITY_NAMES), ("rows", ROW_NAMES)):
        for ref, values in changes.get(group, {}).items():
            merged[group][ref] = merged[group].get(ref, {}) | {k: v for k, v in values.items() if k in names}
    return merged


def take_section(waiting: list[Section], name: str) -> Section:
    """Take the next section of this number or title from those in document order; numbers may repeat under other parents."""
    for place, section in enumerate(waiting):
        if name in (section.number, section.title):
            return waiting.pop(place)
    return Section("", name, 1)


def _language() -> str:
    return (get_language() or "ru")[:2]


__all__ = ["Preview", "PreviewRow", "Question", "answer", "preview_of", "take_section", "with_changes"]
