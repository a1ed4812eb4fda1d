#!/usr/bin/env bash
# openpyxl 3.1.5: a date with a built-in number format of Japanese Excel (numFmtId 27 to 36 and 50 to 58, whose codes the file does
# not state; ISO/IEC 29500-1, 18.8.30, lists them for ja-jp) is read as a plain number, and its number_format as "General". 27, 28,
# 57 and 58 show a date in its era, such as R1.5.1. With 14, the first built-in date format, the same number is read as a date, and
# python-calamine 0.9.1 reads all of them as dates. The documentation says that openpyxl translates dates stored as numbers.
# Seen: 14 2019-05-01; 27, 28, 30, 31, 34, 36, 50, 55, 57 and 58 43586 and General, calamine 2019-05-01.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet openpyxl==3.1.5 python-calamine==0.9.1
"$work/env/bin/python" - "$work" <<'PYTHON'
import datetime
import sys
import zipfile
from pathlib import Path

import openpyxl
import python_calamine

work = Path(sys.argv[1])
DAY = datetime.date(2019, 5, 1)


def workbook(number_format: int) -> Path:
    """A sheet with 1 May 2019 in A1, in a built-in number format."""
    book = openpyxl.Workbook()
    book.active["A1"] = DAY
    book.active["A1"].number_format = "mm-dd-yy"  # the built-in number format 14
    plain, file = work / "plain.xlsx", work / "book.xlsx"
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'numFmtId="14"', f'numFmtId="{number_format}"'.encode()))
    return file


def read(number_format: int) -> tuple[object, str, object]:
    """The value and the number format that openpyxl gives, and the value that calamine gives."""
    file = workbook(number_format)
    cell = openpyxl.load_workbook(file).active["A1"]
    return cell.value, cell.number_format, python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()[0][0]


usual = read(14)
print(14, *usual)
assert usual == (datetime.datetime(2019, 5, 1), "mm-dd-yy", DAY)
for number_format in (27, 28, 30, 31, 34, 36, 50, 55, 57, 58):
    japanese = read(number_format)
    print(number_format, *japanese)
    assert japanese[2] == DAY
    assert japanese[:2] == (43586, "General"), "openpyxl reads it as a date now"
PYTHON
echo "as described"
