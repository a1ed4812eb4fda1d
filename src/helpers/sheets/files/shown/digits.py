"""Show a number in the digits of a section: 0 # ? with points, commas, per cent, exponents and fractions.

Also in kanji or full-width digits, as the formats [DBNum1] to [DBNum3] write it.
"""

from __future__ import annotations

__all__ = ["counted", "digit_by_digit", "general_text", "number_text"]

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from helpers.sheets.files.shown.codes import (
    DIGIT,
    EXPONENT,
    FIXED,
    GENERAL,
    LITERAL,
    Section,
    Token,
    UnknownFormatError,
)

_EXACT = Context(prec=700)  # digits: those of the largest number and of the longest format
_WIDTH = 11  # characters that a number takes in the format General
_BLANK = {"0": "0", "#": "", "?": " "}  # what stands where there is no digit


def number_text(section: Section, value: Decimal) -> str:
    """The text of a number that is not negative.

    Raises:
        UnknownFormatError: the section has more than numbers have.
    """
    tokens, kinds = section.tokens, section.kinds
    if GENERAL in kinds:
        text = _with_general(tokens, general_text(value))
        return counted(text, section.numerals) if section.numerals else text
    if EXPONENT in kinds:
        text = _scientific(tokens, value)
    elif (at := _slash(tokens)) is not None:
        text = _fraction(tokens, at, value)
    else:
        text = _plain(tokens, value)
    return digit_by_digit(text, section.numerals) if section.numerals else text


def general_text(value: Decimal) -> str:
    """A number that is not negative under the format General: eleven characters at most.

    >>> general_text(Decimal("3.14159265358979")), general_text(Decimal("123456789012"))
    ('3.141592654', '1.23457E+11')
    """
    if not value:
        return "0"
    exponent = value.adjusted()
    if -5 < exponent < _WIDTH:
        decimals = max(0, _WIDTH - 2 - max(exponent, 0))
        text = f"{_rounded(value, decimals):f}"
        if len(text.partition(".")[0]) <= _WIDTH:
            return text.rstrip("0").rstrip(".") if "." in text else text
    text = f"{value.normalize():f}"
    if exponent < 0 and len(text) <= _WIDTH:
        return text
    mantissa = _rounded(value.scaleb(-exponent), 5)
    if mantissa >= 10:
        mantissa, exponent = mantissa / 10, exponent + 1
    return f"{mantissa.normalize():f}E{exponent:+03d}"


def _rounded(value: Decimal, decimals: int) -> Decimal:
    # Half up, and in decimal: Excel shows 1.005 as 1.01.
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)


def _with_general(tokens: tuple[Token, ...], general: str) -> str:
    if any(token.kind not in (LITERAL, GENERAL) for token in tokens):
        raise UnknownFormatError
    return "".join(general if token.kind == GENERAL else token.text for token in tokens)


def _plain(tokens: tuple[Token, ...], value: Decimal) -> str:
    """Put the digits of a number into the places of the tokens, from right to left before the point."""
    slots = [at for at, token in enumerate(tokens) if token.kind == DIGIT]
    point = next((at for at, token in enumerate(tokens) if token.kind == "."), len(tokens))
    before, after = [at for at in slots if at < point], [at for at in slots if at > point]
    commas = [at for at, token in enumerate(tokens) if token.kind == ","]
    between = [at for at in commas if before and before[0] < at < before[-1]]
    scaling = [at for at in commas if slots and (at > slots[-1] or (before and before[-1] < at < point))]
    if len(between) + len(scaling) < len(commas):
        raise UnknownFormatError
    percent = sum(token.kind == "%" for token in tokens)
    scaled = _EXACT.scaleb(value, 2 * percent - 3 * len(scaling))
    whole, _, decimals = f"{_rounded(scaled, len(after)):f}".partition(".")
    pieces = _whole_pieces(tokens, before, whole.lstrip("0"), is_grouped=bool(between))
    pieces |= _decimal_pieces(tokens, after, decimals)
    if slots and not before:
        pieces[point] = whole.lstrip("0") + "."
    return "".join(pieces[at] if at in pieces else _literal(token) for at, token in enumerate(tokens))


