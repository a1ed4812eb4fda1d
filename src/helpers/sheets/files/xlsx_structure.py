"""Stream the parts of an xlsx: how far its cells reach, what is merged and hidden, which formulas have no result."""

from __future__ import annotations

import posixpath

from helpers.sheets.files.container import Attributes, Container
from helpers.sheets.files.grid import Grid, position, span
from helpers.sheets.files.in_child.sandbox import CALAMINE, OPENPYXL, sheets_in_child
from helpers.sheets.files.structure import LAST_ROW, Structure, structured_grids, whole_number
from helpers.sheets.files.unreadable import Limits, corrupt, not_a_spreadsheet

_OLD_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
_USUAL_PARTS = {"xl/workbook.xml", "xl/sharedStrings.xml"}
_KINDS_OF_SHEETS = ("worksheet", "chartsheet")


def read(data: bytes, _: str, limits: Limits) -> tuple[Grid, ...]:
    """Read every worksheet of an .xlsx or .xlsm.

    Raises:
        UnreadableError: encrypted, damaged, beyond the limits, or an .xlsb.
    """
    container = Container(data, limits)
    if "xl/workbook.bin" in container.names:
        raise not_a_spreadsheet("Excelバイナリ ブック .xlsb")
    structures, has_usual_parts = _structures(container)
    errors = (text for structure in structures.values() for text in structure.errors.values())
    # Calamine is fast, and gives up where it meets what it does not know: newer error values, other parts.
    reader = CALAMINE if has_usual_parts and all(text in _OLD_ERRORS for text in errors) else OPENPYXL
    sheets = (sheet for sheet in sheets_in_child(data, reader, limits) if sheet["name"] in structures)
    return structured_grids(sheets, structures)


def _structures(container: Container) -> tuple[dict[str, Structure], bool]:
    """Stream every part of a workbook: worksheets by name, in their order; whether its parts are those that Excel writes."""
    parts = _relations(container, "_rels/.rels", "").values()
    workbooks = (part for part, kind in parts if kind == "officeDocument" and part in container.names)
    if (workbook := next(workbooks, None)) is None:
        raise corrupt("ブックの目次がありません")
    sheets: list[tuple[str, str, bool]] = []

    def on_sheet(tag: str, attributes: Attributes) -> None:
        if _plain(tag) == "sheet":
            target = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            is_hidden = attributes.get("state", "visible") != "visible"
            sheets.append((attributes.get("name", ""), target, is_hidden))

    container.parse(workbook, on_sheet)
    folder = posixpath.dirname(workbook)
    relations = _relations(container, f"{folder}/_rels/{posixpath.basename(workbook)}.rels", folder)
    others = {part for part, kind in relations.values() if kind == "sharedStrings"} | {workbook}
    has_usual_parts = others <= _USUAL_PARTS and all(
        relations.get(target, ("", ""))[1] in _KINDS_OF_SHEETS for _, target, _ in sheets
    )
    structures: dict[str, Structure] = {}
    parsed = {workbook}
    for name, target, is_hidden in sheets:
        part, kind = relations.get(target, ("", ""))
        if kind != "worksheet":
            continue
        if part not in container.names or name in structures:
            raise corrupt(f"シート「{name}」の中身がありません")
        structures[name] = _WorksheetScan(container, part, name).structure
        structures[name].is_hidden = is_hidden
        parsed.add(part)
    container.check_others(f"{folder}/" if folder else "", frozenset(parsed))
    return structures, has_usual_parts


def _relations(container: Container, name: str, folder: str) -> dict[str, tuple[str, str]]:
    if name not in container.names:
        raise corrupt(f"{name} がありません")
    relations: dict[str, tuple[str, str]] = {}

    def on_relation(tag: str, attributes: Attributes) -> None:
        if _plain(tag) == "Relationship":
            target = posixpath.normpath(
                posixpath.join("/" + folder, attributes.get("Target", "").replace("\\", "/"))
            )
            kind = attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = (target.lstrip("/"), kind)

    container.parse(name, on_relation)
    return relations


def _plain(tag: str) -> str:
    """A tag without its prefix."""
    return tag.rpartition(":")[2]


class _WorksheetScan:
    """One pass over a worksheet part of an xlsx."""

    def __init__(self, container: Container, part: str, sheet: str) -> None:
        self.sheet, self.structure = sheet, Structure(sheet, container.limits)
        self.row, self.column = -1, -1
        self.kind, self.has_formula, self.has_value, self.text = "", False, False, ""
        self.in_value = False
        container.parse(part, self.start, self.end, self.data)

    def start(self, tag: str, attributes: Attributes) -> None:
        match _plain(tag):
            case "c":
                self.start_cell(attributes)
            case "row":
                self.start_row(attributes)
            case "v" | "is":
                self.in_value = True
            case "f":
                self.has_formula = True
            case "col" if attributes.get("hidden") in ("1", "true"):
                first, last = (whole_number(attributes, name, LAST_ROW) for name in ("min", "max"))
                columns = range(first - 1, min(last, self.structure.limits.columns))
                self.structure.hidden_columns.update(columns)
            case "mergeCell":
                reference = attributes.get("ref", "")
                if (area := span(reference)) is None:
                    raise corrupt(f"シート「{self.sheet}」の結合セル「{reference}」を読めません")
                self.structure.merged.append(area)

    def start_row(self, attributes: Attributes) -> None:
        row = self.row + 1
        if "r" in attributes:
            row = whole_number(attributes, "r", LAST_ROW, label=f"シート「{self.sheet}」の行の番号") - 1
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
        if self.in_value:
            self.has_value = True
            if self.kind == "e":
                self.text += data

    def end(self, tag: str) -> None:
        match _plain(tag):
            case "v" | "is" as name:
                # An empty <v> of a text formula is a stored result too: the empty text.
                self.has_value = self.has_value or (name == "v" and self.kind == "str")
                self.in_value = False
            case "c":
                self.end_cell()

    def end_cell(self) -> None:
        at = (self.row, self.column)
        if self.has_formula and not self.has_value:
            self.structure.uncached.add(at)
        if self.kind == "e" and self.text:
            self.structure.errors[at] = self.text
        if self.has_value or self.has_formula:
            self.structure.count_cells(*at)
