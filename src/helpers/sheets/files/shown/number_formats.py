"""The text that Excel shows for a number or a text under a number format.

Written here because no kept library gives it without silent slips: see ``docs/decisions``. What is not known for
certain is an error, never a guess.
"""

from __future__ import annotations

__all__ = ["number_shown", "number_stored", "text_shown"]

import re
from decimal import Context, Decimal
from functools import lru_cache

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
