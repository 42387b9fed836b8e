"""How one cell of a row changes, in the words of an amending order."""

import datetime as dt

from deadlines.values import Kind
from roadmaps.approval import FOLLOW_SIGN
from roadmaps.difference.data import Row
from roadmaps.difference.words import Swap, swaps

COLUMNS = {
    "title": "Мероприятие",
    "text": "Характеристика результата",
    "deadline": "Сроки проведения",
    "executors": "Ответственные исполнители",
}
"""The heads of the columns as the appendix prints them."""

SHORT = 6
"""A text of so few words is replaced as a whole: «слова «до 28.10» заменить», never a part of a date."""


def of_text(was: str, became: str, where: str, whole: str) -> str:
    """
    Say how a text changes.

    :param where: the place with its preposition, «в графе «…» строки 5.4»
    :param whole: the same as an object, «графу «…» строки 5.4», for a text that is better given anew
    """
    if not became:
        return f"{where} {_words(was)} исключить"
    if not was:
        return f"{whole} дополнить {_words(became, 'словом', 'словами')}"
    if max(len(was.split()), len(became.split())) <= SHORT:
        return f"{where} {_words(was)} заменить {_words(became, 'словом', 'словами')}"
    found = swaps(was, became)
    if found is None or any("\n" in swap.old + swap.new for swap in found) or _loses_most(found, was):
        return f"{whole} изложить в следующей редакции: «{' '.join(became.split())}»"
    return f"{where} " + ", ".join(_swap(swap) for swap in found)


def _loses_most(found: list[Swap], was: str) -> bool:
    return sum(len(swap.old) for swap in found) > 0.6 * len(was)


def _swap(swap: Swap) -> str:
    old, new = swap.old, swap.new
    if not new.strip():
        return f"{_words(old)} исключить"
    if new.startswith(old) and new[len(old)].isspace():
        return f"после {_words(old, 'слова', 'слов')} дополнить {_words(new[len(old) :].strip(), 'словом', 'словами')}"
    if new.endswith(old) and new[-len(old) - 1].isspace():
        return f"перед {_words(old, 'словом', 'словами')} дополнить {_words(new[: -len(old)].strip(), 'словом', 'словами')}"
    return f"{_words(old)} заменить {_words(new, 'словом', 'словами')}"


def _words(text: str, one: str = "слово", several: str = "слова") -> str:
    """Quote words with the noun that counts them: «слово «март»», «слова «до марта»»."""
    text = " ".join(text.split())
    return f"{one if len(text.split()) == 1 and text[:1].isalpha() else several} «{text}»"


def of_deadline(was: Row, became: Row, today: dt.date, named: str) -> str:
    """
    Say how the deadline of a row changes; one that has lapsed is prolonged, not silently replaced.

    :param named: the row in the genitive
    """
    where = f"в графе «{COLUMNS['deadline']}» {named}"
    whole = f"графу «{COLUMNS['deadline']}» {named}"
    if was.phrase == became.phrase:
        if became.follows:
            return f"{whole} дополнить знаком «{FOLLOW_SIGN}»"
        return f"{where} знак «{FOLLOW_SIGN}» исключить"
    if was.follows == became.follows and is_prolonged(was, became, today):
        return f"{where} срок «{was.phrase}» продлить {became.phrase}"
    return of_text(_marked(was), _marked(became), where, whole)


def is_prolonged(was: Row, became: Row, today: dt.date) -> bool:
    """Tell whether a term that is over is given anew: «до 28.10.2026» → «до 09.11.2026» after the 28th."""
    one, other = was.deadline, became.deadline
    if one.kind is not Kind.BY or other.kind is not Kind.BY or one.due is None or other.due is None:
        return False
    return one.due < today and one.due < other.due and became.phrase.startswith("до ")


def _marked(row: Row) -> str:
    """Give the deadline as paper prints it, with its sign where it moves with the plan above."""
    return f"{row.phrase} {FOLLOW_SIGN}" if row.follows and row.phrase else row.phrase


def of_executors(was: Row, became: Row, named: str) -> str:
    """Say how the executors of a row change; `named` is the row in the genitive."""
    where = f"в графе «{COLUMNS['executors']}» {named}"
    whole = f"графу «{COLUMNS['executors']}» {named}"
    gone = [one for one in was.executors if one not in became.executors]
    come = [one for one in became.executors if one not in was.executors]
    kept = [one for one in was.executors if one in became.executors]
    stays = kept == [one for one in became.executors if one in was.executors]
    if not was.executors:
        return f"{whole} дополнить {_words('; '.join(come), 'словом', 'словами')}"
    if stays and not gone and became.executors[: len(was.executors)] == was.executors:
        return f"{whole} дополнить {_words('; '.join(come), 'словом', 'словами')}"
    alone = len(gone) == 1 and "\n".join(was.executors).count(gone[0]) == 1
    if stays and alone and not come:
        return f"{where} {_words(gone[0])} исключить"
    if stays and alone and len(come) == 1 and was.executors.index(gone[0]) == became.executors.index(come[0]):
        return f"{where} {_words(gone[0])} заменить {_words(come[0], 'словом', 'словами')}"
    return f"{whole} изложить в следующей редакции: «{'; '.join(became.executors)}»"
