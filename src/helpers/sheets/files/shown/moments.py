"""Show a date or time in the letters of a section: y m d h s, eras (g e), days of the week (d a), [h]."""

from __future__ import annotations

__all__ = ["MOMENTS", "moment_text"]

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from helpers.fiscal_year import ERA_DAYS
from helpers.sheets.files.shown.codes import (
    DATE,
    DIGIT,
    ELAPSED,
    HALF_DAY,
    Section,
    Token,
    UnknownFormatError,
    sections_of,
)
from helpers.sheets.files.shown.digits import counted, digit_by_digit

MOMENTS = frozenset({DATE, ELAPSED, HALF_DAY})
_DAY = 86_400  # seconds
_DAYS_TO_1904 = 1462
_LEAP_DAY, _LAST_DAY = 60, 2_958_465  # the 29th of February 1900; the end of 9999
_JAPANESE, _ENGLISH = "ja", "en"
_LANGUAGES = {0x411: _JAPANESE, 0x409: _ENGLISH, 0x809: _ENGLISH}  # by Microsoft's numbers
_ERA_CALENDAR = 3
# What the system's own long date and time are in Japanese.
_OF_SYSTEM = {
    "f800": 'yyyy"年"m"月"d"日"', "x-sysdate": 'yyyy"年"m"月"d"日"', "f400": "h:mm:ss", "x-systime": "h:mm:ss",
}  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_YOUBI = "月火水木金土日"
_ERAS = (*ERA_DAYS, ("大正", "T", date(1912, 7, 30)), ("明治", "M", date(1868, 1, 25)))


def moment_text(section: Section, serial: Decimal, *, is_1904: bool) -> str:
    """The text of a number of days since the end of 1899, or since the beginning of 1904.

    Raises:
        UnknownFormatError: no date has such a number, or the section has more than dates have.
    """
    if (system := _OF_SYSTEM.get(section.locale)) is not None:
        section = sections_of(system)[0]
    if serial < 0:
        raise UnknownFormatError
    return _Writer(section, serial + _DAYS_TO_1904 * is_1904).text()


