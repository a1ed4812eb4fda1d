"""Read the structure and the text of a tagged PDF as PDF readers do.

A glyph stands for the characters that its font's ToUnicode map gives, unless the content or the element around it
has an ``/ActualText``: Typst writes one for every further character of one glyph, such as 〜 beside ～.
"""

from __future__ import annotations

__all__ = ["Mark", "Tagged", "read_structure", "table_cells"]

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

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


def read_structure(pdf: bytes) -> Tagged:
    """Read the structure tree of a tagged PDF, with the text of every element."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        marked: dict[Mark, str] = {}
        fonts: dict[tuple[int, int], Mapping[int, str]] = {}
        numbers: dict[tuple[int, int], int] = {}
        for number, page in enumerate(document.pages):
            numbers[page.obj.objgen] = number
            for content, text in _marked_texts(page, fonts):
                mark = (number, content)
                marked[mark] = marked.get(mark, "") + text
        root = document.Root.StructTreeRoot.K
        return _tagged(root[0] if isinstance(root, Array) else root, marked, numbers)


def table_cells(structure: Tagged) -> list[list[list[str]]]:
    """The text of every cell of every table, row by row, headers included."""
    return [
        [[cell.text for cell in row.all("TH", "TD")] for row in table.all("TR")]
        for table in structure.all("Table")
    ]


def _tagged(
    element: Any, marked: Mapping[Mark, str], numbers: Mapping[tuple[int, int], int], page: Any = None
) -> Tagged:
    page = element.get("/Pg", page)
    kids = element.get("/K", Array())
    children: list[Tagged] = []
    texts: list[str] = []
    marks: list[Mark] = []
    for kid in kids if isinstance(kids, Array) else [kids]:
        if not isinstance(kid, int) and "/S" in kid:
            children.append(_tagged(kid, marked, numbers, page))
            texts.append(children[-1].text)
        elif isinstance(kid, int) or "/MCID" in kid:
            of, content = (page, kid) if isinstance(kid, int) else (kid.get("/Pg", page), int(kid.MCID))
            marks.append((numbers[of.objgen], content))
            texts.append(marked.get(marks[-1], ""))
    text = str(element.ActualText) if "/ActualText" in element else "".join(texts)
    return Tagged(str(element.S).removeprefix("/"), text, tuple(children), tuple(marks))


def _marked_texts(
    page: pikepdf.Page, known: dict[tuple[int, int], Mapping[int, str]]
) -> Iterator[tuple[int, str]]:
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
    letters: Mapping[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page, _OPERATORS):
        operands, name = instruction.operands, str(instruction.operator)
        if name == "BMC":
            marks.append(marks[-1])
        elif name == "BDC":
            marks.append(_mark(operands[1], resources, marks[-1]))
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in _DRAWS and marks[-1].number is not None:
            drawn = "".join(_decoded(part, letters) for part in _strings(operands[-1]))
            yield marks[-1].number, drawn if marks[-1].instead is None else "".join(marks[-1].instead)
            if marks[-1].instead:
                marks[-1].instead.clear()


@dataclass(frozen=True)
class _Mark:
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
    instead = [str(properties.ActualText)] if "/ActualText" in properties else None
    return _Mark(number, outer.instead if outer.instead is not None else instead)


def _strings(operand: Any) -> list[bytes]:
    parts = list(operand) if isinstance(operand, Array) else [operand]
    return [bytes(part) for part in parts if isinstance(part, pikepdf.String)]


def _decoded(codes: bytes, letters: Mapping[int, str]) -> str:
    # Typst writes every font as CID-keyed with two bytes a glyph.
    return "".join(
        letters.get(int.from_bytes(codes[at : at + 2], "big"), "�") for at in range(0, len(codes), 2)
    )


def _to_unicode(font: Any) -> dict[int, str]:
    """Read the characters of each glyph code from the font's ToUnicode map."""
    source = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    letters: dict[int, str] = {}
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
