"""Stream a worksheet of an xlsx: what its cells show, what is merged and hidden, which formulas have no result."""

from __future__ import annotations

__all__ = ["BookTables", "WorksheetScan"]

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from helpers.sheets.files.container import Attributes
from helpers.sheets.files.grid import PICTURE, ZERO, Quirk, address, position, span
from helpers.sheets.files.office_open.cell_styles import Styles, changes_text
from helpers.sheets.files.office_open.package_parts import Package, is_on, number_in
from helpers.sheets.files.office_open.rich_text import TextScan, unescaped
from helpers.sheets.files.shown.number_formats import PLAIN, CellLook, Runs, look_of_number, look_of_text
from helpers.sheets.files.structure import LAST_ROW, Structure, whole_number
from helpers.sheets.files.unreadable import Limits, cell_too_long, corrupt, too_large, too_long

_IMAGE = re.compile(r"(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(", re.IGNORECASE)
_TRUTH = (("FALSE", "TRUE"), ("☐", "☑"))  # without and with a box
_NOTHING = ("0", "0.0")  # as high or wide as a hidden row or column


@dataclass(frozen=True)
class BookTables:
    """The parts shared by all worksheets of a workbook, each read when first needed."""

    strings: Callable[[], tuple[str | Runs, ...]]
    styles: Callable[[], Styles]
    pictures: Callable[[], frozenset[int]]
    is_1904: bool = False


