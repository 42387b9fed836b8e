"""Parts of a Word document that are the same in each: styles, numbering, settings, the head with the page's number."""

from dataclasses import dataclass

from documents.office.package import HEAD, OFFICE
from documents.office.word_text import twips

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
FONT = "Times New Roman"
"""Liberation Serif of the PDF has its widths; every office has this one."""


@dataclass(frozen=True)
class Style:
    """A paragraph style: its name for people, its properties in the order of the standard."""

    ident: str
    name: str
    paragraph: str = ""
    run: str = ""
    based: str = "Normal"
    following: str = ""


BOLD = "<w:b/><w:bCs/>"


def size(points: float) -> str:
    """Give the size of letters."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def spacing(*, before: float = 0, after: float = 0, lines: float = 1) -> str:
    """Give the room above and below (mm) and the distance of lines."""
    return (
        f'<w:spacing w:before="{twips(before)}" w:after="{twips(after)}" w:line="{round(240 * lines)}" '
        'w:lineRule="auto"/>'
    )


def indent(*, left: float = 0, right: float = 0, first: float = 0, hanging: float = 0) -> str:
    """Give the indents (mm)."""
    edge = f'w:hanging="{twips(hanging)}"' if hanging else f'w:firstLine="{twips(first)}"'
    return f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}" {edge}/>'


def align(how: str) -> str:
    """Give the alignment."""
    return f'<w:jc w:val="{how}"/>'


def outline(level: int) -> str:
    """Give the level of a heading."""
    return f'<w:outlineLvl w:val="{level}"/>'


KEEP = "<w:keepNext/><w:keepLines/>"
STYLES = (
    Style("Heading1", "heading 1", KEEP + spacing(after=5) + indent(left=10, right=10) + align("center") + outline(0), BOLD + size(14), following="Normal"),
    Style("Heading2", "heading 2", KEEP + spacing() + align("center") + outline(1), BOLD + size(12), following="TableText"),
    Style("Heading3", "heading 3", KEEP + spacing() + align("center") + outline(2), BOLD + size(12), following="TableText"),
    Style("Heading4", "heading 4", KEEP + spacing() + outline(3), "<w:i/><w:iCs/>" + size(12), following="TableText"),
    Style("Draft", "Проект", spacing(after=5) + align("right")),
    Style("BodyName", "Наименование органа", KEEP + spacing(lines=1.05) + align("center"), BOLD + "<w:caps/>"),
    Style("UpperBody", "Вышестоящий орган", KEEP + spacing(after=2) + align("center"), "<w:caps/>"),
    Style("Kind", "Вид документа", KEEP + spacing(before=8, after=7) + align("center"), BOLD + '<w:caps/><w:spacing w:val="90"/>' + size(15)),
    Style("Requisites", "Дата и номер", f'<w:tabs><w:tab w:val="center" w:pos="{twips(85)}"/><w:tab w:val="right" w:pos="{twips(170)}"/></w:tabs>' + spacing(after=8)),
    Style("OrderText", "Текст приказа", spacing(lines=1.15) + indent(first=12.5) + align("both")),
    Style("Decree", "Приказываю", KEEP + spacing(before=3.5, after=3.5, lines=1.15), '<w:spacing w:val="84"/>'),
    Style("Clause", "Пункт приказа", spacing(lines=1.15) + indent(first=12.5) + align("both")),
    Style("Signature", "Подпись", KEEP + spacing()),
    Style("SmallMark", "Отметка", spacing() + align("left"), size(7.5)),
    Style("DraftedBy", "Исполнитель документа", "<w:keepLines/>" + spacing(before=10), size(10)),
    Style("Stamp", "Гриф", KEEP + spacing() + indent(left=100)),
    Style("StampWide", "Гриф на альбомном листе", KEEP + spacing() + indent(left=172), based="Stamp"),
    Style("Edition", "Сведения о редакции", KEEP + spacing(after=5) + align("center"), size(11)),
    Style("Goal", "Цель и задачи", spacing(lines=1.1) + indent(first=12.5) + align("both")),
    Style("Task", "Задача", spacing(lines=1.1) + indent(left=12.5, hanging=5) + align("both")),
    Style("TableText", "Текст таблицы", spacing() + align("left"), size(12)),
    Style("TableHead", "Шапка таблицы", KEEP + spacing() + align("center"), BOLD + size(12), based="TableText"),
    Style("TableNumber", "Номер в таблице", spacing() + align("center"), based="TableText"),
    Style("TableTerm", "Срок в таблице", spacing() + align("center"), based="TableText"),
    Style("TableNote", "Примечание в таблице", spacing(), "<w:i/><w:iCs/>" + size(10), based="TableText"),
    Style("CoverTitle", "Заголовок титульного листа", spacing(before=48, lines=1.3) + align("center") + outline(0), BOLD),
    Style("CoverPlace", "Место и год", spacing(before=62) + align("center")),
    Style("PageHead", "header", spacing() + align("center"), size(12)),
)  # fmt: skip
"""What people find in the list of styles; headings are Word's own, so its outline and its contents know them."""


