"""Every address as every reader: what opens, what is refused, what does not exist, and what no page may ever say."""

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.walk import table_orders, table_plans, table_questions, table_registers
from tests.walk.audiences import ADMINISTRATOR, ANONYMOUS, MEMBERS, SIGNED_IN, Audience
from tests.walk.region import SECRET, WORDS, Region
from tests.walk.rows import Row

ROWS = [*table_registers.ROWS, *table_plans.ROWS, *table_orders.ROWS, *table_questions.ROWS]
ALL = [ANONYMOUS, *sorted(SIGNED_IN)]
WRITING = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)', re.IGNORECASE)
MARKED = re.compile("</?mark>")  # a search marks the words that it was asked for
UNCOUNTED = {"django_session", "account_emailaddress"}  # a visit is not a deed, nor allauth's copy of an address
ENDPOINTS_OF_ADMIN = ("index", "organizations_user_changelist", "organizations_organization_changelist")


def names(resolver: URLResolver | None = None) -> Iterator[str]:
    """Give the name of every address of the portal; the administrator's site counts as one."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.name or f"nameless {entry.pattern}"
        elif entry.app_name == "admin":
            yield "admin"
        else:
            yield from names(entry)


def test_every_address_has_a_row() -> None:
    walked = {row.name for row in ROWS} | {"admin"}
    assert sorted(set(names()) - walked) == []
    assert sorted(walked - set(names())) == []


@contextmanager
def undone() -> Iterator[list[str]]:
    """Undo what a request does; gives the tables that it wrote."""
    written: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if (found := WRITING.match(sql)) and found[2] not in UNCOUNTED:
            written.append(found[2])
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(watch):
            yield written
        transaction.set_rollback(True)


def text_of(response: HttpResponse) -> str:
    """Give all that a response tells: status line, headers, body."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as office:
            body = b"\n".join(office.read(part) for part in office.namelist())
    return "\n".join(
        [*(f"{name}: {value}" for name, value in response.items()), MARKED.sub("", body.decode(errors="replace"))]
    )


def leaks(region: Region, row: Row | None, audience: Audience, text: str) -> list[str]:
    """Name the secrets in a text that this reader may not know."""
    if SECRET not in text and "secret-" not in text:
        return []
    tells = row.tells if row else ()
    foreign = (secret for secret, who in region.secrets.items() if audience not in who and secret not in tells)
    found = sorted(secret for secret in foreign if secret in text)
    return [f"tells «{secret}»" for secret in found]


def ask(region: Region, row: Row, method: str, audience: Audience) -> tuple[list[str], str]:
    """Make one request; gives what is wrong with the answer, and the answer."""
    client = region.clients[audience]
    with undone() as written:
        address = reverse(row.name, kwargs=row.args(region))
        data = row.body(region) if method == "post" else dict(row.query)
        before = dict(client.cookies)
        response = getattr(client, method)(address, data)
        text = text_of(response)
        client.cookies.clear()
        client.cookies.update({name: morsel for name, morsel in before.items() if name == settings.SESSION_COOKIE_NAME})
    wrong = []
    expected = row.expected(method, audience)
    if row.is_foreign and method == "post":
        expected = response.status_code if response.status_code < 500 else 200
    if response.status_code != expected:
        wrong.append(f"answers {response.status_code}, not {expected}")
    wrong += judged_by_writing(row, method, audience, response.status_code, written)
    return wrong, text


def judged_by_writing(row: Row, method: str, audience: Audience, status: int, written: list[str]) -> list[str]:
    """Tell whether a request wrote though it was refused, or wrote nothing though it was done."""
    if method == "get":
        return [f"writes {sorted(set(written))} by reading"] if written and not row.reading_writes else []
    done = row.post is not None and audience in row.post and audience not in row.invalid and audience in row.sees
    if not done and written:
        return [f"writes {sorted(set(written))} though refused"]
    if done and row.writes and status in {200, 302} and not written:
        return ["writes nothing"]
    return []


def pairs(method: str, vendor: str) -> list[tuple[Row, Audience]]:
    """
    Give the half of all addresses × readers that this engine walks; `make test` walks the other half on the other one.

    The table is the same for both, and so is the code; neighbours on the list fall to different engines, and what one
    engine reads the other one sends.
    """
    half = (vendor == "postgresql") ^ (method == "post")
    return [(row, audience) for i, row in enumerate(ROWS) for j, audience in enumerate(ALL) if (i + j) % 2 == half]


def test_both_engines_together_walk_everything() -> None:
    walked = [(id(row), audience) for vendor in ("sqlite", "postgresql") for row, audience in pairs("get", vendor)]
    assert len(walked) == len(set(walked)) == len(ROWS) * len(ALL)


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_reader_meets_what_the_domain_says(region: Region, method: str) -> None:
    wrong: dict[str, list[str]] = defaultdict(list)
    for row, audience in pairs(method, connection.vendor):
        cache.clear()
        faults, text = ask(region, row, method, audience)
        faults += leaks(region, row, audience, text)
        for fault in faults:
            wrong[f"{method} {row.name} {reverse(row.name, kwargs=row.args(region))}: {fault}"].append(str(audience))
    if wrong:
        pytest.fail("\n".join(f"{fault} ← {' '.join(readers)}" for fault, readers in wrong.items()), pytrace=False)


@pytest.mark.parametrize("name", ENDPOINTS_OF_ADMIN)
def test_the_administrators_site_is_the_administrators_alone(region: Region, name: str) -> None:
    address = reverse(f"admin:{name}")
    answers = {audience: region.clients[audience].get(address).status_code for audience in ALL}
    assert answers.pop(ADMINISTRATOR) == 200
    assert set(answers) == MEMBERS | {ANONYMOUS}
    assert set(answers.values()) <= {302, 403}


def test_the_secrets_are_told_to_those_who_may_know_them(region: Region) -> None:
    """The walk would prove nothing if its secrets stood on no page."""
    told = text_of(region.clients[Audience("own", "coordinator")].get(reverse("plans")))
    assert f"{SECRET}{WORDS['own']}ЧерновикПлан" in told
    assert f"{SECRET}{WORDS['upper']}ДействующийПлан" in told or f"{SECRET}{WORDS['upper']}УтверждённыйПлан" in told
    assert f"{SECRET}{WORDS['lower']}ПоданныйПлан" in told
