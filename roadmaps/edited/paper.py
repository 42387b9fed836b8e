"""A plan as paper whose entries bear their marks, so that the file made of it is known again."""

import datetime as dt
from dataclasses import replace

from documents.paper import Activity, Entry, PlanPaper, Result, Section, Stage, Stamp
from documents.paper.spacing import one_line
from roadmaps.edited.marks import SIGN, head_mark, part_mark, row_mark, unled
from roadmaps.edited.standing import Kind, Standing, StandingHeading


def marked_paper(
    standing: Standing, *, made_at: dt.datetime, author: str, stage: Stage, stamp: Stamp | None
) -> PlanPaper:
    """Put a plan on paper, sections within sections, in the order of print."""
    title = next((one for one in standing.texts if one.kind is Kind.TITLE), None)
    goals = [one for one in standing.texts if one.kind is Kind.GOAL]
    tasks = [one for one in standing.texts if one.kind is Kind.TASK]
    return PlanPaper(
        made_at=made_at,
        author=author,
        stage=stage,
        title=tuple(title.text.splitlines()) if title and title.text else ("",),
        stamp=stamp,
        content=_content(standing),
        goal=" ".join(unled(one.text) for one in goals),
        tasks=tuple(unled(one.text) for one in tasks),
        title_mark=head_mark(title.key, "", title.text) if title else "",
        # Several goals are printed as one text, which could not be parted again.
        goal_mark=head_mark(goals[0].key, "", unled(goals[0].text)) if len(goals) == 1 else "",
        task_marks=tuple(head_mark(one.key, "", unled(one.text)) for one in tasks),
    )


def _content(standing: Standing) -> tuple[Entry, ...]:
    root: list[Entry] = []
    waiting: list[tuple[int, Section, list[Entry]]] = []

    def close(depth: int) -> None:
        while waiting and waiting[-1][0] >= depth:
            _, section, inside = waiting.pop()
            (waiting[-1][2] if waiting else root).append(replace(section, content=tuple(inside)))

    for one in standing.headings:
        if one.kind is Kind.SECTION:
            close(one.depth)
            mark = part_mark(one.key, one.number, one_line(one.heading))
            waiting.append((one.depth, Section(title=one.title, number=one.number, mark=mark), []))
        else:
            (waiting[-1][2] if waiting else root).append(_activity(one))
    close(0)
    return tuple(root)


def _activity(heading: StandingHeading) -> Activity:
    return Activity(
        number=heading.shown,
        title=heading.title,
        mark=head_mark(heading.key, one_line(heading.shown), heading.title),
        results=tuple(
            Result(
                text=row.text,
                deadline=f"{row.phrase} {SIGN}".strip() if row.inherited else row.phrase,
                executors=row.executors,
                number=f"{row.label}.",
                mark=row_mark(row.key, row.text, row.phrase, row.executors),
            )
            for row in heading.rows
        ),
    )
