"""How wide the columns of a table are, and years in heads that give way to H30, R元, R2 before it is turned across the page."""

from html import escape
from typing import Any

import lxml.html
import pytest

from helpers.export.page.body import assemble_body
from helpers.export.pdf.typeset import typeset_data

YEARS = (
    "平成30年度",
    "令和元年度",
    "令和2年度",
    "令和3年度",
    "令和4年度",
    "令和5年度",
    "令和6年度",
    "令和7年度",
)


MORE = ("指標", "達成率", "評価")


def blocks_of(heads: tuple[str, ...], cell: str, rows: int = 1) -> list[dict[str, Any]]:
    """The blocks of a table with such heads over rows of equal cells, after the names of an item."""
    names = "".join(f"<th scope='col'>{escape(head)}</th>" for head in ("番号", "推進項目", *heads))
    cells = f"<td class='text'>{escape(cell)}</td>" * len(heads)
    row = f"<tr><th scope='row'>1</th><th scope='row'>広聴の充実と市民参加の推進</th>{cells}</tr>"
    table = f"<table id='t'><thead><tr>{names}</tr></thead><tbody>{row * rows}</tbody></table>"
    assert lxml.html.fragment_fromstring(table).tag == "table"
    blocks: list[dict[str, Any]] = typeset_data(assemble_body(["<h2>表</h2>", table], "年"), 2022)["blocks"]
    return blocks


def heads_of(block: dict[str, Any]) -> list[str]:
    return ["".join(run["text"] for run in cell["runs"]) for cell in block["rows"][0]["cells"]]


def test_eight_years_of_short_cells_stand_upright_under_brief_heads_with_a_note() -> None:
    _, table, note = blocks_of(YEARS, "D12")
    assert not table["across"] and table["size"] == 9
    assert heads_of(table) == ["番号", "推進項目", "H30", "R元", "R2", "R3", "R4", "R5", "R6", "R7"]
    assert (note["kind"], note["role"]) == ("paragraph", "note")
    assert [run["text"] for run in note["runs"]] == [
        "H30は平成30年度、R元は令和元年度、R2は令和2年度を表します（以下同様）。"
    ]


@pytest.mark.parametrize("years", [1, 4])
def test_years_that_have_room_are_written_in_full(years: int) -> None:
    _, table = blocks_of(YEARS[:years], "D12")
    assert heads_of(table)[2:] == [*YEARS[:years]]


def test_years_are_written_in_full_where_brief_heads_would_not_help() -> None:
    _, table = blocks_of(YEARS, "実施しているが遅れている", rows=14)
    assert table["across"] and heads_of(table)[2:] == [*YEARS]


def test_years_of_a_table_across_the_page_are_brief_where_they_would_break() -> None:
    heads = tuple(f"令和{number}年度" for number in range(2, 12))
    _, table, note = blocks_of((*heads, *MORE), "目標 5,123 件", rows=14)
    assert table["across"] and note["role"] == "note"
    assert heads_of(table)[2:] == [*(f"R{number}" for number in range(2, 12)), *MORE]


def test_heads_that_say_more_than_a_year_stay_as_they_are() -> None:
    heads = tuple(f"{year}末" for year in YEARS)
    _, table = blocks_of(heads, "D12")
    assert heads_of(table)[2:] == [*heads]
