#!/usr/bin/env bash
# kansuji 1.1.0 and its TypeScript edition kansuji-ts 1.0.3 (npm): 万 and 億 are written only after a digit other than 0 in their own
# place. A multiple of 100,000 has none there, so ten million yen are written as a thousand. The README shows 12345 as
# 一万二千三百四十五, and its option `ichi` is about the 一 before 千, 百 and 十. num2words 0.5.14 (Python) writes them right.
# Seen: 100000 十, 10000000 千, 12000000 千二百, 20000000 二千, 1000000000 十; num2words 十万, 千万, 千二百万, 二千万, 十億.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" kansuji@1.1.0 kansuji-ts@1.0.3
cat > "$work/write.cjs" <<'JS'
const plain = require("kansuji");
const typed = require("kansuji-ts").default;
console.log(JSON.stringify(process.argv.slice(2).map((digits) => [plain(Number(digits)), typed(Number(digits))])));
JS
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet num2words==0.5.14
"$work/env/bin/python" - "$work" <<'PYTHON'
import json
import subprocess
import sys

from num2words import num2words

SEEN = {12345: "一万二千三百四十五", 35000: "三万五千", 100000: "十", 1000000: "百", 10000000: "千", 12000000: "千二百", 20000000: "二千", 1000000000: "十"}
command = ["node", f"{sys.argv[1]}/write.cjs", *map(str, SEEN)]
for (number, seen), written in zip(SEEN.items(), json.loads(subprocess.check_output(command)), strict=True):
    right = num2words(number, lang="ja")
    print(number, "is", right, "kansuji", *written)
    assert written == [seen, seen], "round numbers are written in another way now"
    assert (seen == right) == (number in (12345, 35000))
PYTHON
echo "as described"
