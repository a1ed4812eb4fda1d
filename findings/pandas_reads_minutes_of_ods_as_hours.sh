#!/usr/bin/env bash
# pandas 3.1.1, read_excel with the engine odf (odfpy 1.4.1): a time cell is read from the text that it shows, not from its value
# (office:time-value, which OpenDocument 1.3, part 3, has under office:value-type). Waiting times of the format MM:SS become
# hours, and an afternoon that is shown as 3:05 becomes a morning, without a warning; a Japanese format (9時30分) stops the
# whole sheet. Numbers, percentages and dates are read from their values. python-calamine 0.9.1 reads all four right.
# Seen: 00:05:30 shown as 05:30 is 05:30:00, 15:05 shown as 3:05 is 03:05:00, 09:30 shown as 9:30 is right, 9時30分 an error.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet pandas==3.1.1 odfpy==1.4.1 python-calamine==0.9.1
"$work/env/bin/python" <<'PYTHON'
import datetime
import io

import pandas
import python_calamine
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def read(value: str, shown: str) -> tuple[str, datetime.time]:
    """A time cell with a value and a text, as pandas and as calamine give it."""
    document, table, row = OpenDocumentSpreadsheet(), Table(name="s"), TableRow()
    cell = TableCell(valuetype="time", timevalue=value)
    cell.addElement(P(text=shown))
    row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    stream = io.BytesIO()
    document.write(stream)
    stream.seek(0)
    right = python_calamine.CalamineWorkbook.from_filelike(stream).get_sheet_by_index(0).to_python()[0][0]
    try:
        return str(pandas.read_excel(stream, engine="odf", header=None).iloc[0, 0]), right
    except ValueError as refusal:
        return type(refusal).__name__, right


minutes, afternoon = read("PT00H05M30S", "05:30"), read("PT15H05M00S", "3:05")
morning, japanese = read("PT09H30M00S", "9:30"), read("PT09H30M00S", "9時30分")
print(*map(str, (minutes, afternoon, morning, japanese)), sep="\n")
assert morning == ("09:30:00", datetime.time(9, 30)) and japanese[1] == datetime.time(9, 30)
assert minutes == ("05:30:00", datetime.time(0, 5, 30)), "the value is read now"
assert afternoon == ("03:05:00", datetime.time(15, 5)), "the value is read now"
assert "Error" in japanese[0], "Japanese formats are read now"
PYTHON
echo "as described"
