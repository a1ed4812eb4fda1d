"""Plans drafted from sheets: what is taken over, what is guessed and marked, what is refused."""

import csv
import io
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from helpers.errors import SheetError, UsageError
from helpers.fiscal_year import FiscalYear, Period
from helpers.plan import Plan
from helpers.plan.reading.plan_file import load_plan
from helpers.sheets.draft.names import municipality_in, period_in, plan_in, without_year
from helpers.sheets.draft.sheet_draft import DraftedSheet, draft_plan_of_parts
from spreadsheets import book, books, inspect_bytes, merging

POLICIES = ("Ⅰ 協働と連携の推進", "Ⅱ 行政運営の効率化")


def draft_plan(
    data: bytes, name: str, year: FiscalYear | None = None, columns: Mapping[str, str] | None = None
) -> DraftedSheet:
    return draft_plan_of_parts({name: data}, name, year, columns)


def text(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def plan_of(drafted: DraftedSheet, folder: Path) -> Plan:
    (folder / "machi").mkdir()
    for name, content in drafted.draft.files("machi", "sheet.xlsx").items():
        (folder / "machi" / name).write_bytes(content)
    return load_plan(folder / "machi")


SIXTY = book(
    [
        ["海辺市第三次行財政改革プラン（令和4年度～令和8年度）"],
        ["令和5年度 進捗状況調査票"],
        ["No", "基本目標", "取組の名称", "達成度", "令和5年度の実績と成果", "担当部署", "予算"],
        *(
            [
                number,
                POLICIES[number > 30] if number in (1, 31) else None,
                f"取組その{number}の推進",
                ("達成", "概ね達成", "着手前", "対象外")[0 if number <= 40 else number % 3 + 1],
                f"取組{number}について説明会を開き、手順を見直した。",
                ("総務課", "財政課")[number % 2],
                None,
            ]
            for number in range(1, 61)
        ),
    ],
    merging("B4:B33 B34:B63"),
)


def test_a_city_of_60_items_with_other_headings_and_merged_policies_is_set_up_at_once(tmp_path: Path) -> None:
    drafted = draft_plan(SIXTY, "調査票.xlsx")
    plan = plan_of(drafted, tmp_path)
    assert drafted.year == FiscalYear(2023)
    assert drafted.draft.columns == {
        "実施状況": "達成度",
        "基本方針": "基本目標",
        "推進項目": "取組の名称",
        "主な取組": "実績と成果",
    }
    assert (plan.municipality, plan.implementation_plans[0].name) == (
        "海辺市",
        "海辺市第三次行財政改革プラン",
    )
    assert plan.outline.period == Period(FiscalYear(2022), FiscalYear(2026))
    assert [(p.numeral, p.name) for p in plan.policies] == [
        ("Ⅰ", "協働と連携の推進"),
        ("Ⅱ", "行政運営の効率化"),
    ]
    assert [item.policy.numeral for item in plan.items] == ["Ⅰ"] * 30 + ["Ⅱ"] * 30
    assert plan.items[59].name == "取組その60の推進"
    assert [(s.name, s.group, s.counted) for s in plan.statuses] == [
        ("達成", "done", True),
        ("概ね達成", "under_way", True),
        ("着手前", "not_started", True),
        ("対象外", "not_started", False),
    ]
    assert inspect_bytes(SIXTY, "調査票.xlsx", plan).status_sheet is not None


ROWS = {
    "policies as headings between the rows": (
        text("山里町行政改革大綱実施計画　2023年度の状況", "番号,項目名,評価", "基本方針１　窓口（2項目）", "1-1,案内,◎",
             "1-2,公開,△", "基本方針２　財政（1項目）", "2-1,台帳,×", "合計,3"),
        [("1-1", "１", "案内"), ("1-2", "１", "公開"), ("2-1", "２", "台帳")], ["◎", "△", "×"],
    ),
    "a policy written once for the rows below it": (
        text("2023年度", "番号,方針,項目,状況", "1,A 窓口,案内,実施", "2,,公開,未実施", "3,B 財政,台帳,実施"),
        [("1", "A", "案内"), ("2", "A", "公開"), ("3", "B", "台帳")], ["実施", "未実施"],
    ),
    "policies without numerals, ditto marks": (
        text("2023年度", "番号,方針,項目,状況", "1,窓口を変える,案内,実施", "2,〃,公開,〃", "3,財政を整える,台帳,検討中"),
        [("1", "1", "案内"), ("2", "1", "公開"), ("3", "2", "台帳")], ["実施", "検討中"],
    ),
    "no policies at all": (text("2023年度", "番号,項目,状況", "1,案内,A", "2,公開,B"), [("1", "", "案内"), ("2", "", "公開")], ["A", "B"]),
    "an item listed again": (text("2023年度", "番号,方針,項目,状況", "1,Ⅰ,案内,実施", "2,Ⅱ,公開,検討中", "1,Ⅱ,案内（再掲）,実施"), [("1", "Ⅰ", "案内"), ("2", "Ⅱ", "公開")], ["実施", "検討中"]),
    "a column a status, with a mark in one": (
        text("2023年度", "番号,項目,達成,一部達成,未達成", "1,案内,○,,", "2,公開,,○,", "3,台帳,,○,", "4,清掃,○,,"),
        [("1", "", "案内"), ("2", "", "公開"), ("3", "", "台帳"), ("4", "", "清掃")], ["達成", "一部達成", "未達成"],
    ),
    "cards below each other": (
        text("2023年度", "番号,1", "推進項目,案内", "実施状況,実施", "", "番号,2", "推進項目,公開", "実施状況,未実施"),
        [("1", "", "案内"), ("2", "", "公開")], ["実施", "未実施"],
    ),
    "a card on each worksheet": (
        books({f"No{n}": [["令和5年度"], ["番号", n], ["基本方針", "Ⅰ 窓口"], ["推進項目", name], ["実施状況", status]]
               for n, name, status in ((1, "案内", "実施"), (2, "公開", "検討中"))}),
        [("1", "Ⅰ", "案内"), ("2", "Ⅰ", "公開")], ["実施", "検討中"],
    ),
    "a worksheet for each department": (
        books({name: [["令和5年度"], ["番号", "項目", "状況"], *rows]
               for name, rows in {"総務課": [[1, "案内", "実施"]], "財政課": [[2, "公開", "検討中"], [3, "台帳", "実施"]]}.items()}),
        [("1", "", "案内"), ("2", "", "公開"), ("3", "", "台帳")], ["実施", "検討中"],
    ),
    "a column an item": (text("2023年度", "番号,1,2,3", "推進項目,案内,公開,台帳", "実施状況,実施,未実施,実施"), [("1", "", "案内"), ("2", "", "公開"), ("3", "", "台帳")], ["実施", "未実施"]),
    "decorated numbers, names on two lines": (
        book([["令和5年度"], ["番号", "項目", "状況"], ["No.1", "窓口の\n案内", "実施"], ["②", "公開", "実施中"]]),
        [("1", "", "窓口の案内"), ("2", "", "公開")], ["実施", "実施中"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "items", "statuses"), ROWS.values(), ids=ROWS)
def test_the_sheet_passes_with_the_plan_that_was_drafted_from_it(
    tmp_path: Path, data: bytes, items: list[tuple[str, str, str]], statuses: list[str]
) -> None:
    name = "sheet.xlsx" if data.startswith(b"PK") else "sheet.csv"
    drafted = draft_plan(data, name)
    plan = plan_of(drafted, tmp_path)
    assert [(item.number, item.policy.numeral, item.name) for item in plan.items] == items
    assert list(plan.status_names) == statuses
    reading = inspect_bytes(data, name, plan)
    assert [str(finding) for finding in reading.findings if finding.is_error] == []
    again = [item for item in plan.items if item.also_in]
    assert len(again) == ("再掲" in data.decode("utf-8", "replace"))


def test_worksheets_named_for_policies_make_one_plan(tmp_path: Path) -> None:
    head = [["令和5年度の状況"], ["番号", "項目", "状況"]]
    first, second = [["1", "案内", "実施"]], [["2", "公開", "検討中"], ["3", "台帳", "実施"]]
    data = books({"Ⅰ": head + first, "Ⅱ": head + second})
    plan = plan_of(draft_plan(data, "状況.xlsx"), tmp_path)
    assert [(item.number, item.policy.numeral) for item in plan.items] == [("1", "Ⅰ"), ("2", "Ⅱ"), ("3", "Ⅱ")]
    assert plan.status_names == ("実施", "検討中")
    assert inspect_bytes(data, "状況.xlsx", plan).status_sheet is not None


def test_what_the_sheet_does_not_say_is_marked_where_it_stands() -> None:
    drafted = draft_plan(text("番号,項目,状況", "1,案内,甲", "2,公開,乙", "3,台帳,甲"), "R5.csv")
    settings = drafted.draft.files("machi", "R5.csv")["plan.toml"].decode()
    parsed = tomllib.loads(settings)
    assert parsed["municipality"] == "〇〇市" and parsed["outline"]["name"].startswith("（要確認）")
    assert [status["group"] for status in parsed["statuses"]] == ["done", "not_started"]
    (first, second) = [line for line in settings.splitlines() if line.startswith("group")]
    assert "どれが計画どおりの実施か分からない" in first and "この表に2項目" in first
    assert "分からないので、仮に not_started" in second and "この表に1項目" in second
    assert (parsed["outline"]["first_year"], parsed["outline"]["last_year"]) == (2023, 2027)


def test_a_misspelt_status_is_no_word_of_the_plan(tmp_path: Path) -> None:
    data = text("番号,項目,状況", "1,案内,一部実施", "2,公開,ー部実施", "3,台帳,一部実施", "4,清掃,実施")
    plan = plan_of(draft_plan(data, "R5.csv"), tmp_path)
    assert plan.status_names == ("実施", "一部実施")
    assert [finding.cell for finding in inspect_bytes(data, "R5.csv", plan).findings] == ["C3"]


REFUSED = {
    "a number twice": (text("番号,項目,状況", "1,案内,実施", "1,公開,実施"), "R5.csv!A3: 番号「1」はA2にもあります"),
    "no number": (text("番号,項目,状況", "1,案内,実施", ",公開,実施"), "R5.csv!A3: 番号が空です"),
    "a name that Excel would run": (text("番号,項目,状況", "1,=1+1,実施"), "R5.csv!B2: 推進項目「=1+1」は数式のような文字で"),
    "no names": (text("番号,状況", "1,実施", "2,検討中"), "--column 推進項目=列見出し"),
    "totals only": (text("状況,項目数", "実施,3", "未実施,4"), "合計だけの表です"),
    "no table": (text("お知らせ", "会議は3時です"), "見出しの行が見つかりません"),
    "nothing": (b"", "ファイルが空です"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED)
def test_a_sheet_that_gives_no_plan_is_refused_with_its_cell(data: bytes, message: str) -> None:
    with pytest.raises(SheetError) as caught:
        draft_plan(data, "R5.csv")
    assert message in str(caught.value)


def test_a_sheet_of_an_unknown_year_asks_for_it() -> None:
    data = text("番号,項目,状況", "1,案内,実施")
    with pytest.raises(UsageError, match="--year"):
        draft_plan(data, "調査.csv")
    assert draft_plan(data, "調査.csv", FiscalYear(2023)).draft.period.first == FiscalYear(2023)


def test_of_two_columns_that_may_be_the_status_the_user_chooses() -> None:
    data = text("番号,項目,上期の達成度,下期の達成度", "1,案内,○,△", "2,公開,△,○", "3,台帳,○,○", "4,清掃,○,○")
    with pytest.raises(SheetError, match="実施状況"):
        draft_plan(data, "R5.csv")
    drafted = draft_plan(data, "R5.csv", columns={"実施状況": "下期の達成度"})
    assert drafted.draft.statuses == {"○": 3, "△": 1}


def test_texts_that_a_settings_file_could_take_for_its_own_are_only_texts(tmp_path: Path) -> None:
    name = 'な"]\\\n[x]\nid = 1'
    stream = io.StringIO()
    csv.writer(stream).writerows(
        [["番号", "方針", "項目", "状況"], ["1", name, name, '実"施'], ["2", name, "二", "検討中"]]
    )
    plan = plan_of(draft_plan(stream.getvalue().encode(), "R5.csv"), tmp_path)
    assert (plan.id, plan.policies[0].name, plan.items[0].name) == (
        "machi",
        'な"]\\[x]id = 1',
        'な"]\\[x]id = 1',
    )


@pytest.mark.parametrize(
    ("title", "municipality", "plan", "period"),
    [
        ("山口市行政改革大綱推進計画【前期】 令和4年度 状況", "山口市", "山口市行政改革大綱推進計画【前期】", None),
        ("第2次海辺町行革プラン（R3～R7）", "海辺町", "第2次海辺町行革プラン", (2021, 2025)),
        ("令和3～7年度 四日市市行政改革プラン2021", "", "四日市市行政改革プラン", (2021, 2025)),
        ("市民協働の推進状況", "", "", None),
        ("お知らせ 2022年度から2026年度", "", "", (2022, 2026)),
    ],
)  # fmt: skip
def test_titles_say_whose_plan_it_is_and_of_which_years(
    title: str, municipality: str, plan: str, period: tuple[int, int] | None
) -> None:
    assert (municipality_in([title]), plan_in([title])) == (municipality, plan)
    years = period_in([title])
    assert (years and (int(years.first), int(years.last))) == period


def test_a_heading_goes_on_in_other_years() -> None:
    assert without_year("令和5年度の主な実績") == without_year("主な実績") == "主な実績"
