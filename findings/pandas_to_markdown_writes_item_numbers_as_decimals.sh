#!/usr/bin/env bash
# pandas 3.1.1 with tabulate 0.10.0: DataFrame.to_markdown writes a column of texts that look like numbers as numbers, although pandas
# knows that they are texts: of the items 1.1, 1.2 and 1.10 the first and the last bear the same number 1.1, and shares lose their
# last digit (12.50, 3.00 become 12.5, 3). One text among them, such as 1.1.1, and all stay as they are. tabulate's README tells of it; the
# page of to_markdown says only that further arguments are passed on to tabulate. to_html, to_csv and to_string keep the texts.
# (pandas-dev/pandas issue 57953 is about a full stop that is lost so.)
# Seen: | 1.1 | 12.5 |, | 1.2 | 3 |, | 1.1 | 0.1 |.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet pandas==3.1.1 tabulate==0.10.0
"$work/env/bin/python" <<'PYTHON'
import pandas


def rows(table: pandas.DataFrame) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.to_markdown(index=False).splitlines()[2:]]


items = pandas.DataFrame({"番号": ["1.1", "1.2", "1.10"], "割合": ["12.50", "3.00", "0.10"]}, dtype="string")
print(items.to_markdown(index=False))
assert ">1.10<" in items.to_html() and "1.10,0.10" in items.to_csv(index=False)
assert rows(items.replace("1.2", "1.1.1"))[2][0] == "1.10"
assert rows(items) == [["1.1", "12.5"], ["1.2", "3"], ["1.1", "0.1"]], "texts are kept now"
PYTHON
echo "as described"
