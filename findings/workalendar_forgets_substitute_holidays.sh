#!/usr/bin/env bash
# workalendar 17.0.0: in its calendar of Japan the substitute holidays (振替休日: the next day where a holiday falls on a Sunday) and the
# citizens' holidays (国民の休日: a day between two holidays) of Article 3 of the Act on National Holidays (国民の祝日に関する法律) are
# working days, but for 2019, 2020 and 2021, where they are typed in. So the day five working days before 9 May 2024 is 1 May instead
# of 30 April, without a warning: a deadline set by it is a day late. The README names Japan among the calendars and says nothing of
# this. jpholiday 1.0.3 has all of them.
# Seen: working days 2024-02-12, 05-06, 08-12, 09-23, 11-04, 2025-02-24, 05-06, 11-24, 2026-05-06 and 09-22; none in 2019 to 2021.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet workalendar==17.0.0 jpholiday==1.0.3 convertdate==2.5.1 lunardate==0.3.0 \
  pyluach==2.3.0 python-dateutil==2.9.0.post0
"$work/env/bin/python" <<'PYTHON'
import datetime

import jpholiday
import workalendar.asia

JAPAN = workalendar.asia.Japan()


def wrong_working_days(year: int) -> list[str]:
    """The holidays from Monday to Friday that workalendar takes for working days."""
    days = [day for day, _ in jpholiday.year_holidays(year) if day.weekday() < 5]
    return [str(day) for day in days if JAPAN.is_working_day(day)]


typed_in, later = [wrong_working_days(year) for year in (2019, 2020, 2021)], [wrong_working_days(year) for year in (2024, 2025, 2026)]
print(typed_in, *later)
assert typed_in == [[], [], []]
expected = [
    ["2024-02-12", "2024-05-06", "2024-08-12", "2024-09-23", "2024-11-04"],
    ["2025-02-24", "2025-05-06", "2025-11-24"],
    ["2026-05-06", "2026-09-22"],
]
assert later == expected, "substitute holidays are known now"
before = JAPAN.sub_working_days(datetime.date(2024, 5, 9), 5)
print(before)
assert before == datetime.date(2024, 5, 1), "the five working days are 30 April, 1, 2, 7 and 8 May"
PYTHON
echo "as described"
