"""
Tables that leave for Excel and come back: CSV and XLSX in which nothing is a live formula.

In XLSX a text is written as a text cell, whatever it begins with, and a number as a number. CSV knows no types, so a text
that a spreadsheet would take for a formula gets an apostrophe, which is taken away again on the way in.
"""

import csv
import datetime as dt
import io
import zipfile
from typing import Any

import tablib
from django.utils.translation import gettext as _
from import_export.formats.base_formats import CSV, XLSX

LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MAX_ROWS = 20_000
MAX_UNPACKED = 60_000_000
BOM = "\ufeff"


class UnreadableTable(Exception):
    """The file cannot be read safely; the text says why, for the person who brought it."""


def guard(text: str) -> str:
    """Keep a text from being taken for a formula; what already begins with an apostrophe gets one more."""
    return f"'{text}" if text.startswith((*LIVE, "'")) else text


def unguard(text: str) -> str:
    """Take the apostrophe of `guard` away again, and no other."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*LIVE, "'")) else text


def words(value: object) -> str:
    """Say a cell as the text that a person sees in it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def dataset(rows: list[list[str]]) -> tablib.Dataset:
    """
    Make a data set of rows, the first of them the head; rows without a single value are left out.

    :raises UnreadableTable: if there is no head, a column repeats, or there are too many rows
    """
    filled = [row for row in rows if any(row)]
    if not filled:
        raise UnreadableTable(_("The table is empty."))
    head = filled[0]
    while head and not head[-1]:
        head.pop()
    if repeated := sorted({name for name in head if name and head.count(name) > 1}):
        raise UnreadableTable(_("The column “%(name)s” stands in the table twice.") % {"name": repeated[0]})
    if len(filled) > MAX_ROWS:
        raise UnreadableTable(_("More than %(n)d rows: divide the table.") % {"n": MAX_ROWS})
    table = tablib.Dataset(headers=head)
    for row in filled[1:]:
        table.append((row + [""] * len(head))[: len(head)])
    return table


class SafeCSV(CSV):
    """Comma-separated text for every spreadsheet: with a mark of its encoding, every value quoted."""

    CONTENT_TYPE = "text/csv; charset=utf-8"

    def is_binary(self) -> bool:
        return True

    def get_read_mode(self) -> str:
        return "rb"

    def export_data(self, table: tablib.Dataset, **kwargs: Any) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow([guard(str(name)) for name in table.headers])
        for row in table:
            writer.writerow([_plain(value) for value in row])
        return (BOM + out.getvalue()).encode()

    def create_dataset(self, in_stream: bytes | str, **kwargs: Any) -> tablib.Dataset:
        """Read UTF-8 or what a Russian Excel writes (Windows-1251), divided by commas, semicolons or tabs."""
        text = in_stream if isinstance(in_stream, str) else _decode(in_stream)
        text = text.removeprefix(BOM)
        if "\0" in text:
            raise UnreadableTable(_("This is not a CSV table."))
        head = text.partition("\n")[0]
        delimiter = max(",;\t", key=head.count)
        try:
            rows = [
                [unguard(cell).strip() for cell in row]
                for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            ]
        except csv.Error as problem:
            raise UnreadableTable(_("This is not a CSV table.")) from problem
        return dataset(rows)


def _plain(value: object) -> str:
    """Write a number as it is, everything else guarded."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else guard(words(value))


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable(_("The encoding of the file is neither UTF-8 nor Windows-1251."))


class SafeXLSX(XLSX):
    """A workbook of Excel."""

    def export_data(self, table: tablib.Dataset, **kwargs: Any) -> bytes:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        book = Workbook(write_only=True)
        sheet = book.create_sheet(title=(table.title or "Kaskad")[:31])
        sheet.freeze_panes = "A2"

        def cell(value: object, *, bold: bool = False) -> WriteOnlyCell:
            if isinstance(value, int | float) and not isinstance(value, bool):
                return WriteOnlyCell(sheet, value=value)
            made = WriteOnlyCell(sheet)
            made.value = words(value)
            made.data_type = "s"  # a text stays a text, whatever it begins with
            made.number_format = "@"
            made.quotePrefix = True  # and stays one when it is edited
            if bold:
                made.font = Font(bold=True)
            return made

        sheet.append([cell(str(name), bold=True) for name in table.headers])
        for row in table:
            sheet.append([cell(value) for value in row])
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        """
        Read the first sheet; of a formula, the value that Excel saw last.

        :raises UnreadableTable: if it is no workbook, or one that was made to harm
        """
        from openpyxl import load_workbook

        _look_inside(in_stream)
        try:
            book = load_workbook(io.BytesIO(in_stream), read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            rows = [[words(value) for value in row] for row in sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 2)]
        except Exception as problem:  # openpyxl raises whatever it stumbles over
            raise UnreadableTable(_("This is not a workbook of Excel (.xlsx).")) from problem
        return dataset(rows)


def _look_inside(data: bytes) -> None:
    """Refuse an archive that unpacks without end, and XML that declares entities, before anything is parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise UnreadableTable(_("The workbook is too large when unpacked."))
            for info in archive.infolist():
                if info.filename.endswith((".xml", ".rels")):
                    with archive.open(info) as part:
                        if b"<!doctype" in part.read(4096).lower():
                            raise UnreadableTable(_("The workbook holds declarations that no workbook needs."))
    except zipfile.BadZipFile as problem:
        raise UnreadableTable(_("This is not a workbook of Excel (.xlsx).")) from problem
