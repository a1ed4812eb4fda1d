"""A city so small that its figures add up by eye: two policies, four items, three statuses."""

from collections.abc import Callable, Mapping
from pathlib import Path

from helpers.fiscal_year import FiscalYear
from helpers.history.history import History
from helpers.plan import Plan
from helpers.plan.reading.plan_file import load_plan

SMALL_PLAN = """\
id = "machi"
municipality = "架空町"

[outline]
name = "架空町行政改革大綱"
philosophy = "身の丈の行政"
policies = ["つながり", "くらし"]
first_year = 2020
last_year = 2024

[implementation]
name = "架空町実施計画"
overview = "{items}項目を設定"

[[implementation.plans]]
phase = ""
first_year = 2020
last_year = 2024

[[policies]]
numeral = "1"
name = "つながり"

[[policies]]
numeral = "2"
name = "くらし"
"""


def status(name: str, group: str = "", *, more: str = "") -> str:
    """A status as plan.toml declares it; ``more``: further settings."""
    return f'\n[[statuses]]\nname = "{name}"\n' + (f'group = "{group}"\n' if group else "") + more


def effect(name: str, planned: str = "見込", actual: str = "実績") -> str:
    """An amount in 千円 and its two columns as plan.toml declares it."""
    columns = f'{{ planned = "{planned}", actual = "{actual}" }}'
    return f'\n[[effects]]\nname = "{name}"\nunit = "千円"\ncolumns = {columns}\n'


SMALL_STATUSES = status("完了", "done") + status("進行中", "under_way") + status("未着手")
OUTSIDE = status("対象外", more="counted = false\n")
ITEMS_HEADER = "番号,基本方針,推進項目,開始年度,終了年度\n"
SMALL_ITEMS = f"""{ITEMS_HEADER}\
1,1,窓口の案内,2020,
2,1,会議の公開,2020,
3,2,歩道の点検,2020,
4,2,水道の更新,2020,
"""
# From fiscal 2021 the number 2 is another item's; 歩道の点検 ends in 2020, and its policy with it.
TAKEN_OVER = f"""{ITEMS_HEADER}\
1,1,窓口の案内,2020,
2,1,会議の公開,2020,2020
2,1,会議の録画,2021,
3,2,歩道の点検,2020,2020
"""

Sheet = str | Mapping[str, int]
City = Callable[..., Path]
# The fixtures ``small``, ``small_plan`` and ``refusal``, which take what ``lay_out`` takes.
Small = Callable[..., History]
SmallPlan = Callable[..., Plan]
Refusal = Callable[..., str]


def two_plans(last_year: int) -> str:
    """The small city's plan.toml with 前期 up to and with a fiscal year, and 後期 from the next."""
    settings = 'phase = ""\nfirst_year = 2020\nlast_year = 2024'
    assert settings in SMALL_PLAN
    return SMALL_PLAN.replace(
        settings,
        f'phase = "前期"\nfirst_year = 2020\nlast_year = {last_year}\n\n'
        f'[[implementation.plans]]\nphase = "後期"\nfirst_year = {last_year + 1}\nlast_year = 2024',
    )


def lay_out(
    root: Path,
    sheets: Mapping[int, Sheet],
    *,
    statuses: str = SMALL_STATUSES,
    items: str = SMALL_ITEMS,
    plan: str = SMALL_PLAN,
    more: str = "",
) -> Path:
    """Lay out a project with the small city in ``root``.

    ``sheets``: for a Western year the statuses of the items alive, in the plan's order and set apart by spaces;
    or a mapping from status to count for a year with totals only; or a sheet's own text, of several lines. The other
    arguments replace parts of the plan.
    """
    folder = root / "data" / "raw" / "machi"
    folder.mkdir(parents=True, exist_ok=True)
    (root / "notebooks").mkdir(exist_ok=True)
    (folder / "plan.toml").write_text(plan + statuses + more, encoding="utf-8")
    (folder / "items.csv").write_text(items, encoding="utf-8")
    loaded = load_plan(folder)
    for year, sheet in sheets.items():
        (folder / f"{year}.csv").write_text(_sheet_text(loaded, year, sheet), encoding="utf-8")
    return root


def _sheet_text(plan: Plan, year: int, sheet: Sheet) -> str:
    if not isinstance(sheet, str):
        return "\n".join(["実施状況,項目数", *(f"{name},{count}" for name, count in sheet.items()), ""])
    if "\n" in sheet:
        return sheet
    alive = plan.with_names_of(FiscalYear(year)).items_in(FiscalYear(year))
    rows = [
        f"{item.number},{item.policy.numeral},{item.name},{status}"
        for item, status in zip(alive, sheet.split(), strict=True)
    ]
    return "\n".join(["番号,基本方針,推進項目,実施状況", *rows, ""])
