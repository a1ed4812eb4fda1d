"""Stream an OpenDocument spreadsheet, in which rows and cells may be repeated a million times by one attribute."""

from __future__ import annotations

from helpers.sheets.files.container import Attributes, Container
from helpers.sheets.files.grid import Grid
from helpers.sheets.files.in_child.sandbox import CALAMINE, sheets_in_child
from helpers.sheets.files.structure import LAST_ROW, Structure, structured_grids, whole_number
from helpers.sheets.files.unreadable import Limits, corrupt, not_a_spreadsheet, password_protected


def read(data: bytes, _: str, limits: Limits) -> tuple[Grid, ...]:
    """Read every worksheet of an OpenDocument spreadsheet.

    Raises:
        UnreadableError: encrypted, damaged, beyond the limits, or another OpenDocument file.
    """
    container = Container(data, limits)
    mimetype = next(container.chunks("mimetype"), b"") if "mimetype" in container.names else b""
    if mimetype and b"spreadsheet" not in mimetype:
        raise not_a_spreadsheet("文章など別のOpenDocument文書")
    _refuse_encrypted(container)
    structures = _ContentScan(container).structures
    container.check_others(frozenset({"content.xml"}))
    return structured_grids(sheets_in_child(data, CALAMINE, limits), structures)


def _refuse_encrypted(container: Container) -> None:
    def on_entry(tag: str, _: Attributes) -> None:
        if tag.rpartition(":")[2] == "encryption-data":
            raise password_protected()

    if "META-INF/manifest.xml" in container.names:
        container.parse("META-INF/manifest.xml", on_entry)


class _ContentScan:
    """One pass over the content of an ods, in which rows and cells may be repeated."""

    def __init__(self, container: Container) -> None:
        self.limits = container.limits
        self.structures: dict[str, Structure] = {}
        self.structure = Structure("", self.limits)
        self.row, self.column, self.next_row = 0, 0, 0
        self.rows_repeated, self.columns_repeated, self.columns_seen = 1, 1, 0
        self.attributes: Attributes = {}
        self.in_cell, self.has_text, self.text, self.hidden_styles = False, False, "", set[str]()
        self.style = ""
        container.parse("content.xml", self.start, self.end, self.data)

    def start(self, tag: str, attributes: Attributes) -> None:
        match tag:
            case "table:table":
                self.start_table(attributes)
            case "table:table-column":
                repeated = _repeats(attributes, "table:number-columns-repeated")
                if attributes.get("table:visibility", "visible") != "visible":
                    last = min(self.columns_seen + repeated, self.limits.columns)
                    self.structure.hidden_columns.update(range(self.columns_seen, last))
                self.columns_seen += repeated
            case "table:table-row":
                self.row, self.column = self.next_row, 0
                self.rows_repeated = _repeats(attributes, "table:number-rows-repeated")
                self.next_row = self.row + self.rows_repeated
                if attributes.get("table:visibility", "visible") != "visible":
                    self.structure.hidden_rows.update(range(self.row, min(self.next_row, self.limits.rows)))
            case "table:table-cell" | "table:covered-table-cell":
                self.attributes, self.in_cell, self.has_text, self.text = attributes, True, False, ""
                self.columns_repeated = _repeats(attributes, "table:number-columns-repeated")
            case "style:style":
                self.style = attributes.get("style:name", "")
            case "style:table-properties" if attributes.get("table:display") == "false":
                self.hidden_styles.add(self.style)

    def start_table(self, attributes: Attributes) -> None:
        name = attributes.get("table:name", "")
        if name in self.structures:
            raise corrupt(f"シート「{name}」が二つあります")
        self.structure = Structure(name, self.limits)
        self.structure.is_hidden = attributes.get("table:style-name", "") in self.hidden_styles
        self.structures[name] = self.structure
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
        at, attributes = (self.row, self.column), self.attributes
        rows = _repeats(attributes, "table:number-rows-spanned")
        columns = _repeats(attributes, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            self.structure.merged.append((*at, self.row + rows - 1, self.column + columns - 1))
        has_value = "office:value-type" in attributes or self.has_text
        if "table:formula" in attributes and not has_value:
            self.structure.uncached.add(at)
        if "table:formula" in attributes and attributes.get("calcext:value-type") == "error":
            self.structure.errors[at] = self.text.strip() or "#N/A"
        if has_value or "table:formula" in attributes:
            self.structure.count_cells(*at, self.rows_repeated, self.columns_repeated)


def _repeats(attributes: Attributes, name: str) -> int:
    return whole_number(attributes, name, 2 * LAST_ROW, "1")
