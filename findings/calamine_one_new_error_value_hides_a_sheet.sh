#!/usr/bin/env bash
# python-calamine 0.9.1: one cell with an error value that Excel has had since 2018 (#SPILL!, #CALC!, #FIELD! ...), anywhere in a
# worksheet, makes the whole worksheet unreadable, for all its other cells; openpyxl 3.1.5 reads the same file, and so does
# calamine with #VALUE! in the same place. Met in a status list with a dynamic array formula far right of the table.
# Seen: CalamineError "Unsupported cell error value '#SPILL!'" (or like words), against rows with #VALUE!.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet python-calamine==0.9.1 openpyxl==3.1.5
"$work/env/bin/python" - "$work" <<'PYTHON'
import sys
import zipfile
from pathlib import Path

import openpyxl
import python_calamine

work = Path(sys.argv[1])


def workbook(error: str) -> Path:
    """A sheet of three rows, with an error in Z3 as Excel writes it."""
    book = openpyxl.Workbook()
    for row in (["番号", "実施状況"], ["1", "実施"], ["2", "未実施"]):
        book.active.append(row)
    book.active["Z3"] = "#VALUE!"
    plain, file = work / "plain.xlsx", work / "book.xlsx"
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"#VALUE!", error.encode()))
    return file


def rows(error: str) -> str:
    try:
        sheet = python_calamine.CalamineWorkbook.from_path(workbook(error)).get_sheet_by_index(0)
        return f"{len(sheet.to_python())} rows"
    except Exception as refusal:
        return f"{type(refusal).__name__}: {refusal}"


old, new = rows("#VALUE!"), rows("#SPILL!")
by_openpyxl = openpyxl.load_workbook(workbook("#SPILL!")).active
print(f"#VALUE!: {old}\n#SPILL!: {new}\nopenpyxl: {by_openpyxl['B2'].value} {by_openpyxl['Z3'].value}")
assert old == "3 rows" and "Error" in new, "calamine reads it now"
assert (by_openpyxl["B2"].value, by_openpyxl["Z3"].value) == ("実施", "#SPILL!")
PYTHON
echo "as described"
