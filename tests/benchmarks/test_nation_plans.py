"""Synthetic municipalities: the same from the same seed, each different, said to be synthetic, and valid."""

import tomllib
from pathlib import Path

import nation_plans as plans
import pytest

from helpers.history.opening import load_history
from helpers.plan import DONE
from helpers.plan.reading.plan_file import load_plan
from helpers.sheets import find_sheets, inspect_sheet


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        plans.write_plans(tmp_path / name, reports=24, years=10, seed=seed)
    first, again, other = (contents(tmp_path / name) for name in "abc")
    assert first == again
    assert len(first) == 3 * 2 + 24
    assert not set(first.values()) & set(other.values())


def test_every_format_and_code_page_occurs(tmp_path: Path) -> None:
    plans.write_plans(tmp_path, reports=60, years=10, seed=1)
    sheets = [content for name, content in contents(tmp_path).items() if not name.endswith(("toml", "s.csv"))]
    beginnings = {content[:3] for content in sheets}
    assert b"\xef\xbb\xbf" in beginnings
    assert "架空".encode("cp932")[:3] in beginnings
    zipped = [content for content in sheets if content[:2] == b"PK"]
    ods = [content for content in zipped if b"opendocument" in content[:100]]
    assert 30 < len(zipped) < 55
    assert 0 < len(ods) < len(zipped) / 2


def test_municipalities_say_different_things() -> None:
    municipalities = list(plans.municipalities(reports=30, years=3, seed=1))
    items = [set(city.files()["items.csv"].decode().splitlines()[1:]) for city in municipalities]
    for index, lines in enumerate(items):
        for other in items[:index]:
            assert len(lines & other) <= 2


@pytest.mark.parametrize(
    ("reports", "years", "wanted"),
    [(2, 10, [2]), (10, 10, [10]), (25, 10, [10, 10, 5]), (3, 1, [1, 1, 1]), (100, 10, [10] * 10)],
)
def test_there_are_exactly_as_many_reports_as_asked_for(reports: int, years: int, wanted: list[int]) -> None:
    assert [len(city.years) for city in plans.municipalities(reports, years, 1)] == wanted


def test_every_name_says_that_it_is_synthetic(tmp_path: Path) -> None:
    plans.write_plans(tmp_path, reports=12, years=6, seed=3)
    for folder in (tmp_path / "data" / "raw").iterdir():
        plan = load_plan(folder)
        names = [plan.municipality, plan.source, plan.outline.name, plan.outline.philosophy, plan.overview]
        names += [phase.title for phase in plan.implementation_plans] + [item.name for item in plan.items]
        names += [policy.name for policy in plan.policies] + list(plan.outline.policies)
        assert [name for name in names if "架空" not in name] == []
        assert all("性能測定用の架空の計画" in phase.title for phase in plan.implementation_plans)
        for year, file in find_sheets(plan).items():
            sheet = inspect_sheet(file, plan, year).status_sheet
            assert "実在しません" in "".join(sheet.notes)
            texts = [*sheet.statuses["activities"], *sheet.statuses["department"], *sheet.statuses["remarks"]]
            assert [text for text in texts if text and "架空" not in text] == []


def test_plans_and_sheets_are_valid_without_a_finding(tmp_path: Path) -> None:
    plans.write_plans(tmp_path, reports=36, years=12, seed=4)
    for folder in (tmp_path / "data" / "raw").iterdir():
        plan = load_plan(folder)
        assert 37 <= len(plan.items) <= 50
        assert len(plan.policies) == 3
        sheets = find_sheets(plan)
        assert [year.western for year in sorted(sheets)] == list(range(2015, 2027))
        for year, file in sheets.items():
            assert inspect_sheet(file, plan, year).findings == (), file


def test_a_plan_gets_on_over_the_years_and_leads_into_the_next(tmp_path: Path) -> None:
    plans.write_plans(tmp_path, reports=10, years=10, seed=5)
    (tmp_path / "notebooks").mkdir()
    history = load_history("kaku-0001", 2024, tmp_path)
    done = history.plan.names_in(DONE)
    shares = [sheet.statuses["status"].isin(done).mean() for _, sheet in sorted(history.sheets.items())]
    assert shares[-1] > shares[0] + 0.2
    assert len(set(shares)) > 3
    lives = {(item.life.first.western, item.life.last.western) for item in history.plan.items}
    assert lives == {(2015, 2024), (2015, 2019), (2020, 2024)}


def test_the_settings_differ_between_municipalities() -> None:
    files = [city.files()["plan.toml"].decode() for city in plans.municipalities(120, 10, 1)]
    settings = [tomllib.loads(file) for file in files]
    assert len({str(each["printing"]) for each in settings}) == 4
    assert len({str(each["statuses"]) for each in settings}) == 3
