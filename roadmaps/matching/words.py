"""Russian words for comparing: folded text, a light stemmer, notions, abbreviations that a document explains."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from roadmaps.matching import lexicon

_WORD = re.compile(r"[a-zа-я0-9]+(?:-[a-zа-я0-9]+)*")
_DEFINED = re.compile(r"\(\s*(?:далее|сокращ[её]нно)\s*[-–—:]*\s*([^()]{1,60})\)", re.IGNORECASE)
_DASHES = re.compile(r"(?<=\w)\s*[-‐-―−]\s*(?=[^\W\d])")


def _longest_first(listed: str) -> tuple[str, ...]:
    return tuple(sorted(listed.split(), key=len, reverse=True))


_ENDINGS = _longest_first(
    "иями ями ами иям ям ам иях ях ах ием ией ием ой ей ом ем ий ый ые ие ое ее ая яя ую юю ого его ому ему ыми ими "
    "ых их ым им ия ию ии ье ья ью ьи ов ев а я о е у ю ы и ь й ешь ет ит ют ут ат ят "
    "ала ало али ал ила ило или ил яла яло яли ял ть ти"
)
_SUFFIXES = _longest_first(
    "ьск ированн ировани ирован иров ированы ованн овани ован аемост емост ени ани енн анн ен ан ив ыв ова ост ящ ющ ущ ащ "
    "вш е и а н"
)
_SHORTEST = 3


def fold(text: str) -> str:
    """Lower case, ё as е, one kind of dash and of white space."""
    text = unicodedata.normalize("NFC", text).lower().replace("ё", "е").replace("\xad", "")
    return " ".join(re.sub(r"[‐-―−]", "-", text).split())


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """
    Give the part of a folded word that its forms and its nearest relatives share («размещение», «размещены»).

    Light on purpose: two words with one stem are probably the same notion, and that is all that comparing needs.
    """
    if len(word) <= _SHORTEST or not word.isalpha():
        return word
    if word.endswith(("ся", "сь")) and len(word) > _SHORTEST + 2:
        word = word[:-2]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST + (len(ending) > 2):
            word = word[: -len(ending)]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST + 1:
            word = word[: -len(suffix)]
            break
    return word.rstrip("ь")


_NOTIONS = {stem(word): stem(group[0]) for group in lexicon.SYNONYMS for word in group}

_SILENT = frozenset(stem(word) for word in lexicon.SILENT)
_GENERIC = frozenset(_NOTIONS.get(stem(word), stem(word)) for word in lexicon.GENERIC)


def is_generic(term: str) -> bool:
    """Tell whether a notion says that something is done, not what."""
    return term in _GENERIC


def notion(word: str) -> str:
    """Give the notion that a folded word stands for: the stem of the first of its synonyms, else its own."""
    own = stem(word)
    return _NOTIONS.get(own, own)


def words(text: str, abbreviations: Mapping[str, str] | None = None) -> list[str]:
    """Give the notions of a text in order, without the words that say nothing, abbreviations written out."""
    return [
        notion(word)
        for word in _expanded(fold(text), abbreviations or {})
        if word not in lexicon.STOP and stem(word) not in _SILENT
    ]


def _expanded(folded: str, abbreviations: Mapping[str, str]) -> Iterator[str]:
    """Yield folded words; hyphenated ones whole and, unless known, in parts."""
    for word in _WORD.findall(_DASHES.sub("-", folded)):
        meaning = abbreviations.get(word, lexicon.ABBREVIATIONS.get(word))
        if meaning is not None:
            yield from meaning.split()
        elif "-" in word and stem(word) not in _NOTIONS:
            yield from (part for part in word.split("-") if len(part) > 1 or part.isdigit())
        else:
            yield word


def abbreviations(texts: Iterable[str]) -> dict[str, str]:
    """
    Collect what a document abbreviates: «общеобразовательных организаций (далее — ОО)» → {"оо": "общеобразовательных …"}.

    The words meant are those whose initials spell the abbreviation; where none do, nothing is guessed.
    """
    found: dict[str, str] = {}
    for text in texts:
        for hit in _DEFINED.finditer(text):
            short = fold(hit.group(1)).strip(' «»".')
            before = _WORD.findall(fold(text[: hit.start()]).replace("-", " "))
            spelled = _spelled(short, before)
            if spelled and short not in found:
                found[short] = " ".join(spelled)
    return found


def _spelled(short: str, before: list[str]) -> list[str]:
    letters = [letter for letter in short if letter.isalpha()]
    if not 1 < len(letters) <= 8 or " " in short or len(letters) > len(before):
        return []
    for end in range(len(before), max(len(letters), len(before) - 4) - 1, -1):
        tail = before[end - len(letters) : end]
        if [word[0] for word in tail] == letters:
            return tail
    return []


def grams(text: str, size: int = 4) -> list[str]:
    """Give the character n-grams of a folded text, word boundaries included: they forgive misprints and torn words."""
    joined = " " + " ".join(_WORD.findall(text)) + " "
    return [joined[i : i + size] for i in range(max(1, len(joined) - size + 1))]
