#!/usr/bin/env bash
# pycel 1.0b30: EDATE of the 31st runs over into the month after the wanted one where that is shorter, ROUND to hundreds or thousands
# and TEXT round a half to the even neighbour, and TEXT takes no heed of the comma that shows thousands. No error. Excel gives
# 2022/9/30, 1300, 13% and 1,235, and pycel itself rounds 2.5 to 3. The README says that an Excel spreadsheet is translated into
# code that can be run without Excel, and names no difference in these functions.
# Seen: a half year after 31 March 2022 1 October, a month after 31 January 3 March; ROUND(1250,-2) 1200, ROUND(2500,-3) 2000;
# TEXT(0.125,"0%") 12%, TEXT(1234567,"#,##0,") 1,234,567.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet pycel==1.0b30 openpyxl==3.1.5 networkx==2.6.3 numpy==2.4.6
cd "$work"
env/bin/python <<'PYTHON'
import openpyxl
from pycel import ExcelCompiler

CASES = {  # formula: what Excel gives, what pycel gives
    '=TEXT(EDATE(DATE(2022,3,30),6),"yyyy/m/d")': ("2022/9/30", "2022/9/30"),
    '=TEXT(EDATE(DATE(2022,3,31),6),"yyyy/m/d")': ("2022/9/30", "2022/10/1"),
    '=TEXT(EDATE(DATE(2022,1,31),1),"yyyy/m/d")': ("2022/2/28", "2022/3/3"),
    "=ROUND(2.5,0)": (3, 3),
    "=ROUND(1350,-2)": (1400, 1400),
    "=ROUND(1250,-2)": (1300, 1200),
    "=ROUND(2500,-3)": (3000, 2000),
    '=TEXT(0.375,"0%")': ("38%", "38%"),
    '=TEXT(0.125,"0%")': ("13%", "12%"),
    '=TEXT(0.25,"0.0")': ("0.3", "0.2"),
    '=TEXT(1234567,"#,##0,")': ("1,235", "1,234,567"),
}
book = openpyxl.Workbook()
for row, formula in enumerate(CASES, 1):
    book.active.cell(row, 1, formula)
book.save("book.xlsx")
compiled = ExcelCompiler(filename="book.xlsx")
for row, (formula, (by_excel, described)) in enumerate(CASES.items(), 1):
    seen = compiled.evaluate(f"Sheet!A{row}")
    print(formula, seen, "" if seen == by_excel else f"(Excel: {by_excel})")
    assert seen == described, formula
PYTHON
echo "as described"
