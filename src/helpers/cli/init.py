"""``gyokaku init``: a new plan's folder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from helpers.cli.terminal.screen import say
from helpers.fiscal_year import FiscalYear
from helpers.plan.new_plan import create_plan
from helpers.project import chosen_root

_JAPAN = timedelta(hours=9)


def run_init(root: Path | None, plan_id: str, municipality: str, year: FiscalYear | None) -> int:
    """Make the folder and say what to do next."""
    project = chosen_root(root)
    folder = create_plan(project, plan_id, municipality, year or _this_year())
    shown = folder.relative_to(project).as_posix()
    say(f"{shown} を作りました。次の順に、実際の計画に合わせて直してください。")
    say(f"  1. {shown}/plan.toml  大綱、基本方針、実施状況の区分、数字の書き方")
    say(f"  2. {shown}/items.csv  推進項目の一覧")
    sheet = next(file.name for file in sorted(folder.glob("*.csv")) if file.name != "items.csv")
    say(f"  3. {shown}/{sheet}  状況調査（空の調査票は gyokaku sheet で作れます）")
    say(f"今のままでも、例の報告書を作れます: gyokaku build --plan {plan_id}")
    return 0


def _this_year() -> FiscalYear:
    # A fiscal year begins in April, Japanese time.
    today = (datetime.now(UTC) + _JAPAN).date()
    return FiscalYear(today.year if today.month >= 4 else today.year - 1)
