"""Orders and plans on paper: what was put into words becomes the data that the renderer sets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse

from documents import paper
from documents.choices import AppendixKind, FileKind, OrderState, VisaState
from documents.codes import grouped
from documents.plan_texts import PlanText
from documents.texts import OrderText, PrintedAppendix, PrintedClause

FOLLOW_SIGN = "*"
OF_KIND = {AppendixKind.PLAN: FileKind.PLAN, AppendixKind.PARTICIPANTS: FileKind.PARTICIPANTS}
STAGES = {
    OrderState.DRAFT: paper.Stage.DRAFT,
    OrderState.HANDED: paper.Stage.FOR_SIGNING,
    OrderState.SIGNED: paper.Stage.FOR_SIGNING,
    OrderState.REGISTERED: paper.Stage.REGISTERED,
}


def printed(text: OrderText | PlanText, kind: FileKind) -> bytes:
    """Give one file of an order, or of a plan on its own, as PDF; a plan carries its data for machines."""
    # WeasyPrint takes a second and 60 MB to import: only the worker that prints pays for it.
    from documents.rendering import render

    if isinstance(text, PlanText):
        return render(plan_paper(text, kind), data=dict(text.data)).pdf
    appendix = next((one for one in text.appendices if OF_KIND.get(one.kind) == kind), None)
    if kind is FileKind.STAMPED:
        appendix = next(one for one in text.appendices if one.kind is AppendixKind.PLAN)
    return render(paper_of(text, kind), data=dict(appendix.data) if appendix else text.canonical()).pdf


def paper_of(
    text: OrderText, kind: FileKind
) -> paper.OrderPaper | paper.PlanPaper | paper.ParticipantsPaper | paper.ApprovalSheetPaper:
    """Give one document of an order as the renderer takes it."""
    if kind is FileKind.VISAS:
        return visa_sheet(text)
    order = order_paper(text)
    if kind is FileKind.ORDER:
        return order
    wanted = AppendixKind.PARTICIPANTS if kind is FileKind.PARTICIPANTS else AppendixKind.PLAN
    index = next(i for i, one in enumerate(text.appendices) if one.kind == wanted)
    appendix = order.appendix(index)
    if kind is FileKind.STAMPED:
        appendix = replace(appendix, stamp=paper.ApprovedByAct(act=order.act))
    return replace(appendix, verification=order.verification)


def order_paper(text: OrderText) -> paper.OrderPaper:
    """Give an order with its appendices."""
    number = f" от {text.signed_on:%d.%m.%Y} № {text.number}" if text.is_act and text.signed_on else ""
    return paper.OrderPaper(
        made_at=text.made_at,
        author=text.issuer.replace("\n", ", "),
        stage=STAGES[text.state],
        verification=paper.Verification(
            code=text.printed_code,
            url=settings.BASE_URL + reverse("verified", args=[text.printed_code]),
            name=f"Приказ{number}",
            electronic=text.is_electronic,
        ),
        issuer=tuple(text.issuer.splitlines()),
        issuer_genitive=text.issuer_genitive,
        place=text.place,
        title=text.title,
        preamble=text.preamble,
        clauses=nested(text.clauses),
        signatory=paper.Signatory(post=text.signatory_post, name=text.signatory_name),
        signed_on=text.signed_on,
        number=text.number,
        appendices=tuple(_appendix(text, one) for one in text.appendices),
    )


def plan_paper(text: PlanText, kind: FileKind) -> paper.PlanPaper:
    """
    Give a plan on its own sheets.

    With a title page it bears «УТВЕРЖДАЮ», else «УТВЕРЖДЁН приказом …»; a draft says that it is one.
    """
    stage = STAGES[text.state]
    year = (text.signed_on or text.made_at).year
    chief = paper.Signatory(post=text.post, name=text.name)
    act = paper.Act(issuer=text.issuer_genitive, signed_on=text.signed_on, number=text.number)
    by_person = paper.ApprovedByPerson(signatory=chief, signed_on=text.signed_on, year=year)
    has_cover = kind is FileKind.COVER
    verification = None
    if text.code:
        code, number = grouped(text.code), f" от {text.signed_on:%d.%m.%Y} № {text.number}" if text.signed_on else ""
        verification = paper.Verification(
            code=code,
            url=settings.BASE_URL + reverse("verified", args=[code]),
            name=f"План, приказ{number}",
            edition=text.edition,
        )
    return paper.PlanPaper(
        made_at=text.made_at,
        author=text.issuer.replace("\n", ", "),
        stage=stage,
        verification=verification,
        title=paper.titled(text.title),
        stamp=by_person if has_cover else paper.ApprovedByAct(act=act),
        cover=paper.Cover(foot=", ".join(filter(None, [text.place, str(year)]))) if has_cover else None,
        note=text.note,
        **_body(text.data),
    )


def nested(clauses: Sequence[PrintedClause], depth: int = 0) -> tuple[paper.Clause, ...]:
    """Put clauses that stand in one row into each other by their depths."""
    # The first one begins a branch whatever its depth: paper sometimes begins with 1.1.
    starts = [at for at, one in enumerate(clauses) if at == 0 or one.depth <= depth]
    found = []
    for at, end in zip(starts, [*starts[1:], len(clauses)][: len(starts)], strict=True):
        one = clauses[at]
        found.append(
            paper.Clause(
                text=one.text,
                number=f"{one.number}." if one.number and not one.number.endswith(".") else one.number,
                term=one.term if one.term in one.text else "",
                clauses=nested(clauses[at + 1 : end], depth + 1),
            )
        )
    return tuple(found)


def _appendix(text: OrderText, one: PrintedAppendix) -> paper.PlanPaper | paper.ParticipantsPaper:
    title = paper.titled(one.title)
    author = text.issuer.replace("\n", ", ")
    if one.kind is AppendixKind.PARTICIPANTS:
        return paper.ParticipantsPaper(made_at=text.made_at, author=author, title=title, places=places(one.data))
    return paper.PlanPaper(
        made_at=text.made_at,
        author=author,
        title=title,
        **_body(one.data),
    )


def _body(data: Mapping[str, Any]) -> dict[str, Any]:
    """Give what stands under a plan's title, as arguments of its paper."""
    return {
        "content": content(data["blocks"]), "goal": " ".join(data["goals"]), "tasks": tuple(data["tasks"])
    }  # fmt: skip


