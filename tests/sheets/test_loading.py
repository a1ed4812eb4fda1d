"""Modules that a task does not need are not loaded for it."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "data" / "raw" / "yamaguchi"
PLAN = f"from pathlib import Path; from helpers.plan.reading.plan_file import load_plan; plan = load_plan(Path({str(DATA)!r}))\n"
READERS = {"helpers.sheets.files.readers", "helpers.sheets.files.container", "pandas", "numpy"}
LIBRARIES = {"openpyxl", "xlsxwriter", "python_calamine", "xlrd", "lxml", "odf", "fontTools", "matplotlib"}
WRITERS = LIBRARIES | {"helpers.sheets.outgoing.blank", "helpers.sheets.outgoing.marked_copy"}


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
    listing = "\nimport sys; print(*sys.modules)"
    command = [sys.executable, "-P", "-c", PLAN + code + listing]
    modules = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert not unused & set(modules)


@pytest.mark.parametrize("package", ["helpers", "helpers.sheets", "helpers.export"])
def test_every_name_that_is_handed_out_is_there_and_no_other(package: str) -> None:
    door = import_module(package)
    assert all(getattr(door, name) is not None for name in door.__all__)
    assert dir(door) == sorted(door.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = door.nothing
