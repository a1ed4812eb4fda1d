#!/usr/bin/env bash
# pandas 3.1.1, read_html (and read_csv with thousands=","), and agate 1.14.2, which csvkit reads with: a cell that lists items, such
# as 関連項目 1,2, is read as the number 12, and 3,4,5 as 345: a comma is dropped wherever it stands between digits, not only before
# three of them. No warning, and the column is one of figures that can be summed up. Even where another cell makes pandas keep a column
# of texts (1,2ほか), the text 3,4,5 in it becomes the text 345. read_html calls the comma the separator to parse thousands; agate's
# Number says that it reads numbers of its locale, en_US.
# Seen: 12 and 345, Decimal 12 and 345; with 1,2ほか the texts 1,2ほか and 345.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet pandas==3.1.1 lxml==6.0.2 agate==1.14.2
"$work/env/bin/python" <<'PYTHON'
import decimal
import io

import agate
import pandas


def by_html(*cells: str) -> list[object]:
    rows = "".join(f"<tr><td>{cell}</td></tr>" for cell in ("関連項目", *cells))
    return pandas.read_html(io.StringIO(f"<table>{rows}</table>"), header=0)[0]["関連項目"].tolist()


joined, mixed = by_html("1,2", "3,4,5"), by_html("1,2ほか", "3,4,5")
by_csv = pandas.read_csv(io.StringIO('関連項目\n"1,2"\n"3,4,5"\n'), thousands=",")["関連項目"].tolist()
by_agate = list(agate.Table.from_csv(io.StringIO('番号,関連項目\nA,"1,2"\nB,"3,4,5"\n')).columns["関連項目"])
print(joined, mixed, by_csv, by_agate)
assert by_html("1,234") == [1234]
assert mixed == ["1,2ほか", "345"], "texts are kept now"
assert joined == by_csv == [12, 345], "lists of items are no numbers now"
assert by_agate == [decimal.Decimal(12), decimal.Decimal(345)], "lists of items are no numbers for agate now"
PYTHON
echo "as described"