def content(blocks: Iterable[Mapping[str, Any]]) -> tuple[paper.Section | paper.Activity, ...]:
    """Give sections and activities in document order; a section holds the activities that follow it."""
    found: list[paper.Section | paper.Activity] = []
    for block in blocks:
        if block["kind"] == "section":
            found.append(paper.Section(title=block["title"], number=block["number"]))
            continue
        activity = paper.Activity(
            number=block["number"],
            title=block["title"],
            results=tuple(_result(result) for result in block["results"]) or (paper.Result(),),
        )
        if found and isinstance(found[-1], paper.Section):
            found[-1] = replace(found[-1], content=(*found[-1].content, activity))
        else:
            found.append(activity)
    return tuple(found)


def _result(result: Mapping[str, Any]) -> paper.Result:
    sign = f" {FOLLOW_SIGN}" if result["follows"] else ""
    return paper.Result(
        text=result["text"],
        deadline=f"{result['deadline']}{sign}",
        executors=tuple(result["executors"]),
        number=f"{result['number']}.",
    )


def places(data: Mapping[str, Any]) -> tuple[paper.Place, ...]:
    """Give the schools by municipality and cluster; a school of two clusters stands under both."""
    found = []
    for group in data["groups"]:
        clusters: dict[str, list[paper.School]] = {}
        for school in group["schools"]:
            for one in school["clusters"]:
                note = "базовая организация" if one["is_base"] else ""
                clusters.setdefault(one["cluster"], []).append(paper.School(school["name"], note))
        profiles = tuple(paper.Profile(name, tuple(schools)) for name, schools in sorted(clusters.items()))
        found.append(paper.Place(group["name"], profiles))
    return tuple(found)


def visa_sheet(text: OrderText) -> paper.ApprovalSheetPaper:
    """Give the visa sheet of an order."""
    return paper.ApprovalSheetPaper(
        made_at=text.made_at,
        author=text.issuer.replace("\n", ", "),
        stage=STAGES[text.state],
        issuer=tuple(text.issuer.splitlines()),
        subject="приказа" if text.is_act else "проекта приказа",
        title=text.title,
        visas=tuple(
            paper.Visa(
                post=visa.post,
                name=visa.name,
                decision={VisaState.AGREED: "Согласовано", VisaState.REMARKS: "Замечания прилагаются"}.get(
                    visa.state, ""
                ),
                signed_on=visa.given_on,
                remark=visa.remark,
            )
            for visa in text.visas
        ),
    )
