"""Write numbers in kanji or full-width digits, as the formats [DBNum1] to [DBNum3] do."""

from __future__ import annotations

__all__ = ["counted", "digit_by_digit"]

import re

from helpers.sheets.files.shown.codes import UnknownFormatError

_DIGITS = {1: "〇一二三四五六七八九", 2: "〇壱弐参四伍六七八九", 3: "０１２３４５６７８９"}
_UNITS = ("", "十", "百", "千")
_FULL_WIDTH = 3


def digit_by_digit(text: str, numerals: int) -> str:
    """Each digit for itself: 12 => 一二."""
    return text.translate({ord("0") + value: digit for value, digit in enumerate(_DIGITS[numerals])})


def counted(text: str, numerals: int) -> str:
    """Each number as it is read: 12 => 十二; in full-width digits each digit for itself.

    Raises:
        UnknownFormatError: a number that is not known to be written so.
    """
    if numerals == _FULL_WIDTH:
        return digit_by_digit(text, numerals)
    if numerals != 1 or "." in text or "E" in text:
        raise UnknownFormatError
    return re.sub(r"[0-9]+", lambda number: _kanji(number[0]), text)


def _kanji(digits: str) -> str:
    if len(digits) > len(_UNITS):
        raise UnknownFormatError
    places = zip(digits, reversed(_UNITS[: len(digits)]), strict=True)
    written = (
        ("" if digit == "1" and unit else _DIGITS[1][int(digit)]) + unit
        for digit, unit in places
        if digit != "0"
    )
    return "".join(written) or _DIGITS[1][0]
