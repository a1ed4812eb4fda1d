#!/usr/bin/env bash
# frictionless 5.21.0: describe, and so whatever reads a csv file without a schema, takes item numbers such as 1-1 and 2-3 for months, of the
# years 1 and 2. A copy written from the rows has 1-01 for 1-1, and in a list with more than twelve items of a policy the number
# 1-13 is lost (None), with no error raised. Table Schema says of yearmonth that its form is YYYY-MM, after XML Schema's
# gYearMonth, which has four digits or more for the year. Numbers of three parts (1-2-1) stay text.
# Seen: yearmonth, 1-1 written as 1-01, 1-13 read as None and written as an empty cell; with the type string all as it was.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet frictionless==5.21.0
(cd "$work" && env/bin/python) <<'PYTHON'
from pathlib import Path

from frictionless import Resource, Schema, describe

NUMBERS = [f"1-{item}" for item in range(1, 14)]
Path("items.csv").write_text("number,status\n" + "".join(f"{number},実施\n" for number in NUMBERS), encoding="utf-8")


def copied(name: str, **settings: object) -> tuple[object, list[str]]:
    """What is read of the last number, and the numbers of a copy written from the rows."""
    rows = [row["number"] for row in Resource("items.csv", **settings).read_rows()]
    Resource("items.csv", **settings).write(name)
    return rows[-1], [line.split(",")[0] for line in Path(name).read_text(encoding="utf-8").splitlines()[1:]]


kind = describe("items.csv").schema.get_field("number").type
last, written = copied("guessed.csv")
fields = [{"name": "number", "type": "string"}, {"name": "status", "type": "string"}]
as_text = copied("text.csv", schema=Schema.from_descriptor({"fields": fields}))
print(kind, last, written)
assert as_text == ("1-13", NUMBERS)
assert kind == "yearmonth" and last is None, "item numbers stay text now"
assert written == [*(f"1-{item:02}" for item in range(1, 13)), ""], "they are written as they were now"
PYTHON
echo "as described"
