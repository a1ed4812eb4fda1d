"""The words of a plan's reports: for items, years, last year and groups of statuses."""

from __future__ import annotations

__all__ = ["ITEM", "ITEMS", "ITEM_TITLE", "LAST_YEAR", "PLACEHOLDERS", "YEAR", "Wording", "placeholders_of"]

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from string import Formatter

from helpers.fiscal_year import FiscalYear, march_of

ITEM, ITEM_TITLE, LAST_YEAR, YEAR = "項目", "推進項目", "前年度", "{year}"
ITEMS = f"{ITEM}数"
# What a label of a year can be made of, with what each gives for fiscal 2022.
PLACEHOLDERS = {
    "year": "令和4年度",
    "era": "令和4",
    "short": "R4",
    "western": "2022",
    "march_era": "令和5",
    "march_short": "R5",
    "march_western": "2023",
}


@dataclass(frozen=True)
class Wording:
    """The words of one plan, defaulting to those of the reference document.

    Attributes:
        item: what is counted: 項目, 事業, 指標, 取組.
        item_title: the heading over names of items.
        year: the pattern of a year's label in tables (``PLACEHOLDERS``).
        last_year: what the year before is called.
        groups: group of statuses → the plan's own word for it.

    >>> wording = Wording(item="事業", year="{march_short}.3月末現在", last_year="前年同期")
    >>> wording.items(3), wording.count, wording.before("項目数"), wording.label(FiscalYear(2014))
    ('3事業', '事業数', '前年同期事業数', 'H27.3月末現在')
    """

    item: str = ITEM
    item_title: str = ITEM_TITLE
    year: str = YEAR
    last_year: str = LAST_YEAR
    groups: Mapping[str, str] = field(default_factory=dict)

    @property
    def count(self) -> str:
        """The heading over numbers of items: '項目数'."""
        return f"{self.item}数"

    @property
    def kind(self) -> str:
        """What captions call the items: '推進項目', '事業'."""
        return self.item_title if self.item == ITEM else self.item

    @property
    def change(self) -> str:
        """The heading over changes since last year: '前年比'."""
        return f"{self._last_year}比"

    def items(self, number: int) -> str:
        """'34項目'."""
        return f"{number}{self.item}"

    def before(self, heading: str) -> str:
        """The heading of last year's column: '前年項目数', '前年割合'."""
        return f"{self._last_year}{self.count if heading == ITEMS else heading}"

    def year_heads(
        self, columns: Iterable[str], year: FiscalYear, last_year: FiscalYear | None
    ) -> dict[str, str]:
        """The label of each year above its columns; those of ``last_year``, where there is one, are headed ``before``."""
        columns = tuple(columns)
        heads = dict.fromkeys(columns, self.label(year))
        if last_year is not None:
            heads |= dict.fromkeys(map(self.before, columns), self.label(last_year))
        return heads

    def label(self, year: FiscalYear) -> str:
        """A year as tables head it: '令和4年度', '令和4年度末', 'H27.3月末現在'."""
        era, letter, number = march_of(year)
        march = (f"{era}{'元' if number == 1 else number}", f"{letter}{number}", str(int(year) + 1))
        values = (str(year), year.era, year.short, str(int(year)), *march)
        return self.year.format(**dict(zip(PLACEHOLDERS, values, strict=True)))

    def as_of(self, year: FiscalYear) -> str:
        """The state that a year's figures are of: '令和4年度末', or the label where the plan has its own."""
        return f"{year}末" if self.year == YEAR else self.label(year)

    @property
    def _last_year(self) -> str:
        return self.last_year.removesuffix("度")


def placeholders_of(pattern: str) -> list[str]:
    """The names in braces of a pattern; with anything more in the braces, as they are written there.

    Raises:
        ValueError: a brace is not closed, or not opened.
    """
    return [
        f"{name}{f'!{conversion}' if conversion else ''}{f':{spec}' if spec else ''}"
        for _, name, spec, conversion in Formatter().parse(pattern)
        if name is not None
    ]
