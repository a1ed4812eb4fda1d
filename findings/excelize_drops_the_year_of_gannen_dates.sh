#!/usr/bin/env bash
# excelize 0.1.0 (the Python build of Go's excelize 2.11.0): a date in the format that Excel writes when "use Gannen to display
# 1st year" is ticked ([$-ja-JP-x-gannen,80]ggge) loses the number of its year, except in the first year of an era, which is
# shown as 元 as it should be. Without the ",80" the number is there. The documentation promises that a format that cannot be
# applied gives the original value, not a part of it.
# Seen: 令和元年10月1日 for 2019, 令和年10月1日 for 2020 and 2025, 平成年10月1日 for 2010; 令和7年10月1日 without ",80".
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

file = str(Path(sys.argv[1]) / "book.xlsx")


def shown(year: int, locale: str) -> str:
    """The first of October of a year, in an era's format with a locale."""
    book = openpyxl.Workbook()
    book.active["A1"] = datetime.date(year, 10, 1)
    book.active["A1"].number_format = f'[$-{locale}]ggge"年"m"月"d"日";@'
    book.save(file)
    options = excelize.Options(culture_info=excelize.CultureName.CultureNameJaJP)
    return excelize.open_file(file, options).get_cell_value("Sheet", "A1")


gannen = {year: shown(year, "ja-JP-x-gannen,80") for year in (2019, 2020, 2025, 2010)}
plain = shown(2025, "ja-JP-x-gannen")
print(gannen, plain)
assert (gannen[2019], plain) == ("令和元年10月1日", "令和7年10月1日")
assert gannen[2020] == gannen[2025] == "令和年10月1日" and gannen[2010] == "平成年10月1日", "the year is there now"
PYTHON
echo "as described"
