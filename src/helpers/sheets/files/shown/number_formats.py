"""The text that Excel shows for a number or a text under a number format.

Written here because no kept library gives it without silent slips: see ``docs/decisions``. What is not known for
certain is an error, never a guess.
"""

from __future__ import annotations

__all__ = [
    "BUILT_IN", "PLAIN", "UNKNOWN", "CellLook", "Runs", "look_of_number", "look_of_text", "number_shown",
    "number_stored", "text_shown",
]  # fmt: skip

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache

from helpers.sheets.files.grid import BLANKED, STRUCK, UNSHOWN, Quirk
from helpers.sheets.files.shown.codes import GENERAL, LITERAL, Section, UnknownFormatError, sections_of
from helpers.sheets.files.shown.digits import general_text, number_text
from helpers.sheets.files.shown.moments import MOMENTS, moment_text

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)
_FIFTEEN_DIGITS = Context(prec=15)  # as many as Excel has
_PLAIN_INTEGER = re.compile(r"0|[1-9]\d{0,10}", re.ASCII)


@lru_cache(maxsize=16_384)
def number_shown(number: str, code: str, *, is_1904: bool = False) -> str:
    """The text of a number, which is given as a workbook stores it: ``number_shown("0.855", "0.0%") == "85.5%"``.

    Raises:
        ValueError: it is no number.
        UnknownFormatError: what Excel shows is not known.
    """
    if code in ("General", "@", "") and _PLAIN_INTEGER.fullmatch(number):
        return number
    value = _read(number)
    section, has_sign = _section_for(value, sections_of(code or "General"))
    if section is None:
        return ("-" if value < 0 else "") + general_text(abs(value))
    if section.kinds & MOMENTS:
        return moment_text(section, value if has_sign else abs(value), is_1904=is_1904)
    return ("-" if value < 0 and has_sign else "") + number_text(section, abs(value))


def number_stored(number: str) -> str:
    """The text of a number that a sheet has no text for, in the digits that spreadsheets keep: 0.3 for '0.30000000000000004'.

    Raises:
        ValueError: it is no number.
    """
    return f"{_read(number).normalize() or Decimal(0):f}"


def _read(number: str) -> Decimal:
    if len(number) > 400 or not _NUMBER.fullmatch(number):
        raise ValueError(number)
    return _FIFTEEN_DIGITS.create_decimal(number)


def text_shown(text: str, code: str) -> str:
    """The text of a cell with a text: ``text_shown("総務", '@"課"') == "総務課"``.

    Raises:
        UnknownFormatError: what Excel shows is not known.
    """
    if code in ("General", "@", ""):
        return text
    sections = sections_of(code)
    last = sections[-1]
    if len(sections) < 4 and not last.is_text:
        return text
    if last.kinds - {LITERAL, "@", GENERAL, ".", ",", "/", "%"}:
        raise UnknownFormatError
    return "".join(text if token.kind in ("@", GENERAL) else token.text for token in last.tokens)


def _section_for(value: Decimal, sections: tuple[Section, ...]) -> tuple[Section | None, bool]:
    """The section that shows a value, and whether its sign is shown; None where it is shown as in General."""
    numeric = [section for section in sections[:3] if not section.is_text]
    if any(section.is_text for section in sections[:-1]):
        raise UnknownFormatError
    if not numeric:
        # A number under a format for texts; what literals beside the @ do to it is not known.
        if sections[0].kinds <= {"@"}:
            return None, True
        raise UnknownFormatError
    if any(section.condition for section in numeric):
        return _by_condition(value, numeric)
    first = numeric[0]
    if value < 0 and len(numeric) > 1:
        if not numeric[1].tokens and len(sections) == 2:
            raise UnknownFormatError
        return numeric[1], False
    return (numeric[2] if value == 0 and len(numeric) > 2 else first), True


def _by_condition(value: Decimal, sections: list[Section]) -> tuple[Section, bool]:
    """The section whose condition holds; a last one without a condition takes what is left.

    Raises:
        UnknownFormatError: none takes the value, or whether its sign is shown is not known.
    """
    others = sections[:-1]
    for section in sections:
        if section.condition is None:
            if section is not sections[-1]:
                raise UnknownFormatError  # Excel gives such a section a condition of its own
            if value < 0 and not _takes_all_others(others):
                raise UnknownFormatError
            return section, value >= 0
        if section.admits(value):
            return section, value >= 0 or _shows_sign(*section.condition)
    raise UnknownFormatError


def _shows_sign(sign: str, limit: Decimal) -> bool:
    """Whether a negative number keeps its sign: not where the condition is for negative numbers alone."""
    if (sign == "<=" and limit == 0) or (sign == "=" and limit < 0):
        raise UnknownFormatError
    return not (sign in ("<", "<=") and limit <= 0)


def _takes_all_others(others: list[Section]) -> bool:
    """Whether one section takes every number that is not negative, so that the rest is shown without a sign."""
    sign, limit = others[0].condition or ("", Decimal(0))
    return len(others) == 1 and sign in (">", ">=") and limit == 0


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
