#!/usr/bin/env bash
# xlsx2csv 0.8.6: a date in an era's format of Japanese Excel ([$-411]ggge"年"m"月"d"日") is written with the codes of the era as text
# and without its year, so that the day cannot be known again: 1 May 2019 and 1 May 2022 are the same text. A date in the
# format yyyy"年"m"月"d"日" keeps its year, between stray quotation marks. No error, no warning. By the README --dateformat
# overrides the format of dates, which is otherwise the cell's (18.8.31 of ISO/IEC 29500-1 says how quoted text is shown, and a
# format that cannot be followed is no reason to lose the value). openpyxl 3.1.5 reads the same cells as dates.
# A number whose format has one of the letters d, h, m, s, y in quoted text ("H"0"年度" for a fiscal year of Heisei) is lost as well.
# Seen: both era dates ggge"年"05"月"01"日", the other 2019"年"05"月"01"日", the number 30 "12"0"年度".
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet xlsx2csv==0.8.6 openpyxl==3.1.5
"$work/env/bin/python" - "$work" <<'PYTHON'
import csv
import datetime
import io
import sys
from pathlib import Path

import openpyxl
from xlsx2csv import Xlsx2csv

ERA, PLAIN = '[$-411]ggge"年"m"月"d"日"', 'yyyy"年"m"月"d"日"'
DAYS = [datetime.datetime(2019, 5, 1), datetime.datetime(2022, 5, 1)]
book = openpyxl.Workbook()
for row, (day, number_format) in enumerate(zip([*DAYS, DAYS[0]], (ERA, ERA, PLAIN), strict=True), 1):
    book.active.cell(row, 1, day).number_format = number_format
book.active.cell(4, 1, 30).number_format = '"H"0"年度"'
file = str(Path(sys.argv[1]) / "book.xlsx")
book.save(file)
text = io.StringIO()
Xlsx2csv(file).convert(text)
written = [row[0] for row in csv.reader(text.getvalue().splitlines())]
print(*written, sep="\n")
assert [row[0].value for row in openpyxl.load_workbook(file).active] == [*DAYS, DAYS[0], 30]
assert written[2] == '2019"年"05"月"01"日"', "quotation marks are taken away now"
assert written[0] == written[1] == 'ggge"年"05"月"01"日"', "the year is written now"
assert written[3] == '"12"0"年度"', "the number is written now"
PYTHON
echo "as described"
