"""What cells show: number formats, struck-out text, pictures; and packages whose parts have other names and places."""

from typing import Any

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import FormulaRule, IconSetRule, Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from helpers.files.writing import zipped
from spreadsheets import book, members

from .writing import FIXTURES, FOLDER, replaced, rows, through_office

STRUCK = InlineFont(strike=True)
CHOICE = '[=1]"実施";[=2]"一部実施";"検討中"'


def shown_by_formats() -> bytes:
    """Numbers, statuses and departments whose number formats make the text."""

    def edit(sheet: Any) -> None:
        for row in range(3, 9):
            sheet.cell(row, 1).number_format = '"No."0'
            sheet.cell(row, 4).number_format = CHOICE
            sheet.cell(row, 6).number_format = '@"課"'

    departments = ["市民", "福祉", "市民", "財政", "税務", "都市"]
    return book(rows(D=[1, 2, 1, 3, 1, "未実施"], F=departments), edit)


def struck_parts() -> bytes:
    """Texts of which a part is struck out, and struck text above the table."""

    def edit(sheet: Any) -> None:
        sheet["A1"] = CellRichText(TextBlock(STRUCK, "令和3年度"), "令和4年度 実施状況調査")
        sheet["C6"] = CellRichText(TextBlock(STRUCK, "公民館"), "公共施設の集約化")
        sheet["D4"] = CellRichText(TextBlock(STRUCK, "未実施"), "一部実施")
        sheet["E3"] = CellRichText("案内板を", TextBlock(STRUCK, "三枚"), "二枚置いた。")
        sheet["F7"].font = Font(strike=True)

    return book(rows(), edit)


def struck_out() -> bytes:
    """A status, a name, a number and a row that are struck out."""

    def edit(sheet: Any) -> None:
        for cell in ("D3", "C4", "A5", "A6", "B6", "C6", "D6", "F6"):
            sheet[cell].font = Font(strike=True)

    return book(rows(), edit)


def struck_heading(cell: str) -> bytes:
    """A heading that is struck out."""

    def edit(sheet: Any) -> None:
        sheet[cell].font = Font(strike=True)

    return book(rows(), edit)


def other_names(folder: str = "xl/", slash: str = "/") -> bytes:
    """The plain workbook with its parts in other letter case, in another folder, with another slash."""
    parts = {}
    for name, part in members(book(rows())).items():
        if name == "_rels/.rels":
            part = part.replace(b"xl/workbook.xml", f"{folder}Workbook.xml".replace("/", slash).encode())
        moved = folder + name.removeprefix("xl/") if name.startswith("xl/") else name
        if name == "xl/_rels/workbook.xml.rels":
            part = part.replace(b"/xl/", b"").replace(b"worksheets/", f"WORKSHEETS{slash}".encode())
        is_kept = name == "docProps/core.xml"  # where the time stands
        parts[moved if is_kept else moved.replace("/", slash)] = part
    return zipped(parts)


def in_utf16() -> bytes:
    """The plain workbook with its parts in UTF-16, and the places of its cells in small letters."""
    parts = members(book(rows()))
    for name in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"):
        text = parts[name].decode().removeprefix("<?xml version='1.0' encoding='utf-8'?>")
        for letter in "ABCDEFG":
            text = text.replace(f' r="{letter}', f' r="{letter.lower()}')
        parts[name] = f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")
    return zipped(parts)


METADATA = """<metadata xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<metadataTypes count="1"><metadataType name="XLRICHVALUE"/></metadataTypes>
<futureMetadata name="XLRICHVALUE" count="1"><bk><extLst><ext uri="u"><rvb i="0"/></ext></extLst></bk></futureMetadata>
<valueMetadata count="1"><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>"""
RICH = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"


def picture_in_cell(kind: str = "_localImage") -> bytes:
    """A workbook with a rich value in the cell D4: a picture, or the error of another kind."""
    parts = members(book(rows(D4="#VALUE!")))
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b'<c r="D4" t="e">' in sheet
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'<c r="D4" t="e">', b'<c r="D4" t="e" vm="1">')
    parts["xl/metadata.xml"] = METADATA.encode()
    parts["xl/richData/rdrichvalue.xml"] = f'<rvData xmlns="{RICH}"><rv s="0"><v>0</v></rv></rvData>'.encode()
    structure = f'<rvStructures xmlns="{RICH}"><s t="{kind}"><k n="_rvRel:LocalImageIdentifier" t="i"/></s></rvStructures>'
    parts["xl/richData/rdrichvaluestructure.xml"] = structure.encode()
    relations = "".join(
        f'<Relationship Id="m{at}" Type="http://schemas.microsoft.com/office/2017/06/relationships/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(
            {
                "sheetMetadata": "metadata.xml",
                "rdRichValue": "richData/rdrichvalue.xml",
                "rdRichValueStructure": "richData/rdrichvaluestructure.xml",
            }.items()
        )
    )
    rels = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = rels.replace(
        b"</Relationships>", f"{relations}</Relationships>".encode()
    )
    return zipped(parts)


