"""Parts of a workbook that are the same in each: looks of cells, the book with its titles to repeat."""

from collections.abc import Sequence
from enum import IntEnum

from documents.office.package import HEAD, OFFICE, relations, said

BOOK = "xl/workbook.xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FONT = "Times New Roman"


class Look(IntEnum):
    """
    How a cell looks: its number in the workbook's list of formats.

    The second half of the list repeats the first for texts that begin like a formula: Excel keeps them as text when
    they are edited. `QUOTED` is the distance.
    """

    PLAIN = 0
    STAMP = 1
    TITLE = 2
    NOTE = 3
    TEXT_ABOVE = 4
    HEAD = 5
    SECTION = 6
    SECTION_INNER = 7
    NUMBER = 8
    CELL = 9
    TERM = 10
    TERM_TEXT = 11
    DAY = 12
    QUOTED = 13


TEXT, GENERAL, DATE = 49, 0, 164
PLAIN_FONT, BOLD_FONT, ITALIC_FONT, SMALL_FONT = range(4)
FORMATS: Sequence[tuple[int, int, int, int, str, str]] = (
    # number format, font, fill, border, horizontal, vertical
    (GENERAL, PLAIN_FONT, 0, 0, "left", "top"),
    (GENERAL, PLAIN_FONT, 0, 0, "left", "top"),
    (GENERAL, BOLD_FONT, 0, 0, "center", "center"),
    (GENERAL, SMALL_FONT, 0, 0, "center", "top"),
    (GENERAL, PLAIN_FONT, 0, 0, "left", "top"),
    (GENERAL, BOLD_FONT, 0, 1, "center", "center"),
    (GENERAL, BOLD_FONT, 2, 1, "center", "center"),
    (GENERAL, ITALIC_FONT, 0, 1, "center", "center"),
    (TEXT, PLAIN_FONT, 0, 1, "center", "top"),
    (GENERAL, PLAIN_FONT, 0, 1, "left", "top"),
    (TEXT, PLAIN_FONT, 0, 1, "center", "top"),
    (GENERAL, PLAIN_FONT, 0, 1, "center", "top"),
    (DATE, PLAIN_FONT, 0, 1, "center", "top"),
)
"""Numbers and phrases of deadlines are text cells: what people type there stays as they type it."""


def styles() -> str:
    """Write fonts, fills, borders and the formats of cells."""
    fonts = "".join(
        f'<font>{mark}<sz val="{size}"/><color rgb="FF000000"/><name val="{FONT}"/><family val="1"/><charset val="204"/></font>'
        for mark, size in (("", 12), ("<b/>", 12), ("<i/>", 12), ("", 11))
    )
    side = '<{0} style="thin"><color rgb="FF000000"/></{0}>'
    sides = "".join(side.format(name) for name in ("left", "right", "top", "bottom"))
    formats = "".join(_format(*one, quoted=False) for one in FORMATS)
    formats += "".join(_format(*one, quoted=True) for one in FORMATS)
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="{DATE}" formatCode="dd\\.mm\\.yyyy"/></numFmts>'
        f'<fonts count="4">{fonts}</fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        '<fill><patternFill patternType="solid"><fgColor rgb="FFEEEEEE"/><bgColor indexed="64"/></patternFill></fill></fills>'
        f'<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>{sides}<diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{2 * len(FORMATS)}">{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _format(number: int, font: int, fill: int, border: int, across: str, down: str, *, quoted: bool) -> str:
    mark = ' quotePrefix="1"' if quoted else ""
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0"{mark} applyNumberFormat="1" '
        f'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment horizontal="{across}" vertical="{down}" wrapText="1"/></xf>'
    )


def book(sheets: Sequence[tuple[str, int]]) -> str:
    """Write the workbook: (name of a sheet, row of its head); heads are repeated on every printed page."""
    listed = "".join(
        f'<sheet name="{said(name)}" sheetId="{at}" r:id="rId{at}"/>' for at, (name, _) in enumerate(sheets, 1)
    )
    names = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{at}">\'{said(name)}\'!${head}:${head}</definedName>'
        for at, (name, head) in enumerate(sheets)
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr/><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets><definedNames>{names}</definedNames></workbook>"
    )


def book_relations(count: int) -> str:
    """Name the parts of the workbook."""
    found = {f"rId{at}": (f"{OFFICE}/worksheet", f"worksheets/sheet{at}.xml") for at in range(1, count + 1)}
    return relations({**found, f"rId{count + 1}": (f"{OFFICE}/styles", "styles.xml")})
