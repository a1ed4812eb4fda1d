#!/usr/bin/env bash
# frictionless 5.21.0: with bareNumber false, which a Japanese table needs for 81.0% and ポイント, a number with one of the minus signs of
# Japanese accounts (△, ▲, full-width －, U+2212) in front is read as positive, and the report calls the table valid. An ASCII
# hyphen is kept. Table Schema asks to strip "non-numeric characters" and names percentages and currencies; that a sign is one of
# them it does not say, and with bareNumber true the same cells are reported as type errors.
# Seen: △1.2% 1.2, ▲1.2 1.2, －1.2 1.2, −1.2ポイント 1.2, -1.2% -1.2, valid; with bareNumber true four errors.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet frictionless==5.21.0
"$work/env/bin/python" <<'PYTHON'
from frictionless import Resource, Schema

LOSSES = ["△1.2%", "▲1.2", "－1.2", "−1.2ポイント"]


def table(cells: list[str], bare: bool) -> Resource:
    schema = Schema.from_descriptor({"fields": [{"name": "change", "type": "number", "bareNumber": bare}]})
    return Resource(data=[["change"], *([cell] for cell in cells)], schema=schema)


cells = [*LOSSES, "-1.2%", "1.2%"]
read = dict(zip(cells, (float(row["change"]) for row in table(cells, bare=False).read_rows()), strict=True))
valid = table(cells, bare=False).validate().valid
errors = len(table(LOSSES, bare=True).validate().tasks[0].errors)
print(read, "valid" if valid else "not valid", "with bareNumber true", errors, "errors")
assert read["-1.2%"] == -1.2 and read["1.2%"] == 1.2 and errors == len(LOSSES)
assert valid and all(read[cell] == 1.2 for cell in LOSSES), "the signs are kept or reported now"
PYTHON
echo "as described"
