#!/usr/bin/env bash
# polars 2.1.0, read_excel with its usual engine (calamine, through fastexcel 0.21.0): the type of a column is guessed from the first
# 100 rows, and what does not fit below them becomes null, without a warning. A sheet of 130 items whose 実績 is a figure, but 検討中
# for item 120, loses the word and still has a sum. Of the same rows in a csv read_csv raises an error, and read_excel with
# engine="openpyxl" gives a column of texts. The documentation of infer_schema_length says that at most so many rows are scanned to
# find the types, and of none that its value is dropped. (pola-rs/polars issue 23728 was closed as not reproducible.)
# Seen: Int64, null and 8395; openpyxl 検討中; read_csv ComputeError.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet polars==2.1.0 fastexcel==0.21.0 openpyxl==3.1.5
"$work/env/bin/python" <<'PYTHON'
import io
import warnings

import openpyxl
import polars

ROWS = [["番号", "実績"], *([f"1-{item}", "検討中" if item == 120 else item] for item in range(1, 131))]
warnings.simplefilter("error")
book, file = openpyxl.Workbook(), io.BytesIO()
for row in ROWS:
    book.active.append(row)
book.save(file)
usual = polars.read_excel(file.getvalue())["実績"]
other = polars.read_excel(file.getvalue(), engine="openpyxl")["実績"]
try:
    by_csv = polars.read_csv(io.StringIO("\n".join(f"{number},{result}" for number, result in ROWS)))["実績"][119]
except polars.exceptions.ComputeError:
    by_csv = "ComputeError"
print(usual.dtype, usual[119], usual.sum(), other[119], by_csv)
assert (other[119], by_csv) == ("検討中", "ComputeError")
assert usual.dtype == polars.Int64 and usual[118] == 119 and usual[120] == 121
assert usual[119] is None, "the word is kept or refused now"
assert usual.sum() == sum(range(1, 131)) - 120
PYTHON
echo "as described"
