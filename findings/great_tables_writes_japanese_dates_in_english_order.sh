#!/usr/bin/env bash
# great_tables 1.1.0: with the locale ja, fmt_date and fmt_time translate the words and keep the order of English, so that a report says
# "5月 1, 2019", "水曜日, 5月 1, 2019" and "3:05 午後", which no one writes in Japanese; a year-first order is to be had without
# words only. The documentation of locale says that values are formatted by the rules of the locale, and that the styles "can
# handle localization to any supported locale". Babel 2.18.0, from the same CLDR, writes 2019年5月1日水曜日 and 午後3:05.
# Seen: as quoted; iso 2019-05-01 is right.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet great_tables==1.1.0 pandas==3.1.1 babel==2.18.0
"$work/env/bin/python" <<'PYTHON'
import datetime

import babel.dates
from great_tables import vals

day, afternoon = datetime.date(2019, 5, 1), datetime.time(15, 5)
styles = ("iso", "month_day_year", "wday_month_day_year", "day_month_year")
dates = [vals.fmt_date([day.isoformat()], date_style=style, locale="ja")[0] for style in styles]
time = vals.fmt_time([afternoon.isoformat()], time_style="h_m_p", locale="ja")[0]
right = babel.dates.format_date(day, "full", locale="ja"), babel.dates.format_time(afternoon, "ah:mm", locale="ja")
print(*dates, time, "Babel:", *right, sep="\n")
assert right == ("2019年5月1日水曜日", "午後3:05") and dates[0] == "2019-05-01"
assert dates[1:] == ["5月 1, 2019", "水曜日, 5月 1, 2019", "1 5月 2019"], "dates are written in another order now"
assert time == "3:05 午後", "times are written in another order now"
PYTHON
echo "as described"
