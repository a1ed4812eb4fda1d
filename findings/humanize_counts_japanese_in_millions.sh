#!/usr/bin/env bash
# humanize 4.17.0 in ja_JP, and numeral 2.0.6 and numbro 2.5.0 (npm) in ja and ja-JP: large numbers are shortened by thousands and millions,
# which Japanese does not count in. 123,456,789 yen is 123.5百万 where a reader expects 1.2億, 12,345 is 12.3千, and humanize leaves
# the English words where its Japanese has none: 12.3 thousand, 1.2 billion. Unicode's locale data (CLDR) has 万 and 億, and Babel 2.17.0,
# which uses it, writes 1億 and 1万. No warning.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" numeral@2.0.6 numbro@2.5.0
cat > "$work/shorten.cjs" <<'JS'
const numeral = require("numeral");
require("numeral/locales/ja");
numeral.locale("ja");
const numbro = require("numbro");
numbro.registerLanguage(require("numbro/dist/languages.min.js")["ja-JP"]);
numbro.setLanguage("ja-JP");
const short = (number) => [numeral(number).format("0.0a"), numbro(number).format({ average: true, mantissa: 1 })];
console.log(JSON.stringify(process.argv.slice(2).map((digits) => short(Number(digits)))));
JS
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet humanize==4.17.0 Babel==2.17.0
"$work/env/bin/python" - "$work" <<'PYTHON'
import json
import subprocess
import sys

import humanize
from babel.numbers import format_compact_decimal

SEEN = {
    12345: ("12.3 thousand", "12.3千", "1.2万"),
    123456789: ("123.5 百万", "123.5百万", "1.2億"),
    1234567890: ("1.2 billion", "1.2十億", "12.3億"),
}
humanize.i18n.activate("ja_JP")
command = ["node", f"{sys.argv[1]}/shorten.cjs", *map(str, SEEN)]
for (number, (english, by_thousands, right)), npm in zip(SEEN.items(), json.loads(subprocess.check_output(command)), strict=True):
    by_babel = format_compact_decimal(number, locale="ja", fraction_digits=1)
    print(number, "humanize", humanize.intword(number), "numeral and numbro", *npm, "Babel", by_babel)
    assert humanize.intword(number) == english and npm[0] == by_thousands, "they count in 万 and 億 now"
    assert npm[1] == by_thousands and by_babel == right
PYTHON
echo "as described"
