"""What the numbers on a cell stand for: how it looks (number format, struck-out font), or a picture that is its value."""

from __future__ import annotations

__all__ = ["Styles", "T", "changes_text", "picture_values", "read_styles"]

from typing import NamedTuple, TypeVar

from helpers.sheets.files.container import Attributes
from helpers.sheets.files.office_open.package_parts import Package, Relation, is_on, number_in, plain
from helpers.sheets.files.shown.number_formats import BUILT_IN, UNKNOWN, CellLook


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


T = TypeVar("T")

_PICTURES = ("_localImage", "_webimage")


def picture_values(package: Package, relations: dict[str, Relation]) -> frozenset[int]:
    """The numbers (from 1) of the value metadata, which cells name, that stand for a picture.

    Raises:
        UnreadableError: one of the parts is no sound XML.
    """
    parts = {relation.kind: relation.part for relation in relations.values()}
    wanted = ("sheetMetadata", "rdRichValue", "rdRichValueStructure")
    if not all(package.has(parts.get(kind, "")) for kind in wanted):
        return frozenset()
    scan = _RichValueScan()
    for kind in wanted:
        package.parse(parts[kind], scan.start, scan.end)
    return frozenset(scan.pictures())


class _RichValueScan:
    """One pass over the three parts that lead from a cell's metadata to the kind of its value."""

    def __init__(self) -> None:
        self.list = ""
        self.types: list[str] = []  # of metadata: XLRICHVALUE and others
        self.blocks: list[int] = []  # the rich value of each entry of XLRICHVALUE
        self.values: list[tuple[int, int]] = []  # type (from 1) and entry of each value metadata
        self.structures: list[int] = []  # of each rich value
        self.kinds: list[str] = []  # of each structure

    def start(self, tag: str, attributes: Attributes) -> None:
        match tag:
            case "metadataType":
                self.types.append(attributes.get("name", ""))
            case "futureMetadata":
                self.list = attributes.get("name", "")
            case "valueMetadata" | "cellMetadata":
                self.list = tag
            case "rvb" if self.list == "XLRICHVALUE":
                self.blocks.append(number_in(attributes, "i", -1))
            case "rc" if self.list == "valueMetadata":
                self.values.append((number_in(attributes, "t", -1), number_in(attributes, "v", -1)))
            case "rv":
                self.structures.append(number_in(attributes, "s", -1))
            case "s":
                self.kinds.append(attributes.get("t", ""))

    def end(self, tag: str) -> None:
        if tag in ("futureMetadata", "valueMetadata", "cellMetadata"):
            self.list = ""

    def pictures(self) -> list[int]:
        rich = {at for at, name in enumerate(self.types, start=1) if name == "XLRICHVALUE"}
        kinds = [_at(self.kinds, structure, "") for structure in self.structures]
        return [
            number
            for number, (kind, entry) in enumerate(self.values, start=1)
            if kind in rich and _at(kinds, _at(self.blocks, entry, -1), "") in _PICTURES
        ]


def _at(values: list[T], index: int, default: T) -> T:
    return values[index] if 0 <= index < len(values) else default
