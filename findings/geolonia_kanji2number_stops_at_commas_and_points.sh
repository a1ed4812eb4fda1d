#!/usr/bin/env bash
# @geolonia/japanese-numeral 1.0.2 (npm): kanji2number reads an amount with a thousands separator or a decimal point in a mixed notation,
# as budgets are written, wrongly and without an error: what stands in the same group as the comma or point counts as nothing.
# The README says that notations that mix digits and kanji are read, with 2億3千430万, and the function throws for what it cannot
# read (元, 1,234). suji 0.1.0 (Python) reads the same amounts right.
# Seen: 1億2,345万 100000000, 10億5,000万 1000000000, 1.5億 0, 1,234万 0; without comma and point right, 1,234 alone throws.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" @geolonia/japanese-numeral@1.0.2
cat > "$work/read.cjs" <<'JS'
const { kanji2number } = require("@geolonia/japanese-numeral");
const read = (text) => {
  try {
    return kanji2number(text);
  } catch (refusal) {
    return "refused";
  }
};
console.log(JSON.stringify(process.argv.slice(2).map(read)));
JS
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet suji==0.1.0
"$work/env/bin/python" - "$work" <<'PYTHON'
import json
import subprocess
import sys

import suji

CASES = {  # an amount: what it is, what kanji2number was seen to give
    "2億3千430万": (234300000, 234300000),
    "1億2345万": (123450000, 123450000),
    "1億2,345万": (123450000, 100000000),
    "10億5,000万": (1050000000, 1000000000),
    "1,234万": (12340000, 0),
    "1.5億": (150000000, 0),
    "1,234": (1234, "refused"),
}
command = ["node", f"{sys.argv[1]}/read.cjs", *CASES]
for (text, (amount, seen)), read in zip(CASES.items(), json.loads(subprocess.check_output(command)), strict=True):
    print(text, "is", amount, "kanji2number", read)
    assert [found["val"] for found in suji.values(text)] == [amount]
    assert read == seen, "commas and points are read in another way now"
PYTHON
echo "as described"
