from collections.abc import Callable

import pytest

from helpers.errors import PlanFileError
from helpers.fiscal_year import FiscalYear
from helpers.plan import Item
from helpers.plan.reading.plan_file import load_plan
from small_city import ITEMS_HEADER, SMALL_ITEMS, City, Refusal

HEADER = ITEMS_HEADER.rstrip()
Load = Callable[..., tuple[Item, ...]]
BROKEN = {
    "empty": ("", ("1行目", "番号,基本方針,推進項目,開始年度,終了年度")),
    "other header": ("番号,方針\n1,1\n", ("1行目", "「番号,方針」")),
    "no items": (f"{HEADER}\n", ("推進項目が一つもありません", "2行目")),
    "ragged": (f"{HEADER}\n1,1,窓口\n", ("2行目", "3個", "5個")),
    "no number": (f"{HEADER}\n,1,窓口,2020,\n", ("2行目 番号", "空です")),
    "no name": (f"{HEADER}\n1,1,　,2020,\n", ("2行目 推進項目", "空です")),
    "no first year": (f"{HEADER}\n1,1,窓口,,\n", ("2行目 開始年度", "空です")),
    "unknown policy": (f"{HEADER}\n1,3,窓口,2020,\n", ("2行目 基本方針", "「3」", "1 つながり／2 くらし", "plan.toml")),
    "year is no year": (f"{HEADER}\n1,1,窓口,令和,\n", ("2行目 開始年度", "「令和」", "2018")),
    "repeated under its own policy": (f"{HEADER},再掲\n1,1,窓口,2020,,1\n", ("2行目 再掲", "「1」", "ほかの基本方針")),
    "repeated under an unknown policy": (f"{HEADER},再掲\n1,1,窓口,2020,,2、3\n", ("2行目 再掲", "「3」", "1 つながり")),
    "an unknown column": (f"{HEADER},所管\n1,1,窓口,2020,,x\n", ("1行目", "所管", "重点項目、再掲")),
    "a number twice": (f"{HEADER}\n1,1,窓口,2020,\n１,2,歩道,2022,\n", ("3行目 番号", "「１」", "「窓口」", "「歩道」")),
}  # fmt: skip


@pytest.mark.parametrize(("items", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_list_of_items_names_line_column_value_and_remedy(
    refused_for: Callable[..., None], items: str, words: tuple[str, ...]
) -> None:
    refused_for(("items.csv", *words), items=items)


def test_every_wrong_row_of_a_list_is_named(refusal: Refusal) -> None:
    rows = "1,1,窓口,2020,\n1,2,歩道,2022,\n2,1,会議,,\n3,9,水道,2020,\n4,1\n5,1,公園,2020,\n"
    lines = refusal(items=f"{HEADER}\n{rows}").splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        "items.csv!3行目 番号", "items.csv!4行目 開始年度", "items.csv!5行目 基本方針", "items.csv!6行目",
    ]  # fmt: skip


@pytest.fixture
def load(city: City) -> Load:
    """The items of the small city whose list has this text, or these bytes."""

    def items_of(text: str, data: bytes | None = None, more: str = "") -> tuple[Item, ...]:
        folder = city({}, items=text, more=more) / "data" / "raw" / "machi"
        if data is not None:
            (folder / "items.csv").write_bytes(data)
        return load_plan(folder).items

    return items_of


def test_a_list_as_excel_saves_plain_csv_is_read(load: Load) -> None:
    items = load(SMALL_ITEMS, SMALL_ITEMS.replace("\n", "\r\n").encode("cp932"))
    assert [item.name for item in items] == ["窓口の案内", "会議の公開", "歩道の点検", "水道の更新"]


def test_a_list_in_another_encoding_is_refused_with_the_remedy(load: Load) -> None:
    with pytest.raises(PlanFileError, match=r"items\.csv!1行目: .*Shift_JIS.*CSV UTF-8"):
        load(SMALL_ITEMS, SMALL_ITEMS.encode("utf-16"))


def test_a_missing_list_is_named(city: City) -> None:
    file = city({}) / "data" / "raw" / "machi" / "items.csv"
    file.unlink()
    with pytest.raises(PlanFileError, match=r"items\.csv"):
        load_plan(file.parent)


def test_a_number_may_be_used_again_when_the_item_that_had_it_is_gone(city: City) -> None:
    root = city({}, items=f"{HEADER}\n1,1,窓口,2020,2021\n1,1,会議,2022,\n")
    plan = load_plan(root / "data" / "raw" / "machi")
    assert [plan.items_in(FiscalYear(year))[0].name for year in (2021, 2022)] == ["窓口", "会議"]


def test_lines_of_windows_blank_lines_and_line_breaks_in_names_are_read(
    load: Load,
) -> None:
    rows = f'\ufeff{HEADER}\r\n\r\n1-2,1,"窓口\n案内\u2028所",R2,令和３年度\r\n,,,,\r\n'
    (item,) = load(SMALL_ITEMS, rows.encode())
    assert (item.number, item.name) == ("1-2", "窓口\n案内\u2028所")
    assert str(item.life) == "令和2年度～令和3年度（2年間）"


def test_an_item_without_a_last_year_lives_as_long_as_its_plan(load: Load) -> None:
    (item,) = load(f"{HEADER}\n1,1,窓口,2021,\n")
    assert [int(year) for year in item.life.years] == [2021, 2022, 2023, 2024]


@pytest.mark.parametrize(
    ("rows", "more", "order"),
    [
        ("9,2,丙,2020,\n2,1,乙,2020,\n10,2,丁,2020,\n1,1,甲,2020,\n", "", ["2", "1", "9", "10"]),
        ("10,2,丙,2020,\n1-10,1,乙,2020,\n9,2,丁,2020,\n1-2,1,甲,2020,\n", '\n[items]\norder = "number"\n',
         ["1-2", "1-10", "9", "10"]),
    ],
    ids=["as in the file", "by their numbers"],
)  # fmt: skip
def test_items_stand_by_policy_in_the_plans_order_and_below_it(
    load: Load, rows: str, more: str, order: list[str]
) -> None:
    assert [item.number for item in load(f"{HEADER}\n{rows}", more=more)] == order


def test_the_middle_level_and_repeated_items_are_columns_that_may_follow(
    load: Load,
) -> None:
    first, second = load(f"{HEADER},再掲,重点項目\n1,1,甲,2020,,2,つながる\n2,2,乙,2020,,,\n")
    assert (first.focus, [policy.numeral for policy in first.also_in]) == ("つながる", ["2"])
    assert (second.focus, second.also_in) == ("", ())
