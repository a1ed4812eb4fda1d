"""Row headers in a tagged PDF, which Typst cannot write yet, and the links within it.

Typst tags the header rows of a table but every cell below them as data. Here the cells that are row headers
become TH with scope Row, and every cell names its headers: those above it, its group, and those beside it.
``report.typ`` keeps rows and points together on a page by empty cells and lists in two parts: both are undone here.
"""

from __future__ import annotations

__all__ = ["Data", "completed"]

import io
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from helpers.errors import ExportError
from helpers.export.pdf.attachments import attach

Data = dict[str, Any]

# Elements with neither lists nor tables nor IDs below them, which are most of a report's.
_LEAVES = frozenset({"/P", "/TD", "/TH"})


def completed(pdf: bytes, data: Data, files: Mapping[str, bytes]) -> bytes:
    """Add the row headers of every table of ``data`` to the PDF that Typst made of it, and attach files; byte-stable.

    Raises:
        ExportError: the tables in the PDF are not those of the data.
    """
    blocks = [*data["cover"], *data["glance"], *_opened(data["blocks"])]
    tables = [block for block in blocks if block["kind"] == "table"]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        # Walked once: walking the tree takes longer than all the changes.
        elements = list(_elements(document.Root.StructTreeRoot))
        tagged, lists = ([element for element, tag in elements if tag == kind] for kind in ("/Table", "/L"))
        if len(tagged) != len(tables):
            raise ExportError(f"PDF の表の数（{len(tagged)}）が報告書の表の数（{len(tables)}）と合いません")
        for number, (element, table) in enumerate(zip(tagged, tables, strict=True), start=1):
            _complete(element, table, number)
        _join_lists(lists, (block for block in blocks if block["kind"] == "list"))
        _rebuild_id_tree(document, (element for element, _ in elements))
        if data["targets"]:
            _lead_links(document)
        attach(document, files, data["date"])
        written = io.BytesIO()
        # Structure is most of the file; packed together it is a third, and sooner written.
        packed = pikepdf.ObjectStreamMode.generate
        document.save(written, deterministic_id=True, object_stream_mode=packed)
    return written.getvalue()


def _opened(blocks: Iterable[Data]) -> Iterator[Data]:
    """The blocks, with those that stay together on a page each by itself."""
    for block in blocks:
        yield from block["blocks"] if block["kind"] == "whole" else [block]


def _join_lists(lists: Iterable[Any], blocks: Iterable[Data]) -> None:
    """Join the lists that were set as two to keep their last points together."""
    parts = deque(lists)
    for data in blocks:
        if not parts:
            return
        first = parts.popleft()
        points = len(list(_children(first)))
        while points < len(data["items"]) and parts:
            part = parts.popleft()
            kids = list(_children(part))
            points += len(kids)
            if data["role"]:  # in columns, each of which is a list
                continue
            for kid in kids:
                kid.P = first
                first.K.append(kid)
            above = part.P
            above.K = Array([kid for kid in above.K if getattr(kid, "objgen", None) != part.objgen])


def _complete(element: Dictionary, table: Data, number: int) -> None:
    parts = [[part] if part.S == Name.TR else _children(part) for part in _children(element)]
    rows = [row for part in parts for row in part if row.S == Name.TR]
    name = table["id"] or f"{number}番目の表"
    has_keepers = any(row["keeps"] for row in table["rows"])
    if len(rows) != len(table["rows"]):
        raise ExportError(f"PDF の表「{name}」の行数が合いません（{len(rows)}／{len(table['rows'])}）")
    above: list[tuple[range, String]] = []
    beside: list[tuple[range, String]] = []
    group: list[String] = []
    for y, (row, expected) in enumerate(zip(rows, table["rows"], strict=True)):
        cells = [cell for cell in _children(row) if cell.S in (Name.TH, Name.TD)]
        # A row within the span of such a cell has none of its own.
        if has_keepers and len(cells) > len(expected["cells"]) and not len(cells[-1].get("/K", Array())):
            row.K = Array(cells[:-1])
            if "/ID" in (keeper := cells.pop()):
                del keeper.ID
        if len(cells) != len(expected["cells"]):
            raise ExportError(f"PDF の表「{name}」の{y + 1}行目の欄の数が合いません")
        kind = expected["kind"]
        beside = [(covered, header) for covered, header in beside if y in covered]
        if kind == "foot":
            group = []
        for cell, data in zip(cells, expected["cells"], strict=True):
            columns = range(data["x"], data["x"] + data["colspan"])
            if kind == "head":
                above.append((columns, cell.ID))
            elif kind == "group":
                group = [cell.ID]
                _table_attributes(cell).Headers = Array()
            else:
                over = [header for covered, header in above if _overlap(covered, columns)]
                if data["is_header"]:
                    cell.S = Name.TH
                    cell.ID = String(f"R{number}x{data['x']}y{y}")
                    _table_attributes(cell).Scope = Name.Row
                    beside.append((range(y, y + data["rowspan"]), cell.ID))
                    _table_attributes(cell).Headers = Array([*over, *group])
                else:
                    left = (header for _, header in beside)
                    _table_attributes(cell).Headers = Array([*over, *group, *left])


def _overlap(first: range, second: range) -> bool:
    return first.start < second.stop and second.start < first.stop


def _table_attributes(cell: Dictionary) -> Any:
    """The attributes of a cell that belong to the table, made if there are none."""
    given = cell.get("/A")
    attributes = list(given) if isinstance(given, Array) else [given] if given is not None else []
    for entry in attributes:
        if entry.get("/O") == Name.Table:
            return entry
    cell.A = Array([*attributes, Dictionary(O=Name.Table)])
    return cell.A[-1]


def _children(element: Any) -> Iterator[Any]:
    kids = element.get("/K")
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid


def _elements(element: Any) -> Iterator[tuple[Any, str]]:
    """Every structure element below one with its tag, in reading order; of cells and paragraphs, not what is within."""
    for child in _children(element):
        tag = str(child.S)
        yield child, tag
        if tag not in _LEAVES:
            yield from _elements(child)


def _rebuild_id_tree(document: pikepdf.Pdf, elements: Iterable[Any]) -> None:
    """List every element that has an ID again, sorted by its bytes as a name tree demands."""
    named = {bytes(element.ID): element for element in elements if "/ID" in element}
    names = [part for name in sorted(named) for part in (named[name].ID, named[name])]
    document.Root.StructTreeRoot.IDTree = document.make_indirect(Dictionary(Names=Array(names)))


def _lead_links(document: pikepdf.Pdf) -> None:
    """Lead each link to an address ``#id`` to the place of the id, of which Typst has attached a list."""
    places = json.loads(document.attachments["places"].get_file().read_bytes())
    del document.Root.Names.EmbeddedFiles, document.Root.AF
    pages = list(document.pages)
    ends = {f"#{name}": _end(pages, *place) for name, place in places.items()}
    for note in (note for page in pages for note in page.obj.get("/Annots", Array()) if "/A" in note):
        if (end := ends.get(str(note.A.URI))) is not None:
            note.Dest, note.Contents = end
            del note.A


def _end(pages: Sequence[pikepdf.Page], number: int, x: float, y: float) -> tuple[Array, String]:
    """The destination of a link and its name; as far above the place as Typst leads its own links."""
    page = pages[number - 1]
    top = page.mediabox[3] - Decimal(max(y - 10, 0))
    return Array([page.obj, Name.XYZ, Decimal(x), top, 0]), String(f"ページ {number}")
