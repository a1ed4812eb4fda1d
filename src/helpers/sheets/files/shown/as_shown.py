"""The text that a cell shows, by what it stores and how it looks, and what of it is not shown as it is stored."""

from __future__ import annotations

__all__ = ["PLAIN", "CellLook", "Runs", "look_of_number", "look_of_text"]

from dataclasses import dataclass

from helpers.sheets.files.grid import BLANKED, STRUCK, UNSHOWN, Quirk
from helpers.sheets.files.shown.codes import UnknownFormatError
from helpers.sheets.files.shown.number_formats import number_shown, text_shown

# Parts of a text, each with whether it is struck out; None: as the cell is.
Runs = tuple[tuple[str, bool | None], ...]


@dataclass(frozen=True)
class CellLook:
    """The number format of a cell, whether its font is struck out, and whether TRUE and FALSE are a box to tick."""

    code: str = "General"
    is_struck: bool = False
    is_box: bool = False


PLAIN = CellLook()


def look_of_text(runs: str | Runs, look: CellLook) -> tuple[str, Quirk | None]:
    """The text that a cell with a text shows; struck parts do not count."""
    parts = ((runs, None),) if isinstance(runs, str) else runs
    struck = {
        at for at, (_, is_struck) in enumerate(parts) if (look.is_struck if is_struck is None else is_struck)
    }
    is_struck = any(parts[at][0].strip() for at in struck)
    text = "".join(part for at, (part, _) in enumerate(parts) if at not in struck or not is_struck)
    quirk = Quirk(STRUCK, "".join(parts[at][0] for at in sorted(struck))) if is_struck else None
    if is_struck and not text.strip():
        return "", quirk
    try:
        shown = text_shown(text, look.code)
    except UnknownFormatError:
        return text, Quirk(UNSHOWN, look.code)
    return shown, Quirk(BLANKED, text) if text.strip() and not shown.strip() else quirk


def look_of_number(number: str, look: CellLook, *, is_1904: bool) -> tuple[str, Quirk | None]:
    """The text that a cell with a number shows.

    Raises:
        ValueError: it is no number.
    """
    try:
        shown = number_shown(number, look.code, is_1904=is_1904)
    except UnknownFormatError:
        return number, Quirk(UNSHOWN, look.code)
    if not shown.strip():
        return "", Quirk(BLANKED, number)
    return ("", Quirk(STRUCK, shown)) if look.is_struck else (shown, None)
