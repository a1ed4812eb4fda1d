"""The text of OpenDocument cells, and tags and attributes by the prefixes that everybody uses, whatever the file calls them."""

from __future__ import annotations

__all__ = ["CellText", "parse"]

import re
from collections.abc import Callable
from contextlib import suppress

from helpers.sheets.files.container import NAMESPACE_END, Attributes, Container, OnTag, OnText
from helpers.sheets.files.grid import BLANKED, STRUCK, UNSHOWN, Quirk
from helpers.sheets.files.open_document.struck_styles import PARAGRAPH, SPAN, StruckStyles
from helpers.sheets.files.shown.number_formats import number_stored
from helpers.sheets.files.structure import LAST_ROW, whole_number
from helpers.sheets.files.unreadable import UnreadableError

_PARAGRAPHS = ("text:p", "text:h")
_BLANKS = re.compile(r"[ \t\r\n]+")
# Where a program writes no text for a value, the value stands for it; but not where every program shows it otherwise.
_VALUES = (
    "office:string-value",
    "office:date-value",
    "office:time-value",
    "office:boolean-value",
    "office:value",
)
_SHOWN_OTHERWISE = {"percentage": "パーセント", "currency": "通貨", "date": "日付", "time": "時刻"}


class CellText:
    """Gathers the text of one cell from the tags within it, up to a number of characters."""

    def __init__(
        self, styles: StruckStyles, is_struck: bool | None, most: int, too_long: Callable[[], UnreadableError]
    ) -> None:
        self._styles, self._most, self._too_long = styles, most, too_long
        self._paragraphs: list[str] = []
        self._struck = ""
        self._length = 0  # line breaks included
        self._in_paragraph = self._ends_blank = False
        # Whether cell, paragraph and spans strike their text out; None: as around.
        self._fonts: list[bool | None] = [is_struck]

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take in a start tag."""
        match tag:
            case "text:p" | "text:h":
                self._lengthen(1)
                self._paragraphs.append("")
                self._in_paragraph = self._ends_blank = True
                name = attributes.get("text:style-name", "")
                self._fonts.append(self._styles.is_struck(PARAGRAPH, name))
            case "text:span":
                self._fonts.append(self._styles.is_struck(SPAN, attributes.get("text:style-name", "")))
            case "text:line-break":
                self._put("\n")
            case "text:tab":
                self._put("\t")
            case "text:s":
                count = whole_number(attributes, "text:c", 2 * LAST_ROW, "1")
                self._put(" " * min(count, self._most + 1))

    def data(self, data: str) -> None:
        """Take in characters: blanks and line ends that follow each other are one blank, at the beginning none."""
        text = _BLANKS.sub(" ", data)
        text = text[self._ends_blank and text.startswith(" ") :]
        if text:
            self._put(text)
            self._ends_blank = text.endswith(" ")

    def end(self, tag: str) -> None:
        """Take in an end tag."""
        if tag in _PARAGRAPHS and self._in_paragraph:
            self._in_paragraph = False
            del self._fonts[1:]
        elif tag == "text:span" and self._in_paragraph:
            self._fonts.pop()

    def _put(self, text: str) -> None:
        if not self._in_paragraph:
            return
        self._lengthen(len(text))
        self._ends_blank = False
        if next((font for font in reversed(self._fonts) if font is not None), False):
            self._struck += text
        else:
            self._paragraphs[-1] += text

    def _lengthen(self, characters: int) -> None:
        self._length += characters
        if self._length > self._most + 1:  # the first paragraph begins without a line break
            raise self._too_long()

    def shown(self, attributes: Attributes) -> tuple[str, Quirk | None]:
        """The text that the cell with these attributes shows, and what of it is not shown as it is stored."""
        value = next((attributes[name] for name in _VALUES if name in attributes), "")
        if self._struck.strip():
            return "\n".join(filter(str.strip, self._paragraphs)), Quirk(STRUCK, self._struck)
        text = "\n".join(self._paragraphs)
        if text.strip() or not value:
            return text, None
        kind = attributes.get("office:value-type", "")
        if kind == "boolean":
            value = value.upper()
        elif kind == "float":
            with suppress(ValueError):  # what is no number is shown as it is
                value = number_stored(value)
        if self._fonts[0]:
            return "", Quirk(STRUCK, value)
        if self._paragraphs:
            return "", Quirk(BLANKED, value)
        return value, Quirk(UNSHOWN, _SHOWN_OTHERWISE[kind]) if kind in _SHOWN_OTHERWISE else None


_USUAL = {
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0": prefix
    for name, prefix in {
        "office": "office", "table": "table", "text": "text", "style": "style", "drawing": "draw",
        "svg-compatible": "svg",
    }.items()
} | {"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext"}  # fmt: skip


class _UsualNames(dict[str, str]):
    """The names of tags and attributes by those with their namespaces, which stay where nothing here asks for them."""

    def __missing__(self, name: str) -> str:
        namespace, _, plain = name.rpartition(NAMESPACE_END)
        self[name] = f"{_USUAL[namespace]}:{plain}" if namespace in _USUAL else name
        return self[name]


def parse(container: Container, name: str, start: OnTag, end: OnText, text: OnText | None = None) -> None:
    """Hand over the tags and texts of a part, under the usual prefixes.

    Raises:
        UnreadableError: the part is no sound XML.
    """
    usual = _UsualNames()

    def on_start(tag: str, attributes: Attributes) -> None:
        start(usual[tag], {usual[key]: value for key, value in attributes.items()})

    container.parse(name, on_start, lambda tag: end(usual[tag]), text, has_namespaces=True)
