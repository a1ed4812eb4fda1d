#!/usr/bin/env bash
# xlsx 0.18.5 (SheetJS, the newest on npm): a cell emptied in Japanese Excel keeps a shared string of no text with the settings of its
# furigana (<si><t/><phoneticPr/></si>; ISO/IEC 29500-1, 18.4.8 and 18.4.3), and is read as the text <phoneticPr fontId="1"/>. So
# a blank status is counted as filled in, and markup stands in the csv. Furigana of a cell with text are left out, as they
# should be. openpyxl 3.1.5 and python-calamine 0.9.1 read an empty text.
# Seen: 山口, <phoneticPr fontId="1"/>; openpyxl and calamine 山口 and the empty text.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet openpyxl==3.1.5 python-calamine==0.9.1 xlsxwriter==3.3.1
npm install --silent --no-audit --no-fund --prefix "$work" xlsx@0.18.5
cat > "$work/read.cjs" <<'JS'
const sheets = require("xlsx");
const sheet = Object.values(sheets.readFile(process.argv[2]).Sheets)[0];
console.log(JSON.stringify(sheets.utils.sheet_to_json(sheet, { header: 1 }).map((row) => row[0])));
JS
"$work/env/bin/python" - "$work" <<'PYTHON'
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import python_calamine
import xlsxwriter

STRINGS = {
    "FIRST": '<si><t>山口</t><rPh sb="0" eb="2"><t>ヤマグチ</t></rPh><phoneticPr fontId="1"/></si>',
    "SECOND": '<si><t/><phoneticPr fontId="1"/></si>',
}
work = Path(sys.argv[1])
plain, file = work / "plain.xlsx", work / "book.xlsx"
book = xlsxwriter.Workbook(str(plain))
book.add_worksheet("s").write_column(0, 0, list(STRINGS))
book.close()
with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w") as new:
    for name in old.namelist():
        content = old.read(name).decode()
        for text, string in STRINGS.items():
            content = content.replace(f"<si><t>{text}</t></si>", string)
        new.writestr(name, content)
by_sheetjs = json.loads(subprocess.check_output(["node", work / "read.cjs", file]))
by_openpyxl = [row[0].value for row in openpyxl.load_workbook(file).active]
by_calamine = [row[0] for row in python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()]
print(by_sheetjs, by_openpyxl, by_calamine)
assert by_openpyxl == by_calamine == ["山口", ""]
assert by_sheetjs == ["山口", '<phoneticPr fontId="1"/>'], "the cell is read as blank now"
PYTHON
echo "as described"
