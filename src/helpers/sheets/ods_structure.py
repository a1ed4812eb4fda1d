"""Stream an OpenDocument spreadsheet, in which rows and cells may be repeated a million times by one attribute."""

from __future__ import annotations

import zipfile
from xml.parsers import expat

from helpers.sheets.container import check_members, parse
from helpers.sheets.structure import LAST_ROW, Attributes, Structure, check_reach, parse_tags, whole_number
from helpers.sheets.unreadable import LIMITS, corrupt, password_protected, too_large


def ods_structures(archive: zipfile.ZipFile) -> dict[str, Structure]:
    """Stream every part of an OpenDocument spreadsheet; worksheets by name, in their order.

    Raises:
        UnreadableError: damaged, encrypted, with a DTD, or beyond the limits.
    """
    _refuse_encrypted(archive)
    scan = _ContentScan(archive)
    check_members(archive, frozenset({"content.xml"}))
    return scan.structures


def _refuse_encrypted(archive: zipfile.ZipFile) -> None:
    def on_entry(tag: str, _: Attributes) -> None:
        if tag == "encryption-data":
            raise password_protected()

    if "META-INF/manifest.xml" in archive.namelist():
        parse_tags(archive, "META-INF/manifest.xml", on_entry)


class _ContentScan:
    """One pass over the content of an ods, in which rows and cells may be repeated."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.structures: dict[str, Structure] = {}
        self.sheet, self.structure = "", Structure()
        self.row, self.column, self.next_row, self.cells = 0, 0, 0, 0
        self.rows_repeated, self.columns_repeated, self.columns_seen = 1, 1, 0
        self.attributes: Attributes = {}
        self.in_cell, self.has_text, self.text, self.hidden_styles = False, False, "", set[str]()
        self.style = ""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.data
        parse(archive, "content.xml", parser)

    def start(self, tag: str, attributes: Attributes) -> None:
        match tag:
            case "table:table":
                self.start_table(attributes)
            case "table:table-column":
                repeated = _repeats(attributes, "table:number-columns-repeated")
                if attributes.get("table:visibility", "visible") != "visible":
                    last = min(self.columns_seen + repeated, LIMITS.columns)
                    self.structure.hidden_columns.update(range(self.columns_seen, last))
                self.columns_seen += repeated
            case "table:table-row":
                self.row, self.column = self.next_row, 0
                self.rows_repeated = _repeats(attributes, "table:number-rows-repeated")
                self.next_row = self.row + self.rows_repeated
                if attributes.get("table:visibility", "visible") != "visible":
                    self.structure.hidden_rows.update(range(self.row, min(self.next_row, LIMITS.rows)))
            case "table:table-cell" | "table:covered-table-cell":
                self.attributes, self.in_cell, self.has_text, self.text = attributes, True, False, ""
                self.columns_repeated = _repeats(attributes, "table:number-columns-repeated")
            case "style:style":
                self.style = attributes.get("style:name", "")
            case "style:table-properties" if attributes.get("table:display") == "false":
                self.hidden_styles.add(self.style)

    def start_table(self, attributes: Attributes) -> None:
        self.sheet, self.structure = attributes.get("table:name", ""), Structure()
        if self.sheet in self.structures:
            raise corrupt(f"シート「{self.sheet}」が二つあります")
        self.structure.is_hidden = attributes.get("table:style-name", "") in self.hidden_styles
        self.structures[self.sheet] = self.structure
        self.next_row, self.columns_seen = 0, 0

    def data(self, data: str) -> None:
        if self.in_cell:
            self.has_text = self.has_text or not data.isspace()
            self.text = (self.text + data)[:100]

    def end(self, tag: str) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell"):
            self.end_cell()
            self.column += self.columns_repeated
            self.in_cell = False

    def end_cell(self) -> None:
        place, attributes = (self.row, self.column), self.attributes
        rows = _repeats(attributes, "table:number-rows-spanned")
        columns = _repeats(attributes, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            self.structure.merged.append((*place, self.row + rows - 1, self.column + columns - 1))
        has_value = "office:value-type" in attributes or self.has_text
        if "table:formula" in attributes and not has_value:
            self.structure.uncached.add(place)
        if "table:formula" in attributes and attributes.get("calcext:value-type") == "error":
            self.structure.errors[place] = self.text.strip() or "#N/A"
        if has_value or "table:formula" in attributes:
            check_reach(
                self.row + self.rows_repeated - 1, self.column + self.columns_repeated - 1, self.sheet
            )
            self.cells += self.rows_repeated * self.columns_repeated
            if self.cells > LIMITS.cells:
                raise too_large(f"値のあるセルが多すぎます（上限{LIMITS.cells:,}個）", self.sheet)


def _repeats(attributes: Attributes, name: str) -> int:
    return whole_number(attributes, name, 2 * LAST_ROW, "1")
