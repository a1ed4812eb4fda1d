"""The cells of a worksheet's part, reached by their places; one that is not there is put in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from helpers.sheets.files.grid import Area, address, position, span
from helpers.sheets.finding_log import Position

# What the standard puts behind the relation to the comments' shapes, in a worksheet.
_BEHIND_SHAPES = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)
_TRUE = ("1", "true")
# What programs show where a worksheet says nothing: pixels, and pixels for a unit of the file.
_USUAL_WIDTH, _PIXELS_OF_WIDTH, _USUAL_HEIGHT, _PIXELS_OF_HEIGHT = 72, 7.0, 20, 4 / 3


class WorksheetCells:
    """A worksheet whose root element is given, to be changed in its place."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._tag = root.tag.removesuffix("worksheet")
        self._data = self._child("sheetData")

    @cached_property
    def _rows(self) -> dict[int, Any]:
        return _by_place(self._data, lambda text: int(text) - 1)

    @cached_property
    def _merged(self) -> Sequence[Area]:
        areas = (span(each.get("ref", "")) for each in self._root.iter(f"{self._tag}mergeCell"))
        return [area for area in areas if area]

    def shown_at(self, at: Position) -> Position:
        """The cell itself, or the first of the merged ones that it is part of."""
        row, column = at
        within = (area for area in self._merged if area[0] <= row <= area[2] and area[1] <= column <= area[3])
        return next(((top, left) for top, left, _, _ in within), at)

    def look(self, at: Position) -> int:
        """The look of a cell; of its row or column where it has none."""
        row, column = self._rows.get(at[0]), self._column(at[1])
        if row is not None and (cell := _cells(row).get(at[1])) is not None:
            return int(cell.get("s", "0"))
        if row is not None and row.get("customFormat") in _TRUE:
            return int(row.get("s", "0"))
        return int(column.get("style", "0")) if column is not None else 0

    def set_look(self, at: Position, look: int) -> None:
        """Give a cell a look, and nothing else."""
        row = self._rows.get(at[0])
        if row is None:
            row = self._data.makeelement(f"{self._tag}row", r=str(at[0] + 1))
            self._data.insert(_rank(self._rows, at[0], self._data), row)
            self._rows[at[0]] = row
        cells = _cells(row)
        if at[1] not in cells:
            row.attrib.pop("spans", None)  # which may name fewer columns
            cells[at[1]] = row.makeelement(f"{self._tag}c", r=address(*at))
            row.insert(_rank(cells, at[1], row, but=cells[at[1]]), cells[at[1]])
        cells[at[1]].set("s", str(look))

    def shapes(self) -> Any:
        """The element that leads to the comments' shapes; None where there is none."""
        return self._root.find(f"{self._tag}legacyDrawing")

    def add_shapes(self, name: str, relation: str) -> None:
        """Add the element that leads to the comments' shapes, where the standard wants it."""
        behind = {f"{self._tag}{each}" for each in _BEHIND_SHAPES}
        places = (index for index, each in enumerate(self._root) if each.tag in behind)
        element = self._root.makeelement(f"{self._tag}legacyDrawing", {name: relation})
        self._root.insert(next(places, len(self._root)), element)

    def reach_right(self, column: int, pixels: int) -> tuple[int, int]:
        """Where one gets from a column's left edge by so many pixels: the column, and the pixels within it."""
        while pixels > (width := self._width(column)):
            column, pixels = column + 1, pixels - width
        return column, pixels

    def reach_down(self, row: int, pixels: int) -> tuple[int, int]:
        """Where one gets from a row's upper edge by so many pixels: the row, and the pixels within it."""
        while pixels > (height := self._height(row)):
            row, pixels = row + 1, pixels - height
        return row, pixels

    def _width(self, column: int) -> int:
        found = self._column(column)
        width = (
            float(found.get("width", "0")) if found is not None and found.get("hidden") not in _TRUE else 0
        )
        return max(1, round(width * _PIXELS_OF_WIDTH)) if found is not None else _USUAL_WIDTH

    def _height(self, row: int) -> int:
        found = self._rows.get(row)
        height = float(found.get("ht", "0")) if found is not None else 0
        return round(height * _PIXELS_OF_HEIGHT) or _USUAL_HEIGHT

    def _column(self, column: int) -> Any:
        for each in self._root.iter(f"{self._tag}col"):
            if int(each.get("min")) - 1 <= column < int(each.get("max")):
                return each
        return None

    def _child(self, name: str) -> Any:
        return next(self._root.iter(f"{self._tag}{name}"))


def _cells(row: Any) -> dict[int, Any]:
    return _by_place(row, lambda text: position(text)[1])


def _by_place(parent: Any, place_of: Any) -> dict[int, Any]:
    """The elements of a row, or the rows, by their places; those that name none come behind the one before."""
    places: dict[int, Any] = {}
    last = -1
    for element in parent:
        if isinstance(element.tag, str):
            last = place_of(element.get("r").upper()) if "r" in element.attrib else last + 1
            places[last] = element
    return places


def _rank(places: dict[int, Any], place: int, parent: Any, but: Any = None) -> int:
    """Where among its siblings an element of that place belongs."""
    behind = [element for other, element in places.items() if other > place and element is not but]
    return min((parent.index(element) for element in behind), default=len(parent))
