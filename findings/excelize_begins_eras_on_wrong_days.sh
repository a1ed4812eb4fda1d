#!/usr/bin/env bash
# excelize 0.1.0 (the Python build of Go's excelize 2.11.0): in a Japanese date format (ggge) eras begin on wrong days. Reiwa began
# on 1 May 2019, but nearly all of April 2019 is shown as the first year of Reiwa; Showa began on 25 December 1926 and is shown from
# 26 November, Taisho on 30 July 1912 and from 1 July; 8 January 1989, the first day of Heisei, is shown in Showa. The month and
# the day are right, so 平成31年4月30日, the last day of its era, becomes 令和1年4月30日.
# Seen: first days 1912-07-01, 1926-11-26, 1989-01-09, 2019-04-02.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet excelize==0.1.0 openpyxl==3.1.5
"$work/env/bin/python" - "$work" <<'PYTHON'
import datetime
import sys
from pathlib import Path

import excelize
import openpyxl

ERAS = {"大正": "1912-07-30", "昭和": "1926-12-25", "平成": "1989-01-08", "令和": "2019-05-01"}
SEEN = {"大正": "1912-07-01", "昭和": "1926-11-26", "平成": "1989-01-09", "令和": "2019-04-02"}
days = []
for first in ERAS.values():
    start = datetime.date.fromisoformat(first) - datetime.timedelta(40)
    days += [start + datetime.timedelta(number) for number in range(80)]
book = openpyxl.Workbook()
for row, day in enumerate(days, 1):
    cell = book.active.cell(row, 1, day)
    cell.number_format = '[$-411]ggge"年"m"月"d"日"'
file = Path(sys.argv[1]) / "book.xlsx"
book.save(file)
shown = dict(zip(days, (row[0] for row in excelize.open_file(str(file)).get_rows("Sheet")), strict=True))
begins = {era: min(str(day) for day, text in shown.items() if text.startswith(era)) for era in ERAS}
for era, first in ERAS.items():
    print(era, "began", first, "and is shown from", begins[era])
print(shown[datetime.date(2019, 4, 1)], shown[datetime.date(2019, 4, 30)], shown[datetime.date(1989, 1, 8)])
assert begins == SEEN, "eras begin on other days now"
assert shown[datetime.date(2019, 4, 1)] == "平成31年4月1日" and shown[datetime.date(2019, 4, 30)] == "令和1年4月30日"
PYTHON
echo "as described"