class _Writer:
    """Writes one moment, token by token."""

    def __init__(self, section: Section, serial: Decimal) -> None:
        self.section, self.tokens, self.locale = section, _with_minutes(section.tokens), section.locale
        self.language, self.has_era_calendar = _language_of(section.locale)
        self.decimals = _second_decimals(self.tokens)
        seconds = (serial * _DAY).quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        self.seconds = seconds
        self.days, self.second = divmod(seconds, _DAY)
        self.is_half = any(token.kind == HALF_DAY for token in self.tokens)

    @property
    def day(self) -> date:
        """The day; Excel takes 1900 for a leap year, and counts the days before its March from one day later."""
        days = int(self.days)
        if days < 1 or days == _LEAP_DAY or days > _LAST_DAY:
            raise UnknownFormatError
        return date(1899, 12, 30) + timedelta(days=days + (days < _LEAP_DAY))

    @property
    def year_month_day(self) -> tuple[int, int, int]:
        """The day in numbers, those that no calendar has among them."""
        odd = {0: (1900, 1, 0), _LEAP_DAY: (1900, 2, 29)}
        return odd.get(int(self.days)) or (self.day.year, self.day.month, self.day.day)

    def text(self) -> str:
        pieces, skip = [], 0
        for at, token in enumerate(self.tokens):
            if skip:
                skip -= 1
            elif token.kind == "." and self.decimals and at and self._ends_seconds(at - 1):
                fraction = f"{self.second % 1:f}".partition(".")[2]
                pieces.append("." + fraction.ljust(self.decimals, "0"))
                skip = self.decimals
            else:
                pieces.append(self.piece(token))
        return "".join(pieces)

    def _ends_seconds(self, at: int) -> bool:
        return self.tokens[at].text.startswith("s")

    def piece(self, token: Token) -> str:
        match token.kind:
            case "date" | "minute":
                return self.number_or_name(token)
            case "elapsed":
                length = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
                return self.number(int(self.seconds // length), len(token.text))
            case "half day":
                is_later = self.second >= _DAY // 2
                if token.text.lower() == "a/p":
                    return "P" if is_later else "A"
                names = ("午前", "午後") if self.is_in(_JAPANESE) else ("AM", "PM")
                return names[is_later]
            case "literal" | "." | "," | "/" | "%":
                return token.text
        raise UnknownFormatError

    def number_or_name(self, token: Token) -> str:
        letter, length = token.text[0], len(token.text)
        hour, minute = int(self.second // 3600), int(self.second // 60 % 60)
        match letter:
            case "y" if self.has_era_calendar:
                raise UnknownFormatError  # the year of an era, it seems
            case "y":
                year = f"{self.year_month_day[0]:04d}"
                text = year if length > 2 else year[2:]
                return digit_by_digit(text, self.section.numerals) if self.section.numerals else text
            case "m" if token.kind == "minute":
                return self.number(minute, length)
            case "m":
                return self.month(length)
            case "d":
                return (
                    self.number(self.year_month_day[2], length)
                    if length < 3
                    else self.weekday(length, is_japanese=False)
                )
            case "a":
                return self.weekday(length, is_japanese=True)
            case "h":
                return self.number((hour - 1) % 12 + 1 if self.is_half else hour, length)
            case "s":
                return self.number(int(self.second % 60), length)
            case "g":
                name, letter, _ = self.era()
                return {1: letter, 2: name[0]}.get(length, name)
        _, _, first = self.era()
        year_of_era = self.day.year - first.year + 1
        if year_of_era == 1 and self.locale.endswith("gannen"):
            return "元"
        return self.number(year_of_era, length)

    def number(self, value: int, length: int) -> str:
        if self.section.numerals:
            return counted(str(value), self.section.numerals)
        return f"{value:0{length}d}"

    def month(self, length: int) -> str:
        if length < 3:
            return self.number(self.year_month_day[1], length)
        if self.is_in(_JAPANESE):
            return f"{self.year_month_day[1]}月"
        name = _MONTHS[self.day.month - 1]
        return {3: name[:3], 4: name, 5: name[:1]}.get(length, name)

    def weekday(self, length: int, *, is_japanese: bool) -> str:
        day = (int(self.days) - 2) % 7  # Excel's own before March 1900: 1 is a Sunday, as of WEEKDAY
        if self.is_in(_JAPANESE) or (is_japanese and not self.is_in(_ENGLISH)):
            return _YOUBI[day] + ("曜日" if length > 3 else "")
        return _WEEKDAYS[day] if length > 3 else _WEEKDAYS[day][:3]

    def era(self) -> tuple[str, str, date]:
        if self.is_in(_ENGLISH):
            raise UnknownFormatError
        return next(era for era in _ERAS if era[2] <= self.day)

    def is_in(self, language: str) -> bool:
        """Whether the section names this language; names in a third one are not known."""
        if self.locale and not self.language:
            raise UnknownFormatError
        return self.language == language


def _language_of(locale: str) -> tuple[str, bool]:
    """The language of a locale, "" for none that is known, and whether years are those of eras.

    A locale is a name (ja-jp) or a number: from its right four hexadecimal digits for the language, two for the calendar.
    """
    if re.fullmatch("[0-9a-f]{1,8}", locale):
        number = int(locale, 16)
        calendar = number >> 16 & 0xFF
        is_usual = calendar in (0, 1, _ERA_CALENDAR)
        return _LANGUAGES.get(number & 0xFFFF, "") if is_usual else "", calendar == _ERA_CALENDAR
    language = locale.partition("-")[0]
    return (language if language in _LANGUAGES.values() else ""), False


def _with_minutes(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens, with every m that follows hours or precedes seconds told apart from months."""
    marked = list(tokens)
    clock = [at for at, token in enumerate(tokens) if token.kind in (DATE, ELAPSED)]
    for index, at in enumerate(clock):
        if tokens[at].kind != DATE or tokens[at].text not in ("m", "mm"):
            continue
        before = tokens[clock[index - 1]].text[0] if index else ""
        after = tokens[clock[index + 1]].text[0] if index + 1 < len(clock) else ""
        if before == "h" or after == "s":
            marked[at] = Token("minute", tokens[at].text)
    return tuple(marked)


def _second_decimals(tokens: tuple[Token, ...]) -> int:
    """The places after the point of the seconds; places for digits anywhere else are no part of a date."""
    digits = [at for at, token in enumerate(tokens) if token.kind == DIGIT]
    if not digits:
        return 0
    first = digits[0]
    is_run = digits == list(range(first, first + len(digits))) and all(
        tokens[at].text == "0" for at in digits
    )
    if not is_run or first < 2 or tokens[first - 1].kind != "." or not tokens[first - 2].text.startswith("s"):
        raise UnknownFormatError
    return len(digits)
