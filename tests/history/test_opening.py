import pytest

from helpers.errors import DataError, FiscalYearError, SheetError, UsageError
from helpers.history.opening import ingest_year, load_history, open_plan
from small_city import City

GOOD = "完了 進行中 未着手 未着手"


def test_an_unknown_plan_is_refused_with_those_that_there_are(city: City) -> None:
    with pytest.raises(UsageError, match="「mach」という計画はありません（計画: machi）。近い名前: machi"):
        open_plan("mach", city({}))


def test_a_plan_id_cannot_leave_the_folder(city: City) -> None:
    with pytest.raises(UsageError):
        open_plan("../machi", city({}))


def test_a_year_without_a_sheet_is_refused_with_those_that_there_are(city: City) -> None:
    root = city({2020: GOOD})
    for action in (load_history, ingest_year):
        with pytest.raises(
            DataError, match=r"令和3年度の状況調査がありません（あるのは 令和2年度（2020\.csv））.*R3\.csv"
        ):
            action("machi", 2021, root)


def test_a_text_that_is_no_year_is_refused(city: City) -> None:
    with pytest.raises(FiscalYearError):
        load_history("machi", "来年", city({2020: GOOD}))


def test_every_form_of_the_year_opens_the_same_report(city: City) -> None:
    root = city({2020: GOOD})
    years = {load_history("machi", form, root).year for form in (2020, "2020", "R2", "令和２年度")}
    assert [int(year) for year in years] == [2020]


def test_one_broken_sheet_of_an_earlier_year_stops_the_report(city: City) -> None:
    root = city({2020: GOOD, 2021: GOOD})
    sheet = root / "data" / "raw" / "machi" / "2020.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("進行中", "ほぼ完了"), encoding="utf-8")
    with pytest.raises(SheetError, match=r"2020\.csv.*ほぼ完了"):
        load_history("machi", 2021, root)


def test_ingesting_a_broken_sheet_writes_nothing(city: City) -> None:
    root = city({2020: GOOD})
    sheet = root / "data" / "raw" / "machi" / "2020.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("進行中", "ほぼ完了"), encoding="utf-8")
    with pytest.raises(SheetError):
        ingest_year("machi", 2020, root)
    assert not (root / "data" / "processed").exists()


def test_the_project_is_found_from_any_folder_inside(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    root = city({2020: GOOD})
    monkeypatch.delenv("GYOKAKU_ROOT", raising=False)
    monkeypatch.chdir(root / "data" / "raw" / "machi")
    assert load_history("machi", 2020).plan.municipality == "架空町"
