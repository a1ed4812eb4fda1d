"""Add comments to a worksheet that may have some; remove our own when a marked copy is marked again.

A comment is a text in one part and a shape in another, an older drawing in VML, which Excel itself does not always write
as valid XML: the shapes are put in and taken out as text.
"""

from __future__ import annotations

__all__ = ["AUTHOR", "CellComments", "remove_our_comments"]

import re
from typing import Any

from lxml import etree

from helpers.sheets.files.grid import address, position
from helpers.sheets.finding import Position
from helpers.sheets.outgoing.marks.worksheet_cells import WorksheetCells
from helpers.sheets.outgoing.marks.xlsx_parts import EditablePackage

AUTHOR = "状況調査の確認"
_BEGINS = f"［{AUTHOR}］"  # where ours follows somebody else's
_LINE = r"【(?:誤り|注意)】[^\n]*"
_OURS = re.compile(rf"{_LINE}(?:\n{_LINE})*\n?")
_BELOW_OTHERS = re.compile(rf"(?:\n|\A){_BEGINS}(?:\n{_LINE})*")
_WIDTH, _HEIGHT, _GAP = 320, 120, 15  # pixels of a shape, and between it and its cell
_SHAPE = re.compile(r"<(\w+:)?shape\b(?:(?!</\1shape>).)*?</\1shape>", re.DOTALL)
_NAMESPACES = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"'
_NO_SHAPES = f"""<xml {_NAMESPACES}>\
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">\
<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""
_OUR_SHAPE = """<v:shape {namespaces} id="_x0000_s{number}" type="#_x0000_t202" \
style="position:absolute;width:240pt;height:90pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">\
<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>\
<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>\
<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>\
<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"""


def remove_our_comments(package: EditablePackage, worksheet: str) -> None:
    """Remove from a worksheet's comments the texts that an earlier marking wrote."""
    part = package.related(worksheet, "comments")
    if part is None or "【" not in "".join(package.look(part).itertext()):
        return
    root = package.edit(part)
    authors = [(each.text or "").strip() for each in root.iter("{*}author")]
    for comment in list(root.iter("{*}comment")):
        text, author = _text_of(comment), authors[int(comment.get("authorId", "0"))]
        # LibreOffice forgets who wrote a comment.
        is_ours = author == AUTHOR or (not author and _OURS.fullmatch(text))
        kept = (_OURS if is_ours else _BELOW_OTHERS).sub("", text)
        if kept == text:
            continue
        if not kept.strip():
            comment.getparent().remove(comment)
            _remove_shape(package, worksheet, position(comment.get("ref").upper()))
        for each in list(comment.iter("{*}t")) if kept.strip() else ():
            # Runs of other authors stay: our text is a run of its own, or the end of one.
            each.text = (_OURS if is_ours else _BELOW_OTHERS).sub("", each.text or "")
            if not each.text and len(run := each.getparent()) == 1:
                run.getparent().remove(run)


