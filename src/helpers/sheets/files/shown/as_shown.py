"""The text that a cell shows, by what it stores and how it looks, and what of it is not shown as it is stored."""

from __future__ import annotations

__all__ = ["BUILT_IN", "PLAIN", "UNKNOWN", "CellLook", "Runs", "look_of_number", "look_of_text"]

from dataclasses import dataclass

from helpers.sheets.files.grid import BLANKED, STRUCK, UNSHOWN, Quirk
from helpers.sheets.files.shown.codes import UnknownFormatError
from helpers.sheets.files.shown.number_formats import number_shown, text_shown

_GREGORIAN = 'yyyy"年"m"月"d"日"'
_ERA, _SHORT_ERA = '[$-411]ggge"年"m"月"d"日"', "[$-411]ge.m.d"
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_ACCOUNTS = "_ {0}* {1}_ ;_ {0}* -{1}_ ;_ {0}* {2}_ ;_ @_ "

# The number formats that a workbook names by a number without saying their code, as Japanese Excel has them.
# UNKNOWN: the code of a number that no built-in format of Japanese Excel has: what it shows is not known.
UNKNOWN = "[?]"
BUILT_IN = {
    0: "General",
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;[Red]"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00', 8: '"¥"#,##0.00;[Red]"¥"-#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: _SHORT_ERA, 28: _ERA, 29: _ERA, 30: "m/d/yy", 31: _GREGORIAN,
    32: 'h"時"mm"分"', 33: 'h"時"mm"分"ss"秒"', 34: _YEAR_MONTH, 35: _MONTH_DAY, 36: _SHORT_ERA,
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: _ACCOUNTS.format("", "#,##0", '"-"'), 42: _ACCOUNTS.format('"¥"', "#,##0", '"-"'),
    43: _ACCOUNTS.format("", "#,##0.00", '"-"??'), 44: _ACCOUNTS.format('"¥"', "#,##0.00", '"-"??'),
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: _SHORT_ERA, 51: _ERA, 52: _YEAR_MONTH, 53: _MONTH_DAY, 54: _ERA,
    55: _YEAR_MONTH, 56: _MONTH_DAY, 57: _SHORT_ERA, 58: _ERA,
}  # fmt: skip


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