def _literal(token: Token) -> str:
    if token.kind == ",":
        return ""
    if token.kind not in (LITERAL, ".", "%", "/"):
        raise UnknownFormatError
    return token.text


def _whole_pieces(
    tokens: tuple[Token, ...], slots: list[int], digits: str, *, is_grouped: bool
) -> dict[int, str]:
    """The text at each place before the point; the first takes all digits that are left."""

    def digit(position: int, blank: str) -> str:
        text = digits[-1 - position] if position < len(digits) else blank
        return text + ("," if is_grouped and text.strip() and position and position % 3 == 0 else "")

    pieces = {}
    for position, at in enumerate(reversed(slots)):
        last = max(position, len(digits) - 1) if at == slots[0] else position
        blank = _BLANK[tokens[at].text]
        pieces[at] = "".join(digit(each, blank) for each in range(last, position - 1, -1))
    return pieces


def _decimal_pieces(tokens: tuple[Token, ...], slots: list[int], digits: str) -> dict[int, str]:
    """The text at each place after the point; # and ? show no zeros at the end."""
    pieces = {}
    for position, at in enumerate(slots):
        is_end = not digits[position:].strip("0") and all(
            tokens[slot].text != "0" for slot in slots[position:]
        )
        pieces[at] = _BLANK[tokens[at].text] if is_end else digits[position]
    return pieces


def _scientific(tokens: tuple[Token, ...], value: Decimal) -> str:
    at = next(at for at, token in enumerate(tokens) if token.kind == EXPONENT)
    end = at + 1
    while end < len(tokens) and tokens[end].kind == DIGIT:
        end += 1
    point = next((index for index, token in enumerate(tokens[:at]) if token.kind == "."), at)
    step = sum(token.kind == DIGIT for token in tokens[:point])
    decimals = sum(token.kind == DIGIT for token in tokens[point:at])
    if not step or end == at + 1:
        raise UnknownFormatError
    exponent = value.adjusted() // step * step if value else 0
    mantissa = _rounded(value.scaleb(-exponent), decimals)
    if mantissa >= 10**step:
        mantissa, exponent = mantissa.scaleb(-step), exponent + step
    sign = "-" if exponent < 0 else tokens[at].text[1].replace("-", "")
    power = f"E{sign}{abs(exponent):0{end - at - 1}d}"
    return _plain(tokens[:at], mantissa) + power + _plain(tokens[end:], Decimal(0))


def _slash(tokens: tuple[Token, ...]) -> int | None:
    """The fraction bar between two places for digits; None where there is none."""
    return next(
        (
            at
            for at, token in enumerate(tokens[:-1])
            if token.kind == "/"
            and at
            and tokens[at - 1].kind == DIGIT
            and tokens[at + 1].kind in (DIGIT, FIXED)
        ),
        None,
    )


def _fraction(tokens: tuple[Token, ...], at: int, value: Decimal) -> str:
    start, end = at, at + 1
    while start and tokens[start - 1].kind == DIGIT:
        start -= 1
    while end < len(tokens) and tokens[end].kind in (DIGIT, FIXED):
        end += 1
    under = "".join(token.text for token in tokens[at + 1 : end])
    has_whole = any(token.kind == DIGIT for token in tokens[:start])
    whole = int(value) if has_whole else 0
    part = Fraction(value) - whole
    if under.isdigit() and int(under):
        top, bottom = int(part * int(under) + Fraction(1, 2)), int(under)
        is_whole = top == bottom
    else:
        near = part.limit_denominator(10 ** len(under) - 1)
        top, bottom = near.numerator, near.denominator
        is_whole = near == 1
    if has_whole and is_whole:
        whole, top = whole + 1, 0
    before = _plain(tokens[:start], Decimal(whole))
    is_shown = tokens[at - 1].text == "0"  # also where it is nothing
    if has_whole and not whole and not top and not is_shown:
        before = before.rstrip() + "0"
    fraction = f"{top:>{at - start}}/{bottom:<{end - at - 1}}"
    if has_whole and not top and not is_shown:
        fraction = " " * len(fraction)
    return before + fraction + _plain(tokens[end:], Decimal(0))


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
