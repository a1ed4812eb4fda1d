"""Which cells hold a picture as their value: placed in the cell, or by the formula IMAGE."""

from __future__ import annotations

__all__ = ["T", "picture_values"]

from typing import TypeVar

from helpers.sheets.files.container import Attributes
from helpers.sheets.files.office_open.package_parts import Package, Relation, number_in

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