class WorksheetScan:
    """One pass over a worksheet: ``structure``, and ``rows`` of the texts that its cells show.

    Raises:
        UnreadableError: the part is no sound XML, or holds cells where none can be or more than is read.
    """

    def __init__(self, package: Package, part: str, sheet: str, tables: BookTables, limits: Limits) -> None:
        self.sheet, self.tables, self.limits = sheet, tables, limits
        self.structure, self.rows = Structure(sheet, limits), list[list[str]]()
        self.row, self.column, self.width, self.characters = -1, -1, 0, 0
        self.cell: Attributes = {}
        self.formula, self.value = "", ""
        self.has_formula = self.has_value = False
        self.open = ""  # f, v or sqref
        # The ranges of the conditional format that is open; whether it changes what they show; whether zeros are shown.
        self.ruled, self.is_changing, self.shows_zeros = "", False, True
        self.inline: TextScan | None = None
        package.parse(part, self.start, self.end, self.data)

    def start(self, tag: str, attributes: Attributes) -> None:
        if self.inline is not None:
            self.inline.start(tag, attributes)
            return
        match tag:
            case "c":
                self.start_cell(attributes)
            case "row":
                self.start_row(attributes)
            case "v":
                self.open, self.has_value = tag, self.cell.get("t") == "str"
            case "f":
                self.open, self.has_formula = tag, True
            case "is":
                self.inline = TextScan()
            case "col" if is_on(attributes, "hidden") or attributes.get("width") in _NOTHING:
                first, last = (whole_number(attributes, name, LAST_ROW) for name in ("min", "max"))
                self.structure.hidden_columns.update(range(first - 1, min(last, self.limits.columns)))
            case "conditionalFormatting":
                self.ruled, self.is_changing = attributes.get("sqref", ""), False
            case "cfRule" if "dxfId" in attributes:
                self.is_changing |= number_in(attributes, "dxfId", -1) in self.tables.styles().rules
            case "strike" | "numFmt":  # of a rule with a look of its own, whose ranges follow
                self.is_changing |= changes_text(tag, attributes)
            case "iconSet" | "dataBar":
                self.is_changing |= not is_on(attributes, "showValue", "1")
            case "sqref":
                self.open = tag
            case "sheetView":
                self.shows_zeros &= is_on(attributes, "showZeros", "1")
            case "mergeCell":
                reference = attributes.get("ref", "")
                if (area := span(reference.upper())) is None:
                    raise corrupt(f"シート「{self.sheet}」の結合セル「{reference}」を読めません")
                self.structure.merged.append(area)

    def start_row(self, attributes: Attributes) -> None:
        row = self.row + 1
        if "r" in attributes:
            row = whole_number(attributes, "r", LAST_ROW, label=f"シート「{self.sheet}」の行の番号") - 1
        if row <= self.row:
            # A reader would put two rows into one, and which of them wins differs between readers.
            problem = "が二度あります" if row == self.row else "の場所が正しくありません"
            raise corrupt(f"シート「{self.sheet}」の{row + 1}行目{problem}")
        self.row, self.column = row, -1
        if is_on(attributes, "hidden") or attributes.get("ht") in _NOTHING:
            self.structure.hidden_rows.add(row)

    def start_cell(self, attributes: Attributes) -> None:
        row, column = position(attributes["r"].upper()) if "r" in attributes else (self.row, self.column + 1)
        if row != self.row or column <= self.column:
            raise corrupt(f"シート「{self.sheet}」のセル{attributes.get('r', '')}の位置が正しくありません")
        self.column, self.cell = column, attributes
        self.formula, self.value, self.has_formula, self.has_value = "", "", False, False

    def data(self, data: str) -> None:
        if self.inline is not None:
            self.inline.data(data)
        elif self.open == "v":
            self.value, self.has_value = self.value + data, True
        elif self.open == "f":
            self.formula += data
        elif self.open == "sqref":
            self.ruled += data

    def end(self, tag: str) -> None:
        if tag == "is" and self.inline is not None:
            self.put(*look_of_text(self.inline.runs(), self.look()))
            self.inline, self.has_value = None, True
        elif self.inline is not None:
            self.inline.end(tag)
        elif tag == "c":
            self.end_cell()
        elif tag == "conditionalFormatting" and self.is_changing:
            self.structure.add_ruled(filter(None, map(span, self.ruled.upper().split())))
        elif tag == self.open:
            self.open = ""

    def end_cell(self) -> None:
        at = (self.row, self.column)
        if self.has_formula and not self.has_value:
            self.structure.uncached.add(at)
        if self.has_formula or self.has_value:
            self.structure.count_cells(*at)
        if self.is_picture():
            self.put(PICTURE, None)
            self.structure.uncached.discard(at)
        elif self.has_value and self.cell.get("t") != "inlineStr":
            self.put(*self.shown())

    def is_picture(self) -> bool:
        if self.has_formula and _IMAGE.match(self.formula):
            return True
        metadata = number_in(self.cell, "vm")
        return metadata > 0 and self.cell.get("t") == "e" and metadata in self.tables.pictures()

    def look(self) -> CellLook:
        looks, index = self.tables.styles().looks, number_in(self.cell, "s")
        return looks[index] if index < len(looks) else PLAIN

    def shown(self) -> tuple[str, Quirk | None]:
        """The text that a cell with a value shows.

        Raises:
            UnreadableError: the value is none of its type.
        """
        value, kind = self.value.strip(), self.cell.get("t", "n")
        if not value and kind not in ("str", "e"):
            return "", None
        try:
            match kind:
                case "s":
                    return look_of_text(self.tables.strings()[_whole(value)], self.look())
                case "str":
                    return look_of_text(unescaped(self.value), self.look())
                case "b":
                    return _TRUTH[self.look().is_box][bool(_whole(value))], None
                case "e":
                    return value or "#N/A", None
                case "d":
                    return look_of_number(_serial(value), self.look(), is_1904=False)
                case "n" if not self.shows_zeros and float(value) == 0:
                    return "", Quirk(ZERO, "0")
                case "n":
                    return look_of_number(value, self.look(), is_1904=self.tables.is_1904)
        except (ValueError, IndexError):
            pass
        raise corrupt(f"シート「{self.sheet}」のセル{address(self.row, self.column)}の値を読めません")

    def put(self, text: str, quirk: Quirk | None) -> None:
        """Put a text into its place, within the limits."""
        limits = self.limits
        if quirk is not None:
            self.structure.quirks[self.row, self.column] = quirk
        if not text:
            return
        if len(text) > limits.cell_characters:
            raise cell_too_long(limits, self.sheet, address(self.row, self.column))
        self.characters += len(text)
        if self.characters > limits.characters:  # many cells may share one text
            raise too_long(limits, self.sheet)
        self.rows += [[] for _ in range(self.row + 1 - len(self.rows))]
        cells = self.rows[-1]
        self.width += self.column + 1 - len(cells)
        if self.width > limits.cells:
            raise too_large(f"表が大きすぎます（上限{limits.cells:,}セル）", self.sheet)
        cells += [""] * (self.column - len(cells))
        cells.append(text)


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError(text)
    return int(text[:9])


def _serial(date: str) -> str:
    """The number of days of a date as ISO 8601 writes it."""
    moment = datetime.fromisoformat(date).replace(tzinfo=UTC)
    return str((moment - datetime(1899, 12, 30, tzinfo=UTC)).total_seconds() / 86_400)
