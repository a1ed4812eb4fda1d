"""Read texts with runs, as shared strings and cells hold them: without furigana, with what is struck out."""

from __future__ import annotations

__all__ = ["TextScan", "read_shared_strings", "unescaped"]

import re

from helpers.sheets.files.container import Attributes
from helpers.sheets.files.office_open.package_parts import Package, is_on
from helpers.sheets.files.shown.number_formats import Runs
from helpers.sheets.files.unreadable import Limits, too_long

# Office escapes characters that XML cannot hold as _x000D_, and the underscore of a literal text of that form, too.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """A text with the characters that Office writes as ``_x000D_``; halves of a pair are left as they are."""

    def character(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return match[0] if 0xD800 <= code < 0xE000 else chr(code)

    return _ESCAPED.sub(character, text) if "_x" in text else text


class TextScan:
    """Gathers the runs of one text from the tags within it."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, bool | None]] = []
        self._is_struck: bool | None = None
        self._is_text = self._is_furigana = False
        self._pieces: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        match tag:
            case "t":
                self._is_text, self._pieces = not self._is_furigana, []
            case "r":
                self._is_struck = None
            case "rPr":
                self._is_struck = False  # from here on the run has a font of its own
            case "strike":
                self._is_struck = is_on(attributes, default="1")
            case "rPh":
                self._is_furigana = True

    def data(self, data: str) -> None:
        if self._is_text:
            self._pieces.append(data)

    def end(self, tag: str) -> None:
        match tag:
            case "t" if self._is_text:
                self._runs.append((unescaped("".join(self._pieces)), self._is_struck))
                self._is_text = False
            case "r":
                self._is_struck = None
            case "rPh":
                self._is_furigana = False

    @property
    def characters(self) -> int:
        """The length of the text."""
        return sum(len(text) for text, _ in self._runs)

    def runs(self) -> str | Runs:
        """The runs; a text alone where all of it looks as its cell does."""
        if any(is_struck is not None for _, is_struck in self._runs):
            return tuple(self._runs)
        return "".join(text for text, _ in self._runs)


def read_shared_strings(package: Package, part: str, limits: Limits) -> tuple[str | Runs, ...]:
    """The texts that cells name by their numbers.

    Raises:
        UnreadableError: the part is missing or no sound XML, or holds more text than is read.
    """
    strings: list[str | Runs] = []
    scan, characters = TextScan(), 0

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal scan
        if tag == "si":
            scan = TextScan()
        else:
            scan.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal characters
        if tag != "si":
            scan.end(tag)
            return
        strings.append(scan.runs())
        characters += scan.characters
        if characters > limits.characters:
            raise too_long(limits)

    package.parse(part, start, end, lambda data: scan.data(data))
    return tuple(strings)
