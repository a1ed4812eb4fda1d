#!/usr/bin/env bash
# dateparser 1.5.0: a Japanese date with an era is read in another century or year, without a warning: search_dates finds in 昭和60年4月1日
# (1985) the day 1 April 2060, in 令和元年5月1日 (2019) the 1 May of the year in which it runs, and parse takes H30.4.1 (2018) for
# 2030. Dates with a Western year are read right. The documentation lists Japanese among the languages, and of calendars two
# beside the Gregorian, none of them Japanese, so that nothing would be the answer to expect, as parse gives for the first two;
# it calls the search limited. ja-timex 0.2.8 reads all three right.
# Seen: 2060-04-01, 05-01 of this year, 2030-04-01; 2022年4月1日 2022-04-01; ja-timex 1985-04-01, 2019-05-01, 2018-04-01.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet dateparser==1.5.0 ja-timex==0.2.8
"$work/env/bin/python" <<'PYTHON'
import datetime
import warnings

import dateparser.search
from ja_timex import TimexParser

warnings.simplefilter("ignore", DeprecationWarning)
NOW = datetime.datetime(2026, 11, 1)


def found(text: str) -> list[str]:
    """The days that search_dates finds in a Japanese text, for a reader on 1 November 2026."""
    dates = dateparser.search.search_dates(text, languages=["ja"], settings={"RELATIVE_BASE": NOW})
    return [str(date.date()) for _, date in dates or ()]


showa, reiwa, western = found("昭和60年4月1日"), found("令和元年5月1日"), found("2022年4月1日")
short = str(dateparser.parse("H30.4.1", settings={"RELATIVE_BASE": NOW}).date())
right = [timex.value for timex in TimexParser().parse("昭和60年4月1日、令和元年5月1日、H30.4.1")]
print(showa, reiwa, short, western, right)
assert right == ["1985-04-01", "2019-05-01", "2018-04-01"] and western == ["2022-04-01"]
assert showa == ["2060-04-01"] and reiwa == ["2026-05-01"] and short == "2030-04-01", "eras are read or refused now"
PYTHON
echo "as described"
