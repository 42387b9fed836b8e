"""Why a file is not read: a code, and one sentence with the way out in English and in Russian."""

from roadmaps.reading.document import Header

_WAY_OUT = (
    "Open it in the program it was made in and save it as {target}.",
    "Откройте файл в программе, в которой он создан, и сохраните его как {target}.",
)

SENTENCES: dict[str, tuple[str, str]] = {
    "empty-file": ("The file is empty.", "Файл пуст."),
    "too-large": (
        "The file is too large to be a plan: no more than {limit} MB can be read.",
        "Файл слишком велик для плана: читаются файлы не больше {limit} МБ.",
    ),
    "too-much-text": (
        "The document holds too much text to be a plan. Leave only the plan in the file.",
        "В документе слишком много текста для плана. Оставьте в файле только план.",
    ),
    "too-many-rows": (
        "The tables hold more than {limit} rows: too many for a plan. Leave only the plan in the file.",
        "В таблицах больше {limit} строк: для плана слишком много. Оставьте в файле только план.",
    ),
    "too-many-parts": (
        "The file holds too many parts to be a document. Save it anew as {target}.",
        "В файле слишком много частей для документа. Сохраните файл заново как {target}.",
    ),
    "zip-bomb": (
        "The file unpacks into far more than its size and is not opened. Remove oversized pictures and save it anew.",
        "Файл распаковывается в объём, многократно больший его размера, и поэтому не открыт. "
        "Удалите из него слишком большие рисунки и сохраните заново.",
    ),
    "old-word": (
        "This is an old binary Word file (.doc). " + _WAY_OUT[0],
        "Это файл старого формата Word (.doc). Сохраните файл как {target}.",
    ),
    "old-excel": (
        "This is an old binary Excel file (.xls). " + _WAY_OUT[0],
        "Это файл старого формата Excel (.xls). Сохраните файл как {target}.",
    ),
    "old-office": (
        "This is an old binary Office file. " + _WAY_OUT[0],
        "Это файл старого двоичного формата Office. Сохраните файл как {target}.",
    ),
    "encrypted": (
        "The file is protected with a password. Remove the password and save it as {target}.",
        "Файл защищён паролем. Снимите пароль и сохраните файл как {target}.",
    ),
    "open-document": (
        "This is an OpenDocument file. " + _WAY_OUT[0],
        "Это файл OpenDocument (.odt, .ods). Сохраните файл как {target}.",
    ),
    "pdf": (
        "This is a PDF: it holds pages, not a table. Take the Word or Excel original ({target}).",
        "Это PDF: в нём страницы, а не таблица. Возьмите исходный файл Word или Excel ({target}).",
    ),
    "rtf": ("This is an RTF file. " + _WAY_OUT[0], "Это файл RTF. Сохраните файл как {target}."),
    "html": (
        "This is a web page under another name. " + _WAY_OUT[0],
        "Это веб-страница под другим именем. Откройте её в Word или Excel и сохраните файл как {target}.",
    ),
    "binary-excel": (
        "This is a binary Excel workbook (.xlsb). " + _WAY_OUT[0],
        "Это двоичная книга Excel (.xlsb). Сохраните файл как {target}.",
    ),
    "macros": (
        "The file holds macros. Save it without them as {target}.",
        "В файле есть макросы. Сохраните файл без них, как {target}.",
    ),
    "unknown-format": (
        "This is neither a Word (.docx) nor an Excel (.xlsx) file. " + _WAY_OUT[0],
        "Это не файл Word (.docx) и не файл Excel (.xlsx). Сохраните файл как {target}.",
    ),
    "damaged": (
        "The file is damaged and cannot be opened. Open it in Word or Excel and save it anew.",
        "Файл повреждён и не открывается. Откройте его в Word или Excel и сохраните заново.",
    ),
    "doctype": (
        "The file declares XML entities, which no office program writes, and is not opened. Save it anew as {target}.",
        "В файле объявлены XML-сущности, которых офисные программы не пишут; он не открыт. Сохраните файл заново как {target}.",
    ),
    "nothing-to-import": (
        "There is no text in the document: nothing to import.",
        "В документе нет текста: импортировать нечего.",
    ),
    "no-table": (
        "There is no table of activities in the document{found}: nothing to import.",
        "В документе нет таблицы мероприятий{found}: импортировать нечего.",
    ),
}
"""Code → sentence in English, sentence in Russian; in braces what the exception fills in."""


class CannotRead(Exception):
    """
    The file cannot be read safely or holds no plan.

    `code` is one of `SENTENCES`; `message` is the English sentence and `message_ru` the Russian one. `header` keeps
    the facts that were found when only the table is missing.
    """

    def __init__(self, code: str, *, target: str = ".docx", limit: int = 0, header: Header | None = None) -> None:
        english, russian = SENTENCES[code]
        self.code = code
        self.header = header
        self.message = english.format(target=target, limit=limit, found=_found(header, russian=False))
        self.message_ru = russian.format(target=target, limit=limit, found=_found(header, russian=True))
        super().__init__(self.message)


def _found(header: Header | None, *, russian: bool) -> str:
    """Say which order was recognized, so that the person sees that the file as such was understood."""
    if header is None or not (header.order_number or header.order_date):
        return ""
    number = f" № {header.order_number}" if header.order_number else ""
    if russian:
        date = f" от {header.order_date:%d.%m.%Y}" if header.order_date else ""
        return f" (прочитан только приказ{number}{date})"
    date = f" of {header.order_date:%d.%m.%Y}" if header.order_date else ""
    return f" (only the order{number}{date} was read)"
