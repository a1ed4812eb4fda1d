"""Whatever lies in ``published`` is read or refused with its name."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.errors import PlanFileError
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.reading.published_folder import published_files, published_years

R4 = FiscalYear(2022)
AWAY = "ほかのものは、published の外へ移してください"
PLAN_YEARS = "平成30年度～令和4年度（5年間）、令和5年度～令和9年度（5年間）"
NO_FILE = f"なので、読めません。表や正誤のファイルを置き、{AWAY}"


@pytest.fixture
def laid(plan: Plan, tmp_path: Path) -> Plan:
    """The reference plan in a folder that has one published table, of fiscal 2022."""
    write(tmp_path / "published/2022/overall.csv")
    return replace(plan, folder=tmp_path)


def write(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("節\n", encoding="utf-8")


def put(path: Path, kind: str) -> None:
    """Put a file, a folder or a link that leads nowhere in the place of what lies there."""
    if path.is_dir():
        shutil.rmtree(path)
    if kind == "file":
        write(path)
    elif kind == "folder":
        path.mkdir(parents=True)
    else:
        path.symlink_to(path.with_name("gone"))


NO_YEAR = (
    f"年度のフォルダーではないため、読みません。公表値は 2022 のような西暦の年度のフォルダーに置き、{AWAY}"
)
NO_FOLDER = "フォルダーとして開けません（フォルダーではないか、リンクの先がありません）。公表値のフォルダーそのものを置くか、これを消してください"
# The file or folder that is made, and the message about it.
REFUSED = {
    "another form of the year": ("folder", "published/R4",
        "年度は西暦で読むため、この名前では読みません。中のファイルを 2022 のフォルダーに移してください"),
    "another form of a year that has no folder": ("folder", "published/令和3年度",
        "年度は西暦で読むため、この名前では読みません。名前を 2021 に変えてください"),
    "a year that the plan does not have": ("folder", "published/1999",
        f"「1999」はどの推進計画の期間にもありません（{PLAN_YEARS}）。"
        "plan.toml の implementation.plans と合わせてください（近い年度: 2018）"),
    "a folder of no year": ("folder", "published/old", NO_YEAR),
    "a file beside the years": ("file", "published/overall.csv", NO_YEAR),
    "no folder at all": ("file", "published", NO_FOLDER),
    "a year that is a file": ("file", "published/2022", NO_FOLDER),
    "a year that is a dangling link": ("link", "published/2021", NO_FOLDER),
    "another case": ("file", "published/2022/by_policy.CSV", "この名前では読みません。名前を by_policy.csv に変えてください"),
    "another width": ("file", "published/2022/Errata．toml", "この名前では読みません。名前を errata.toml に変えてください"),
    "another kind of file": ("file", "published/2022/overall.xlsx", "照合に使わないファイルなので、読みません。"
        f"表は overall.csv のような CSV、公表資料の誤りは errata.toml とし、{AWAY}"),
    "a dangling link": ("link", "published/2022/items.csv", "リンクの先がないため、読めません。ファイルそのものを置いてください"),
    "a table that is a folder": ("folder", "published/2022/items.csv", f"フォルダー{NO_FILE}"),
    "slips that are a folder": ("folder", "published/2022/errata.toml", f"フォルダー{NO_FILE}"),
    "slips of no table": ("file", "published/2021/errata.toml",
        "公表値の表がないため、読みません。overall.csv などの表を置くか、これを消してください"),
}  # fmt: skip


def look(plan: Plan) -> list[str]:
    years = published_years(plan)
    return [path.name for year in years for path in published_files(plan, year)]


@pytest.mark.parametrize(("kind", "name", "problem"), REFUSED.values(), ids=REFUSED)
def test_what_is_neither_year_nor_table_is_refused_with_its_name(
    laid: Plan, kind: str, name: str, problem: str
) -> None:
    put(laid.folder / name, kind)
    with pytest.raises(PlanFileError) as caught:
        look(laid)
    assert str(caught.value) == f"{name}: {problem}"


@pytest.mark.parametrize("name", ["公表", "Published", "published.old"])
def test_published_figures_in_a_folder_of_another_name_are_refused(laid: Plan, name: str) -> None:
    (laid.folder / "published").rename(laid.folder / name)
    with pytest.raises(PlanFileError) as caught:
        look(laid)
    problem = "公表値の置き場所のようですが、この名前では読みません。名前を published に変えてください"
    assert str(caught.value) == f"{name}: {problem}"


def test_all_that_is_refused_in_a_folder_is_named_at_once(laid: Plan) -> None:
    for name in ("published/2022/b.txt", "published/2022/a.CSV"):
        write(laid.folder / name)
    put(laid.folder / "published/2022/items.csv", "link")
    with pytest.raises(PlanFileError) as caught:
        published_files(laid, R4)
    assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == [
        "published/2022/a.CSV", "published/2022/b.txt", "published/2022/items.csv",
    ]  # fmt: skip


def test_what_programs_leave_is_passed_over(laid: Plan) -> None:
    leftovers = "Thumbs.db desktop.ini .DS_Store ~$overall.csv overall.csv~ .~lock.overall.csv#"
    for name in leftovers.split():
        write(laid.folder / "published" / name)
        write(laid.folder / "published/2022" / name)
    write(laid.folder / "published/2022/errata.toml")
    write(laid.folder / "published/2022/by_policy.csv")
    assert look(laid) == ["by_policy.csv", "overall.csv", "errata.toml"]


def test_where_nothing_is_published_nothing_is_read(laid: Plan) -> None:
    (laid.folder / "published/2021").mkdir()
    assert [published_files(laid, FiscalYear(year)) for year in (2018, 2021)] == [(), ()]
    assert published_years(replace(laid, folder=laid.folder / "alone")) == ()
