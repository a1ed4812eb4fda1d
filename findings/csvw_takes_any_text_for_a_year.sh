#!/usr/bin/env bash
# csvw 4.1.1: a column with the datatype gYear or gYearMonth takes any text, so that a table of fiscal years with R4, 令和4年度 or a blank of
# dashes is read without a word, where an integer or date column of the same table raises an error. The Tabular Data Model
# (W3C, 6.4) has a cell that is no value of its datatype be an error, and XML Schema (part 2, 3.2.11) makes a gYear four digits.
# Seen: gYear R4, 令和4年度, － as they are; gYearMonth 令和4年4月 as it is; integer and date raise ValueError.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet csvw==4.1.1
"$work/env/bin/python" - "$work" <<'PYTHON'
import json
import sys
from pathlib import Path

from csvw import TableGroup

work = Path(sys.argv[1])


def read(datatype: str, cell: str) -> str:
    """A cell of a column with a datatype, or the name of the error."""
    (work / "a.csv").write_text(f"year\n{cell}\n", encoding="utf-8")
    column = {"name": "year", "titles": "year", "datatype": datatype}
    tables = [{"url": "a.csv", "tableSchema": {"columns": [column]}}]
    metadata = work / "a.csv-metadata.json"
    metadata.write_text(json.dumps({"@context": "http://www.w3.org/ns/csvw", "tables": tables}), encoding="utf-8")
    try:
        return str(next(iter(TableGroup.from_file(metadata).tables[0]))["year"])
    except ValueError as refusal:
        return type(refusal).__name__


years = {cell: read("gYear", cell) for cell in ("2022", "R4", "令和4年度", "－")}
months = {cell: read("gYearMonth", cell) for cell in ("2022-04", "令和4年4月")}
others = [read("integer", "R4"), read("date", "令和4年4月1日")]
print(years, months, others)
assert others == ["ValueError", "ValueError"]
assert all(cell == value for cell, value in {**years, **months}.items()), "years are checked now"
PYTHON
echo "as described"
