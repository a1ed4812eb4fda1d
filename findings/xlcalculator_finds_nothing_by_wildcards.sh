#!/usr/bin/env bash
# xlcalculator 0.5.0: COUNTIF takes * and ? for themselves. A count of the statuses that end in 実施 is 0, not 3, and one of all that begin
# with 一部 is 0, not 1; no warning. In SpreadsheetML they are wildcards (ECMA-376 part 1, 18.17.7.57). formulas 1.3.4 counts right,
# and xlcalculator does with a whole word or a comparison.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet xlcalculator==0.5.0 formulas==1.3.4 openpyxl==3.1.5
cd "$work"
env/bin/python -W ignore <<'PYTHON'
import formulas
import openpyxl
from xlcalculator import Evaluator, ModelCompiler

SEEN = {"*実施": (0, 3), "一部*": (0, 1), "未??": (0, 1), "実施": (1, 1), "<>実施": (3, 3)}
book = openpyxl.Workbook()
for row, status in enumerate(["実施", "一部実施", "未実施", "検討中"], 1):
    book.active.cell(row, 1, status)
for row, condition in enumerate(SEEN, 1):
    book.active.cell(row, 2, f'=COUNTIF(A1:A4,"{condition}")')
book.save("book.xlsx")
evaluator = Evaluator(ModelCompiler().read_and_parse_archive("book.xlsx"))
cells = formulas.ExcelModel().loads("book.xlsx").finish().calculate()
for row, (condition, (seen, right)) in enumerate(SEEN.items(), 1):
    count = int(evaluator.evaluate(f"Sheet!B{row}"))
    other = int(cells[f"'[book.xlsx]SHEET'!B{row}"].value[0, 0])
    print(condition, "xlcalculator", count, "formulas", other)
    assert count == seen, "wildcards are heeded now"
    assert other == right
PYTHON
echo "as described"
