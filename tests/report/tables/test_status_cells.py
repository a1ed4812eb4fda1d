"""Cells that hold a status are marked so; cells that only look like one are not."""

from collections.abc import Iterator

import lxml.html
import pytest

from helpers.report.origins import appendix
from helpers.report.register import all_tables, trace
from helpers.report.table import Table
from small_city import Small, status

STATUSES = status("{}", "done") + status("{}", "under_way") + status("{}")


def marked(table: Table) -> Iterator[tuple[str, str]]:
    """The column and text of every cell that is marked as a status."""
    page = lxml.html.fragment_fromstring(table._repr_html_(), create_parent="div")
    for row in page.iter("tr"):
        if row.getparent().tag != "thead" and row.get("class") != "group":
            for column, cell in zip(table.columns, row, strict=True):
                if cell.get("data-status") or cell.get("class") == "status":
                    yield column, cell.text_content()


# Item numbers and counts are digits too, and - stands for no change.
@pytest.mark.parametrize("words", [("3", "2", "1"), ("1", "-", "0")])
def test_only_statuses_are_marked_as_statuses(small: Small, words: tuple[str, str, str]) -> None:
    done, under_way, not_started = words
    years = {
        2020: {done: 1, under_way: 1, not_started: 2},
        2021: f"{done} {under_way} {not_started} {not_started}",
        2022: f"{done} {done} {under_way} {not_started}",
    }
    history = small(years, statuses=STATUSES.format(*words))
    follow = trace(history)
    made = {table.id: table for table in (*all_tables(history), appendix.origins(follow))}
    made |= {
        table.id: table for table in (appendix.source_totals(follow), appendix.source_cells(follow)) if table
    }
    marks = {table_id: set(marked(table)) for table_id, table in made.items()}
    statuses = {("実施状況", word) for word in words}
    now = {("令和4年度", word) for word in words}
    before = {("令和3年度", word) for word in words}
    assert {table_id: cells for table_id, cells in marks.items() if cells} == {
        "overall": statuses,
        "by_policy": statuses,
        "moved": {
            ("令和3年度", under_way), ("令和3年度", not_started), ("令和4年度", done), ("令和4年度", under_way),
        },
        "bridge": statuses,
        "items": statuses,
        "course": now | before,
        "transitions": {("前の年度", word) for word in words} | {("次の年度", word) for word in words},
        "remaining": {("実施状況", under_way), ("実施状況", not_started)},
        "origins": statuses,
        "source_totals": statuses,
    }  # fmt: skip
