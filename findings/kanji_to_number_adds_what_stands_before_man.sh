#!/usr/bin/env bash
# kanji-to-number 0.2.1: before 万 and 億 only a single numeral counts; 十, 百 and 千 there are added instead of multiplied, so that fifty
# million yen are 15,000 and ten billion 100,000,100. A year written digit by digit is the sum of its digits. No warning;
# the README warns of names in running text only, and shows 一億 and 第百十五条, which are right. kanjize 1.6.1 reads all of them right.
# Seen: 五千万 15000, 百億 100000100, 一億千万 100011000, 二〇二二 6; 一万二千 12000 and 二千二十二 2022 are right.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet kanji-to-number==0.2.1 kanjize==1.6.1
"$work/env/bin/python" <<'PYTHON'
from kanji_to_number import kanji_to_number, kanji_to_number_in_text
from kanjize import kanji2number

SEEN = {"五千万": 15000, "百億": 100000100, "一億千万": 100011000, "二〇二二": 6, "一万二千": 12000, "二千二十二": 2022}
for text, seen in SEEN.items():
    print(text, "is", right := kanji2number(text), "kanji-to-number", number := kanji_to_number(text))
    assert number == seen, "it is read in another way now"
    assert (number == right) == (text in ("一万二千", "二千二十二"))
assert kanji_to_number_in_text("効果額は五千万円") == "効果額は15000円"
PYTHON
echo "as described"
