"""What a fast reader does not tell about a worksheet, streamed from its XML: how far its cells reach, what is
merged and hidden, and which formulas have no stored result.
"""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass, field
from xml.parsers import expat

from helpers.sheets.container import LIMITS, UnreadableError, check_members, corrupt, parse, too_large
from helpers.sheets.grid import address, position, span

Attributes = dict[str, str]


@dataclass
class Structure:
    """The structure of one worksheet; positions are 0-based."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    is_hidden: bool = False


def check_reach(row: int, column: int, sheet: str) -> None:
    """Refuse a cell with a value that lies beyond the limits.

    Raises:
        UnreadableError: naming the cell.
    """
    if row >= LIMITS.rows or column >= LIMITS.columns:
        limit = f"上限{LIMITS.rows:,}行・{LIMITS.columns:,}列"
        raise too_large(f"表から遠く離れたセルに値があります（{limit}）", sheet, address(row, column))


def xlsx_structures(archive: zipfile.ZipFile) -> dict[str, Structure]:
    """Stream every part of a workbook; worksheets by name, in their order.

    Raises:
        UnreadableError: damaged, with a DTD, or beyond the limits.
    """
    workbook = _workbook_part(archive)
    sheets: list[tuple[str, str, bool]] = []

    def on_sheet(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            target = next(
                (value for key, value in attributes.items() if key.rpartition(":")[2] == "id" and ":" in key),
                "",
            )
            sheets.append(
                (attributes.get("name", ""), target, attributes.get("state", "visible") != "visible")
            )

    _parse_tags(archive, workbook, on_sheet)
    folder = posixpath.dirname(workbook)
    relations = _relations(archive, f"{folder}/_rels/{posixpath.basename(workbook)}.rels", folder)
    structures: dict[str, Structure] = {}
    parsed = {workbook}
    for name, target, is_hidden in sheets:
        part, kind = relations.get(target, ("", ""))
        if kind != "worksheet":
            continue
        if part not in archive.namelist() or name in structures:
            raise corrupt(f"シート「{name}」の中身がありません")
        structures[name] = _WorksheetScan(archive, part, name).structure
        structures[name].is_hidden = is_hidden
        parsed.add(part)
    check_members(archive, frozenset(parsed))
    return structures


def _workbook_part(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    for part, kind in _relations(archive, "_rels/.rels", "").values():
        if kind == "officeDocument" and part in names:
            return part
    raise corrupt("ブックの目次がありません")


def _relations(archive: zipfile.ZipFile, name: str, folder: str) -> dict[str, tuple[str, str]]:
    if name not in archive.namelist():
        raise corrupt(f"{name} がありません")
    relations: dict[str, tuple[str, str]] = {}

    def on_relation(tag: str, attributes: Attributes) -> None:
        if tag == "Relationship":
            target = posixpath.normpath(posixpath.join("/" + folder, attributes.get("Target", "")))
            kind = attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = (target.lstrip("/"), kind)

    _parse_tags(archive, name, on_relation)
    return relations


def _parse_tags(archive: zipfile.ZipFile, name: str, on_tag: object) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: on_tag(tag.rpartition(":")[2], attributes)  # type: ignore[operator]
    parse(archive, name, parser)


class _WorksheetScan:
    """One pass over a worksheet part of an xlsx."""

    def __init__(self, archive: zipfile.ZipFile, part: str, sheet: str) -> None:
        self.sheet, self.structure = sheet, Structure()
        self.row, self.column, self.cells = -1, -1, 0
        self.kind, self.has_formula, self.has_value, self.text = "", False, False, ""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.data
        self.depth_of_value = False
        parse(archive, part, parser)

    def start(self, tag: str, attributes: Attributes) -> None:
        match tag.rpartition(":")[2]:
            case "c":
                self.start_cell(attributes)
            case "row":
                self.start_row(attributes)
            case "v" | "is":
                self.depth_of_value = True
            case "f":
                self.has_formula = True
            case "col" if attributes.get("hidden") in ("1", "true"):
                first, last = _integer(attributes, "min"), _integer(attributes, "max")
                self.structure.hidden_columns.update(range(first - 1, min(last, LIMITS.columns)))
            case "mergeCell":
                self.merge(attributes.get("ref", ""))

    def start_row(self, attributes: Attributes) -> None:
        row = _integer(attributes, "r") - 1 if "r" in attributes else self.row + 1
        if row <= self.row:
            # A reader would put two rows into one, and which of them wins differs between readers.
            raise corrupt(f"シート「{self.sheet}」の{row + 1}行目が二度あります")
        self.row, self.column = row, -1
        if attributes.get("hidden") in ("1", "true") or attributes.get("ht") in ("0", "0.0"):
            self.structure.hidden_rows.add(row)

    def start_cell(self, attributes: Attributes) -> None:
        row, column = position(attributes["r"]) if "r" in attributes else (self.row, self.column + 1)
        if row != self.row or column <= self.column:
            raise corrupt(f"シート「{self.sheet}」のセル{attributes.get('r', '')}の位置が正しくありません")
        self.column = column
        self.kind, self.has_formula, self.has_value, self.text = attributes.get("t", "n"), False, False, ""

    def data(self, data: str) -> None:
        if self.depth_of_value:
            self.has_value = True
            if self.kind == "e":
                self.text += data

    def end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "v":
                # An empty <v> of a text formula is a stored result too: the empty text.
                self.has_value = self.has_value or self.kind == "str"
                self.depth_of_value = False
            case "is":
                self.depth_of_value = False
            case "c":
                self.end_cell()

    def end_cell(self) -> None:
        place = (self.row, self.column)
        if self.has_formula and not self.has_value:
            self.structure.uncached.add(place)
        if self.kind == "e" and self.text:
            self.structure.errors[place] = self.text
        if self.has_value or self.has_formula:
            check_reach(*place, self.sheet)
            self.cells += 1
            if self.cells > LIMITS.cells:
                raise too_large(f"値のあるセルが多すぎます（上限{LIMITS.cells:,}個）", self.sheet)

    def merge(self, reference: str) -> None:
        area = span(reference)
        if area is None:
            raise corrupt(f"シート「{self.sheet}」の結合セル「{reference}」を読めません")
        self.structure.merged.append(area)


def _integer(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "")
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= 1_048_576):
        raise corrupt(f"{name}の値「{text[:20]}」を読めません")
    return int(text)


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
            raise UnreadableError(
                "password", "パスワードで保護されているため開けません。パスワードを外して保存し直してください"
            )

    if "META-INF/manifest.xml" in archive.namelist():
        _parse_tags(archive, "META-INF/manifest.xml", on_entry)


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
    text = attributes.get(name, "1")
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= 2_000_000):
        raise corrupt(f"{name}の値「{text[:20]}」を読めません")
    return int(text)
