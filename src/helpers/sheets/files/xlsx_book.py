"""Read an xlsx: the worksheets that its parts lead to, each in one pass."""

from __future__ import annotations

__all__ = ["read"]

from functools import lru_cache

from helpers.sheets.files.container import Attributes, Container
from helpers.sheets.files.grid import Grid
from helpers.sheets.files.office_open.cell_styles import Styles, picture_values, read_styles
from helpers.sheets.files.office_open.package_parts import Package, Relation, is_on, plain
from helpers.sheets.files.office_open.rich_text import read_shared_strings
from helpers.sheets.files.office_open.worksheet_scan import BookTables, WorksheetScan
from helpers.sheets.files.unreadable import Limits, corrupt, not_a_spreadsheet


def read(data: bytes, _: str, limits: Limits) -> tuple[Grid, ...]:
    """Read every worksheet of an .xlsx or .xlsm.

    Raises:
        UnreadableError: encrypted, damaged, beyond the limits, an .xlsb, or a document of another program.
    """
    package = Package(Container(data, limits))
    if package.has("xl/workbook.bin"):
        raise not_a_spreadsheet("Excelバイナリ ブック .xlsb")
    books = (each.part for each in package.relations("").values() if each.kind == "officeDocument")
    if (part := next(filter(package.has, books), None)) is None:
        raise corrupt("ブックの目次がありません")
    book = _BookScan(package, part)
    if book.root != "workbook":
        raise not_a_spreadsheet("Wordなど別の文書")
    relations = package.relations(part)
    tables = _tables(package, relations, limits, is_1904=book.is_1904)
    grids: dict[str, Grid] = {}
    for name, target, is_hidden in book.sheets:
        relation = relations.get(target, Relation("", ""))
        if relation.kind != "worksheet":  # a sheet of charts, macros or dialogs
            continue
        if not package.has(relation.part) or name in grids:
            raise corrupt(f"シート「{name}」の中身がありません")
        scan = WorksheetScan(package, relation.part, name, tables, limits)
        scan.structure.is_hidden = is_hidden
        grids[name] = scan.structure.grid(scan.rows)
    return tuple(grids.values())


def _tables(package: Package, relations: dict[str, Relation], limits: Limits, *, is_1904: bool) -> BookTables:
    parts = {relation.kind: relation.part for relation in relations.values()}
    styles = parts.get("styles", "")  # without them every cell is plain

    return BookTables(
        strings=lru_cache(
            lambda: read_shared_strings(package, parts.get("sharedStrings", "sharedStrings.xml"), limits)
        ),
        styles=lru_cache(lambda: read_styles(package, styles) if package.is_filled(styles) else Styles()),
        pictures=lru_cache(lambda: picture_values(package, relations)),
        is_1904=is_1904,
    )


class _BookScan:
    """One pass over the workbook's main part: its worksheets with their relations, and the epoch of its dates."""

    def __init__(self, package: Package, part: str) -> None:
        self.sheets: list[tuple[str, str, bool]] = []  # name, relation, whether it is hidden
        self.root, self.is_1904 = "", False
        package.parse(part, self.start)

    def start(self, tag: str, attributes: Attributes) -> None:
        self.root = self.root or tag
        if tag == "workbookPr":
            self.is_1904 = is_on(attributes, "date1904")
        elif tag == "sheet":
            target = next(
                (value for key, value in attributes.items() if ":" in key and plain(key) == "id"), ""
            )
            is_hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), target, is_hidden))