def struck_by_rule() -> bytes:
    """A conditional format that strikes out two statuses and a text, one that makes others bold."""

    def edit(sheet: Any) -> None:
        rules = sheet.conditional_formatting
        rules.add("D4:E5", FormulaRule(formula=['$E3<>""'], font=Font(strike=True)))
        rules.add("A1:G2", FormulaRule(formula=["TRUE"], font=Font(strike=True)))
        rules.add("F3:F8", FormulaRule(formula=["TRUE"], font=Font(bold=True)))

    return book(rows(E4="見守りを始めた。"), edit)


def shown_by_rule() -> bytes:
    """A conditional format that gives two texts a number format, and one that shows a symbol for a number."""

    def edit(sheet: Any) -> None:
        hidden = DifferentialStyle(numFmt=NumberFormat(numFmtId=170, formatCode=";;;"))
        rules = sheet.conditional_formatting
        rules.add("B4:B5", Rule(type="expression", formula=["$B3=$B4"], dxf=hidden))
        rules.add("G8", IconSetRule("3Symbols", "num", [0, 1, 2], showValue=False))
        rules.add("F3:F8", FormulaRule(formula=["TRUE"], font=Font(bold=True)))

    return book(rows(G8=2), edit)


BY_ANOTHER_SHEET = """<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"
 xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
 xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:conditionalFormattings><x14:conditionalFormatting>
<x14:cfRule type="expression" priority="1" id="{0}"><xm:f>集計!$A$1=1</xm:f><x14:dxf><font><strike/></font></x14:dxf></x14:cfRule>
<xm:sqref>D4:E5 D3</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"""


def struck_by_another_sheet() -> bytes:
    """A conditional format that asks another worksheet whether to strike statuses out."""
    return replaced(book(rows()), "xl/worksheets/sheet1.xml", b"</worksheet>", BY_ANOTHER_SHEET.encode())


def without_zeros() -> bytes:
    """A worksheet that does not show zeros, as formulas give them for empty cells."""

    def edit(sheet: Any) -> None:
        sheet.sheet_view.showZeros = False
        sheet["G3"].number_format = '0"件"'

    return book(rows(B4=0, E5=0, G3=0, C6="公共施設の集約化"), edit)


LINKED = """<table:dde-links><table:dde-link><office:dde-source office:dde-application="soffice"/><table:table>{0}</table:table>
</table:dde-link></table:dde-links><table:table table:name="'file:///C:/R3.ods'#$状況調査">{0}</table:table></office:spreadsheet>"""


def with_tables_of_links() -> bytes:
    """An ods that keeps the tables of two links to other files."""
    data = (FOLDER / "plain_ods.ods").read_bytes()
    content = members(data)["content.xml"]
    linked = content[content.index(b"<table:table-row") : content.index(b"</table:table>")].decode()
    end = b"</office:spreadsheet>"
    return replaced(data, "content.xml", end, LINKED.format(linked.replace("一部実施", "未実施")).encode())


def with_names_within() -> bytes:
    """An ods that says the namespace of a cell at the cell."""
    data = (FOLDER / "plain_ods.ods").read_bytes()
    text = '<p xmlns="urn:oasis:names:tc:opendocument:xmlns:text:1.0">一部実施</p>'
    return replaced(data, "content.xml", "<text:p>一部実施</text:p>".encode(), text.encode())


def rows_in_another_order() -> bytes:
    """A workbook whose last two rows are stored the other way round."""
    data = book(rows())
    sheet = members(data)["xl/worksheets/sheet1.xml"]
    seventh, eighth = sheet.index(b'<row r="7"'), sheet.index(b'<row r="8"')
    end = sheet.index(b"</sheetData>")
    return replaced(
        data, "xl/worksheets/sheet1.xml", sheet[seventh:end], sheet[eighth:end] + sheet[seventh:eighth]
    )


FIXTURES |= {
    "conditional_strike.xlsx": struck_by_rule,
    "conditional_strike_by_another_sheet.xlsx": struck_by_another_sheet,
    "conditional_formats.xlsx": shown_by_rule,
    "zeros_not_shown.xlsx": without_zeros,
    "tables_of_links.ods": with_tables_of_links,
    "namespaces_within.ods": with_names_within,
    "rows_in_another_order.xlsx": rows_in_another_order,
    "shown_by_formats.xlsx": shown_by_formats,
    "struck_parts.xlsx": struck_parts,
    "struck_out.xlsx": struck_out,
    "struck_heading_of_texts.xlsx": lambda: struck_heading("E2"),
    "struck_heading_of_statuses.xlsx": lambda: struck_heading("D2"),
    "workbook_in_the_root.xlsx": lambda: other_names(folder=""),
    "names_with_backslashes.xlsx": lambda: other_names(slash="\\"),
    "parts_in_utf16.xlsx": in_utf16,
    "picture_in_a_cell.xlsx": picture_in_cell,
    "picture_by_formula.xlsx": lambda: book(rows(D4='=_xlfn.IMAGE("https://example.jp/a.png")')),
    "picture_of_wps.xlsx": lambda: book(rows(D4='=_xlfn.DISPIMG("ID_1",1)')),
}
through_office(
    {
        f"{name}.{ending}": FIXTURES[f"{name}.xlsx"]
        for name in (
            "shown_by_formats",
            "struck_parts",
            "struck_out",
            "conditional_strike",
            "zeros_not_shown",
        )
        for ending in ("xls", "ods")
    }
    | {"conditional_formats.ods": shown_by_rule}
)
