"""Edit the parts of an xlsx one by one; every other part keeps its bytes.

Libraries that read a workbook and write it again lose what they do not know, or set what was not set: openpyxl loses
text boxes, lists of other sheets and stored results; excelize 0.1.0 unlocks what a protected sheet leaves unsaid.
"""

from __future__ import annotations

__all__ = ["EditablePackage", "parsed"]

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree

from helpers.files.writing import zipped
from helpers.sheets.files.office_open.package_parts import part_form

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CONTENT_TYPES = "[Content_Types].xml"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml."


class EditablePackage:
    """A workbook's parts by their names, which are compared as Excel compares them: without case, with either slash.

    Attributes:
        kinds: how the types of relations begin; Strict OOXML has its own.
        id_name: the qualified name of the attribute r:id.
        workbook: the name of the workbook's part.
        worksheets: the parts of the worksheets by the names on their tabs.
    """

    def __init__(self, data: bytes) -> None:
        """Take the parts of a package whose container was checked.

        Raises:
            KeyError: a part is missing that every workbook has.
            lxml.etree.XMLSyntaxError: such a part is no XML.
        """
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self._parts = {name: archive.read(name) for name in archive.namelist()}
        self._names = {part_form(name): name for name in self._parts}
        self._edited: dict[str, Any] = {}
        for kind, target in self._targets(""):
            if kind.endswith("/officeDocument"):
                self.kinds, self.workbook = kind.removesuffix("officeDocument"), target
                break
        else:
            raise KeyError("officeDocument")
        relations = {element.get("Id"): element for element in self.look(self._relations_of(self.workbook))}
        self.worksheets, self.id_name = dict[str, str](), f"{{{self.kinds.removesuffix('/')}}}id"
        for sheet in self.look(self.workbook).iter("{*}sheet"):
            self.id_name = next(name for name in sheet.attrib if name.endswith("}id"))
            relation = relations[sheet.get(self.id_name)]
            if relation.get("Type", "").endswith("/worksheet"):
                self.worksheets[sheet.get("name")] = self._target(self.workbook, relation)

    @property
    def namespace(self) -> str:
        """The namespace of spreadsheets, as Strict or Transitional OOXML has it."""
        return str(etree.QName(self.look(self.workbook)).namespace)

    def __contains__(self, name: str) -> bool:
        return part_form(name) in self._names

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        return self._parts[self._names[part_form(name)]]

    def write(self, name: str, content: bytes) -> None:
        """Put a part in the place of the one of that name, or add it."""
        name = self._names.setdefault(part_form(name), name)
        self._parts[name] = content
        self._edited.pop(name, None)

    def look(self, name: str) -> Any:
        """The root element of a part, to read only."""
        name = self._names[part_form(name)]
        return self._edited[name] if name in self._edited else parsed(self._parts[name])

    def edit(self, name: str) -> Any:
        """The root element of a part, to change: the part is written anew in the end."""
        name = self._names[part_form(name)]
        if name not in self._edited:
            self._edited[name] = parsed(self._parts[name])
        return self._edited[name]

    def related(self, part: str, kind: str) -> str | None:
        """The part that another one names as its ``kind``: comments, styles, …"""
        targets = (target for type_, target in self._targets(part) if type_.endswith(f"/{kind}"))
        return next((target for target in targets if target in self), None)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation and return its id."""
        name = self._relations_of(part)
        if name not in self:
            self.write(name, f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
        root = self.edit(name)
        known = {element.get("Id") for element in root}
        new = next(f"rId{number}" for number in range(1, len(known) + 2) if f"rId{number}" not in known)
        attributes = {"Id": new, "Type": self.kinds + kind, "Target": f"/{target}"}
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", attributes)
        return new

    def related_by_id(self, part: str, relation: str) -> str | None:
        """The part that a relation of another one leads to."""
        for element in self.look(self._relations_of(part)):
            if element.get("Id") == relation:
                return self._target(part, element)
        return None

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern such as 'comments{}.xml' beside the workbook that no part bears."""
        pattern = posixpath.join(posixpath.dirname(self.workbook), pattern)
        names = (pattern.format(number) for number in range(1, len(self._parts) + 2))
        return next(name for name in names if name not in self)

    def set_type(self, part: str, kind: str) -> None:
        """Say which kind of spreadsheet part a part is: 'comments', 'worksheet', …"""
        types = self.edit(_CONTENT_TYPES)
        name = f"/{self._names[part_form(part)]}".replace("\\", "/")
        for element in types.iter("{*}Override"):
            if part_form(element.get("PartName", "")) == part_form(name):
                break
        else:
            element = etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=name)
        element.set("ContentType", f"{_OFFICE}{kind}+xml")

    def set_default_type(self, ending: str, kind: str) -> None:
        """Say which kind the parts of an ending are, unless that is said."""
        types = self.edit(_CONTENT_TYPES)
        if ending not in {str(each.get("Extension")).lower() for each in types.iter("{*}Default")}:
            types.insert(0, types.makeelement(f"{{{_TYPES}}}Default", Extension=ending, ContentType=kind))

    def remove_macros(self) -> None:
        """Make a workbook with macros one without: under the name of an .xlsx no other is opened.

        Raises:
            ValueError: it has worksheets of macros, which are no macros beside the worksheets.
        """
        kinds = {kind.rpartition("/")[2] for kind, _ in self._targets(self.workbook)}
        if any(kind.endswith("Macrosheet") for kind in kinds):
            raise ValueError("worksheets of macros")
        self.set_type(self.workbook, "sheet.main")
        if "vbaProject" in kinds:
            root = self.edit(self._relations_of(self.workbook))
            for element in [each for each in root if each.get("Type", "").endswith("/vbaProject")]:
                root.remove(element)
                self._parts.pop(self._names.pop(part_form(self._target(self.workbook, element)), ""), None)

    def to_bytes(self) -> bytes:
        """The package, the same bytes for the same parts."""
        return zipped(self._parts | {name: _written(root) for name, root in self._edited.items()})

    def _targets(self, part: str) -> Iterator[tuple[str, str]]:
        if (name := self._relations_of(part)) in self:
            for element in self.look(name):
                yield element.get("Type", ""), self._target(part, element)

    def _target(self, part: str, relation: Any) -> str:
        target = relation.get("Target", "").replace("\\", "/")
        return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")

    def _relations_of(self, part: str) -> str:
        folder, name = posixpath.split(part)
        return posixpath.join(folder, "_rels", f"{name}.rels")


def parsed(content: bytes) -> Any:
    """The root element of an XML part."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, strip_cdata=False)
    return etree.fromstring(content, parser)


def _written(root: Any) -> bytes:
    content: bytes = etree.tostring(
        root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return content
