"""Fiscal years in titles, headings and names of files and worksheets."""

from __future__ import annotations

import re

from helpers.errors import FiscalYearError
from helpers.fiscal_year import FiscalYear
from helpers.text import folded

_YEAR = re.compile(r"(令和|平成|昭和|(?<![a-z])[rhs])?(\d{4}|\d{1,2}|元)年度")
_TO = ("~", "〜", "-", "－", "から")
SHORT_YEAR = re.compile(r"(?<![a-z0-9])(?:[rhs]\d{1,2}|(?:令和|平成|昭和)(?:\d{1,2}|元)|20\d\d)(?!\d)")


def fiscal_years_in(text: str) -> tuple[FiscalYear, ...]:
    """Every fiscal year that a text names by itself: '令和４年度', 'R4年度', '2022年度'; not the ends of a period."""
    years = []
    form = folded(text).lower()
    for match in _YEAR.finditer(form):
        is_end_of_period = form[: match.start()].endswith(_TO) or form[match.end() :].startswith(_TO)
        if not is_end_of_period and (match[1] or len(match[2]) == 4):
            try:
                years.append(FiscalYear.parse(match[0]))
            except FiscalYearError:
                continue
    return tuple(years)


def short_year_in(text: str) -> FiscalYear | None:
    """The only year that a title may mean without saying 年度, as in 'R3 実施状況'; no dates such as R5.3.31."""
    form = folded(text).lower()
    years = set()
    for match in SHORT_YEAR.finditer(form):
        if re.match(r"[./年-]", form[match.end() :]) is None:
            try:
                years.add(FiscalYear.parse(match[0]))
            except FiscalYearError:
                continue
    return years.pop() if len(years) == 1 else None
