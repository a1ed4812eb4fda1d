#!/usr/bin/env bash
# xlsx 0.18.5 (SheetJS, the newest on npm) and excelize 0.1.0: where a share ends in a 5 just below its format's last digit, the text as
# shown (SheetJS: w, sheet_to_csv, sheet_to_html; excelize: get_rows) can be one too low: 0.145 in the format 0% is 14%, 0.0295 in
# 0.0% is 2.9%. Excel shows 15% and 3.0%. Both multiply by 100 in binary and round afterwards. 0.155 and 0.0305 are right. With
# SheetJS 4 of the thousand shares of three digits are wrong in 0%, and 87 of the ten thousand of four digits in 0.0%. numfmt 4.0.1
# gives all as Excel does; it had the fault, too (borgar/numfmt issue 2). SheetJS/sheetjs issue 1105, open, is about other formats.
# Seen: 14%, 28%, 2.9%, 10.5%; 16% and 3.1%; numfmt 15%, 29%, 3.0%, 10.6%.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet excelize==0.1.0 xlsxwriter==3.3.1
npm install --silent --no-audit --no-fund --prefix "$work" xlsx@0.18.5 numfmt@4.0.1
cat > "$work/read.mjs" <<'JS'
import { format } from "numfmt";
import sheets from "xlsx";
const sheet = Object.values(sheets.readFile(process.argv[2], { cellNF: true }).Sheets)[0];
const cells = Object.entries(sheet).filter(([name]) => name[0] === "A").map(([, cell]) => cell);
console.log(JSON.stringify([cells.map((cell) => cell.w), cells.map((cell) => format(cell.z, cell.v))]));
JS
"$work/env/bin/python" - "$work" <<'PYTHON'
import json
import subprocess
import sys
from pathlib import Path

import excelize
import xlsxwriter

work = Path(sys.argv[1])
CASES = [  # share, number format, as Excel shows it, as SheetJS and excelize give it
    (0.145, "0%", "15%", "14%"),
    (0.285, "0%", "29%", "28%"),
    (0.155, "0%", "16%", "16%"),
    (0.0295, "0.0%", "3.0%", "2.9%"),
    (0.1055, "0.0%", "10.6%", "10.5%"),
    (0.0305, "0.0%", "3.1%", "3.1%"),
]
file = work / "book.xlsx"
with xlsxwriter.Workbook(file) as book:
    sheet = book.add_worksheet("R4")
    for row, (share, number_format, *_) in enumerate(CASES):
        sheet.write_number(row, 0, share, book.add_format({"num_format": number_format}))
by_sheetjs, by_numfmt = json.loads(subprocess.run(["node", work / "read.mjs", file], check=True, capture_output=True, text=True).stdout)
by_excelize = [row[0] for row in excelize.open_file(str(file)).get_rows("R4")]
print(by_sheetjs, by_excelize, by_numfmt, sep="\n")
described = [case[3] for case in CASES]
assert by_numfmt == [case[2] for case in CASES]
assert by_sheetjs == described, "SheetJS rounds shares in decimal now"
assert by_excelize == described, "excelize rounds shares in decimal now"
PYTHON
echo "as described"
