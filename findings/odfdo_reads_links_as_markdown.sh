#!/usr/bin/env bash
# odfdo 3.27.3: of a cell whose text is a link, as a list of departments with links to their pages has them, get_value, get_values and to_csv
# give Markdown, the text in square brackets and the address in round ones, so that 総務課 equals no 総務課 of another sheet. The
# documentation of get_value promises the Python value of the cell; Markdown is to be had by a method of its own. pandas 3.1.1
# and python-calamine 0.9.1 read the text of the same cell. Seen: [総務課](https://www.example.jp/soumu); 総務課 without a link.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet odfdo==3.27.3 odfpy==1.4.1 pandas==3.1.1 python-calamine==0.9.1
"$work/env/bin/python" <<'PYTHON'
import io

import odfdo
import pandas
import python_calamine
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import A, P

link, linked, plain = A(href="https://www.example.jp/soumu"), P(), P(text="総務課")
link.addText("総務課")
linked.addElement(link)
document, table, row = OpenDocumentSpreadsheet(), Table(name="s"), TableRow()
for paragraph in (linked, plain):
    cell = TableCell(valuetype="string")
    cell.addElement(paragraph)
    row.addElement(cell)
table.addElement(row)
document.spreadsheet.addElement(table)
stream = io.BytesIO()
document.write(stream)
sheet = odfdo.Document(io.BytesIO(stream.getvalue())).body.get_table(0)
by_pandas = list(pandas.read_excel(stream, engine="odf", header=None).iloc[0])
stream.seek(0)
by_calamine = python_calamine.CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0).to_python()[0]
print(sheet.get_values(), sheet.get_value("A1"), sheet.to_csv().strip(), by_pandas, by_calamine)
assert by_pandas == by_calamine == ["総務課", "総務課"]
assert sheet.get_values() == [["[総務課](https://www.example.jp/soumu)", "総務課"]], "the text is given now"
assert sheet.get_value("A1") == "[総務課](https://www.example.jp/soumu)" and "](https:" in sheet.to_csv()
PYTHON
echo "as described"
