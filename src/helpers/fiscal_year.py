"""Japanese fiscal years: 2022 = R4 = 令和4年度, from April 2022 to March 2023."""

from __future__ import annotations

__all__ = [
    "ERA_DAYS", "FiscalYear", "Period", "arabic_years", "brief_years_note", "dated", "era_of", "march_of",
    "year_named", "year_or_none", "years_name",
]  # fmt: skip

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from helpers.errors import FiscalYearError

# First and last fiscal year of each era. The year in which an era ends has both names:
# 平成31年度 = 令和元年度 = 2019.
_ERAS = (("令和", "R", 2019, 2100), ("平成", "H", 1989, 2019), ("昭和", "S", 1926, 1989))
# The first day of each era.
ERA_DAYS = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
)
_WESTERN = re.compile(r"([0-9]{4})(?:年度)?")
_ERA_YEAR = re.compile(r"(令和|平成|昭和|[RHS])([0-9]{1,2}|元)(?:年度)?")
_KANJI = "一二三四五六七八九"
_KANJI_YEAR = re.compile(rf"(?<=令和|平成|昭和)([{_KANJI}]?)(十?)([{_KANJI}]?)")


@dataclass(frozen=True, order=True)
class FiscalYear:
    """One fiscal year, known by the Western year in which it begins.

    >>> FiscalYear.parse("令和４年度")
    FiscalYear(2022)
    >>> str(FiscalYear(2019)), FiscalYear(2018).short
    ('令和元年度', 'H30')
    """

    western: int

    def __post_init__(self) -> None:
        if isinstance(self.western, str):
            raise FiscalYearError(
                f"「{self.western}」は FiscalYear.parse(…) で読んでください。FiscalYear には西暦を数で渡します"
            )
        if not 1926 <= self.western <= 2099:
            raise FiscalYearError(
                f"「{self.western}」は年度として扱えません（1926〜2099）。西暦か元号で指定してください"
            )

    @classmethod
    def parse(cls, value: FiscalYear | int | str) -> FiscalYear:
        """Parse '2022', 'R4', '令和4', '令和４年度', 'H30', '令和元年度', '平成31年度' or 2022.

        Raises:
            FiscalYearError: the text names no fiscal year, or one outside its era.
        """
        if isinstance(value, FiscalYear):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return cls(value)
        if isinstance(value, str) and len(value) == 4 and value.isascii() and value.isdecimal():
            return cls(int(value))
        text = arabic_years(re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value))).upper())
        if western := _WESTERN.fullmatch(text):
            return cls(int(western[1]))
        if era_year := _ERA_YEAR.fullmatch(text):
            name, _, first, last = next(era for era in _ERAS if era_year[1] in era[:2])
            year = first - 1 + (1 if era_year[2] == "元" else int(era_year[2]))
            if first <= year <= last:
                return cls(year)
            raise FiscalYearError(f"「{value}」は{name}にない年度です。西暦でも指定できます（例: 2022）")
        hint = "西暦は4桁で書いてください。" if text.removesuffix("年度").isdecimal() else ""
        raise FiscalYearError(f"「{value}」は年度ではありません。{hint}例: 2022、R4、令和4年度")

    @property
    def era(self) -> str:
        """The era and the year in it: '令和4', '令和元'."""
        name, _, number = self._era()
        return f"{name}{'元' if number == 1 else number}"

    @property
    def short(self) -> str:
        """The usual abbreviation, as in file names: 'R4', 'H30'."""
        _, letter, number = self._era()
        return f"{letter}{number}"

    @property
    def brief(self) -> str:
        """As the head of a narrow column: 'R4', 'R元', 'H30'."""
        _, letter, number = self._era()
        return f"{letter}{'元' if number == 1 else number}"

    @property
    def next(self) -> FiscalYear:
        """The fiscal year after this one."""
        return FiscalYear(self.western + 1)

    @property
    def previous(self) -> FiscalYear:
        """The fiscal year before this one."""
        return FiscalYear(self.western - 1)

    def _era(self) -> tuple[str, str, int]:
        name, letter, first, _ = next(era for era in _ERAS if self.western >= era[2])
        return name, letter, self.western - first + 1

    def __str__(self) -> str:
        return f"{self.era}年度"

    def __int__(self) -> int:
        return self.western

    def __repr__(self) -> str:
        return f"FiscalYear({self.western})"


