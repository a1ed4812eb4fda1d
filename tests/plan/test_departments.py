"""The departments in a cell: set apart, the lead first, under the names of today."""

import pytest

from helpers.errors import PlanFileError
from helpers.plan.departments import current_name, departments_in
from helpers.plan.reading.plan_file import load_plan
from small_city import City

RENAMED = {"情報政策課": "デジタル推進課", "デジタル推進課": "ＤＸ推進課", "総務部総務課": "総務課"}


@pytest.mark.parametrize(
    ("text", "departments"),
    [
        ("", ()),
        ("総務課", ("総務課",)),
        ("総務課、財政課", ("総務課", "財政課")),
        ("総務課\n財政課／市民課", ("総務課", "財政課", "市民課")),
        ("総務課・財政課", ("総務課", "財政課")),
        ("文化・スポーツ振興課", ("文化・スポーツ振興課",)),
        ("政策　推進課", ("政策　推進課",)),
        ("総務課　財政課", ("総務課", "財政課")),
        ("総務課、財政課（主管）", ("財政課", "総務課")),
        ("総務課（副）、財政課", ("総務課", "財政課")),
        ("総務課、総　務課", ("総務課",)),
        ("総務部総務課及び財政課", ("総務課", "財政課")),
        ("情報政策課", ("ＤＸ推進課",)),
        ("総務課（防災担当）", ("総務課（防災担当）",)),
    ],
)
def test_departments_of_a_cell(text: str, departments: tuple[str, ...]) -> None:
    assert departments_in(text, RENAMED) == departments


def test_an_old_name_is_known_however_it_is_written() -> None:
    assert current_name("ＡＩ推進室", {"AI推進室": "DX推進課"}) == "DX推進課"


def test_renamings_are_read_from_the_plan_and_lead_to_a_name_of_today(city: City) -> None:
    root = city({}, more='[departments]\n"甲課" = "乙課"\n"乙課" = "丙課"\n')
    plan = load_plan(root / "data/raw/machi")
    assert departments_in("甲課、丁課", plan.renamed_departments) == ("丙課", "丁課")


@pytest.mark.parametrize(
    "renamed", ['"甲課" = "乙課"\n"乙課" = "甲課"', '"甲課" = "甲課"', '"甲課" = ""', '"甲課" = 1']
)
def test_renamings_that_lead_nowhere_are_refused_at_their_key(city: City, renamed: str) -> None:
    root = city({})
    file = root / "data/raw/machi/plan.toml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n[departments]\n{renamed}\n", encoding="utf-8")
    with pytest.raises(PlanFileError, match=r"plan.toml!departments.甲課: "):
        load_plan(root / "data/raw/machi")
