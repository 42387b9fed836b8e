"""Findings as notes in the margin: words, severity, one button for each fix, the reason where one was given."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from roadmaps import checks, findings
from roadmaps.checks import Remark
from roadmaps.findings import Severity
from roadmaps.pages.orders import clause_url
from roadmaps.sheets import Sheet, UpperRow

ONE_CLICK = frozenset(
    {
        *("set-dates", "insert-dash", "same-as-upper", "add-row", "remove-row", "set-kind", "add-items", "rename"),
        *("renumber",),
    }
)
"""Fixes that one button carries out; the others ask for something first, or lead to the row."""
IN_THE_ROW = frozenset({"set-executor", "replace-executor", "set-result"})
GRAVITY = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Button:
    """A fix: `index` finds it again when the findings are computed anew."""

    index: int
    label: str


@dataclass(frozen=True, slots=True)
class Note:
    """One finding in words; `reason` is why it stands, empty while it is open; `clause` is where its order can be read."""

    key: str
    code: str
    severity: str
    title: str
    sentence: str
    row: int | None
    label: str
    upper: UpperRow | None
    buttons: tuple[Button, ...]
    to_row: str
    reason: str
    can_explain: bool
    clause: str = ""
    clause_url: str = ""

    @property
    def is_open(self) -> bool:
        return not self.reason

    @property
    def anchor(self) -> str:
        """The key as an id of the page."""
        return "".join(letter if letter.isalnum() else "-" for letter in self.key)

    @property
    def blocks(self) -> bool:
        """Whether the plan cannot be sent because of it."""
        return self.severity == Severity.ERROR and self.is_open


def notes_of(sheet: Sheet, remarks: Iterable[Remark] | None = None) -> list[Note]:
    """Give the notes of a sheet: row by row, the gravest of a row first."""
    return [_note(sheet, remark) for remark in (checks.remarks_of(sheet) if remarks is None else remarks)]


def _note(sheet: Sheet, remark: Remark) -> Note:
    language = get_language() or "ru"
    finding = remark.finding
    said = findings.describe(finding, language)
    row = sheet.row.get(remark.commitment) if remark.commitment else None
    kinds = [fix.kind for fix in finding.fixes]
    # An order in force is not edited in the portal: what can be done is to read the clause where it stands.
    order = sheet.edition.order_id
    clause = str(finding.params.get("clause", "")) if "set-clause-deadline" in kinds and order else ""
    return Note(
        key=remark.key,
        code=finding.code,
        severity=remark.severity,
        title=said.title,
        sentence=said.sentence,
        row=remark.commitment,
        label=row.label if row else "",
        upper=remark.upper,
        buttons=tuple(
            Button(index, findings.label(fix, language))
            for index, fix in enumerate(finding.fixes)
            if fix.kind in ONE_CLICK
        ),
        to_row=next((findings.label(fix, language) for fix in finding.fixes if fix.kind in IN_THE_ROW), ""),
        reason=remark.reason,
        can_explain="explain" in kinds and finding.severity is not Severity.INFO,
        clause=clause,
        clause_url=clause_url(sheet.edition.roadmap_id, order, clause) if clause and order else "",
    )


def by_row(notes: Iterable[Note]) -> dict[int, list[Note]]:
    """Sort the notes to their rows; those of the whole plan are left out."""
    found: dict[int, list[Note]] = {}
    for note in notes:
        if note.row is not None:
            found.setdefault(note.row, []).append(note)
    return found


def tally(notes: Iterable[Note]) -> dict[str, int]:
    """Count open notes by severity."""
    counts = dict.fromkeys(GRAVITY, 0)
    for note in notes:
        if note.is_open:
            counts[note.severity] += 1
    return counts


def errors_words(count: int) -> str:
    return ngettext("%(count)s error", "%(count)s errors", count) % {"count": count}


def warnings_words(count: int) -> str:
    return ngettext("%(count)s warning", "%(count)s warnings", count) % {"count": count}


def codes_of(notes: Iterable[Note]) -> list[tuple[str, str]]:
    """List the codes met with the title of a code, for the filter; titles with numbers give their general words."""
    return sorted({note.code: general_title(note.code) for note in notes}.items(), key=lambda pair: pair[1])


def general_title(code: str) -> str:
    """Give the title of a kind of finding without numbers."""
    titles: dict[str, Any] = {
        "later-than-upper": _("Later than above"),
        "earlier-than-source": _("Earlier than its source"),
        "outside-upper-window": _("Outside the upper window"),
        "starts-before-upper": _("Starts earlier than above"),
        "no-deadline": _("No deadline"),
        "outside-period": _("Date outside the plan's period"),
        "not-covered": _("No row"),
        "before-approval": _("Before approval"),
        "no-lead": _("No time to prepare"),
        "out-of-order": _("Out of order"),
        "duplicate-row": _("Row repeats"),
        "no-executor": _("No executor"),
        "foreign-executor": _("Executor is not of your organization"),
        "scope-narrowed": _("Partly covered"),
        "differs-from-upper": _("Differs from above"),
        "clause-without-deadline": _("Clause without a deadline"),
        "dash-lost": _("Dash lost"),
        "start-lost": _("Start lost"),
        "name-variants": _("Name written in several ways"),
        "day-off": _("Day off"),
        "number-repeats": _("Number repeats"),
        "no-result": _("No result named"),
    }
    return str(titles.get(code, code))


def lowered(title: str) -> str:
    """Let a title stand within a sentence."""
    return title[:1].lower() + title[1:]
