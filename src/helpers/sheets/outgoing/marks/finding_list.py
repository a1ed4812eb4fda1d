"""Write the worksheet that lists the findings, each with a link to its cell."""

from __future__ import annotations

__all__ = ["HEADINGS", "RESULT_SHEET", "add_finding_list", "kind_and_fill"]

import re
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from helpers.sheets.files.grid import address
from helpers.sheets.finding import Finding
from helpers.sheets.outgoing.marks.worksheet_cells import ERROR_FILL, WARNING_FILL, CellLooks
from helpers.sheets.outgoing.marks.xlsx_parts import EditablePackage
from helpers.text.forms import LONGEST_CELL, for_xml, lines_of

RESULT_SHEET = "確認結果"
HEADINGS = {"種類": 8, "シート": 18, "セル": 8, "内容": 90}  # and the widths of their columns
_LINE, _MOST_LINES = 15, 26  # points; Excel's highest row has 409
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")
_LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WORKSHEET = """<worksheet xmlns="{namespace}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>\
<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>\
</sheetView></sheetViews><cols>{columns}</cols><sheetData>{rows}</sheetData>{links}\
<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>\
<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>\
<headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter></worksheet>"""

# The text of a cell and its look.
_Cell = tuple[str, int]


def kind_and_fill(finding: Finding) -> tuple[str, str]:
    """The word for the kind of a finding, and its colour."""
    return ("誤り", ERROR_FILL) if finding.is_error else ("注意", WARNING_FILL)


def add_finding_list(
    package: EditablePackage,
    looks: CellLooks,
    findings: Sequence[Finding],
    titles: Mapping[str, str],
    note: str,
) -> None:
    """Add the list as the last worksheet, or replace the list of an earlier marking.

    ``titles``: the worksheets that links may lead to, by the names that findings give them; ``note``: a sentence on
    the copy, "" for none.
    """
    part = _earlier_list(package) or _new_worksheet(package)
    heading, text = looks.cell(font="<b/>"), looks.cell(has_box=True)
    link = looks.cell(font='<u/><color rgb="FF0B5394"/>', has_box=True)
    kinds = {colour: looks.cell(colour=colour, has_box=True) for colour in (ERROR_FILL, WARNING_FILL)}
    rows = [[(name, heading) for name in HEADINGS]]
    links = []
    for finding in findings:
        kind, colour = kind_and_fill(finding)
        has_link = bool(finding.cell) and finding.sheet in titles
        if has_link:
            title = titles[finding.sheet].replace("'", "''")
            target = quoteattr(f"'{title}'!{finding.cell}")
            links.append(f'<hyperlink ref="C{len(rows) + 1}" location={target}/>')
        cell = (finding.cell, link if has_link else text)
        rows.append([(kind, kinds[colour]), (finding.sheet, text), cell, (finding.message, text)])
    if not findings:
        rows.append([("", text), ("", text), ("", text), ("気づいた点はありません。", text)])
    if note:
        rows.append([("", text), ("", text), ("", text), (note, text)])
    columns = "".join(
        f'<col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
        for column, width in enumerate(HEADINGS.values(), start=1)
    )
    xml = _WORKSHEET.format(
        namespace=package.namespace,
        columns=columns,
        rows="".join(_row(row, cells) for row, cells in enumerate(rows)),
        links=f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else "",
    )
    package.write(part, xml.encode())


def _row(row: int, cells: Sequence[_Cell]) -> str:
    shown = ((address(row, column), text, look) for column, (text, look) in enumerate(cells))
    written = (
        f'<c r="{cell}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{_for_cell(text)}</t></is></c>'
        if text
        else f'<c r="{cell}" s="{look}"/>'
        for cell, text, look in shown
    )
    # Excel fits heights to wrapped texts when it opens a file, LibreOffice does not; letters of 11 points are a little
    # wider than the columns that they are counted in.
    widths = (int(width * 0.93) for width in HEADINGS.values())
    lines = max(lines_of(text, width) for (text, _), width in zip(cells, widths, strict=True))
    height = _LINE * min(lines, _MOST_LINES) + 3
    return f'<row r="{row + 1}" ht="{height}" customHeight="1">{"".join(written)}</row>'


def _for_cell(text: str) -> str:
    """Escape a text for a cell: characters that XML cannot hold become □, and ``_x0041_`` is no escape."""
    return escape(_LIKE_AN_ESCAPE.sub("_x005F_", for_xml(text, "□")[:LONGEST_CELL]))


def _earlier_list(package: EditablePackage) -> str | None:
    """Return the part of an earlier list, known by its name and its headings; None where there is none."""
    for title, part in package.worksheets.items():
        if title.startswith(RESULT_SHEET) and list(_first_row(package, part)) == list(HEADINGS):
            return part
    return None


def _first_row(package: EditablePackage, worksheet: str) -> Iterator[str]:
    strings = package.related(package.workbook, "sharedStrings")
    shared = list(package.look(strings)) if strings else []
    for cell in next(package.look(worksheet).iter("{*}row"), ()):
        holder = shared[int(cell.findtext("{*}v"))] if cell.get("t") == "s" else cell
        if text := "".join(each.text or "" for each in holder.iter("{*}t")):
            yield text


def _new_worksheet(package: EditablePackage) -> str:
    """Enter a worksheet into the workbook, with its first row printed on every page; return its part."""
    part = package.free_name("worksheets/sheet{}.xml")
    package.write(part, b"")
    package.set_type(part, "worksheet")
    workbook = package.edit(package.workbook)
    sheets = next(workbook.iter("{*}sheets"))
    taken = {sheet.get("name").casefold() for sheet in sheets}
    names = (f"{RESULT_SHEET}{number or ''}" for number in (0, *range(2, len(taken) + 3)))
    title = next(name for name in names if name not in taken)
    attributes = {
        "name": title,
        "sheetId": str(max(int(sheet.get("sheetId")) for sheet in sheets) + 1),
        package.id_name: package.relate(package.workbook, "worksheet", part),
    }
    tag = sheets.tag.removesuffix("sheets")
    sheets.append(sheets.makeelement(f"{tag}sheet", attributes))
    names_of_areas = workbook.find(f"{tag}definedNames")
    if names_of_areas is None:
        names_of_areas = workbook.makeelement(f"{tag}definedNames")
        before = [each for each in workbook if each.tag in {tag + name for name in _BEFORE_NAMES}]
        before[-1].addnext(names_of_areas)
    attributes = {"name": "_xlnm.Print_Titles", "localSheetId": str(len(sheets) - 1)}
    repeated = workbook.makeelement(f"{tag}definedName", attributes)
    repeated.text = f"'{title}'!$1:$1"
    names_of_areas.append(repeated)
    return part
