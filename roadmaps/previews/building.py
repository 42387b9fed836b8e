"""Putting a preview together: the document as read, the rows above that it meets, and what a person decided."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from deadlines.grammar import read
from deadlines.values import Deadline, Period
from roadmaps import checks, meeting
from roadmaps.choices import ExecutorKind
from roadmaps.executors import LEVELS, Roster
from roadmaps.findings import obliges
from roadmaps.matching.bodies import Level
from roadmaps.models import Import, Roadmap
from roadmaps.previews.data import DOUBTFUL, Preview, PreviewExecutor, PreviewLink, PreviewRow, UpperChoice
from roadmaps.previews.decisions import ACTIVITY_NAMES, HEADER_NAMES
from roadmaps.previews.questions import questions_of
from roadmaps.reading.document import Activity, Header, PlanDocument, Result


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
    preview.questions = [question for row in kept for question in questions_of(preview, row)]
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
