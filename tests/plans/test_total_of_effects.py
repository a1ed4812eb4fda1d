"""A city that adds up what it saves and what it earns: the total stands after its parts and foots with them."""

import pytest

from gate_checks import check_report, complaints_about, pass_gate
from helpers import sentences, tables
from helpers.history.history import History
from helpers.history.opening import load_history
from made_reports import made_files
from small_city import City, Refusal, effect

PARTS = effect("歳入確保", "歳入見込", "歳入実績") + effect("歳出削減", "歳出見込", "歳出実績")
EFFECTS = f'{PARTS}\n[effects_total]\nname = "財政効果額"\n'
HEAD = "番号,基本方針,推進項目,実施状況,歳入見込,歳入実績,歳出見込,歳出実績"
SHEETS = {
    2020: [HEAD, "1,1,窓口の案内,完了,100,90,,", "2,1,会議の公開,完了,,,50,60", "3,2,歩道の点検,完了,0,0,10,△5", "4,2,水道の更新,未着手,,,,"],
    2021: [HEAD, "1,1,窓口の案内,完了,200,210,5,5", "2,1,会議の公開,完了,,,70,未確定", "3,2,歩道の点検,完了,8,4,10,12", "4,2,水道の更新,未着手,,,,"],
}  # fmt: skip


def history_of(city: City, year: int) -> History:
    sheets = {western: "\n".join(rows) for western, rows in SHEETS.items()}
    return load_history("machi", year, city(sheets, more=EFFECTS))


def rows_of_total(history: History) -> list[list[str]]:
    table = tables.effects(history)
    assert [*dict.fromkeys(table.printed["効果"])] == [
        "歳入確保（千円）",
        "歳出削減（千円）",
        "財政効果額（千円）",
    ]
    return table.printed[table.printed["効果"] == "財政効果額（千円）"].to_numpy().tolist()


def test_the_total_adds_its_parts_by_policy(city: City) -> None:
    # 100 + 50, 90 + 60; 0 + 10, 0 - 5
    assert [row[1:6] for row in rows_of_total(history_of(city, 2020))] == [
        ["1 つながり", "150", "150", "-", "100.0%"],
        ["2 くらし", "10", "△5", "△15", "△50.0%"],
        ["合計", "160", "145", "△15", "90.6%"],
    ]


def test_what_is_missing_in_a_part_is_missing_in_the_total(city: City) -> None:
    history = history_of(city, 2021)
    # 200 + 5 + 70, 210 + 5; 8 + 10, 4 + 12; so far 150 + 275, 150 + 215; 10 + 18, -5 + 16
    assert [row[1:] for row in rows_of_total(history)] == [
        ["1 つながり", "275", "215※", "-", "-", "425", "365※", "-", "-"],
        ["2 くらし", "18", "16", "△2", "88.9%", "28", "11", "△17", "39.3%"],
        ["合計", "293", "231※", "-", "-", "453", "376※", "-", "-"],
    ]
    table = tables.effects(history)
    assert "※「財政効果額」は、「歳入確保」と「歳出削減」を足したものです。" in table.notes
    assert any(
        note.startswith("※「財政効果額」には、見込か実績の金額がまだない項目があります（令和3年度の2）")
        for note in table.notes
    )
    assert "「財政効果額」の令和3年度は、金額のそろわない項目があるため" in sentences.effects(history).text
    assert table.sums["effect"] == ("財政効果額",)


@pytest.mark.parametrize(("printed", "differing"), [("215", 0), ("215※", 0), ("216", 1), ("215＊", 1)])
def test_a_published_sum_in_part_may_stand_without_our_mark(city: City, printed: str, differing: int) -> None:
    history = history_of(city, 2021)
    table = tables.effects(history)
    folder = history.plan.folder / "published" / "2021"
    folder.mkdir(parents=True)
    rows = [["4", *row] for row in table.printed.astype(str).to_numpy().tolist()]
    changed = [[printed if cell == "215※" else cell for cell in row] for row in rows[-3:-2]]
    assert changed != rows[-3:-2] or printed == "215※"
    lines = [["節", *table.printed.columns], *rows[:-3], *changed, *rows[-2:]]
    (folder / "effects.csv").write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    assert len(tables.reconcile(history).differences) == differing


@pytest.mark.parametrize("year", [2020, 2021])
def test_every_file_passes_the_gate(city: City, year: int) -> None:
    history = history_of(city, year)
    assert check_report(history, made_files(history)) > 100


@pytest.mark.parametrize(("old", "new"), [(">145<", ">146<"), (">△50.0%<", ">△50.1%<")])
def test_the_gate_adds_the_total_up_again(city: City, old: str, new: str) -> None:
    history = history_of(city, 2020)
    html, content = pass_gate(history, tables.effects(history))
    assert "確かめると" in complaints_about(history, "effects", html.replace(old, new), content)[0]
    wrong = content.replace(b",160,145,-15,", b",160,146,-14,")
    assert "確かめると" in complaints_about(history, "effects", html, wrong)[0]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('unit = "千円"\ncolumns = { planned = "歳出見込"', 'unit = "百万円"\ncolumns = { planned = "歳出見込"', "そろっていません"),
        ('name = "財政効果額"', 'name = "歳入確保"', "と同じです"),
        ('name = "財政効果額"', 'name = ""', "空です"),
        ('name = "財政効果額"', 'name = "財政効果額"\nunit = "円"', "「unit」という設定はありません"),
    ],
)  # fmt: skip
def test_effects_that_cannot_be_added_are_refused(refusal: Refusal, old: str, new: str, fault: str) -> None:
    assert old in EFFECTS
    assert fault in refusal(more=EFFECTS.replace(old, new, 1))
