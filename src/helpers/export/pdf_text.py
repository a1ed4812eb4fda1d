"""What a reader of the PDF is told: its structure and text, taken back out of the tagged file.

Used to hold the PDF against the HTML, cell by cell, without any tool beside pikepdf.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

Marked = Mapping[tuple[tuple[int, int], int], str]  # (page object, marked content id) -> text

# What marks content and draws text, PDF's every way of it; nine of ten instructions of a page draw lines.
_MARKS, _DRAWS = ("BDC", "BMC", "EMC"), ("Tj", "TJ", "'", '"')
_OPERATORS = " ".join([*_MARKS, *_DRAWS, "Tf"])


@dataclass(frozen=True)
class Tagged:
    """An element of the structure tree: its tag, its text, and the elements that it is made of."""

    tag: str
    text: str
    children: tuple[Tagged, ...]

    def all(self, *tags: str) -> list[Tagged]:
        """The elements of these tags at any depth, in reading order."""
        found = [child for child in self.children if child.tag in tags]
        return [e for child in self.children for e in ([child] if child in found else []) + child.all(*tags)]


def read_structure(pdf: bytes) -> Tagged:
    """The structure tree of a tagged PDF, with the text of every element."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        marked: dict[tuple[tuple[int, int], int], str] = {}
        fonts: dict[tuple[int, int], Mapping[int, str]] = {}
        for page in document.pages:
            for number, text in _marked_texts(page, fonts):
                key = (page.obj.objgen, number)
                marked[key] = marked.get(key, "") + text
        root = document.Root.StructTreeRoot.K
        return _tagged(root[0] if isinstance(root, Array) else root, marked)


def table_cells(pdf: bytes) -> list[list[list[str]]]:
    """The text of every cell of every table, row by row, headers included."""
    return [
        [[cell.text for cell in row.all("TH", "TD")] for row in table.all("TR")]
        for table in read_structure(pdf).all("Table")
    ]


def _tagged(element: Any, marked: Marked, page: Any = None) -> Tagged:
    page = element.get("/Pg", page)
    kids = element.get("/K", Array())
    children: list[Tagged] = []
    texts: list[str] = []
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            texts.append(marked.get((page.objgen, kid), ""))
        elif "/S" in kid:
            children.append(_tagged(kid, marked, page))
            texts.append(children[-1].text)
        elif "/MCID" in kid:
            texts.append(marked.get((kid.get("/Pg", page).objgen, int(kid.MCID)), ""))
    return Tagged(str(element.S).removeprefix("/"), "".join(texts), tuple(children))


def _marked_texts(
    page: pikepdf.Page, known: dict[tuple[int, int], Mapping[int, str]]
) -> Iterator[tuple[int, str]]:
    """The texts drawn on a page with the id of the marked content that they stand in; artifacts left out.

    ``known``: the letters of the fonts that were met on pages before; those of this page are added.
    """
    fonts = {}
    for name, font in page.obj.Resources.get("/Font", {}).items():
        if font.objgen not in known:
            known[font.objgen] = _to_unicode(font)
        fonts[name] = known[font.objgen]
    marks: list[int | None] = []
    letters: Mapping[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page, _OPERATORS):
        operands, name = instruction.operands, str(instruction.operator)
        if name in ("BDC", "BMC"):
            properties = operands[1] if name == "BDC" else None
            marks.append(
                int(properties.MCID) if isinstance(properties, Dictionary) and "/MCID" in properties else None
            )
        elif name == "EMC":
            marks.pop()
        elif name == "Tf":
            letters = fonts[str(operands[0])]
        elif name in _DRAWS:
            number = next((mark for mark in reversed(marks) if mark is not None), None)
            if number is not None:
                yield number, "".join(_decoded(part, letters) for part in _strings(operands[-1]))


def _strings(operand: Any) -> list[bytes]:
    parts = list(operand) if isinstance(operand, Array) else [operand]
    return [bytes(part) for part in parts if isinstance(part, pikepdf.String)]


def _decoded(codes: bytes, letters: Mapping[int, str]) -> str:
    # Typst writes every font as CID-keyed with two bytes a glyph.
    return "".join(
        letters.get(int.from_bytes(codes[at : at + 2], "big"), "�") for at in range(0, len(codes), 2)
    )


def _to_unicode(font: Any) -> dict[int, str]:
    """The characters of each glyph code, from the font's ToUnicode map."""
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
