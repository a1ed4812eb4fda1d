#!/usr/bin/env bash
# excelize 0.1.0 (the Python build of Go's excelize 2.11.0): of a number format with several sections, get_cell_value applies the
# first to every number that is not negative. The third section, for zero, is passed over, and so are conditions such as [=2], so
# that 2 is shown as the word for 1. ISO/IEC 29500-1, 18.8.31, describes both. The documentation promises the original value where
# a format cannot be applied; here the text of another value is given.
# Seen: 0 as 0 and as 実施 where Excel shows - and 未実施; 2 and 3 as 実施 where Excel shows 一部実施 and 未実施.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet excelize==0.1.0 openpyxl==3.1.5
"$work/env/bin/python" - "$work" <<'PYTHON'
import sys
from pathlib import Path

import excelize
import openpyxl

WORDS = '[=1]"実施";[=2]"一部実施";"未実施"'
CASES = [  # a number, its format, what Excel shows, what excelize was seen to show
    (5, '#,##0;"△"#,##0;"-"', "5", "5"),
    (-5, '#,##0;"△"#,##0;"-"', "△5", "△5"),
    (0, '#,##0;"△"#,##0;"-"', "-", "0"),
    (0, '"実施";;"未実施"', "未実施", "実施"),
    (1, WORDS, "実施", "実施"),
    (2, WORDS, "一部実施", "実施"),
    (3, WORDS, "未実施", "実施"),
    (1500000, '[>=1000000]0.0,,"百万円";[>=1000]0.0,"千円";0"円"', "1.5百万円", "1.5百万円"),
    (1500, '[>=1000000]0.0,,"百万円";[>=1000]0.0,"千円";0"円"', "1.5千円", "0.0百万円"),
]
book = openpyxl.Workbook()
for row, (number, code, _, _) in enumerate(CASES, 1):
    book.active.cell(row, 1, number).number_format = code
file = str(Path(sys.argv[1]) / "book.xlsx")
book.save(file)
opened = excelize.open_file(file, excelize.Options(culture_info=excelize.CultureName.CultureNameJaJP))
for row, (number, code, by_excel, seen) in enumerate(CASES, 1):
    shown = opened.get_cell_value("Sheet", f"A{row}")
    print(number, code, "Excel:", by_excel, "excelize:", shown)
    assert shown == seen, "sections are chosen in another way now"
PYTHON
echo "as described"