class CellComments:
    """The comments of one worksheet, made where it has none."""

    def __init__(self, package: EditablePackage, worksheet: str, cells: WorksheetCells) -> None:
        self._package, self._worksheet, self._cells = package, worksheet, cells
        part = package.related(worksheet, "comments")
        if part is None:
            part = package.free_name("comments{}.xml")
            empty = f'<comments xmlns="{package.namespace}"><authors/><commentList/></comments>'
            package.write(part, empty.encode())
            package.set_type(part, "comments")
            package.relate(worksheet, "comments", part)
        self._root = package.edit(part)
        self._tag = self._root.tag.removesuffix("comments")
        self._authors, self._list = (
            next(self._root.iter(self._tag + name)) for name in ("authors", "commentList")
        )
        self._comments = {each.get("ref").upper(): each for each in self._list.iter(f"{self._tag}comment")}

    def add(self, at: Position, text: str) -> None:
        """Add a text to the comment of a cell: below an existing comment, after a line that names the author.

        A cell with a thread of comments keeps them alone: programs show no other beside one.
        """
        comment = self._comments.get(address(*at))
        if comment is None:
            self._add_comment(at, text)
            return
        author = self._authors[int(comment.get("authorId", "0"))].text or ""
        if author.startswith("tc="):
            return
        if author != AUTHOR and _BEGINS not in _text_of(comment):
            text = f"{_BEGINS}\n{text}"
        self._add_text(next(comment.iter(f"{self._tag}text")), f"\n{text}")

    def _add_comment(self, at: Position, text: str) -> None:
        authors = [each.text for each in self._authors]
        if AUTHOR not in authors:
            etree.SubElement(self._authors, f"{self._tag}author").text = AUTHOR
            authors.append(AUTHOR)
        attributes = {"ref": address(*at), "authorId": str(authors.index(AUTHOR))}
        comment = etree.SubElement(self._list, f"{self._tag}comment", attributes)
        self._add_text(etree.SubElement(comment, f"{self._tag}text"), text)
        self._comments[address(*at)] = comment
        self._add_shape(at)

    def _add_text(self, parent: Any, text: str) -> None:
        plain = parent.find(f"{self._tag}t")
        if plain is not None:  # a text beside runs would not be shown
            parent.replace(plain, run := parent.makeelement(f"{self._tag}r"))
            run.append(plain)
        inner = etree.SubElement(etree.SubElement(parent, f"{self._tag}r"), f"{self._tag}t")
        inner.text = text
        inner.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def _add_shape(self, at: Position) -> None:
        part = _shapes_of(self._package, self._worksheet)
        if part is None:
            part = self._package.free_name("drawings/vmlDrawing{}.vml")
            self._package.write(part, _NO_SHAPES.encode())
            self._package.set_default_type("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
            relation = self._package.relate(self._worksheet, "vmlDrawing", part)
            self._cells.add_shapes(self._package.id_name, relation)
        shapes = _decoded(self._package.read(part))
        numbers = [int(number) for number in re.findall(r"_x0000_s(\d{1,9})\b", shapes)]
        left, right = (self._cells.reach_right(at[1] + 1, pixels) for pixels in (_GAP, _GAP + _WIDTH))
        top, bottom = (self._cells.reach_down(max(at[0] - 1, 0), pixels) for pixels in (10, 10 + _HEIGHT))
        shape = _OUR_SHAPE.format(
            namespaces=_NAMESPACES,
            number=max([1024, *numbers]) + 1,
            anchor=", ".join(str(number) for edge in (left, top, right, bottom) for number in edge),
            row=at[0],
            column=at[1],
        )
        head, end, tail = shapes.rpartition("</xml")
        self._package.write(part, f"{head}{shape}{end}{tail}".encode("utf-8", "surrogateescape"))


def _shapes_of(package: EditablePackage, worksheet: str) -> str | None:
    element = WorksheetCells(package.look(worksheet)).shapes()
    return None if element is None else package.related_by_id(worksheet, element.get(package.id_name))


def _remove_shape(package: EditablePackage, worksheet: str, at: Position) -> None:
    if (part := _shapes_of(package, worksheet)) is None:
        return
    row, column = (re.compile(rf"Row>\s*{at[0]}\s*<"), re.compile(rf"Column>\s*{at[1]}\s*<"))
    kept = _SHAPE.sub(
        lambda shape: "" if row.search(shape[0]) and column.search(shape[0]) else shape[0],
        _decoded(package.read(part)),
    )
    package.write(part, kept.encode("utf-8", "surrogateescape"))


def _text_of(comment: Any) -> str:
    return "".join(each.text or "" for each in comment.iter("{*}t"))


def _decoded(shapes: bytes) -> str:
    """The shapes as text; bytes that are no UTF-8 stay as they are."""
    if shapes.startswith((b"\xff\xfe", b"\xfe\xff")):
        return re.sub(r"(<\?xml\b[^>]*)\?>", '<?xml version="1.0"?>', shapes.decode("utf-16"), count=1)
    return shapes.decode("utf-8", "surrogateescape")
