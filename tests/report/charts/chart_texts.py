"""What a reader of a chart reads in it, and histories whose charts add up by eye."""

from dataclasses import replace

from lxml import etree

from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.report.charts.drawing.chart import Chart
from small_city import ITEMS_HEADER

NAMES = ("広聴", "窓口", "広報", "研修", "会議", "電子申請")
# Items 1-3 of policy 1, 4-6 of policy 2; item 6 joins in fiscal 2023.
SIX = ITEMS_HEADER + "".join(
    f"{number},{1 if number <= 3 else 2},{name},{2023 if number == 6 else 2020},\n"
    for number, name in enumerate(NAMES, 1)
)
HUNDRED = ITEMS_HEADER + "".join(
    f"{number},{1 + number % 2},項目{number},2020,\n" for number in range(1, 101)
)


def texts(chart: Chart | None) -> list[str]:
    """The texts of a chart, in the order in which they are drawn."""
    return [element.text or "" for element in elements(chart, "text")]


def elements(chart: Chart | None, name: str) -> list[etree._Element]:
    """The elements of a chart that have a name, in the order in which they are drawn."""
    return list(etree.fromstring(chart.svg).iter(f"{{*}}{name}"))


def derived(history: History, year: int) -> History:
    """The same history with the sheet of a year marked as derived."""
    marked = replace(history.sheets[FiscalYear(year)], notes=("導出",))
    return replace(history, sheets={**history.sheets, FiscalYear(year): marked})
