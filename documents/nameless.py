"""Texts for everybody: the names of people taken out."""

import re

INITIALS = r"[А-ЯЁ]\.\s?(?:[А-ЯЁ]\.)?"
SURNAME = r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?"
# A school or a prize named after somebody keeps its name.
HONOURED = r"(?<!имени\s)(?<!им\.\s)(?<!им\.)"
NAME = re.compile(
    rf"{HONOURED}(?<!\w){SURNAME}\s+{INITIALS}(?!\w)"
    rf"|{HONOURED}(?<![А-ЯЁ]\.)(?<![А-ЯЁ]\.\s)(?<!\w){INITIALS}\s?{SURNAME}(?!\w)"
    rf"|{HONOURED}(?<!\w)(?:{SURNAME}\s+)?{SURNAME}\s+[А-ЯЁ][а-яё]*(?:ович|евич|ьич|овн|евн|ичн)[а-яё]*(?:\s+{SURNAME})?(?!\w)"
)


def nameless(text: str) -> str:
    """Take names out of a sentence: «методист Иванова А. П.» → «методист»."""
    return tidied(text, NAME.sub("", text))


def tidied(was: str, became: str) -> str:
    """Mend the punctuation around what was taken out; a text that was left alone is left alone."""
    if was == became:
        return was
    became = re.sub(r"\(\s*\)", "", became)
    became = re.sub(r"\s+([,;.:)])", r"\1", " ".join(became.split()))
    return re.sub(r"([,;])(?:\s*[,;])+", r"\1", became).strip(" ,;–—-")
