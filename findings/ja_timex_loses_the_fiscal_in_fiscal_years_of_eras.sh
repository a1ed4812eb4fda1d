#!/usr/bin/env bash
# ja-timex 0.2.8: 2022年度 is the fiscal year FY2022, but 令和4年度, the same year in its usual form, is the calendar year 2022, which begins
# three months earlier; the 度 is left out of the expression's text. And of 令和4～6年度 both years are lost: it gives a duration
# of six years. No warning. The README says that Western years and eras are supported.
# Seen: 2022年度 FY2022; 令和4年度 and 平成31年度 2022-XX-XX and 2019-XX-XX with the texts 令和4年 and 平成31年; 6年 P6Y.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet ja-timex==0.2.8
"$work/env/bin/python" <<'PYTHON'
from ja_timex import TimexParser


def read(text: str) -> list[tuple[str, str, str]]:
    return [(timex.text, timex.value, timex.type) for timex in TimexParser().parse(text)]


western, reiwa, heisei, span = read("2022年度"), read("令和4年度"), read("平成31年度"), read("令和4～6年度")
print(western, reiwa, heisei, span, sep="\n")
assert western == [("2022年度", "FY2022", "DATE")]
assert reiwa == [("令和4年", "2022-XX-XX", "DATE")] and heisei == [("平成31年", "2019-XX-XX", "DATE")], "they are fiscal years now"
assert span == [("6年", "P6Y", "DURATION")], "the years are read now"
PYTHON
echo "as described"
