"""What only a person can decide about a row: a doubtful deadline, a doubtful link; and what an answer changes."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from deadlines.values import Deadline, Kind, Suggestion, Window
from deadlines.wording import meaning, render
from roadmaps import meeting
from roadmaps.choices import Aim, LinkKind, Rule
from roadmaps.previews.data import ASKING, Option, Preview, PreviewLink, PreviewRow, Question, language


def questions_of(preview: Preview, row: PreviewRow) -> list[Question]:
    """List what is still to be decided about a row."""
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
    deadline, speech = row.result.deadline, language()
    doubts = [code for code in deadline.warnings if code in ASKING]
    if not doubts and deadline.kind is not Kind.UNKNOWN:
        return None
    options = [
        Option(f"suggestion-{place}", render(_suggested(deadline, suggestion), speech), why)
        for place, suggestion in enumerate(deadline.suggestions[:3])
        for why in [_("inside the plan's period") if "outside-period" in doubts else ""]
    ]
    if deadline.kind is not Kind.UNKNOWN or deadline.due:
        # A year that is the very doubt is said, though the phrase beside it states it.
        said = render(deadline, speech) if "outside-period" in doubts else meaning(deadline, speech)
        options.append(Option("as-is", _("As it is written: %(meaning)s") % {"meaning": said}))
    else:
        options.append(Option("as-is", _("Leave it without a date"), _("a reason will be needed")))
    for link in row.links[:1]:
        if link.choice and link.choice.deadline.due:
            label = _("As in the plan above: %(phrase)s") % {"phrase": render(link.choice.deadline, speech)}
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