def styles() -> str:
    """Write the styles."""
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    language = '<w:lang w:val="ru-RU" w:eastAsia="ru-RU" w:bidi="ar-SA"/>'
    made = "".join(_style(style) for style in STYLES)
    side = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
    sides = "".join(f"<w:{name} {side}/>" for name in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return (
        f"{HEAD}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size(14)}{language}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{spacing()}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f"{made}"
        '<w:style w:type="table" w:customStyle="1" w:styleId="PlanTable"><w:name w:val="Таблица плана"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr>'
        f"<w:tblBorders>{sides}</w:tblBorders><w:tblCellMar>"
        '<w:top w:w="45" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="45" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        "</w:styles>"
    )


def _style(style: Style) -> str:
    own = "" if style.name[:1].isascii() else ' w:customStyle="1"'
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    paragraph = f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else ""
    run = f"<w:rPr>{style.run}</w:rPr>" if style.run else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style.ident}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based}"/>{following}<w:qFormat/>{paragraph}{run}</w:style>'
    )


def numbering() -> str:
    """Write the numbering of clauses: 1., 1.1., 1.1.1.; four levels are the most that an order has."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{"".join(f"%{at + 1}." for at in range(level + 1))}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="0" w:firstLine="{twips(12.5)}"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    return (
        f'{HEAD}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
        f'{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


def settings(*, two_sided: bool) -> str:
    """Write the settings: the layout of the present Word, Russian, no hyphens."""
    mirrored = "<w:mirrorMargins/>" if two_sided else ""
    return (
        f'{HEAD}<w:settings {NAMESPACES}><w:zoom w:percent="100"/>{mirrored}<w:defaultTabStop w:val="709"/>'
        '<w:autoHyphenation w:val="false"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="ru-RU"/></w:settings>'
    )


def page_head() -> str:
    """Write the head of a sheet: its number in the middle."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return f'{HEAD}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="PageHead"/></w:pPr>{field}</w:p></w:hdr>'


def first_head() -> str:
    """Write the head of a first sheet, which bears no number."""
    return f'{HEAD}<w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="PageHead"/></w:pPr></w:p></w:hdr>'


def section(*, wide: bool, start: int = 1, numbered_first: bool = False) -> str:
    """
    Give the properties of a run of sheets: portrait, or landscape with the binding edge at the top.

    :param start: the number of its first sheet, which is not shown unless `numbered_first`
    """
    width, height = (297, 210) if wide else (210, 297)
    top, right, bottom, left, head = (30, 20, 15, 20, 15) if wide else (20, 10, 20, 30, 10)
    turned = ' w:orient="landscape"' if wide else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/>'
        f'<w:pgMar w:top="{twips(top)}" w:right="{twips(right)}" w:bottom="{twips(bottom)}" w:left="{twips(left)}" '
        f'w:header="{twips(head)}" w:footer="{twips(8)}" w:gutter="0"/><w:pgNumType w:start="{start}"/>'
        f'<w:cols w:space="708"/>{"" if numbered_first else "<w:titlePg/>"}</w:sectPr>'
    )


WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
SETTINGS = "word/settings.xml"
FIXED = {
    "word/styles.xml": (f"{WORD_TYPE}.styles+xml", styles()),
    "word/numbering.xml": (f"{WORD_TYPE}.numbering+xml", numbering()),
    "word/header1.xml": (f"{WORD_TYPE}.header+xml", page_head()),
    "word/header2.xml": (f"{WORD_TYPE}.header+xml", first_head()),
}
RELATED = {
    "rId1": (f"{OFFICE}/styles", "styles.xml"),
    "rId2": (f"{OFFICE}/numbering", "numbering.xml"),
    "rId3": (f"{OFFICE}/settings", "settings.xml"),
    "rId4": (f"{OFFICE}/header", "header1.xml"),
    "rId5": (f"{OFFICE}/header", "header2.xml"),
}