def arabic_years(text: str) -> str:
    """A text with the years of eras in Arabic digits.

    >>> arabic_years("令和三年度"), arabic_years("平成三十一年度"), arabic_years("平成十年")
    ('令和3年度', '平成31年度', '平成10年')
    """

    def digits(match: re.Match[str]) -> str:
        before, ten, after = match[1], match[2], match[3]
        numerals = (before or "一") + (after or "〇") if ten else before + after
        return numerals.translate({ord(kanji): str(value) for value, kanji in enumerate("〇" + _KANJI)})

    return _KANJI_YEAR.sub(digits, text)


def dated(day: date) -> str:
    """A day as official documents write it.

    >>> dated(date(2019, 4, 30)), dated(date(2019, 5, 1))
    ('平成31年4月30日', '令和元年5月1日')
    """
    era, _, number = era_of(day)
    return f"{era}{'元' if number == 1 else number}年{day.month}月{day.day}日"


def era_of(day: date) -> tuple[str, str, int]:
    """The era of a day, its letter and the year in it.

    Raises:
        FiscalYearError: the day is before 昭和.
    """
    for name, letter, first in ERA_DAYS:
        if day >= first:
            return name, letter, day.year - first.year + 1
    raise FiscalYearError(f"「{day}」は昭和より前の日付なので、扱えません")


def march_of(year: FiscalYear) -> tuple[str, str, int]:
    """The era, its letter and the year in it of the March in which a fiscal year ends.

    >>> march_of(FiscalYear(2022)), march_of(FiscalYear(2018))
    (('令和', 'R', 5), ('平成', 'H', 31))
    """
    return era_of(date(int(year) + 1, 3, 31))


@dataclass(frozen=True)
class Period:
    """A run of fiscal years, both ends included.

    >>> str(Period(FiscalYear(2018), FiscalYear(2022)))
    '平成30年度～令和4年度（5年間）'
    """

    first: FiscalYear
    last: FiscalYear

    @property
    def years(self) -> tuple[FiscalYear, ...]:
        """Every fiscal year of the period, oldest first."""
        return tuple(FiscalYear(year) for year in range(self.first.western, self.last.western + 1))

    def __contains__(self, year: FiscalYear) -> bool:
        return self.first <= year <= self.last

    def __len__(self) -> int:
        return self.last.western - self.first.western + 1

    def __str__(self) -> str:
        return f"{self.first}～{self.last}（{len(self)}年間）"


def years_name(years: Sequence[FiscalYear]) -> str:
    """'平成30年度から令和4年度まで', or the one year there is."""
    return f"{years[0]}から{years[-1]}まで" if len(years) > 1 else str(years[0])


def year_or_none(text: str) -> FiscalYear | None:
    """The fiscal year that a text is, as ``FiscalYear.parse`` reads it; None for any other text."""
    try:
        return FiscalYear.parse(text)
    except FiscalYearError:
        return None


def year_named(text: str) -> FiscalYear | None:
    """The fiscal year whose name is the whole text, None for any other text.

    >>> year_named("令和元年度"), year_named("令和元年度末")
    (FiscalYear(2019), None)
    """
    year = year_or_none(text)
    return year if text == str(year) else None


def brief_years_note(years: Iterable[FiscalYear]) -> str:
    """What explains years in brief: of each era the first of them and, if that is its first year, the next.

    >>> brief_years_note(map(FiscalYear, (2017, 2018, 2019, 2020, 2021)))
    'H29は平成29年度、R元は令和元年度、R2は令和2年度を表します（以下同様）。'
    """
    shown: list[FiscalYear] = []
    in_order = sorted(set(years))
    for year in in_order:
        same = [other for other in shown if other.brief[0] == year.brief[0]]
        if not same or (len(same) == 1 and same[0].brief.endswith("元")):
            shown.append(year)
    more = "（以下同様）" if len(shown) < len(in_order) else ""
    return "、".join(f"{year.brief}は{year}" for year in shown) + f"を表します{more}。"
