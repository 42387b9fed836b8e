"""The words of a section's row: its number and its title, which stand in one cell."""

import re

from documents.paper.spacing import one_line, tidy

_NUMBERED = re.compile(
    r"((?:раздел|подраздел|блок|глава|часть)\s+[\dIVXLC.]+\.?|[IVXLC]{1,6}[.)]?|\d{1,2}(?:\.\d{1,2})*[.)]?)\s+(\S.*)",
    re.IGNORECASE | re.DOTALL,
)


def section_words(text: str, number: str) -> tuple[str, str]:
    """
    Part the words of a section's row into number and title.

    :param number: the number that it had; where the words still begin with it, the rest is the title
    """
    plain, had = one_line(text), tidy(number)
    if had and (plain == had or plain.startswith(f"{had} ")):
        return number, plain[len(had) :].strip()
    found = _NUMBERED.match(plain)
    if found and len(found[1]) <= 20:
        return found[1], found[2]
    return "", plain
