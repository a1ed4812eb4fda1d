#!/usr/bin/env bash
# tablib 3.10.0: of an ods cell it reads the first piece of text only, without a warning. A status of which one letter is bold or struck
# through loses what follows, so that 未実施 becomes 未 and 一部実施 一部; a second line is lost; and of a cell with a comment, which
# OpenDocument puts first in the cell, the comment is read: 42 with the comment 5 is 5. Numbers are read as they are shown,
# not from office:value (OpenDocument 1.3, part 3): 80.952 shown as 81.0 is 81. pandas 3.1.1 reads all of them right.
# Seen: 未, 総務課, 5.0, 81.0; pandas 未実施, 総務課 and 財政課, 42, 80.952.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet 'tablib[ods]==3.10.0' odfpy==1.4.1 pandas==3.1.1
"$work/env/bin/python" <<'PYTHON'
import io

import pandas
import tablib
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P, Span


def read(cell: TableCell, *parts: object) -> tuple[object, object]:
    """A cell of some parts, as tablib and as pandas give it."""
    document, table, row = OpenDocumentSpreadsheet(), Table(name="s"), TableRow()
    for part in parts:
        cell.addElement(part)
    row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.write(stream)
    by_tablib = tablib.Dataset().load(stream.getvalue(), format="ods", headers=False)[0][0]
    return by_tablib, pandas.read_excel(stream, engine="odf", header=None).iloc[0, 0]


bold, status, comment = Span(), P(), Annotation()
bold.addText("実施")
status.addText("未")
status.addElement(bold)
comment.addElement(P(text="5"))
half_bold = read(TableCell(valuetype="string"), status)
two_lines = read(TableCell(valuetype="string"), P(text="総務課"), P(text="財政課"))
commented = read(TableCell(valuetype="float", value="42"), comment, P(text="42"))
rounded = read(TableCell(valuetype="float", value="80.952"), P(text="81.0"))
print(*map(ascii, (half_bold, two_lines, commented, rounded)), sep="\n")
assert half_bold[1] == "未実施" and two_lines[1].startswith("総務課") and two_lines[1].endswith("財政課")
assert commented[1] == 42 and rounded[1] == 80.952
assert (half_bold[0], two_lines[0], commented[0], rounded[0]) == ("未", "総務課", 5.0, 81.0), "the whole cell is read now"
PYTHON
echo "as described"
