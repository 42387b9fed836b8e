"""What a finding says, in Russian and English: the title is the fact with its number, the sentence its source."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from roadmaps.findings.facts import Finding, Fix

_LONGEST = 90


class Said(NamedTuple):
    """A title («На 7 дней позже края») and a sentence («Край, строка 7.3: «до 24.10.2025».»)."""

    title: str
    sentence: str


def describe(finding: Finding, language: str = "ru") -> Said:
    """Say a finding in a language, Russian unless it is English."""
    speak = _ENGLISH if language.startswith("en") else _RUSSIAN
    return speak[finding.code](finding)


def label(fix: Fix, language: str = "ru") -> str:
    """Give the words of the button that carries out a fix; it names its result."""
    english = language.startswith("en")
    if fix.kind == "set-dates":
        return _dates_label(fix.params, english)
    russian_words, english_words = _LABELS[fix.kind]
    words = english_words if english else russian_words
    body = fix.params.get("body")
    names = dict(fix.params)
    if body is not None:
        names["of"] = body.english if english else body.genitive
        names["who"] = body.english if english else body.nominative
    names.setdefault("of", "the level above" if english else "вышестоящего плана")
    names["list"] = ", ".join(str(one) for one in fix.params.get("items", ()))
    return words.format_map(names)


_LABELS = {
    "insert-dash": ("Вставить тире", "Insert the dash"),
    "same-as-upper": ("Взять срок {of}", "Take the date of {of}"),
    "add-row": ("Добавить строку", "Add a row"),
    "link": ("Связать со своей строкой", "Link with a row of yours"),
    "declare-not-applicable": ("Не относится", "Does not apply"),
    "remove-row": ("Убрать строку {row}", "Remove row {row}"),
    "set-executor": ("Указать исполнителя", "Name an executor"),
    "replace-executor": ("Заменить исполнителя: {text}", "Replace the executor: {text}"),
    "set-kind": ("Оставить для сведения: исполняет {who}", "Keep for information: {who} acts"),
    "add-items": ("Добавить: {list}", "Add: {list}"),
    "rename": ("Написать «{name}»", "Write “{name}”"),
    "renumber": ("Перенумеровать", "Renumber"),
    "set-clause-deadline": ("Указать срок в пункте {clause}", "Give clause {clause} a deadline"),
    "set-result": ("Указать результат", "Say the result"),
    "explain": ("Указать причину", "Give a reason"),
}


def day(date: dt.date) -> str:
    """Write a day as documents do: 24.10.2025."""
    return f"{date:%d.%m.%Y}"


def days_ru(number: int) -> str:
    """Write a number of days with its right form: 1 день, 3 дня, 7 дней."""
    if number % 10 == 1 and number % 100 != 11:
        return f"{number} день"
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return f"{number} дня"
    return f"{number} дней"


def rows_ru(number: int) -> str:
    """Write a number of rows with its right form: 1 строка, 3 строки, 7 строк."""
    if number % 10 == 1 and number % 100 != 11:
        return f"{number} строка"
    if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14):
        return f"{number} строки"
    return f"{number} строк"


def days_en(number: int) -> str:
    """Write a number of days in English."""
    return "1 day" if number == 1 else f"{number} days"


def _dates_label(params: Mapping[str, Any], english: bool) -> str:
    start, due = params.get("start"), params["due"]
    words = day(due) if start is None or start == due else f"{day(start)} – {day(due)}"
    return f"Set {words}" if english else f"Поставить {words}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" .;,:–-") + "…"


def _source_ru(finding: Finding) -> str:
    """Say whose row it is and what stands there: «Край, строка 7.3: «до 24.10.2025»»."""
    params = finding.params
    where = params["upper"] if params["clause"] else f"строка {params['upper']}"
    phrase = " ".join(params["upper_phrase"].split())
    said = f": «{phrase}»" if phrase else ""
    via = f" (через {_through_ru(params['via'])})" if params["via"] else ""
    return f"{_capital(params['body'].nominative)}, {where}{said}{via}."


def _through_ru(via: tuple[str, ...]) -> str:
    return ("строку " if len(via) == 1 else "строки ") + ", ".join(via)


def _source_en(finding: Finding) -> str:
    params = finding.params
    where = f"clause {params['upper'].removeprefix('п. ')}" if params["clause"] else f"row {params['upper']}"
    phrase = " ".join(params["upper_phrase"].split())
    said = f": “{phrase}”" if phrase else ""
    via = f" (through row {', '.join(params['via'])})" if params["via"] else ""
    return f"{_capital(params['body'].english)}, {where}{said}{via}."


def _later_ru(one: Finding) -> Said:
    ahead = one.params.get("lead_days", 0)
    if not ahead:
        return Said(f"На {days_ru(one.days or 0)} позже {one.params['body'].genitive}", _source_ru(one))
    return Said(
        f"На {days_ru(one.days or 0)} позже, чем нужно",
        f"Строка входит в результат выше и нужна за {days_ru(ahead)} до его срока. {_source_ru(one)}",
    )


def _later_en(one: Finding) -> Said:
    ahead = one.params.get("lead_days", 0)
    if ahead:
        return Said(
            f"{_capital(days_en(one.days or 0))} later than needed",
            f"It feeds a result above and is needed {days_en(ahead)} before that is due. {_source_en(one)}",
        )
    return Said(f"{_capital(days_en(one.days or 0))} later than {one.params['body'].english}", _source_en(one))


def _source_early_ru(one: Finding) -> Said:
    return Said(
        f"Раньше источника на {days_ru(one.days or 0)}",
        f"Строка опирается на результат, который ещё не готов. {_source_ru(one)}",
    )


def _source_early_en(one: Finding) -> Said:
    return Said(
        f"{_capital(days_en(one.days or 0))} before its source",
        f"The row works from a result that is not ready yet. {_source_en(one)}",
    )


def _outside_ru(one: Finding) -> Said:
    return Said(f"Вне окна {one.params['body'].genitive}", _source_ru(one))


def _outside_en(one: Finding) -> Said:
    return Said(f"Outside the window of {one.params['body'].english}", _source_en(one))


def _starts_ru(one: Finding) -> Said:
    return Said(f"Начало раньше {one.params['body'].genitive} на {days_ru(one.days or 0)}", _source_ru(one))


def _starts_en(one: Finding) -> Said:
    return Said(f"Starts {days_en(one.days or 0)} before {one.params['body'].english}", _source_en(one))


def _no_deadline_ru(one: Finding) -> Said:
    phrase = " ".join(one.params["phrase"].split())
    return Said(
        "Срок не указан",
        f"Не понимаю «{_short(phrase)}»: даты здесь нет." if phrase else "Укажите, к какому дню будет результат.",
    )


def _no_deadline_en(one: Finding) -> Said:
    phrase = " ".join(one.params["phrase"].split())
    return Said(
        "No deadline",
        f"No date can be read from “{_short(phrase)}”." if phrase else "Say by which day the result will be there.",
    )


def _period_ru(one: Finding) -> Said:
    p = one.params
    return Said(
        "Дата вне периода плана",
        f"{day(p['date'])}, а план идёт с {day(p['start'])} по {day(p['end'])}. Описка в дате?",
    )


def _period_en(one: Finding) -> Said:
    p = one.params
    return Said(
        "Date outside the plan's period",
        f"{day(p['date'])}, while the plan runs from {day(p['start'])} to {day(p['end'])}. A slip?",
    )


def _not_covered_ru(one: Finding) -> Said:
    p = one.params
    phrase = f", «{' '.join(p['upper_phrase'].split())}»" if p["upper_phrase"].strip() else ""
    title = f"Нет строки: {p['body'].nominative}, {p['upper']}"
    return Said(
        title,
        f"{_capital(_short(p['upper_text']).strip(' .;,:-–—•'))}{phrase}. Добавьте строку, свяжите с имеющейся или объясните, почему не относится.",
    )


def _not_covered_en(one: Finding) -> Said:
    p = one.params
    phrase = f", “{' '.join(p['upper_phrase'].split())}”" if p["upper_phrase"].strip() else ""
    title = f"No row for {p['body'].english}'s {p['upper']}"
    return Said(
        title,
        f"{_capital(_short(p['upper_text']).strip(' .;,:-–—•'))}{phrase}. Add a row, link one of yours, or say why it does not apply.",
    )


def _approval_ru(one: Finding) -> Said:
    return Said("Раньше утверждения", f"Срок {day(one.params['date'])}, а приказ от {day(one.params['order_date'])}.")


def _approval_en(one: Finding) -> Said:
    return Said(
        "Before the approval", f"Due {day(one.params['date'])}, while the order is of {day(one.params['order_date'])}."
    )


def _lead_ru(one: Finding) -> Said:
    p = one.params
    return Said(
        "Нет времени на подготовку",
        f"Начинается в тот же день, к которому готовят строку {p['other']}: «{' '.join(p['other_phrase'].split())}».",
    )


def _lead_en(one: Finding) -> Said:
    p = one.params
    return Said(
        "No time to prepare",
        f"It begins on the very day on which row {p['other']} is due: “{' '.join(p['other_phrase'].split())}”.",
    )


def _order_ru(one: Finding) -> Said:
    p = one.params
    verb = "Начинается" if p["how"] == "opens" else "Итоги подводятся"
    return Said(
        "Не по порядку",
        f"{verb} на {days_ru(one.days or 0)} раньше, чем истекает срок строки {p['other']}: «{' '.join(p['other_phrase'].split())}».",
    )


def _order_en(one: Finding) -> Said:
    p = one.params
    verb = "It begins" if p["how"] == "opens" else "It is reported"
    return Said(
        "Out of order",
        f"{verb} {days_en(one.days or 0)} before row {p['other']} is due: “{' '.join(p['other_phrase'].split())}”.",
    )


def _foreign_ru(one: Finding) -> Said:
    return Said(
        "Исполнитель не из вашей организации",
        f"{'; '.join(one.params['names'])}. Поручить чужому сотруднику ваш план не может.",
    )


def _foreign_en(one: Finding) -> Said:
    return Said(
        "Executor of another organization",
        f"{'; '.join(one.params['names'])}. Your plan cannot give orders to other people's staff.",
    )


def _scope_ru(one: Finding) -> Said:
    p = one.params
    return Said(
        "Охвачена часть",
        f"{_capital(p['body'].nominative)}, строка {p['upper']}, называет ещё: {'; '.join(_short(item).rstrip(' .;,:') for item in p['items'])}.",
    )


def _scope_en(one: Finding) -> Said:
    p = one.params
    return Said(
        "Partly covered",
        f"{_capital(p['body'].english)}, row {p['upper']}, also names: {'; '.join(_short(item).rstrip(' .;,:') for item in p['items'])}.",
    )


def _differs_ru(one: Finding) -> Said:
    return Said(f"Срок не такой, как у {one.params['body'].genitive}", _source_ru(one))


def _differs_en(one: Finding) -> Said:
    return Said(f"Not the date of {one.params['body'].english}", _source_en(one))


def _day_off_ru(one: Finding) -> Said:
    rows = one.params["rows"]
    return Said(f"Выходной день: {rows_ru(len(rows))}", f"На выходной приходится срок: {', '.join(rows)}.")


def _day_off_en(one: Finding) -> Said:
    rows = one.params["rows"]
    return Said(
        f"Day off: {'1 row' if len(rows) == 1 else f'{len(rows)} rows'}", f"Due on a day off: {', '.join(rows)}."
    )


def _plain(title: str, sentence: str) -> Callable[[Finding], Said]:
    """Make a speaker whose words only need the parameters of the finding."""

    def speak(one: Finding) -> Said:
        return Said(title, sentence.format_map({key: _flat(value) for key, value in one.params.items()}))

    return speak


def _flat(value: Any) -> str:
    if isinstance(value, dt.date):
        return day(value)
    return _short(str(value))


_RUSSIAN: Mapping[str, Callable[[Finding], Said]] = {
    "later-than-upper": _later_ru,
    "earlier-than-source": _source_early_ru,
    "outside-upper-window": _outside_ru,
    "starts-before-upper": _starts_ru,
    "no-deadline": _no_deadline_ru,
    "outside-period": _period_ru,
    "not-covered": _not_covered_ru,
    "before-approval": _approval_ru,
    "no-lead": _lead_ru,
    "out-of-order": _order_ru,
    "duplicate-row": _plain("Строка повторяется", "То же самое уже написано в строке {other}."),
    "no-executor": _plain("Нет исполнителя", "Укажите, кто отвечает за строку."),
    "foreign-executor": _foreign_ru,
    "scope-narrowed": _scope_ru,
    "differs-from-upper": _differs_ru,
    "clause-without-deadline": _plain("Пункт без срока", "Пункт {clause} приказа: «{text}». Не сказано, к какому дню."),
    "dash-lost": _plain("Нет тире", "«{phrase}»: две даты подряд, похоже на «с … по …»."),
    "start-lost": _plain("Начало потеряно", "«{phrase}»: понятен только конец, укажите начало."),
    "name-variants": _plain("Имя написано по-разному", "Здесь «{was}», в других местах «{name}»."),
    "day-off": _day_off_ru,
    "number-repeats": _plain("Номер повторяется", "Номер {number} уже стоит у мероприятия {other}."),
    "no-result": _plain("Результат не указан", "Не сказано, что получится."),
}
_ENGLISH: Mapping[str, Callable[[Finding], Said]] = {
    "later-than-upper": _later_en,
    "earlier-than-source": _source_early_en,
    "outside-upper-window": _outside_en,
    "starts-before-upper": _starts_en,
    "no-deadline": _no_deadline_en,
    "outside-period": _period_en,
    "not-covered": _not_covered_en,
    "before-approval": _approval_en,
    "no-lead": _lead_en,
    "out-of-order": _order_en,
    "duplicate-row": _plain("Row repeats", "Row {other} already says the same."),
    "no-executor": _plain("No executor", "Say who answers for the row."),
    "foreign-executor": _foreign_en,
    "scope-narrowed": _scope_en,
    "differs-from-upper": _differs_en,
    "clause-without-deadline": _plain(
        "Clause without a deadline", "Clause {clause} of the order: “{text}”. It does not say by when."
    ),
    "dash-lost": _plain("Dash lost", "“{phrase}”: two dates in a row, probably “from … to …”."),
    "start-lost": _plain("Start lost", "“{phrase}”: only the end is clear, give the start."),
    "name-variants": _plain("Name written differently", "Here “{was}”, elsewhere “{name}”."),
    "day-off": _day_off_en,
    "number-repeats": _plain("Number repeats", "Activity {other} already bears number {number}."),
    "no-result": _plain("No result", "It does not say what comes out."),
}
