"""Read the structure and the text of a tagged PDF as PDF readers do.

A glyph stands for the characters that its font's ToUnicode map gives, unless the content or the element around it
has an ``/ActualText``: Typst writes one for every further character of one glyph, such as 〜 beside ～.
"""

from __future__ import annotations

__all__ = ["Mark", "Tagged", "read_structure", "read_texts", "table_cells"]

import io
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name

Mark = tuple[int, int]  # page from 0, id of marked content on it

# All operators of PDF that mark content or draw text; the rest, nine of ten instructions of a page, draw lines.
_MARKS, _DRAWS = ("BDC", "BMC", "EMC"), ("Tj", "TJ", "'", '"')
_OPERATORS = " ".join([*_MARKS, *_DRAWS, "Tf"])


@dataclass(frozen=True)
class Tagged:
    """An element of the structure tree: its tag, its text, the elements in it, and the marks of text of its own."""

    tag: str
    text: str
    children: tuple[Tagged, ...]
    own_marks: tuple[Mark, ...] = ()

    @property
    def marks(self) -> list[Mark]:
        """The marks of all its text, in reading order of the elements."""
        return [*self.own_marks, *(mark for child in self.children for mark in child.marks)]

    def all(self, *tags: str) -> list[Tagged]:
        """The elements of these tags at any depth, in reading order."""
        return [
            element
            for child in self.children
            for element in ([child] if child.tag in tags else []) + child.all(*tags)
        ]


def read_structure(pdf: bytes, texts: Callable[[], Mapping[Mark, str]] | None = None) -> Tagged:
    """Read the structure tree of a tagged PDF, with the text of every element.

    ``texts``: what ``read_texts`` reads of the same PDF; asked for last, since it may be read meanwhile.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.obj.objgen: number for number, page in enumerate(document.pages)}
        root = document.Root.StructTreeRoot.K
        element = _element(root[0] if isinstance(root, Array) else root, numbers)
    return _tagged(element, read_texts(pdf) if texts is None else texts())


def read_texts(pdf: bytes) -> dict[Mark, str]:
    """Read the text of every piece of marked content."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        marked: dict[Mark, str] = {}
        fonts: dict[tuple[int, int], _Letters] = {}
        for number, page in enumerate(document.pages):
            for content, text in _marked_texts(page, fonts):
                mark = (number, content)
                marked[mark] = marked.get(mark, "") + text
        return marked


def table_cells(structure: Tagged) -> list[list[list[str]]]:
    """The text of every cell of every table, row by row, headers included."""
    return [
        [[cell.text for cell in row.all("TH", "TD")] for row in table.all("TR")]
        for table in structure.all("Table")
    ]


class _Element(NamedTuple):
    """An element of the structure tree: its tag, the text to read instead of its own, what is in it in reading order."""

    tag: str
    instead: str | None
    parts: list[_Element | Mark]


def _element(element: Any, numbers: Mapping[tuple[int, int], int], page: int = -1) -> _Element:
    """Read an element with all below it; ``page`` is the number of the page that it stands on unless it says otherwise."""
    if "/Pg" in element:
        page = numbers[element.Pg.objgen]
    kids = element.get("/K", Array())
    parts: list[_Element | Mark] = []
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            parts.append((page, kid))
        elif "/S" in kid:
            parts.append(_element(kid, numbers, page))
        elif "/MCID" in kid:
            parts.append((numbers[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)))
    instead = str(element.ActualText) if "/ActualText" in element else None
    return _Element(str(element.S).removeprefix("/"), instead, parts)


def _tagged(element: _Element, texts: Mapping[Mark, str]) -> Tagged:
    parts = [_tagged(part, texts) if isinstance(part, _Element) else part for part in element.parts]
    children = tuple(part for part in parts if isinstance(part, Tagged))
    marks = tuple(part for part in parts if not isinstance(part, Tagged))
    text = element.instead
    if text is None:
        text = "".join(part.text if isinstance(part, Tagged) else texts.get(part, "") for part in parts)
    return Tagged(element.tag, text, children, marks)


class _Letters(dict[int, str]):
    """The characters of a font's glyph codes."""

    def __missing__(self, code: int) -> str:
        return "�"

    def of(self, codes: bytes) -> str:
        """The characters of a string of codes; Typst writes every font as CID-keyed with two bytes a glyph."""
        return "".join(map(self.__getitem__, struct.unpack(f">{len(codes) // 2}H", codes)))


def _marked_texts(page: pikepdf.Page, known: dict[tuple[int, int], _Letters]) -> Iterator[tuple[int, str]]:
    """Read the texts drawn on a page, each with the id of its marked content; artifacts are left out.

    ``known``: the letters of the fonts of earlier pages; the fonts of this page are added.
    """
    resources = page.obj.Resources
    fonts = {}
    for name, font in resources.get("/Font", {}).items():
        if font.objgen not in known:
            known[font.objgen] = _to_unicode(font)
        fonts[name] = known[font.objgen]
    marks = [_Mark()]
    letters = _Letters()
    for instruction in pikepdf.parse_content_stream(page, _OPERATORS):
        name = str(instruction.operator)
        if name == "BDC":
            marks.append(_mark(instruction.operands[1], resources, marks[-1]))
        elif name == "EMC":
            marks.pop()
        elif name == "BMC":
            marks.append(marks[-1])
        elif name == "Tf":
            letters = fonts[str(instruction.operands[0])]
        elif (number := marks[-1].number) is not None:
            if (instead := marks[-1].instead) is None:
                yield number, _drawn(instruction.operands[-1], letters)
            else:
                yield number, "".join(instead)
                instead.clear()


class _Mark(NamedTuple):
    """Marked content: its id in the structure tree, and the text to read instead of its glyphs.

    ``instead`` is None where the glyphs are read. It is read with the first text that the content draws, then emptied.
    """

    number: int | None = None
    instead: list[str] | None = None


def _mark(properties: Any, resources: Any, outer: _Mark) -> _Mark:
    """Make the mark of content with these properties, given directly or by their name in the page's resources."""
    if isinstance(properties, Name):
        properties = resources.get("/Properties", {}).get(properties, Dictionary())
    number = int(properties.MCID) if "/MCID" in properties else outer.number
    instead = outer.instead
    if instead is None and "/ActualText" in properties:
        instead = [str(properties.ActualText)]
    return _Mark(number, instead)


def _drawn(operand: Any, letters: _Letters) -> str:
    """The characters that an instruction draws; the numbers between its strings move the pen."""
    parts = operand if isinstance(operand, Array) else [operand]
    return "".join(letters.of(bytes(part)) for part in parts if isinstance(part, pikepdf.String))


def _to_unicode(font: Any) -> _Letters:
    """Read the characters of each glyph code from the font's ToUnicode map."""
    source = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    letters = _Letters()
    for section in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", section):
            letters[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for section in re.findall(r"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for first, last, text in re.findall(
            r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", section
        ):
            start = int.from_bytes(bytes.fromhex(text), "big")
            for step in range(int(last, 16) - int(first, 16) + 1):
                letters[int(first, 16) + step] = chr(start + step)
    return letters
