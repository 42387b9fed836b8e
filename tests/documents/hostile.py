"""Two hundred texts that want something, put into every text field; run as a program it renders them and tells its cost."""

import json
import resource
import sys
import time
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from documents.paper import Clause, ESignature, Paper, Section, Verification
from scripts.samples import approval_sheet, approved_plan, order, signed_electronically, signed_plan


def payloads(address: str, secret: str) -> list[str]:
    """Give 200 texts that ask for `address`, for the file `secret`, or for the engine's life."""
    wanted = [f"{address}/x{number}" for number in range(6)] + [
        f"file://{secret}",
        secret,
        "//127.0.0.1/x",
        f"{address}/?a=1&b=2",
    ]
    shapes = [
        '<img src="{0}">',
        '"><img src={0} onerror=alert(1)>',
        '<link rel="stylesheet" href="{0}">',
        '<link rel="attachment" href="{0}">',
        '<a rel="attachment" href="{0}">файл</a>',
        '<style>@import url("{0}"); @font-face {{ font-family: x; src: url({0}) }} * {{ background: url({0}) }}</style>',
        "</style></title><script src='{0}'></script>",
        '<object data="{0}"></object><embed src="{0}"><iframe src="{0}"></iframe>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{0}"/><use href="{0}#a"/></svg>',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "{0}">]><x>&e;</x>',
        "url({0})",
        "'; background-image: url({0}); content: url({0}) '",
        "]]><rdf:Description rdf:about='{0}'/>",
        "{{{{ paper.manner }}}}{{% include '{0}' %}}{{% load static %}}",
        "<p style='position:fixed;content:url({0})' class=verify>",
        "<base href='{0}'><meta http-equiv=refresh content='0;{0}'>",
    ]  # fmt: skip
    made = [shape.format(where) for shape in shapes for where in wanted]
    made += [
        "\x00\x01\x02\x07\x08\x0b\x0c\x0e\x1f\x7f",
        "\ud800 одинокая половина",
        "\u202eобратно\u202c \u2066изолят\u2069",
        "З\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307" * 30,
        "слово" * 200,
        "А" * 1000,
        "/JavaScript /JS (app.alert(1)) /Launch /URI EMC BT ET Q endstream endobj",
        ") Tj ET Q q BT (",
        "\u0000</td></tr></table>",
        "&lt;img&gt; &amp;amp; &#60;script&#62; &nbsp;",
        "👩‍🏫 школа 🏫 \ufffe\uffff \U0010ffff",
        "שלום العربية 漢字 ไทย",
        "\n" * 200 + "пустые строки",
        "- \n- \n- \n–",
        "\t\v\f\r\n\u2028\u2029\u0085",
        "${jndi:ldap://127.0.0.1/x} $(id) `id` %s %n {0}",
        "a" * 60 + "://" + "b" * 60,
        "№ " * 300,
        "в с к о у и а " * 60,
        "\u00ad\u200b\u2060\ufeff" * 50,
        "javascript:alert(1)",
        "' OR 1=1; --",
        "<" * 400,
        "-->",
        "<!--",
        "<![CDATA[",
        "{#", "{%", "{{", "}}", "%}", "\\", "'", '"', "`", "\u0301", "0", "None", "٣", "​",
    ]  # fmt: skip
    return (made + [f"<b>{number}</b>" for number in range(200)])[:200]


def poisoned(value: Any, take: Any) -> Any:
    """Put a payload into every text field of a paper, however deep it lies; addresses and codes keep their shape."""
    if is_dataclass(value) and not isinstance(value, type):
        if isinstance(value, Verification):
            return replace(value, name=take(), url=take()[:300])
        if isinstance(value, ESignature):
            return replace(value, certificate=take(), owner=take())
        changed = {field.name: poisoned(getattr(value, field.name), take) for field in fields(value)}
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(poisoned(part, take) for part in value)
    if type(value) is str:
        return take()
    return value


def everywhere(paper: Any, texts: list[str], *, begin: int = 0) -> Any:
    """Give the paper with the texts in its fields, one after another."""
    number = begin - 1

    def take() -> str:
        nonlocal number
        number += 1
        return texts[number % len(texts)]

    manner, columns = paper.manner, getattr(paper, "columns", ())
    made = poisoned(paper, take)
    return replace(made, manner=manner, **({"columns": columns} if columns else {}))


def papers(texts: list[str]) -> list[Paper]:
    """Give documents in which each text stands in each kind of field: rows carry all of them, single fields take turns."""
    plan, act = signed_plan(), order()
    rows = [poisoned(approved_plan().content[0], lambda text=text: text) for text in texts]
    sections = [Section(number=text, title=text) for text in texts[::4]]
    big = replace(
        plan, content=(*rows, *sections), title=(texts[0], "\n".join(texts)), tasks=tuple(texts), goal=" ".join(texts)
    )
    clauses = tuple(Clause(number=text, text=text, term=text, clauses=(Clause(text=text),)) for text in texts)
    wordy = replace(signed_electronically(), clauses=clauses, title="\n".join(texts), preamble=" ".join(texts))
    turns = [
        everywhere(paper, texts, begin=begin)
        for begin, paper in enumerate((act, signed_electronically(), plan, approval_sheet()))
    ]
    return [big, wordy, *turns]  # fmt: skip


def main() -> None:
    """Render everything and print what it cost and what came of it."""
    import django

    django.setup()
    from documents.rendering import render

    address, secret, folder = sys.argv[1:]
    texts = payloads(address, secret)
    began, results = time.process_time(), []
    for number, paper in enumerate(papers(texts)):
        made = render(paper, data={"texts": [text.encode("utf-8", "replace").decode() for text in texts]})  # type: ignore[arg-type]
        Path(folder, f"{number}.pdf").write_bytes(made.pdf)
        results.append({"audit": made.audit, "fonts": made.fonts, "seconds": time.process_time() - began})
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"mb": memory, "papers": results, "texts": len(texts)}))


if __name__ == "__main__":
    main()
