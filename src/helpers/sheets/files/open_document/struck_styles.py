"""Which styles of an OpenDocument file strike their text out, with what they inherit."""

from __future__ import annotations

__all__ = ["CELL", "PARAGRAPH", "SPAN", "StruckStyles"]

from helpers.sheets.files.container import Attributes

CELL, PARAGRAPH, SPAN = "table-cell", "paragraph", "text"
_GENERAL = "N0"
_DEEPEST = 30  # styles that inherit from one another


class StruckStyles:
    """The styles of one file, gathered from the tags of its parts."""

    def __init__(self) -> None:
        self._parents: dict[tuple[str, str], str] = {}
        self._own: dict[tuple[str, str], bool] = {}
        self._numbers: dict[tuple[str, str], str] = {}
        self._maps: dict[tuple[str, str], list[str]] = {}
        self._open: tuple[str, str] | None = None

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take in a start tag."""
        match tag:
            case "style:style" | "style:default-style":
                self._open = (attributes.get("style:family", ""), attributes.get("style:name", ""))
                self._parents[self._open] = attributes.get("style:parent-style-name", "")
                self._numbers[self._open] = attributes.get("style:data-style-name", _GENERAL)
                if shown := attributes.get("style:display-name"):  # by which LibreOffice's conditions call it
                    self._parents.setdefault((self._open[0], shown), self._open[1])
            case "style:map" if self._open is not None:
                applied = attributes.get("style:apply-style-name", "")
                self._maps.setdefault(self._open, []).append(applied)
            case "style:text-properties" if self._open is not None:
                lines = {
                    attributes[name]
                    for name in ("style:text-line-through-style", "style:text-line-through-type")
                    if name in attributes
                }
                if lines:
                    self._own[self._open] = "none" not in lines

    def end(self, tag: str) -> None:
        """Take in an end tag."""
        if tag in ("style:style", "style:default-style"):
            self._open = None

    def may_change(self, name: str) -> bool:
        """Whether a cell's style has conditions of which one changes the cell's text."""
        return any(map(self.changes_text, self._maps.get((CELL, name), ())))

    def changes_text(self, name: str) -> bool:
        """Whether a style that a condition applies strikes a cell out or gives it a number format."""
        own = self._parents.get((CELL, name), "") if (CELL, name) not in self._numbers else name
        return bool(self.is_struck(CELL, name)) or self._numbers.get((CELL, own), _GENERAL) != _GENERAL

    def is_struck(self, family: str, name: str) -> bool | None:
        """Whether a style strikes its text out; None where it leaves that to what is around the text."""
        for _ in range(_DEEPEST):
            own = self._own.get((family, name))
            if own is not None or not name:
                return own
            name = self._parents.get((family, name), "")
        return None
