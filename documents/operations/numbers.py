"""Numbers of orders: their series, and the next free one."""

import re

from documents.models import Office, Order
from organizations.models import Organization

NUMBER = re.compile(r"^\s*(\d+)\s*(?:[-–/ ]\s*)?(.*?)\s*$")


def split(number: str) -> tuple[int | None, str]:
    """Split «86-А» into 86 and its series «а»; a number that does not begin with digits has none."""
    found = NUMBER.match(number)
    return (int(found[1]), found[2].casefold()) if found else (None, number.strip().casefold())


def clean(number: str) -> str:
    """Write a number without the sign and without spaces: «№ 118 - од» is «118-од»."""
    number = re.sub(r"^\s*(?:№|N\b)\s*", "", number)
    return re.sub(r"\s*([-–/])\s*", r"\1", " ".join(number.split())).replace("–", "-")


def next_number(organization: Organization, year: int, *, series: str | None = None) -> str:
    """
    Propose the next free number of a series in a year; the series is the office's own unless said.

    An office that has never said its letters is taken to go on with those of its last order of the year.

    Only proposed: whoever registers first under a number has it.
    """
    registered = Order.objects.registered().filter(organization=organization, year=year)
    if series is None:
        series = (
            Office.objects.filter(organization=organization).values_list("series", flat=True).first()
            or registered.order_by("-signed_on", "-pk").values_list("series", flat=True).first()
            or ""
        )
    used = registered.filter(series=series.casefold())
    ordinals = [ordinal for ordinal, _ in map(split, used.values_list("number", flat=True)) if ordinal]
    return f"{max(ordinals, default=0) + 1}{f'-{series}' if series else ''}"
