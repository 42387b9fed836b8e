"""The package of an office file: its parts in a zip that is the same for the same document, and its properties."""

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PROPERTY = 250
"""Letters of a custom property at most: Excel keeps 255."""

CORE, APP, CUSTOM = "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"
KINDS = {
    CORE: "application/vnd.openxmlformats-package.core-properties+xml",
    APP: "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    CUSTOM: "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}


ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold."""


def said(text: str) -> str:
    """Escape a text for XML, quotes too; what XML cannot hold is left out."""
    return escape(ILLEGAL.sub("", text), {'"': "&quot;"})


def packed(
    main: str,
    parts: Mapping[str, tuple[str, str]],
    *,
    title: str,
    author: str,
    made_at: datetime,
    properties: Mapping[str, str],
) -> bytes:
    """
    Pack the parts of a document; the same parts give the same bytes.

    :param main: name of the main part
    :param parts: name → (content type, XML)
    :param properties: custom properties; they stay with the file whoever saves it
    """
    about = {CORE: core(title, author, made_at), APP: app(), CUSTOM: custom(properties)}
    whole = {name: (KINDS[name], text) for name, text in about.items()} | dict(parts)
    entries = {
        "[Content_Types].xml": content_types(whole),
        "_rels/.rels": relations(
            {
                "rId1": (f"{OFFICE}/officeDocument", main),
                "rId2": (f"{RELATIONS}/metadata/core-properties", CORE),
                "rId3": (f"{OFFICE}/extended-properties", APP),
                "rId4": (f"{OFFICE}/custom-properties", CUSTOM),
            }
        ),
    } | {name: text for name, (_, text) in whole.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in entries.items():
            # A fixed date: the zip of a document says nothing of the moment when somebody asked for it.
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(info, text.encode())
    return stream.getvalue()


def content_types(parts: Mapping[str, tuple[str, str]]) -> str:
    """Name the kind of every part."""
    kinds = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, (kind, _) in parts.items()
        if not name.endswith(".rels")
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{kinds}</Types>'
    )


def relations(found: Mapping[str, tuple[str, str]]) -> str:
    """Write relationships: id → (type, target)."""
    inside = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>' for name, (kind, target) in found.items()
    )
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{inside}</Relationships>'


def core(title: str, author: str, made_at: datetime) -> str:
    """Say what the document is, by whom and of when."""
    moment = made_at.isoformat(timespec="seconds").replace("+00:00", "Z")
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{said(title)}</dc:title><dc:creator>{said(author)}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        "<dc:language>ru-RU</dc:language></cp:coreProperties>"
    )


def app() -> str:
    """Leave the part that names the program without one."""
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>Clusterportal</Application></Properties>"
    )


def custom(properties: Mapping[str, str]) -> str:
    """Write custom properties; a value that is too long for one goes on in «name 2», «name 3»."""
    single: list[tuple[str, str]] = []
    for name, value in properties.items():
        pieces = [value[at : at + PROPERTY] for at in range(0, len(value), PROPERTY)] or [""]
        single += [(name if not at else f"{name} {at + 1}", piece) for at, piece in enumerate(pieces)]
    inside = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{said(name)}">'
        f"<vt:lpwstr>{said(value)}</vt:lpwstr></property>"
        for pid, (name, value) in enumerate(single, 2)
    )
    return (
        f'{HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        f' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{inside}</Properties>'
    )
