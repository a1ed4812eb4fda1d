from collections.abc import Callable

import pytest

from helpers.errors import DataError, FiscalYearError, SheetError, UsageError
from helpers.history.opening import ingest_year, load_history
from small_city import City

GOOD = "完了 進行中 未着手 未着手"


@pytest.mark.parametrize("action", [load_history, ingest_year])
@pytest.mark.parametrize(
    ("plan_id", "year", "error", "message"),
    [
        ("mach", 2020, UsageError, "「mach」という計画はありません（計画: machi）。近い名前: machi"),
        ("../machi", 2020, UsageError, "という計画はありません"),
        ("machi", 2021, DataError, r"令和3年度の状況調査がありません（あるのは 令和2年度（2020\.csv））.*R3\.csv"),
        ("machi", "来年", FiscalYearError, "「来年」"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused_with_what_there_is(
    city: City,
    action: Callable[..., object],
    plan_id: str,
    year: int | str,
    error: type[Exception],
    message: str,
) -> None:
    with pytest.raises(error, match=message):
        action(plan_id, year, city({2020: GOOD}))


def test_every_form_of_the_year_opens_the_same_report(city: City) -> None:
    root = city({2020: GOOD})
    years = {load_history("machi", form, root).year for form in (2020, "2020", "R2", "令和２年度")}
    assert [int(year) for year in years] == [2020]


def test_one_broken_sheet_stops_every_report_that_uses_it_and_nothing_is_written(city: City) -> None:
    root = city({2020: GOOD, 2021: GOOD})
    sheet = root / "data" / "raw" / "machi" / "2020.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("進行中", "ほぼ完了"), encoding="utf-8")
    for action, year in ((load_history, 2021), (ingest_year, 2020)):
        with pytest.raises(SheetError, match=r"2020\.csv.*ほぼ完了"):
            action("machi", year, root)
    assert not (root / "data" / "processed").exists()


def test_the_project_is_found_from_any_folder_inside(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    root = city({2020: GOOD})
    monkeypatch.delenv("GYOKAKU_ROOT", raising=False)
    monkeypatch.chdir(root / "data" / "raw" / "machi")
    assert load_history("machi", 2020).plan.municipality == "架空町"
