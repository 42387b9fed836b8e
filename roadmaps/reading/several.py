"""Several results written into one row: when a cell's lines pair off with deadlines and executors."""

import re
from collections.abc import Sequence

from roadmaps.reading.blocks import Line, flat
from roadmaps.reading.columns import DATE_WORDS

_ITEM = re.compile(r"^\s*\d{1,2}[.)]\s*\D")
_GOES_ON = re.compile(r"^\s*(?:[-–—(]|по\b|и\b|г\.|год)", re.IGNORECASE)
_UNENDED = re.compile(r"(?:[-–—,]|\bс|\bи|\bпо|\bдо|\bне позднее)\s*$", re.IGNORECASE)
_WORDED = re.compile(r"^\s*(?:до|не позднее|с|в течение|постоянно|ежемес|ежекв|еженед|к)\b", re.IGNORECASE)

Pair = tuple[list[Line], str, list[str]]


def split_results(lines: Sequence[Line], deadline: str, executors: Sequence[str]) -> list[Pair]:
    """
    Part a row into its results.

    It holds several only if its result cell and its deadline cell fall into the same number of pieces (two or more):
    numbered items, or blocks set apart by empty lines, or lines that each name a term with its own words. A list
    with one deadline stays one result.
    """
    whole = [([line for line in lines if line.plain or line.label], deadline, list(executors))]
    phrases = deadline_pieces(deadline)
    if len(phrases) < 2:
        return whole
    worded = all(_WORDED.match(phrase) for phrase in phrases)
    for blocks in (_numbered(lines), _blocks(lines), _plain(lines) if worded else []):
        if len(blocks) == len(phrases):
            people = _pair_off(executors, len(blocks))
            return [(block, phrase, who) for block, phrase, who in zip(blocks, phrases, people, strict=True)]
    return whole


def deadline_pieces(deadline: str) -> list[str]:
    """Part a deadline cell into phrases that each stand alone; a range torn over two lines is one phrase."""
    pieces: list[str] = []
    for line in deadline.split("\n"):
        text = flat(line)
        if not text:
            continue
        if pieces and (_GOES_ON.match(text) or _UNENDED.search(pieces[-1]) or not DATE_WORDS.search(text)):
            pieces[-1] = f"{pieces[-1]} {text}"
        else:
            pieces.append(re.sub(r"^\d{1,2}\)\s*", "", text))
    return pieces


def _numbered(lines: Sequence[Line]) -> list[list[Line]]:
    """Part lines at numbered items; without one at the front there are none."""
    blocks: list[list[Line]] = []
    for line in lines:
        if not line.plain:
            continue
        if _ITEM.match(line.shown) and line.label != "-":
            blocks.append([line])
        elif not blocks:
            return []
        else:
            blocks[-1].append(line)
    return blocks


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Part lines at empty ones."""
    blocks: list[list[Line]] = [[]]
    for line in lines:
        if line.plain or line.label:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _plain(lines: Sequence[Line]) -> list[list[Line]]:
    """Each line a result of its own, unless one is a list's item or the rest of a sentence."""
    found = [line for line in lines if line.plain]
    if any(line.label or line.plain[:1].islower() or line.plain[:1] in "-–—•" for line in found):
        return []
    return [[line] for line in found]


def _pair_off(executors: Sequence[str], count: int) -> list[list[str]]:
    """Give each result its executor when there are as many lines as results, else all of them to each."""
    if len(executors) == count:
        return [[who] for who in executors]
    return [list(executors) for _ in range(count)]
