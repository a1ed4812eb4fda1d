"""Reach the cells of a worksheet part by row and column, and give them looks.

A missing row or cell is inserted. New looks (entries of ``cellXfs``) are appended, existing ones are never changed.
"""

from __future__ import annotations

__all__ = ["ERROR_FILL", "WARNING_FILL", "CellLooks", "WorksheetCells"]

import copy
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from helpers.sheets.files.grid import Area, address, position, span
from helpers.sheets.finding import Position
from helpers.sheets.outgoing.marks.xlsx_parts import EditablePackage, parsed

# The elements of a worksheet that follow ``legacyDrawing`` in the schema's order.
_BEHIND_SHAPES = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip
_TRUE = ("1", "true")
# Sizes in pixels where the worksheet gives none, and pixels per unit of the sizes that it gives.
_USUAL_WIDTH, _PIXELS_OF_WIDTH, _USUAL_HEIGHT, _PIXELS_OF_HEIGHT = 72, 7.0, 20, 4 / 3


class WorksheetCells:
    """The cells of a worksheet whose root element is given and changed in place."""

    def __init__(self, root: Any) -> None:
        self._root = root
        self._tag = root.tag.removesuffix("worksheet")
        self._data = next(self._root.iter(f"{self._tag}sheetData"))

    @cached_property
    def _rows(self) -> dict[int, Any]:
        return _by_place(self._data, lambda text: int(text) - 1)

    @cached_property
    def _merged(self) -> Sequence[Area]:
        areas = (span(each.get("ref", "")) for each in self._root.iter(f"{self._tag}mergeCell"))
        return [area for area in areas if area]

    def shown_at(self, at: Position) -> Position:
        """Return the cell itself, or the first cell of the merged range that contains it."""
        row, column = at
        within = (area for area in self._merged if area[0] <= row <= area[2] and area[1] <= column <= area[3])
        return next(((top, left) for top, left, _, _ in within), at)

    def look(self, at: Position) -> int:
        """Return the look of a cell, or that of its row or column where the cell is missing."""
        row, column = self._rows.get(at[0]), self._column(at[1])
        if row is not None and (cell := _cells(row).get(at[1])) is not None:
            return int(cell.get("s", "0"))
        if row is not None and row.get("customFormat") in _TRUE:
            return int(row.get("s", "0"))
        return int(column.get("style", "0")) if column is not None else 0

    def set_look(self, at: Position, look: int) -> None:
        """Set the look of a cell; its value stays."""
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
        """Return the element ``legacyDrawing``, which refers to the shapes of comments; None where it is missing."""
        return self._root.find(f"{self._tag}legacyDrawing")

    def add_shapes(self, name: str, relation: str) -> None:
        """Add the element ``legacyDrawing`` at its place in the schema's order."""
        behind = {f"{self._tag}{each}" for each in _BEHIND_SHAPES}
        places = (index for index, each in enumerate(self._root) if each.tag in behind)
        element = self._root.makeelement(f"{self._tag}legacyDrawing", {name: relation})
        self._root.insert(next(places, len(self._root)), element)

    def reach_right(self, column: int, pixels: int) -> tuple[int, int]:
        """Go right from a column's left edge by so many pixels; return the column and the pixels within it."""
        while pixels > (width := self._width(column)):
            column, pixels = column + 1, pixels - width
        return column, pixels

    def reach_down(self, row: int, pixels: int) -> tuple[int, int]:
        """Go down from a row's upper edge by so many pixels; return the row and the pixels within it."""
        while pixels > (height := self._height(row)):
            row, pixels = row + 1, pixels - height
        return row, pixels

    def _width(self, column: int) -> int:
        element = self._column(column)
        if element is None:
            return _USUAL_WIDTH
        width = 0.0 if element.get("hidden") in _TRUE else float(element.get("width", "0"))
        return max(1, round(width * _PIXELS_OF_WIDTH))

    def _height(self, row: int) -> int:
        element = self._rows.get(row)
        height = float(element.get("ht", "0")) if element is not None else 0
        return round(height * _PIXELS_OF_HEIGHT) or _USUAL_HEIGHT

    def _column(self, column: int) -> Any:
        for each in self._root.iter(f"{self._tag}col"):
            if int(each.get("min")) - 1 <= column < int(each.get("max")):
                return each
        return None


def _cells(row: Any) -> dict[int, Any]:
    return _by_place(row, lambda text: position(text)[1])


def _by_place(parent: Any, place_of: Any) -> dict[int, Any]:
    """Index rows or cells by their 0-based number; an element without a number follows the one before it."""
    places: dict[int, Any] = {}
    last = -1
    for element in parent:
        if isinstance(element.tag, str):
            last = place_of(element.get("r").upper()) if "r" in element.attrib else last + 1
            places[last] = element
    return places


