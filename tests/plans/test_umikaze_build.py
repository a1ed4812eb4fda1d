"""The synthetic city (架空) through the real builder: its own words and figures stand in page and PDF."""

from pathlib import Path

import lxml.html
import pytest

from helpers.proof.pdf_text import read_structure, table_cells
from helpers.text.forms import folded

YEARS = range(2019, 2025)


def page_tables(page: Path) -> dict[str, list[list[str]]]:
    """The cells of every table of a page, row by row, headers included."""
    return {
        table.get("id"): [[folded(cell.text_content()) for cell in row] for row in table.xpath(".//tr")]
        for table in lxml.html.parse(str(page)).iter("table")
    }


@pytest.mark.slow
def test_every_year_is_built_through_html_and_pdf_with_the_same_cells(built_umikaze: Path) -> None:
    reports = built_umikaze / "reports" / "umikaze"
    for year in YEARS:
        tables = page_tables(reports / str(year) / "report.html")
        pdf = (reports / str(year) / "report.pdf").read_bytes()
        in_pdf = [
            [[folded(cell) for cell in row] for row in table] for table in table_cells(read_structure(pdf))
        ]
        assert in_pdf == list(tables.values())
        assert {"plan_overview", "overall", "by_policy", "items", "summary"} <= tables.keys()
        assert "None" not in (reports / str(year) / "report.html").read_text(encoding="utf-8")
    assert page_tables(reports / "2021" / "report.html")["overall"][2:] == [
        ["◎", "6", "54.55%", "4", "33.33%"],
        ["○", "3", "27.27%", "3", "25.00%"],
        ["△", "1", "9.09%", "5", "41.67%"],
        ["×", "1", "9.09%", "0", "0.00%"],
        ["-", "1", "...", "1", "..."],
        ["集計中", "0", "...", "1", "..."],
        ["合計", "12", "100.00%", "14", "100.00%"],
    ]
    page = (reports / "2023" / "report.html").read_text(encoding="utf-8")
    assert "海風市（架空）" in page
    assert "区分の定義が変わった" in page
