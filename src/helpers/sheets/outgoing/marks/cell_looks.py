"""The looks of cells in a workbook (entries of ``cellXfs``): new looks are appended, existing ones are never changed."""

from __future__ import annotations

__all__ = ["ERROR_FILL", "WARNING_FILL", "CellLooks"]

import copy
from collections.abc import Sequence
from typing import Any

from helpers.sheets.outgoing.marks.xlsx_parts import EditablePackage, parsed

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
