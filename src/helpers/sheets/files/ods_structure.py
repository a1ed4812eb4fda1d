"""Read an OpenDocument spreadsheet in one pass over its content: the texts that its cells show, and its structure.

A cell shows its own paragraphs. What lies in it beside them is no text of it: comments, shapes, furigana. What is
struck out does not count.
"""

from __future__ import annotations

__all__ = ["read"]

import re
from functools import lru_cache

from helpers.sheets.files.container import Attributes, Container
from helpers.sheets.files.foreign.by_beginning import BY_LIBREOFFICE, foreign
from helpers.sheets.files.grid import ZERO, Area, Grid, Quirk, address, is_error_value, span
from helpers.sheets.files.open_document.cell_text import CellText, parse
from helpers.sheets.files.open_document.struck_styles import CELL, StruckStyles
from helpers.sheets.files.structure import LAST_ROW, Structure, whole_number
from helpers.sheets.files.unreadable import (
    Limits,
    UnreadableError,
    cell_too_long,
    corrupt,
    not_a_spreadsheet,
    password_protected,
    too_long,
)

_CELLS = ("table:table-cell", "table:covered-table-cell")
# What stands in a cell or in its text and is not its text; tables within these are none of the spreadsheet's.
# Tables of links hold what the link found when it was last followed.
_BESIDE = re.compile(
    r"office:annotation(-end)?|table:dde-links?|draw:.*|text:(ruby-text|note|bookmark.*)|table:shapes|svg:.*"
)
_ZERO = re.compile(r"[-+]?0*\.?0*(?:[eE][-+]?\d+)?(?<=.)")
_MANIFEST = "META-INF/manifest.xml"
_SETTINGS, _NO_ZEROS = "settings.xml", re.compile(rb"""["']ShowZeroValues["'][^>]*>\s*false""")
# LibreOffice keeps the cells of other files that formulas refer to in tables of such names.
_OF_ANOTHER_FILE = re.compile(r"'.+'#\$.*")


def read(data: bytes, _: str, limits: Limits) -> tuple[Grid, ...]:
    """Read every worksheet of an OpenDocument spreadsheet.

    Raises:
        UnreadableError: encrypted, damaged, beyond the limits, or another OpenDocument file.
    """
    container = Container(data, limits)
    mimetype = next(container.chunks("mimetype"), b"") if "mimetype" in container.names else b""
    if b"sun.xml.calc" in mimetype:
        raise foreign("OpenOffice.org 1.x の表計算ドキュメント、.sxc", BY_LIBREOFFICE)
    if mimetype and b"spreadsheet" not in mimetype:
        raise not_a_spreadsheet("文章など別のOpenDocument文書")
    manifest = b"".join(container.chunks(_MANIFEST)) if _MANIFEST in container.names else b""
    if b":encryption-data" in manifest:  # a manifest that is no sound XML does no harm otherwise
        raise password_protected()
    sheets = _ContentScan(container).sheets
    return tuple(structure.grid(rows) for structure, rows in sheets.values())


