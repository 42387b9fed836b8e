"""Rules that look at a plan as a whole: repetitions, names, days off, the clauses of its order."""

import re
from collections.abc import Iterable

from deadlines.values import Kind
from roadmaps.findings.executors import NameVariant, name_variants
from roadmaps.findings.facts import Finding, Fix, PlanFacts, Row
from roadmaps.matching.words import fold

_TASK = re.compile(r"\b(?:[а-я]{3,}(?:ать|ять|ить|еть|оть|уть|ыть|сти|зти|чь)(?:ся)?)\b")
_CONSTITUTIVE = re.compile(
    r"^\s*(?:утвердить|признать|считать|отменить|внести|создать|определить|назначить|возложить|закрепить|установить|"
    r"настоящий приказ|приказ\b.{0,40}вступает|контроль\b|ввести в действие|ознакомить)|\bконтроль\b.{0,80}\b(?:возложить|оставля)|"
    r"\bвозложить\b.{0,120}\bконтроль\b|^\s*[а-я]+(?:ым|им|ой|ом|ем)\s+координатор"
)
_DATED = re.compile(
    r"\b\d{1,2}\.\d{1,2}\.\d{2,4}|\b\d{1,2}\s+(?:янв|фев|мар|апр|ма[яй]|июн|июл|авг|сен|окт|ноя|дек)\w*|\bв срок\b|\bв течени[еи]\b|"
    r"\b(?:ежемесячно|ежеквартально|ежегодно|еженедельно|постоянно|незамедлительно)\b|\bрабочих дн|\bкалендарных дн|"
    r"\bпо (?:мере|запрос\w+|график\w*|отдельн\w+)|\bсогласно (?:график|план|срок)|\bв (?:установленн\w+|указанн\w+) срок|\bсрок[иа]?\b"
)
_DATED_KINDS = (Kind.BY, Kind.WINDOW, Kind.MONTHS)


def duplicate_rows(plan: PlanFacts) -> Iterable[Finding]:
    """Tell that a row says again what an earlier one says: the same activity, result and deadline."""
    seen: dict[tuple[str, ...], Row] = {}
    for row in plan.rows:
        key = (_plain(row.title), _plain(row.text), _plain(row.deadline.phrase))
        if not key[0] and not key[1]:
            continue
        first = seen.setdefault(key, row)
        if first is not row:
            yield Finding(
                "duplicate-row", row.ref, params={"other": first.ref}, fixes=(Fix("remove-row", {"row": row.ref}),)
            )


def number_repeats(plan: PlanFacts) -> Iterable[Finding]:
    """Tell that an activity bears the number of an earlier one in the same section."""
    seen: dict[tuple[tuple[str, ...], str], str] = {}
    told: set[str] = set()
    for row in plan.rows:
        number, activity = row.number.strip().rstrip("."), row.activity or row.ref
        if not number or activity in told:
            continue
        first = seen.setdefault((row.section, number), activity)
        if first != activity:
            told.add(activity)
            yield Finding(
                "number-repeats", row.ref, params={"number": number, "other": first}, fixes=(Fix("renumber"),)
            )


def names_written_differently(plan: PlanFacts) -> Iterable[Finding]:
    """Tell that a name stands in two spellings in one plan; each row with the rarer one is told once."""
    texts = [(row.ref, executor.text) for row in plan.rows for executor in row.executors]
    rarer: dict[str, NameVariant] = {}
    for variant in name_variants(text for _, text in texts):
        if variant.misspelt:
            rarer.setdefault(variant.rarer, variant)
    told: set[str] = set()
    for ref, text in texts:
        for written, variant in rarer.items():
            if written in " ".join(text.split()) and ref not in told:
                told.add(ref)
                params = {"name": variant.usual, "was": written}
                yield Finding("name-variants", ref, params=params, fixes=(Fix("rename", params),))


def days_off(plan: PlanFacts) -> Iterable[Finding]:
    """Tell in one line which deadlines fall on a day off."""
    if plan.calendar is None:
        return
    rows = tuple(
        row.ref
        for row in plan.rows
        if row.deadline.due is not None
        and row.deadline.kind in _DATED_KINDS
        and row.deadline.kind is not Kind.MONTHS
        and not plan.calendar.is_working(row.deadline.due)
    )
    if rows:
        yield Finding("day-off", None, params={"rows": rows})


def clauses_without_deadline(plan: PlanFacts) -> Iterable[Finding]:
    """
    Tell that a clause of the plan's own order asks somebody to do something and does not say by when.

    To approve, to appoint and to lay the control upon somebody is done by the order itself and needs no date.
    """
    clauses = plan.clauses
    for clause in clauses:
        text = fold(clause.text).strip()
        if clause.deadline is not None and (
            clause.deadline.kind is not Kind.UNKNOWN or clause.deadline.due is not None
        ):
            continue
        opens = text.endswith(":") or any(other.number.startswith(f"{clause.number}.") for other in clauses)
        if opens or _CONSTITUTIVE.search(text) or _DATED.search(text) or not _TASK.search(text):
            continue
        params = {"clause": clause.number, "text": clause.text}
        yield Finding(
            "clause-without-deadline",
            None,
            params=params,
            fixes=(Fix("set-clause-deadline", {"clause": clause.number}),),
        )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-zа-я0-9]+", fold(text)))


PLAN_RULES = (duplicate_rows, number_repeats, names_written_differently, days_off, clauses_without_deadline)
