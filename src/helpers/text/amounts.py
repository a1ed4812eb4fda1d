"""Read and write amounts as cities type them: '8,000', '△450', '412.5千㎡'; always decimal, with the digits as typed."""

from __future__ import annotations

__all__ = [
    "MOST_DECIMALS", "MOST_DIGITS", "amount_of", "has_plain_digits", "is_amount", "plain", "why_missing",
]  # fmt: skip

import re
import unicodedata
from decimal import Decimal

from helpers.text.forms import folded

_MINUS = "-‐‑‒–—―−△▲▵"
MOST_DECIMALS = 6
MOST_DIGITS = 12  # before the point: no target or amount has more, and quotients stay exact enough
_AMOUNT = re.compile(
    rf"([{_MINUS}+])?(\d{{1,3}}(?:,\d{{3}}){{1,3}}|\d{{1,{MOST_DIGITS}}})(\.\d{{1,{MOST_DECIMALS}}})?"
)
_MISSING = frozenset(
    ("未集計", "集計中", "未確定", "確定前", "調査中", "未調査", "未測定", "未実施", "未定", "不明", "資料なし", "データなし")
)  # fmt: skip
# Blanks between digits: of two numbers, or before each third digit of one.
_PARTED = re.compile(r"[\d.,]\s+[\d.,]")
_GROUPED = re.compile(r"\D*\d{1,3}(?: \d{3})+(?:\.\d+)?\D*")
_BRACKETS = re.compile(r"[(\[【〔<](.*)[)\]】〕>]")


def amount_of(text: str, unit: str = "") -> Decimal | None:
    """The amount that a text says, with ``unit`` behind it or without; None where it is no amount.

    >>> amount_of("８，０００"), amount_of("▲1.50 千円", "千円"), amount_of("1,23"), amount_of("約3")
    (Decimal('8000'), Decimal('-1.50'), None, None)
    """
    number = _without(unit, text)
    match = _AMOUNT.fullmatch(folded(number))
    if match is None or not has_plain_digits(number):
        return None
    sign = "-" if (match[1] or "+") in _MINUS else ""
    return Decimal(f"{sign}{match[2].replace(',', '')}{match[3] or ''}")


def has_plain_digits(text: str) -> bool:
    """Whether the digits of a text are those that folding leaves, and of one number where blanks stand between them.

    >>> has_plain_digits("1 500人"), has_plain_digits("15\\n16"), has_plain_digits("15②"), has_plain_digits("15²")
    (True, False, False, False)
    """
    if sum(map(str.isdecimal, text)) != sum(map(str.isdecimal, folded(text))):
        return False
    spaced = unicodedata.normalize("NFKC", text)
    return not _PARTED.search(spaced) or _GROUPED.fullmatch(spaced.strip()) is not None


def _without(unit: str, text: str) -> str:
    """The text before its unit, as it is written."""
    form = folded(text)
    if not unit or not form.endswith(folded(unit)):
        return text
    number = form.removesuffix(folded(unit))
    return next((text[:end] for end in range(len(text)) if folded(text[:end]) == number), "")


def why_missing(text: str) -> str | None:
    """The word that says why there is no amount yet: '（未集計）' → '未集計'; None where the text is no such word."""
    form = folded(text)
    inner = _BRACKETS.fullmatch(form)
    word = inner[1] if inner else form
    return word if word in _MISSING else None


def plain(amount: Decimal) -> str:
    """The digits as typed, for machines: '-1.50'; no exponent, no sign before zero.

    >>> plain(Decimal("-0")), plain(Decimal("12000"))
    ('0', '12000')
    """
    return f"{abs(amount) if amount == 0 else amount:f}"


def is_amount(text: str) -> bool:
    """Whether ``plain`` wrote the text."""
    return re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", text) is not None