class _ContentScan:
    """One pass over the content of an ods, in which rows and cells may be repeated."""

    def __init__(self, container: Container) -> None:
        self.limits = container.limits
        self.sheets: dict[str, tuple[Structure, list[list[str]]]] = {}
        self.structure, self.rows = Structure("", self.limits), list[list[str]]()
        self.row, self.column, self.next_row, self.characters = 0, 0, 0, 0
        self.rows_repeated, self.columns_repeated, self.columns_seen = 1, 1, 0
        self.cells: list[str] = []  # of the row, from its first to its last with a text
        self.attributes: Attributes | None = None  # of the cell that is open
        self.styles, self.column_styles = StruckStyles(), list[str]()
        self.row_style, self.ruled = "", list[Area]()
        self.text = CellText(self.styles, None, self.limits.cell_characters, self.cell_too_long)
        self.beside: list[str] = []  # what is open beside the text, outermost first
        self.tables, self.hidden_styles, self.style = 0, set[str](), ""
        if "styles.xml" in container.names and any(container.chunks("styles.xml")):
            parse(container, "styles.xml", self.styles.start, self.styles.end)
        settings = b"".join(container.chunks(_SETTINGS)) if _SETTINGS in container.names else b""
        self.shows_zeros = _NO_ZEROS.search(settings) is None
        parse(container, "content.xml", self.start, self.end, self.data)

    def start(self, tag: str, attributes: Attributes) -> None:
        if self.beside or _is_beside(tag):
            self.beside.append(tag)
            return
        match tag:
            case "table:table":
                self.tables += 1
                is_inside_a_cell = self.tables > 1
                if is_inside_a_cell or _OF_ANOTHER_FILE.fullmatch(attributes.get("table:name", "")):
                    self.beside.append(tag)
                else:
                    self.start_table(attributes)
            case "table:table-column":
                repeated = _repeats(attributes, "table:number-columns-repeated")
                if attributes.get("table:visibility", "visible") != "visible":
                    last = min(self.columns_seen + repeated, self.limits.columns)
                    self.structure.hidden_columns.update(range(self.columns_seen, last))
                self.columns_seen += repeated
                if len(self.column_styles) < self.limits.columns:
                    style = attributes.get("table:default-cell-style-name", "")
                    self.column_styles += [style] * min(repeated, self.limits.columns)
            case "table:table-row":
                self.row, self.column, self.cells = self.next_row, 0, []
                self.rows_repeated = _repeats(attributes, "table:number-rows-repeated")
                self.next_row = self.row + self.rows_repeated
                self.row_style = attributes.get("table:default-cell-style-name", "")
                if attributes.get("table:visibility", "visible") != "visible":
                    self.structure.hidden_rows.update(range(self.row, min(self.next_row, self.limits.rows)))
            case "table:table-cell" | "table:covered-table-cell" if self.tables:
                self.attributes = attributes
                is_struck = self.styles.is_struck(CELL, self.cell_style(attributes))
                most = self.limits.cell_characters
                self.text = CellText(self.styles, is_struck, most, self.cell_too_long)
                self.columns_repeated = _repeats(attributes, "table:number-columns-repeated")
            case "style:style":
                self.style = attributes.get("style:name", "")
                self.styles.start(tag, attributes)
            case "calcext:conditional-format":
                addresses = attributes.get("calcext:target-range-address", "").split()
                self.ruled = [area for each in addresses if (area := _span(each)) is not None]
            case "calcext:condition" if self.styles.changes_text(
                attributes.get("calcext:apply-style-name", "")
            ):
                self.structure.add_ruled(self.ruled)
            case "calcext:formatting-entry" | "calcext:data-bar" if (
                attributes.get("calcext:show-value") == "false"
            ):
                self.structure.add_ruled(self.ruled)
            case "style:table-properties" if attributes.get("table:display") == "false":
                self.hidden_styles.add(self.style)
            case _ if self.attributes is not None:
                self.text.start(tag, attributes)
            case _:
                self.styles.start(tag, attributes)

    def cell_style(self, attributes: Attributes) -> str:
        """The name of a cell's style: its own, its row's or its column's."""
        of_column = self.column_styles[self.column : self.column + 1]
        return attributes.get("table:style-name") or self.row_style or next(iter(of_column), "")

    def start_table(self, attributes: Attributes) -> None:
        name = attributes.get("table:name", "")
        if name in self.sheets:
            raise corrupt(f"シート「{name}」が二つあります")
        self.structure, self.rows = Structure(name, self.limits), []
        self.structure.is_hidden = attributes.get("table:style-name", "") in self.hidden_styles
        self.sheets[name] = self.structure, self.rows
        self.next_row, self.columns_seen, self.column_styles = 0, 0, []

    def data(self, data: str) -> None:
        if self.attributes is not None and not self.beside:
            self.text.data(data)

    def cell_too_long(self) -> UnreadableError:
        return cell_too_long(self.limits, self.structure.sheet, address(self.row, self.column))

    def end(self, tag: str) -> None:
        if self.beside:
            self.beside.pop()
            self.tables -= tag == "table:table" and not self.beside
        elif tag in _CELLS and self.attributes is not None:
            self.end_cell(self.attributes)
            self.column += self.columns_repeated
            self.attributes = None
        elif tag == "table:table-row":
            self.end_row()
        elif tag == "table:table":
            self.tables -= 1
        elif self.attributes is not None:
            self.text.end(tag)
        else:
            self.styles.end(tag)

    def end_cell(self, attributes: Attributes) -> None:
        position = (self.row, self.column)
        rows = _repeats(attributes, "table:number-rows-spanned")
        columns = _repeats(attributes, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            self.structure.merged.append((*position, self.row + rows - 1, self.column + columns - 1))
        is_formula = "table:formula" in attributes
        text, quirk = self.text.shown(attributes)
        # Excel saves the error of a formula as the number 0 that shows the name of the error.
        is_error = "error" in (attributes.get("calcext:value-type"), attributes.get("office:value-type"))
        is_error = is_error or (
            attributes.get("office:value-type", "float") != "string" and is_error_value(text)
        )
        if is_error:
            text = text.strip() or "#N/A"
        elif not self.shows_zeros and _ZERO.fullmatch(attributes.get("office:value", "")):
            text, quirk = "", Quirk(ZERO, "0")
        has_value = is_error or "office:value-type" in attributes or bool(text.strip()) or quirk is not None
        if is_formula and not has_value:
            self.structure.uncached.add(position)
        if has_value or is_formula:
            self.structure.count_cells(*position, self.rows_repeated, self.columns_repeated)
        if text and self.styles.may_change(self.cell_style(attributes)):
            self.structure.add_ruled([(*position, *position)])
        if has_value and text:  # counted above: what is not may be repeated without a limit
            self.cells += [""] * (self.column - len(self.cells)) + [text] * self.columns_repeated
        if quirk is not None:
            across = range(self.column, self.column + self.columns_repeated)
            down = range(self.row, self.row + self.rows_repeated)
            self.structure.quirks |= {(row, column): quirk for row in down for column in across}

    def end_row(self) -> None:
        if self.cells:
            self.characters += sum(map(len, self.cells)) * self.rows_repeated
            if self.characters > self.limits.characters:
                raise too_long(self.limits, self.structure.sheet)
            self.rows += [[] for _ in range(self.row - len(self.rows))]
            self.rows += [list(self.cells) for _ in range(self.rows_repeated)]


@lru_cache
def _is_beside(tag: str) -> bool:
    return _BESIDE.fullmatch(tag) is not None


def _repeats(attributes: Attributes, name: str) -> int:
    return whole_number(attributes, name, 2 * LAST_ROW) if name in attributes else 1


def _span(address: str) -> Area | None:
    """The range of an address such as Sheet1.A2:Sheet1.B9."""
    return span(":".join(cell.rpartition(".")[2] for cell in address.split(":")))
