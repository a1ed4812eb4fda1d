"""What a sheet of one kind does not need is not loaded for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import helpers.sheets

DATA = Path(__file__).parents[2] / "data" / "raw" / "yamaguchi"
PLAN = f"from pathlib import Path; from helpers.plan.reading.plan_file import load_plan; plan = load_plan(Path({str(DATA)!r}))\n"
READERS = {
    "helpers.sheets.files.readers",
    "helpers.sheets.files.container",
    "helpers.sheets.finding",
    "pandas",
}
WRITERS = {
    "openpyxl",
    "python_calamine",
    "lxml",
    "odf",
    "helpers.sheets.outgoing.blank",
    "helpers.sheets.outgoing.marked_copy",
}


@pytest.mark.parametrize(
    ("code", "unused"),
    [
        ("from helpers.sheets import find_sheets; assert len(find_sheets(plan)) == 3", READERS | WRITERS),
        (
            "from helpers.sheets import inspect_sheet; assert inspect_sheet(plan.folder / 'R4.csv', plan).status_sheet",
            WRITERS,
        ),
    ],
)
def test_sheets_are_found_without_readers_and_a_csv_is_read_without_workbooks(
    code: str, unused: set[str]
) -> None:
    told = "\nimport sys; print(*sys.modules)"
    command = [sys.executable, "-P", "-c", PLAN + code + told]
    modules = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert not unused & set(modules)


def test_every_public_name_is_found_where_it_is_said_to_be() -> None:
    assert sorted(helpers.sheets._HOMES) == sorted(helpers.sheets.__all__)
    for name in helpers.sheets.__all__:
        assert getattr(helpers.sheets, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = helpers.sheets.nothing
