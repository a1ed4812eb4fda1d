"""Find fiscal years in titles, headings and names of files and worksheets."""

from __future__ import annotations

__all__ = ["fiscal_years_in", "short_year_in", "year_of_name"]

import re
from collections.abc import Iterator

from helpers.fiscal_year import FiscalYear, arabic_years, year_or_none
from helpers.text.forms import folded

_YEAR = re.compile(r"(令和|平成|昭和|(?<![a-z])[rhs])?(\d{4}|\d{1,2}|元)年度")
_TO = ("~", "〜", "-", "－", "から")
_SHORT_YEAR = re.compile(r"(?<![a-z0-9])(?:[rhs]\d{1,2}|(?:令和|平成|昭和)(?:\d{1,2}|元)|20\d\d)(?!\d)")


def fiscal_years_in(text: str) -> tuple[FiscalYear, ...]:
    """Every fiscal year that a text names by itself: '令和４年度', 'R4年度', '2022年度'; not the ends of a period."""
    years = []
    form = _form(text)
    for match in _YEAR.finditer(form):
        is_end_of_period = form[: match.start()].endswith(_TO) or form[match.end() :].startswith(_TO)
        if not is_end_of_period and (match[1] or len(match[2]) == 4):
            years.append(year_or_none(match[0]))
    return tuple(year for year in years if year is not None)


def short_year_in(text: str) -> FiscalYear | None:
    """The only year that a title may mean without saying 年度, as in 'R3 実施状況'; no dates such as R5.3.31."""
    form = _form(text)
    return _only(
        match[0] for match in _SHORT_YEAR.finditer(form) if not re.match(r"[./年-]", form[match.end() :])
    )


def year_of_name(name: str) -> FiscalYear | None:
    """The fiscal year that a file or worksheet is named for: 'R4', '状況調査_令和4年度'; None if not just one."""
    if (year := year_or_none(name)) is not None:
        return year
    if years := set(fiscal_years_in(name)):
        return years.pop() if len(years) == 1 else None
    return _only(match[0] for match in _SHORT_YEAR.finditer(_form(name)))


def _form(text: str) -> str:
    return arabic_years(folded(text).lower())


def _only(texts: Iterator[str]) -> FiscalYear | None:
    years = set(map(year_or_none, texts)) - {None}
    return years.pop() if len(years) == 1 else None
