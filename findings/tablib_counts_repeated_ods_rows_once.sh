#!/usr/bin/env bash
# tablib 3.10.0: of an ods file it takes a row or a cell that is stored once for several (table:number-rows-repeated and
# table:number-columns-repeated; OpenDocument 1.3, part 3) for one, without a warning. LibreOffice stores equal neighbours in a row
# so, other programs equal rows too (ropensci/readODS issue 81): after two equal cells every later column moves to the left, and
# three equal rows are counted as one. Of the same table in xlsx all is read, and python-calamine 0.9.1 reads all of the ods.
# (jazzband/tablib pull request 616, open, is about the cells.) Seen: 3 rows of 5, and 1-1, 実施, 総務課 and a blank where the row holds 1-1, 実施, 実施, 総務課.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet 'tablib[ods,xlsx]==3.10.0' odfpy==1.4.1 openpyxl==3.1.5 python-calamine==0.9.1
"$work/env/bin/python" <<'PYTHON'
import io

import openpyxl
import python_calamine
import tablib
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

TITLES, SAME, OTHER = ["番号", "前年度", "今年度", "所管課"], ["1-1", "実施", "実施", "総務課"], ["1-2", "未実施", "実施", "財政課"]
ROWS = [TITLES, SAME, OTHER, OTHER, OTHER]


def cell(text: str, times: int = 1) -> TableCell:
    made = TableCell(valuetype="string", **({"numbercolumnsrepeated": times} if times > 1 else {}))
    made.addElement(P(text=text))
    return made


document, table = OpenDocumentSpreadsheet(), Table(name="s")
rows = [map(cell, TITLES), (cell("1-1"), cell("実施", 2), cell("総務課")), map(cell, OTHER)]
for cells, times in zip(rows, (1, 1, 3), strict=True):
    made = TableRow(**({"numberrowsrepeated": times} if times > 1 else {}))
    for content in cells:
        made.addElement(content)
    table.addElement(made)
document.spreadsheet.addElement(table)
ods, xlsx, book = io.BytesIO(), io.BytesIO(), openpyxl.Workbook()
document.write(ods)
for row in ROWS:
    book.active.append(row)
book.save(xlsx)
by_ods = [list(row) for row in tablib.Dataset().load(ods.getvalue(), format="ods", headers=False)]
by_xlsx = [list(row) for row in tablib.Dataset().load(xlsx.getvalue(), format="xlsx", headers=False)]
ods.seek(0)
by_calamine = python_calamine.CalamineWorkbook.from_filelike(ods).get_sheet_by_index(0).to_python()
print("ods", by_ods, "xlsx", by_xlsx, sep="\n")
assert by_xlsx == by_calamine == ROWS
assert by_ods == [TITLES, ["1-1", "実施", "総務課", ""], OTHER], "repeated rows or cells are read now"
PYTHON
echo "as described"
