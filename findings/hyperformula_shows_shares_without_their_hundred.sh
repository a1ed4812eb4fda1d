#!/usr/bin/env bash
# hyperformula 3.5.0 (npm): TEXT with a percentage format adds the sign and does not multiply by 100, so that a sentence with
# TEXT(0.81,"0.0%") says 0.8%, and a format with a thousands separator leaves half of itself in the text. No error. The list of
# differences to Excel says of TEXT that all formats of dates, times and currencies want a function of one's own; of
# percentages it says nothing. OpenDocument 1.3, part 4, has TEXT follow the format. Excel shows 81.0% and 1,234,567.
# Seen: 0.81 0.8%, 1.5 2%, 1234567 1234567,##0; TEXT(0.81,"0.0") 0.8 and ROUND(0.81*100,1) 81 are right.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" hyperformula@3.5.0 \
  chevrotain@6.5.0 tiny-emitter@2.1.0 regexp-to-ast@0.4.0
cat > "$work/text.cjs" <<'JS'
const { HyperFormula } = require("hyperformula");
const cases = [
  ['=ROUND(0.81*100,1)', "81", "81"],
  ['=TEXT(0.81,"0.0")', "0.8", "0.8"],
  ['=TEXT(0.81,"0.0%")', "81.0%", "0.8%"],
  ['=TEXT(1.5,"0%")', "150%", "2%"],
  ['=TEXT(1234567,"#,##0")', "1,234,567", "1234567,##0"],
];
const book = HyperFormula.buildFromArray([cases.map(([formula]) => formula)], { licenseKey: "gpl-v3" });
cases.forEach(([formula, excel, seen], column) => {
  const shown = String(book.getCellValue({ sheet: 0, row: 0, col: column }));
  console.log(formula, "Excel:", excel, "hyperformula:", shown);
  if (shown !== seen) {
    throw new Error("formats are followed in another way now");
  }
});
JS
node "$work/text.cjs"
echo "as described"
