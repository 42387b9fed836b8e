"""The sentences of problems, in English and in Russian; a code names each."""

from roadmaps.reading.document import Problem

SENTENCES: dict[str, tuple[str, str]] = {
    "tracked-changes": (
        "The file holds tracked changes: their accepted state was read.",
        "В файле есть исправления в режиме рецензирования: прочитано так, как если бы они были приняты.",
    ),
    "hidden-text": ("Hidden text was left out.", "Скрытый текст не прочитан."),
    "hidden-rows": ("Hidden rows of the sheet were left out.", "Скрытые строки листа не прочитаны."),
    "filtered-rows": (
        "Rows hidden by a filter were read like the others.",
        "Строки, скрытые фильтром, прочитаны наравне с остальными.",
    ),
    "hidden-columns": ("Hidden columns of the sheet were left out.", "Скрытые столбцы листа не прочитаны."),
    "hidden-sheets": ("Hidden sheets were left out.", "Скрытые листы не прочитаны."),
    "footnotes": ("Footnotes were left out.", "Сноски не прочитаны."),
    "text-box": ("Text boxes were read as ordinary text.", "Текст из надписей прочитан как обычный."),
    "foreign-part": ("An inserted foreign document was left out.", "Вставленный посторонний документ не прочитан."),
    "formula-without-value": (
        "Some formulas have no stored value and were read as empty cells.",
        "У некоторых формул нет сохранённого значения: ячейки прочитаны как пустые.",
    ),
    "formula-error": (
        "Some formulas show an error and were read as empty cells.",
        "Некоторые формулы показывают ошибку: ячейки прочитаны как пустые.",
    ),
    "several-tables": (
        "The plan is torn into {count} tables, which were joined.",
        "План разбит на несколько таблиц ({count}): они соединены.",
    ),
    "column-guessed": (
        "Column {column} has no telling heading; by its content it was read as: {role}.",
        "По заголовку столбца {column} непонятно, что в нём; по содержанию он прочитан как «{role_ru}».",
    ),
    "period-guessed": (
        "The plan states no period; it was taken from the dates of its rows or its order.",
        "Период в плане не указан: он определён по датам строк или приказа.",
    ),
    "no-period": ("The plan states no period.", "Период плана не указан и не определён."),
    "no-title": ("No title was found.", "Название плана не найдено."),
    "text-after-table": (
        "Text below the activities was left out: {text}",
        "Текст под мероприятиями не прочитан: {text}",
    ),
    "torn-row": (
        "The row is torn by a page break and was joined.",
        "Строка разорвана переходом на новую страницу: она соединена.",
    ),
    "empty-title": ("The activity has no title.", "У мероприятия нет названия."),
    "number-missing": (
        "The activity has no number, though others have.",
        "У мероприятия нет номера, хотя у других он есть.",
    ),
    "number-repeats": (
        "Number {text} stands twice in the section.",
        "Номер {text} в этом разделе повторяется.",
    ),
    "no-numbers": ("The activities have no numbers.", "Мероприятия не пронумерованы."),
}
"""Code → sentence in English, sentence in Russian."""

ROLES_RU = {
    "number": "номер",
    "title": "мероприятие",
    "result": "результат",
    "deadline": "срок",
    "executors": "исполнители",
}


def describe(code: str, *, ref: str = "", text: str = "", column: int = 0, role: str = "", count: int = 0) -> Problem:
    """Say a problem in English."""
    text = text if len(text) <= 120 else text[:119] + "…"
    fill = {"text": text, "column": column, "role": role, "role_ru": ROLES_RU.get(role, role), "count": count}
    english, russian = (sentence.format(**fill) for sentence in SENTENCES[code])
    return Problem(code, english, ref, russian)
