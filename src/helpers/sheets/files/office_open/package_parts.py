"""The parts of an Office Open XML package by their names, however these are written, and the relations between them."""

from __future__ import annotations

__all__ = ["Package", "Relation", "is_on", "number_in", "part_form", "plain"]

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from helpers.sheets.files.container import Attributes, Container, OnTag, OnText
from helpers.sheets.files.unreadable import corrupt


@dataclass(frozen=True)
class Relation:
    """A relation: the name of its target part, and the last word of its type: worksheet, styles."""

    part: str
    kind: str


class Package:
    """A package whose parts are found in any letter case, with either slash.

    Raises:
        UnreadableError: two names are the same part.
    """

    def __init__(self, container: Container) -> None:
        self.container = container
        files = [name for name in container.names if not name.endswith(("/", "\\"))]
        self._names = {part_form(name): name for name in files}
        if len(self._names) < len(files):
            raise corrupt("同じ名前の部品が二つあります")

    def has(self, part: str) -> bool:
        """Whether the package has the part."""
        return part_form(part) in self._names

    def is_filled(self, part: str) -> bool:
        """Whether there is such a part with anything in it."""
        return self.has(part) and any(self.container.chunks(self._names[part_form(part)]))

    def parse(
        self, part: str, start: OnTag | None = None, end: OnText | None = None, text: OnText | None = None
    ) -> None:
        """Hand over the tags and texts of a part; tags without their prefixes.

        Raises:
            UnreadableError: there is no such part, or it is no sound XML.
        """
        if not self.has(part):
            raise corrupt(f"{part} がありません")
        self.container.parse(
            self._names[part_form(part)],
            start and (lambda tag, attributes: start(plain(tag), attributes)),
            end and (lambda tag: end(plain(tag))),
            text,
        )

    def relations(self, part: str) -> dict[str, Relation]:
        """The relations of a part within the package by their ids; "" is the package itself."""
        folder, name = posixpath.split(part)
        relations: dict[str, Relation] = {}

        def on_relation(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                written = attributes.get("Target", "").replace("\\", "/")
                target = posixpath.normpath(posixpath.join("/" + folder, written)).lstrip("/")
                # Meant from the package, though it does not say so.
                if not self.has(target) and self.has(written):
                    target = written
                kind = attributes.get("Type", "").rpartition("/")[2]
                relations[attributes.get("Id", "")] = Relation(target, kind)

        self.parse(posixpath.join(folder, "_rels", f"{name}.rels"), on_relation)
        return relations


def plain(name: str) -> str:
    """A tag or attribute without its prefix."""
    return name.rpartition(":")[2]


def is_on(attributes: Attributes, name: str = "val", default: str = "0") -> bool:
    """Whether an attribute says yes."""
    return attributes.get(name, default).lower() in ("1", "true", "on")


def number_in(attributes: Attributes, name: str, default: int = 0) -> int:
    """A number in an attribute that refers to something; the default where it is none."""
    text = attributes.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def part_form(name: str) -> str:
    """A name to compare by: Office pays no heed to letter case, slashes and escapes."""
    return posixpath.normpath("/" + unquote(name).replace("\\", "/")).lstrip("/").lower()
