"""What the notebook shows is the report: its page, its PDF and the tables in its files."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result

from commands import gyokaku
from helpers.proof.html_page import read_tables
from made_reports import lay_out_reference, replaced

pytestmark = pytest.mark.slow
TRANSITIONS, COURSE = "    tables.transitions(history),", "tables.course(history)"


def built(root: Path, changes: dict[str, str]) -> Result:
    """Build the reference report with changes to its notebook's text."""
    lay_out_reference(root)
    replaced(root / "notebooks" / "annual_report.ipynb", changes)
    return gyokaku("build", "2022", "--root", root)


def test_a_table_taken_out_of_the_notebook_or_moved_is_gone_or_moved_in_every_file(tmp_path: Path) -> None:
    result = built(
        tmp_path,
        {
            "    trace.lead(tables.bridge(history)),": "    ",
            "    tables.highlights(history),": "    ",
            TRANSITIONS: "    ",
            COURSE: f"{COURSE}, {TRANSITIONS.strip(' ,')}",
        },
    )
    # Published figures are compared also of a table that is not shown: 373 cells, 40 of them of the highlights.
    assert "373/376 一致（正誤3）" in result.output
    folder = tmp_path / "reports" / "yamaguchi" / "2022"
    ids = [table.id for table in read_tables((folder / "report.html").read_bytes())]
    assert ids == [
        "remaining", "plan_overview", "overall", "by_policy", "moved", "items", "summary", "course",
        "transitions", "reconciliation", "differences", "sources", "origins", "source_files", "source_cells",
        "source_totals",
    ]  # fmt: skip
    package = json.loads((folder / "tables" / "datapackage.json").read_bytes())
    assert [resource["name"] for resource in package["resources"]] == ids
    assert {file.stem for file in folder.glob("tables/*.csv")} == set(ids)
    workbook = openpyxl.load_workbook(io.BytesIO((folder / "tables.xlsx").read_bytes()))
    assert sorted(name for sheet in workbook for name in sheet.tables) == sorted(f"table_{i}" for i in ids)
    assert b"gyokaku.tables" not in (folder / "report.ipynb").read_bytes()


def test_a_notebook_without_a_table_that_no_report_does_without_is_refused(tmp_path: Path) -> None:
    result = built(tmp_path, {"trace.lead(tables.overall(history)), ": ""})
    assert result.exit_code == 1
    assert "report.html・report.pdf・tables/*.csv: 表「overall」がありません" in result.output
    assert not (tmp_path / "reports" / "yamaguchi" / "2022").exists()
