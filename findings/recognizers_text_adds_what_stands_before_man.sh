#!/usr/bin/env bash
# @microsoft/recognizers-text-number 1.3.1 (npm), Culture.Japanese: an amount of money in 億 and 万 loses a part of itself, without a
# warning. 一億二千万 is taken for one 億 and 2,000, and so is every number of thousands before a last 万; of 1億2,000万 the figures on
# one side of the comma are left out; and 二〇二二, the usual form of a year in vertical text, is 2. The same amounts in other forms are
# read right. The README calls the support for Japanese partial, which lets one expect that some amounts are not found.
# Seen: 一億二千万円 100002000, 三千五百万円 3500, 3億5,000万円 300000000, 12億3,456万円 1204560000, 二〇二二年 2; 1億2345万円 123450000.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" @microsoft/recognizers-text-number@1.3.1 \
  @microsoft/recognizers-text@1.3.1 bignumber.js@7.2.1 lodash@4.18.1
cat > "$work/read.cjs" <<'JS'
const { recognizeNumber } = require("@microsoft/recognizers-text-number");
const { Culture } = require("@microsoft/recognizers-text");
const cases = [
  ["1億2345万円", "123450000"],
  ["二千万円", "20000000"],
  ["一億二千万円", "100002000"],
  ["三千五百万円", "3500"],
  ["1億2,000万円", "100000000"],
  ["3億5,000万円", "300000000"],
  ["12億3,456万円", "1204560000"],
  ["二〇二二年", "2"],
];
let changed = false;
for (const [text, described] of cases) {
  const seen = recognizeNumber(text, Culture.Japanese).map((found) => found.resolution.value).join(" ");
  console.log(text, seen);
  changed = changed || seen !== described;
}
process.exit(changed ? 1 : 0);
JS
timeout 60 node "$work/read.cjs"
echo "as described"
