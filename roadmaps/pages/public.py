"""What a public page shows of a plan: positions and bodies, no names of people."""

import re
from collections.abc import Mapping
from typing import Any

from documents.nameless import HONOURED, nameless, tidied
from roadmaps.findings.executors import ExecutorKind, understand

BARE = re.compile(
    HONOURED
    + r"(?<![А-ЯЁ]\.)(?<![А-ЯЁ]\.\s)(?<!\w)[А-ЯЁ][а-яё]+(?:ова|ева|ёва|ина|ына|ская|цкая|ов|ев|ёв|ин|ын|ский|цкий|енко|чук|юк|ых|их|ян|дзе|швили)"
    r"(?:ой|ым|ом|у|а)?(?!\w)"
)
"""A surname without initials, by its ending; asked only where a person is meant."""
NOBODY = "ответственный исполнитель"


def without_names(data: Mapping[str, Any]) -> dict[str, Any]:
    """Give a plan's data with positions in place of people, in every text that may name one."""
    return {
        **data,
        "title": nameless(data["title"]),
        "goals": [nameless(text) for text in data["goals"]],
        "tasks": [nameless(text) for text in data["tasks"]],
        "blocks": [
            {
                **block,
                "title": nameless(block["title"]),
                "results": [
                    {
                        **result,
                        "text": nameless(result["text"]),
                        "deadline": nameless(result["deadline"]),
                        "executors": list(dict.fromkeys(position_of(text) for text in result["executors"])),
                    }
                    for result in block["results"]
                ],
            }
            for block in data["blocks"]
        ],
    }


def position_of(text: str) -> str:
    """Give what may be shown of an executor: his position, or that there is one."""
    who = understand(text)
    if who.kind in {ExecutorKind.GROUP, ExecutorKind.BODY, ExecutorKind.ORGANIZATION}:
        return nameless(text)
    left = nameless(text)
    return tidied(left, BARE.sub("", left)) or NOBODY
