#!/usr/bin/env bash
# xlsx2html 0.6.4: number formats of plain counts are not applied but printed. 34 in the format 0"項目" comes out with the quotation marks,
# a word that a condition chooses comes out as the condition, and thousands (a comma at the end of the digits, ECMA-376
# part 1, 18.8.31) as the whole number after a lone comma. No warning; the same with the locale ja. Excel shows 34項目, 実施 and 1,235千円.
# Right beside them: 81.0%, △1.2%, 005 and 1,234.5.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet xlsx2html==0.6.4 XlsxWriter==3.2.9 lxml==6.0.2
cd "$work"
env/bin/python <<'PYTHON'
import lxml.html
import xlsxwriter
from xlsx2html import xlsx2html

SEEN = [
    (34, '0"項目"', '34"項目"'),
    (12, '"第"0"次"', '"第"12"次"'),
    (1, '[=1]"実施";[=2]"一部実施";"未実施"', '[=1]"実施"'),
    (3, '[=1]"実施";[=2]"一部実施";"未実施"', '[=3]"実施"'),
    (1234567, '#,##0,"千円"', ',1234567"千円"'),
    (0.81, "0.0%", "81.0%"),
    (-0.012, "+0.0%;△0.0%", "△1.2%"),
    (5, "000", "005"),
    (1234.5, "#,##0.0", "1,234.5"),
]
with xlsxwriter.Workbook("sheet.xlsx") as book:
    sheet = book.add_worksheet()
    for row, (number, shown_as, _) in enumerate(SEEN):
        sheet.write_number(row, 0, number, book.add_format({"num_format": shown_as}))
page = xlsx2html("sheet.xlsx", locale="ja")
page.seek(0)
cells = [cell.text_content().strip() for cell in lxml.html.fromstring(page.read()).iter("td")]
for (number, shown_as, seen), cell in zip(SEEN, cells, strict=True):
    print(number, "as", shown_as, "is", cell)
    assert cell == seen, "the format is applied now"
PYTHON
echo "as described"
