#!/usr/bin/env bash
# exceljs 4.4.0 (npm): of a text that stands in its cell (t="inlineStr", ECMA-376 part 1, 18.3.1.53, as programs write that make large
# files) and bears furigana it makes status and reading run together, 実施ジッシ, and every cell after it, in this row and all below,
# is empty. No warning. Without furigana the same sheet is read right; openpyxl 3.1.5 reads both right.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" exceljs@4.4.0
cat > "$work/read.cjs" <<'JS'
const { Workbook } = require("exceljs");
(async () => {
  const book = new Workbook();
  await book.xlsx.readFile(process.argv[2]);
  console.log(JSON.stringify(["A1", "B1", "A2"].map((name) => book.worksheets[0].getCell(name).text)));
})();
JS
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet XlsxWriter==3.2.9 openpyxl==3.1.5
cd "$work"
env/bin/python <<'PYTHON'
import json
import subprocess
import zipfile

import openpyxl
import xlsxwriter

with xlsxwriter.Workbook("plain.xlsx", {"constant_memory": True}) as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["実施", "総務課"])
    sheet.write_row(1, 0, ["検討中", "財政課"])
with zipfile.ZipFile("plain.xlsx") as plain, zipfile.ZipFile("furigana.xlsx", "w") as book:
    for name in plain.namelist():
        reading = '</t><rPh sb="0" eb="2"><t>ジッシ</t></rPh></is>'
        part = plain.read(name).decode()
        book.writestr(name, part.replace("</t></is>", reading, 1) if name == "xl/worksheets/sheet1.xml" else part)
RIGHT = ["実施", "総務課", "検討中"]
SEEN = {"plain.xlsx": RIGHT, "furigana.xlsx": ["実施ジッシ", "", ""]}
for name, seen in SEEN.items():
    sheet = openpyxl.load_workbook(name).active
    cells = json.loads(subprocess.check_output(["node", "read.cjs", name]))
    print(name, "exceljs", cells)
    assert [sheet["A1"].value, sheet["B1"].value, sheet["A2"].value] == RIGHT
    assert cells == seen, "the reading is left out now"
PYTHON
echo "as described"
