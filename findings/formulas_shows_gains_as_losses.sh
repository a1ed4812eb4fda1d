#!/usr/bin/env bash
# formulas 1.3.4 (a spreadsheet's formulas in Python): of a number format with sections TEXT takes the one for negative numbers whatever the
# number is. A gain of 5 in the format +0;-0;0 is -5, in a city's +0;△0;－ it is △5, a loss; zero is △0, and a loss has two signs: -△5.
# The sections are for positive numbers, negative ones and zero, and carry the sign themselves (ECMA-376 part 1, 18.8.31):
# Excel shows +5, +5, － and △5, as pycel 1.0b30 does. No warning. A format of one section is right: 81.0%.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet formulas==1.3.4 pycel==1.0b30 openpyxl==3.1.5
cd "$work"
env/bin/python -W ignore <<'PYTHON'
import formulas
import openpyxl
from pycel import ExcelCompiler

SEEN = {
    '=TEXT(5,"+0;-0;0")': ("-5", "+5"),
    '=TEXT(5,"+0;△0;－")': ("△5", "+5"),
    '=TEXT(0,"+0;△0;－")': ("△0", "－"),
    '=TEXT(-5,"+0;△0;－")': ("-△5", "△5"),
    '=TEXT(34/42,"0.0%")': ("81.0%", "81.0%"),
}
book = openpyxl.Workbook()
for row, formula in enumerate(SEEN, 1):
    book.active.cell(row, 1, formula)
book.save("book.xlsx")
pycel = ExcelCompiler("book.xlsx")
for row, (formula, (seen, right)) in enumerate(SEEN.items(), 1):
    text = str(formulas.Parser().ast(formula)[1].compile()())
    print(formula, "formulas", text, "pycel", other := pycel.evaluate(f"Sheet!A{row}"))
    assert text == seen, "the sections are taken as Excel takes them now"
    assert other == right
PYTHON
echo "as described"
