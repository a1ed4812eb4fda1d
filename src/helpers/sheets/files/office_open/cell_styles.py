"""How cells look by the number of their style: number format and whether the font is struck out."""

from __future__ import annotations

__all__ = ["Styles", "changes_text", "read_styles"]

from typing import NamedTuple

from helpers.sheets.files.container import Attributes
from helpers.sheets.files.office_open.package_parts import Package, is_on, number_in, plain
from helpers.sheets.files.shown.as_shown import BUILT_IN, UNKNOWN, CellLook


class Styles(NamedTuple):
    """The looks of a workbook's cells in the order of their numbers, and the numbers of rules' looks that change a text."""

    looks: tuple[CellLook, ...] = ()
    rules: frozenset[int] = frozenset()


def read_styles(package: Package, part: str) -> Styles:
    """The looks of a workbook's cells, and those that conditional formats give them.

    Raises:
        UnreadableError: the part is missing or no sound XML.
    """
    scan = _StylesScan()
    package.parse(part, scan.start, scan.end)
    struck = dict(enumerate(scan.fonts))
    codes = BUILT_IN | scan.codes
    looks = tuple(
        CellLook(codes.get(code, UNKNOWN), struck.get(font, False), number in scan.boxes)
        for number, (code, font) in enumerate(scan.cells)
    )
    return Styles(looks, frozenset(scan.changing_rules))


def changes_text(tag: str, attributes: Attributes) -> bool:
    """Whether a tag of a rule's look strikes the text out or gives it a number format."""
    if tag == "strike":
        return is_on(attributes, default="1")
    return tag == "numFmt" and attributes.get("formatCode", "General") != "General"


class _StylesScan:
    """One pass over the part of the styles."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.fonts: list[bool] = []
        self.cells: list[tuple[int, int]] = []
        self.boxes = set[int]()
        self.rules, self.changing_rules = 0, set[int]()
        self.list = ""  # the list that is open

    def start(self, tag: str, attributes: Attributes) -> None:
        match tag:
            case "fonts" | "cellXfs" | "numFmts" | "dxfs":
                self.list = tag
            case "font" if self.list == "fonts":
                self.fonts.append(False)
            case "strike" if self.list == "fonts" and self.fonts:
                self.fonts[-1] = is_on(attributes, default="1")
            case "dxf" if self.list == "dxfs":
                self.rules += 1
            case "strike" | "numFmt" if self.list == "dxfs":
                if changes_text(tag, attributes):
                    self.changing_rules.add(self.rules - 1)
            case "xf" if self.list == "cellXfs":
                self.cells.append((number_in(attributes, "numFmtId"), number_in(attributes, "fontId")))
            case "xfComplement" if self.list == "cellXfs":
                self.boxes.add(len(self.cells) - 1)
            case "numFmt" if self.list == "numFmts":
                # Newer programs show the second of its codes, which says more: 元年 for the first year of an era.
                codes = {plain(name): code for name, code in attributes.items()}
                code = codes.get("formatCode16") or codes.get("formatCode", "")
                self.codes[number_in(attributes, "numFmtId")] = code

    def end(self, tag: str) -> None:
        if tag == self.list:
            self.list = ""
