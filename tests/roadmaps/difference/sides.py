"""Editions written in a few words, for comparing."""

import datetime as dt
from collections.abc import Mapping, Sequence

from deadlines.grammar import read
from deadlines.values import Period
from roadmaps.difference import Heading, LinkFact, Row, Side

YEAR = Period(dt.date(2026, 9, 1), dt.date(2027, 8, 31))
FOLLOWS = (LinkFact(900, "implements", "same"),)


def row(
    pk: int, label: str, text: str = "Протокол подписан", phrase: str = "до 30.10.2026", who: Sequence[str] = ("Методист",),
    *, heading: int = 0, follows: bool = False, obliges: str = "nobody",
) -> Row:  # fmt: skip
    """Give a row; its activity is the whole number of its label, unless told otherwise."""
    return Row(
        commitment=pk,
        heading=heading or int(label.split(".")[0]),
        label=label,
        text=text,
        deadline=read(phrase, YEAR),
        executors=tuple(who),
        obliges=obliges,
        links=FOLLOWS if follows else (),
    )


def side(
    *rows: Row, titles: Mapping[int, str] | None = None, sections: Mapping[int, tuple[int, str]] | None = None,
    others: Sequence[Heading] = (),
) -> Side:  # fmt: skip
    """Give an edition: `titles` of activities, `sections` as the first activity of each with its key and title."""
    headings: dict[int, Heading] = {one.pk: one for one in others}
    path: tuple[int, ...] = ()
    count = 0
    for number in dict.fromkeys(one.heading for one in rows):
        if sections and number in sections:
            count += 1
            pk, title = sections[number]
            headings[pk] = Heading(pk, "section", "I" * count, title)
            path = (pk,)
        headings[number] = Heading(number, "activity", str(number), (titles or {}).get(number, f"Дело {number}"), path)
    return Side(1, headings, {one.commitment: one for one in rows})
