#!/usr/bin/env bash
# jp_number 0.1.1: kanji2number takes an ASCII digit before 千, 万 or 億 for a 1, and of full-width digits beside kanji it drops those
# after the last unit. So it reads its own mixed notation (number2kanji with style "mix", shown in the README) as another number,
# without an error; the notations that the README shows for it (kanji, full-width digits, 大字) are read right.
# Seen: 4万 10000, 5千3百 1100, 3億 100000000; 87654 is written as ８万７６５４ and read back as 80000, all kanji as 87654.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet jp_number==0.1.1
"$work/env/bin/python" <<'PYTHON'
from jp_number import JpNumberParser

numbers = JpNumberParser()
read = {text: numbers.kanji2number(text).as_int for text in ("4万", "5千3百", "3億", "四万", "五千三百", "三億", "８７６５４")}
written = {style: numbers.number2kanji(87654, style=style).as_kanji for style in ("mix", "kanji", "arabic")}
again = {style: numbers.kanji2number(text).as_int for style, text in written.items()}
print(read, written, again, sep="\n")
assert [read[text] for text in ("四万", "五千三百", "三億", "８７６５４")] == [40000, 5300, 300000000, 87654]
assert [read[text] for text in ("4万", "5千3百", "3億")] == [10000, 1100, 100000000], "ASCII digits are read now"
assert written["mix"] == "８万７６５４" and again["kanji"] == again["arabic"] == 87654
assert again["mix"] == 80000, "the mixed notation is read back now"
PYTHON
echo "as described"