def _rank(places: dict[int, Any], number: int, parent: Any, but: Any = None) -> int:
    """Return the position among its siblings where a new row or cell belongs."""
    behind = [element for other, element in places.items() if other > number and element is not but]
    return min((parent.index(element) for element in behind), default=len(parent))


ERROR_FILL, WARNING_FILL = "00F8CBAD", "00FFE699"
_LINE = "FF8C96A0"
_SIDES = ("left", "right", "top", "bottom")
# The groups of looks, in the order of their standard.
_GROUPS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")


class CellLooks:
    """The styles part of a workbook; a look is an index into ``cellXfs``, which cells refer to by their attribute ``s``."""

    def __init__(self, package: EditablePackage) -> None:
        self._namespace = package.namespace
        part = package.related(package.workbook, "styles")
        if part is None:
            part = package.free_name("styles{}.xml")
            package.write(part, f'<styleSheet xmlns="{self._namespace}"/>'.encode())
            package.set_type(part, "styles")
            package.relate(package.workbook, "styles", part)
        self._root = package.edit(part)
        # What the standard asks for: a font and a border, two fills, and a look that is made of the first ones.
        self._group("fonts", "<font/>")
        self._group(
            "fills",
            '<fill><patternFill patternType="none"/></fill>',
            '<fill><patternFill patternType="gray125"/></fill>',
        )
        self._group("borders", f"<border>{''.join(f'<{side}/>' for side in _SIDES)}</border>")
        self._looks = self._group("cellXfs", "<xf/>")
        self._known: dict[str, dict[object, int]] = {}

    def filled(self, look: int, colour: str) -> int:
        """Return a copy of a look with another fill; font, border, number format, alignment and protection stay."""
        return self._add_look(self._looks[look], fill=self._fill(colour))

    def cell(self, *, colour: str = "", font: str = "", has_box: bool = False) -> int:
        """Return a look for wrapped text at the top of a cell; ``font``: XML elements that replace those of the usual font."""
        parts = {}
        if colour:
            parts["fill"] = self._fill(colour)
        if font:
            added = self._elements(font)
            replaced = {element.tag for element in added}
            usual = (copy.deepcopy(each) for each in self._group("fonts")[0] if each.tag not in replaced)
            element = self._root.makeelement(f"{{{self._namespace}}}font")
            element.extend([*added, *usual])
            parts["font"] = self._add("fonts", element)
        if has_box:
            sides = "".join(f'<{side} style="thin"><color rgb="{_LINE}"/></{side}>' for side in _SIDES)
            parts["border"] = self._add("borders", *self._elements(f"<border>{sides}</border>"))
        (look,) = self._elements(
            '<xf quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        )
        return self._add_look(look, **parts)

    def _fill(self, colour: str) -> int:
        xml = f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/></patternFill></fill>'
        return self._add("fills", *self._elements(xml))

    def _add_look(self, look: Any, **parts: int) -> int:
        look = copy.deepcopy(look)
        for name in ("font", "fill", "border"):
            if name in parts:
                look.set(f"{name}Id", str(parts[name]))
                look.set(f"apply{name.capitalize()}", "1")
        return self._add("cellXfs", look)

    def _add(self, name: str, element: Any) -> int:
        """Return the index of an element in its group; append it where the group has no equal element."""
        group = self._group(name)
        if name not in self._known:
            self._known[name] = {_content(each): index for index, each in reversed(list(enumerate(group)))}
        index = self._known[name].setdefault(_content(element), len(group))
        if index == len(group):
            group.append(element)
            group.set("count", str(len(group)))
        return index

    def _group(self, name: str, *needed: str) -> Any:
        group = self._root.find(f"{{{self._namespace}}}{name}")
        if group is None:
            group = self._root.makeelement(f"{{{self._namespace}}}{name}")
            before = [f"{{{self._namespace}}}{other}" for other in _GROUPS[: _GROUPS.index(name)]]
            self._root.insert(sum(element.tag in before for element in self._root), group)
        if len(group) < len(needed):  # Excel takes the first fills for none and grey dots, whatever they are
            group.extend(self._elements("".join(needed[len(group) :])))
            group.set("count", str(len(group)))
        return group

    def _elements(self, xml: str) -> Sequence[Any]:
        return list(parsed(f'<x xmlns="{self._namespace}">{xml}</x>'.encode()))


def _content(element: Any) -> tuple[object, ...]:
    """Return tag, attributes and children of an element as a value that can be compared."""
    return element.tag, *sorted(element.attrib.items()), *map(_content, element)
