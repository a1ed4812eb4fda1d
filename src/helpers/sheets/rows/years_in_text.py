"""Find fiscal years in titles, headings and names of files and worksheets, and the cells of one year in a card."""

from __future__ import annotations

__all__ = ["cells_of_year", "fiscal_years_in", "short_year_in", "year_of_name"]

import re
from collections.abc import Collection, Iterator
from itertools import takewhile

from helpers.fiscal_year import FiscalYear, arabic_years, year_or_none
from helpers.sheets.files.grid import Grid, Position
from helpers.text.forms import folded

_YEAR = re.compile(r"(令和|平成|昭和|(?<![a-z])[rhs])?(\d{4}|\d{1,2}|元)年度")
_TO = ("~", "〜", "-", "－", "から")
_SHORT_YEAR = re.compile(r"(?<![a-z0-9])(?:[rhs]\d{1,2}|(?:令和|平成|昭和)(?:\d{1,2}|元)|20\d\d)(?!\d)")

_LONGEST_HEADING = 12
_PERIOD = re.compile(r"期間|開始|終了|始期|終期")
_RELATIVE = {
    "今年度": 0,
    "本年度": 0,
    "当年度": 0,
    "前年度": -1,
    "昨年度": -1,
    "次年度": 1,
    "来年度": 1,
    "翌年度": 1,
    "前回": -1,
    "今回": 0,
}


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


def cells_of_year(
    grid: Grid, at: Position, year: FiscalYear, labelled: Collection[int]
) -> list[tuple[Position, Position]]:
    """The cells of a year where values of several years stand below or beside each other, each after the first of its run.

    ``at``: the first of these cells, or that of its year. ``labelled``: the rows with labels, over which no years are
    looked for. ``at`` itself where there are no such years, nothing where the year is not one of them.
    """
    row, column = at

    def of_row(line: int, left: int) -> FiscalYear | None:
        return _year_at(grid, line, left, year)

    is_year_alone = (
        _form(grid.cell(row, column)) in _RELATIVE or year_or_none(grid.cell(row, column)) is not None
    )
    columns = (*range(column, -1, -1), *range(column + 1, grid.width))
    for left in (left for left in columns if of_row(row, left)):
        own = takewhile(lambda line: line == row or line not in labelled, range(row, len(grid.rows)))
        years: dict[int, FiscalYear] = {}
        for line in own:
            if (of := of_row(line, left)) is None:
                break
            years[line] = of
        after = [at for at in range(left + 1, grid.width) if any(grid.cell(line, at) for line in years)]
        value = column if left != column else next(iter(after), None) if is_year_alone else None
        if value is not None and len(years) > 1:
            starts = {line: line for line in years}
            for line in list(years)[1:]:
                starts[line] = starts[line - 1] if int(years[line - 1]) < int(years[line]) else line
            return [((starts[line], value), (line, value)) for line, of in years.items() if of == year]
    for line in takewhile(grid.texts, range(row - 1, -1, -1)):
        over = {} if line in labelled else {at: of for at in range(grid.width) if (of := of_row(line, at))}
        if column in over and len(set(over.values())) > 1:
            return [(at, (row, own_column)) for own_column, of in over.items() if of == year][:1]
    return [(at, at)]


def _year_at(grid: Grid, row: int, column: int, this_year: FiscalYear) -> FiscalYear | None:
    """The year that a cell heads; None where it says something else, or when something begins or ends."""
    text = grid.cell(row, column)
    if not text or len(text) > _LONGEST_HEADING:
        return None
    if any(_PERIOD.search(grid.cell(row, at)) for at in range(column)):
        return None
    form = _form(text)
    if form in _RELATIVE:
        return FiscalYear(int(this_year) + _RELATIVE[form])
    return year_of_name(text)


def _form(text: str) -> str:
    return arabic_years(folded(text).lower())


def _only(texts: Iterator[str]) -> FiscalYear | None:
    years = set(map(year_or_none, texts)) - {None}
    return years.pop() if len(years) == 1 else None
