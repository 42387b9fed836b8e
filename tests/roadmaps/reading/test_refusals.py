"""Hostile, foreign and empty files are refused in a sentence with the way out, quickly and in little memory."""

import io
import time
import tracemalloc
import zipfile

import pytest

from deadlines.values import Deadline
from roadmaps.reading.plan import open_plan
from roadmaps.reading.refusals import SENTENCES, CannotRead
from tests.roadmaps.reading.raw import HEADER, NAMESPACES, p, package, tbl, tc, tr, word

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
PLAN = tbl(HEADER, tr("1", "Курсы", "Отчёт", "май 2025 г.", "Лунина О.П."))


def refused(data: bytes, name: str = "план.docx") -> CannotRead:
    """Read a file that must be refused, within two seconds."""
    began = time.process_time()
    with pytest.raises(CannotRead) as caught:
        open_plan(data, name, read_deadline=lambda phrase, period, siblings=(): Deadline(phrase))
    assert time.process_time() - began < 2
    return caught.value


FOREIGN = [
    (b"", "empty-file", "x.docx"),
    (OLE + "WordDocument".encode("utf-16-le"), "old-word", ".docx"),
    (OLE + "Workbook".encode("utf-16-le"), "old-excel", ".xlsx"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", ".docx"),
    (b"%PDF-1.7 ...", "pdf", ".docx"),
    (b"{\\rtf1\\ansi", "rtf", ".docx"),
    (b"\xef\xbb\xbf<html><body><table>", "html", ".docx"),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "html", ".docx"),
    ("№;Мероприятие;Срок".encode(), "unknown-format", ".docx"),
    (b"PK\x03\x04" + bytes(40), "damaged", ""),
    (package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "open-document", ".docx"),
    (package({"word/document.xml": "<x/>", "word/vbaProject.bin": "x"}), "macros", ".docx"),
    (package({"notes.txt": "x"}), "unknown-format", ".docx"),
    (package({"word/document.xml": "<w:document"}), "damaged", ""),
    (word(""), "nothing-to-import", ""),
    (word(p() + p(" ")), "nothing-to-import", ""),
    (word(p("Просто письмо")), "no-table", ""),
]


@pytest.mark.parametrize(("data", "code", "way_out"), FOREIGN, ids=[code for _, code, _ in FOREIGN])
def test_foreign_and_empty_files_are_refused_with_the_way_out(data: bytes, code: str, way_out: str) -> None:
    refusal = refused(data)
    assert refusal.code == code
    assert refusal.message and refusal.message_ru
    assert "{" not in refusal.message + refusal.message_ru
    if way_out.startswith("."):
        assert way_out in refusal.message and way_out in refusal.message_ru


def test_document_types_are_refused_in_any_encoding() -> None:
    prolog = '<!DOCTYPE w:document [<!ENTITY host SYSTEM "file:///etc/hostname">]>'
    entity = word(
        tbl(HEADER, tr("1", "Курсы", tc(p("<w:r><w:t>&host;</w:t></w:r>")), "май 2025 г.", "Лунина О.П.")),
        prolog=prolog,
    )
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{prolog}<w:document {NAMESPACES}/>'.encode("utf-16")
    styles = package(
        {
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{PLAN}</w:body></w:document>",
            "word/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        }
    )
    assert [refused(data).code for data in (entity, package({"word/document.xml": wide}), styles)] == ["doctype"] * 3


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    zeros = package(
        {
            "word/document.xml": f"<w:document {NAMESPACES}><w:body>{PLAN}</w:body></w:document>",
            "word/media/a.bmp": bytes(50_000_000),
        }
    )
    spaces = package({"word/document.xml": f"<w:document {NAMESPACES}>" + " " * 30_000_000 + "</w:document>"})
    many = package({f"word/media/{at}": bytes(3_000_000) for at in range(20)} | {"word/document.xml": "<x/>"})
    tracemalloc.start()
    assert [refused(data).code for data in (zeros, spaces, many)] == ["zip-bomb"] * 3
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20e6


def test_a_forged_size_does_not_let_a_bomb_in() -> None:
    data = bytearray(package({"word/document.xml": "<x>" + " " * 20_000_000 + "</x>"}))
    real = (20_000_007).to_bytes(4, "little")
    assert data.count(real) == 2
    assert refused(bytes(data.replace(real, (5000).to_bytes(4, "little")))).code in ("damaged", "too-much-text")


def test_too_many_parts_rows_and_too_much_text_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for at in range(4000):
            archive.writestr(f"p{at}", "")
    rows = "".join(tr(str(at), "Курсы", "Отчёт", "май 2025 г.", "Лунина О.П.") for at in range(2500))
    nested = "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000
    noise = "".join(f"<w:p><w:r><w:t>{at * 7919}</w:t></w:r></w:p>" for at in range(200_000))
    found = [refused(data).code for data in (stream.getvalue(), word(tbl(HEADER, rows)), word(nested), word(noise))]
    assert found == ["too-many-parts", "too-many-rows", "damaged", "too-much-text"]


def test_an_order_without_a_table_says_which_order_was_read() -> None:
    order = (
        p("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ")
        + p("ПРИКАЗ")
        + p("10.09.2024 № 7-од")
        + p("О лабораториях")
        + p("ПРИКАЗЫВАЮ:")
        + p("1. Создать лаборатории до 01.10.2024.")
    )
    refusal = refused(word(order))
    assert refusal.code == "no-table"
    assert refusal.header is not None
    assert (refusal.header.order_number, refusal.header.issuer) == ("7-од", "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ")
    assert "7-од" in refusal.message and "10.09.2024" in refusal.message_ru


def test_every_refusal_has_both_languages() -> None:
    assert all(english and russian for english, russian in SENTENCES.values())
