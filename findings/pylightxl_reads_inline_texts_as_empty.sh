#!/usr/bin/env bash
# pylightxl 1.61: texts that stand in their cells (t="inlineStr", ECMA-376 part 1, 18.3.1.53) are read as empty cells, without a warning;
# numbers beside them are read. XlsxWriter 3.2.9 writes them so where memory is kept constant, others for all files. With shared
# strings, XlsxWriter's usual way, the same table is read right.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet pylightxl==1.61 XlsxWriter==3.2.9
cd "$work"
env/bin/python <<'PYTHON'
import xlsxwriter
from pylightxl import readxl

read = {}
for constant in (False, True):
    with xlsxwriter.Workbook("book.xlsx", {"constant_memory": constant}) as book:
        book.add_worksheet("R4").write_row(0, 0, ["実施", 1, "窓口の改善", 81.0])
    read[constant] = readxl("book.xlsx").ws("R4").row(1)
print(read)
assert read[False] == ["実施", 1, "窓口の改善", 81]
assert read[True] == ["", 1, "", 81], "inline texts are read now"
PYTHON
echo "as described"
