"""Opening an office file safely: what it is, whether it may be unpacked, and its XML without entities."""

import io
import re
import zipfile
from typing import Any

from lxml import etree

from roadmaps.reading.refusals import CannotRead

Element = Any
"""An lxml element; lxml ships no types."""

MB = 1024 * 1024
MAX_FILE = 20 * MB
MAX_MEMBERS = 3000
MAX_TOTAL = 150 * MB
MAX_XML = 6 * MB
"""A parsed tree takes up to twenty times its text: the largest part stays within 200 MB."""
BOMB_SIZE = 4 * MB
BOMB_RATIO = 200
TOTAL_RATIO = 120

_CENTRAL = b"PK\x01\x02"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    ),
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    ),
}
"""The strict variant of the standard differs for us in its namespaces only."""
_ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "windows-1251", "cp1251"}


class Package:
    """The parts of one .docx or .xlsx, each read under a limit."""

    def __init__(self, data: bytes, name: str) -> None:
        """:raises CannotRead: if this is another format, or unpacking it is not safe"""
        self.target = ".xlsx" if name.lower().endswith((".xls", ".xlsx", ".xlsm", ".xlsb", ".ods", ".csv")) else ".docx"
        if not data:
            raise CannotRead("empty-file")
        if len(data) > MAX_FILE:
            raise CannotRead("too-large", limit=MAX_FILE // MB)
        code = foreign_format(data)
        if code:
            target = {"old-excel": ".xlsx", "old-word": ".docx"}.get(code, self.target)
            raise CannotRead(code, target=target)
        if data.count(_CENTRAL) > MAX_MEMBERS:
            raise CannotRead("too-many-parts", target=self.target)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise CannotRead("damaged") from error
        self._check_directory(len(data))
        self.main = self._main_part()

    def _check_directory(self, size: int) -> None:
        members = self._zip.infolist()
        total = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members)
        if any(member.flag_bits & 1 for member in members):
            raise CannotRead("encrypted", target=self.target)
        for member in members:
            if member.file_size > BOMB_SIZE and member.file_size > BOMB_RATIO * max(member.compress_size, 1):
                raise CannotRead("zip-bomb")
        # More packed bytes than the file has: members overlap, the mark of a bomb without a large ratio.
        if total > MAX_TOTAL or packed > size or (total > 4 * BOMB_SIZE and total > TOTAL_RATIO * size):
            raise CannotRead("zip-bomb")
        names = set(self._zip.namelist())
        if "mimetype" in names and "content.xml" in names:
            raise CannotRead("open-document", target=self.target)
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise CannotRead("macros", target=self.target)
        if "xl/workbook.bin" in names:
            raise CannotRead("binary-excel", target=".xlsx")

    def _main_part(self) -> str:
        for relation in self.relations(""):
            if relation[0].endswith("/officeDocument") and relation[2] in self:
                return relation[2]
        for name in ("word/document.xml", "xl/workbook.xml"):
            if name in self:
                return name
        raise CannotRead("unknown-format", target=self.target)

    def __contains__(self, part: str) -> bool:
        return part in self._zip.NameToInfo

    def relations(self, part: str) -> list[tuple[str, str, str]]:
        """List (type, id, target part) of a part's relationships; external targets are left out."""
        folder, _, file = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels".lstrip("/"), needed=False)
        found = []
        for relation in [] if root is None else root:
            target = relation.get("Target") or ""
            if relation.get("TargetMode") != "External" and isinstance(relation.tag, str):
                found.append((relation.get("Type") or "", relation.get("Id") or "", _resolve(folder, target)))
        return found

    def xml(self, part: str, *, needed: bool = True) -> Element | None:
        """
        Parse one part; None when it is absent and not needed.

        :raises CannotRead: if it is too large, damaged, or declares a document type
        """
        if part not in self:
            if needed:
                raise CannotRead("damaged")
            return None
        return parse(self._bytes(part), self.target)

    def _bytes(self, part: str) -> bytes:
        # In bounded steps: the declared size of a forged member says nothing about what comes out of it.
        pieces, size = [], 0
        try:
            with self._zip.open(part) as stream:
                while piece := stream.read(64 * 1024):
                    size += len(piece)
                    if size > MAX_XML:
                        raise CannotRead("too-much-text")
                    pieces.append(piece)
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise CannotRead("damaged") from error
        except Exception as error:  # zlib.error, lzma.LZMAError and others have no common base
            if isinstance(error, CannotRead):
                raise
            raise CannotRead("damaged") from error
        return b"".join(pieces)


def parse(data: bytes, target: str = ".docx") -> Element:
    """
    Parse XML that may be hostile: no document type, no entities, no network, bounded depth.

    :raises CannotRead: if a document type is declared or the text is not well-formed
    """
    data = _as_utf8(data)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise CannotRead("doctype", target=target)
    for strict, usual in _STRICT.items():
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CannotRead("damaged") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise CannotRead("doctype", target=target)
    return root


def _as_utf8(data: bytes) -> bytes:
    """Bring XML to an encoding in which a search for bytes cannot be deceived."""
    try:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = data.decode("utf-16")
        elif b"\x00" in data[:4]:
            raise CannotRead("damaged")
        else:
            declared = re.match(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.-]+)", data)
            encoding = declared[1].decode("ascii").lower() if declared else "utf-8"
            if encoding not in _ENCODINGS:
                raise CannotRead("damaged")
            if encoding in ("utf-8", "utf8"):
                return data
            text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CannotRead("damaged") from error
    return re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text, count=1).encode()


def foreign_format(data: bytes) -> str:
    """Name the refusal for a file that is no office zip; empty when it looks like one."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "encrypted"
        if "WordDocument".encode("utf-16-le") in data:
            return "old-word"
        if "Workbook".encode("utf-16-le") in data:
            return "old-excel"
        return "old-office"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    lowered = head.lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"mime-version", b"<head", b"<table", b"<meta")):
        return "html"
    if b"<html" in lowered:
        return "html"
    return "" if data.startswith((b"PK\x03\x04", b"PK\x05\x06")) else "unknown-format"


def _resolve(folder: str, target: str) -> str:
    """Resolve a relationship's target against its folder, never above the package's root."""
    parts: list[str] = [] if target.startswith("/") else [step for step in folder.split("/") if step]
    for step in target.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in ("", "."):
            parts.append(step)
    return "/".join(parts)
