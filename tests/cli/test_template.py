"""``gyokaku verify --template``: files to fill in, nothing overwritten."""

import csv
import io
from pathlib import Path

from commands import gyokaku
from helpers.history.opening import load_history
from helpers.report.register import all_tables
from made_reports import made_files
from small_city import City, effect

SHEETS = {2020: "完了 進行中 未着手 完了", 2021: "完了 完了 未着手 完了"}


DECLARED = """
[[measures]]
better = "増"
columns = { indicator = "指標", target = "目標値", actual = "実績値" }
"""
DECLARED_SHEET = """番号,推進項目,実施状況,指標,目標値,実績値,見込,実績
1,窓口の案内,完了,件数,10,12,,
2,会議の公開,進行中,,,,,
3,歩道の点検,完了,延長,5,4,100,90
4,水道の更新,未着手,,,,,
"""


def run(root: Path, *arguments: str) -> tuple[int, str]:
    result = gyokaku("verify", "--root", root, *arguments)
    return result.exit_code, result.output


def rows_of(file: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))


def test_the_files_have_headings_and_row_names_and_pass_when_filled_in_from_the_report(city: City) -> None:
    root = city(SHEETS)
    code, output = run(root, "--template", "R3")
    folder = root / "data/raw/machi/published/2021"
    assert code == 0
    assert {file.name for file in folder.iterdir()} == {
        "plan_overview.csv", "overall.csv", "by_policy.csv", "items.csv", "summary.csv",
    }  # fmt: skip
    assert "data/raw/machi/published/2021/overall.csv: 作りました（計画全体の実施状況）" in output
    assert "（それまで、この年度の報告書は作れません）。そのあと gyokaku verify R3 で照合します" in output
    assert (
        "ファイルはどれもすでにあります。gyokaku verify R3 で照合できます" in run(root, "--template", "R3")[1]
    )
    assert rows_of(folder / "overall.csv")[:2] == [
        ["節", "実施状況", "項目数", "割合", "前年項目数", "前年割合"],
        ["", "完了", "", "", "", ""],
    ]
    code, output = run(root, "R3")
    assert code == 1
    assert (
        "published/2021/overall.csv: 値がまだ記入されていません。公表資料の値を写すか、このファイルを消してください"
        in output
    )
    for table in all_tables(load_history("machi", 2021, root)):
        file = folder / f"{table.id}.csv"
        if file.exists():
            out = io.StringIO(newline="")
            csv.writer(out).writerows(
                [rows_of(file)[0], *(["2", *row] for row in table.printed.to_numpy().tolist())]
            )
            file.write_text(out.getvalue(), encoding="utf-8-sig")
    code, output = run(root, "R3")
    # Outline 2 x 3, whole plan 4 x 5, policies 9 x 7, items 4 x 4, summary 4 x 4.
    assert (code, "不一致" in output) == (0, False)
    assert "machi 令和3年度: 121/121 一致" in output


def test_targets_and_money_of_the_citys_own_have_files_as_well(city: City) -> None:
    root = city({}, more=DECLARED + effect("削減額"))
    folder = root / "data/raw/machi"
    (folder / "2020.csv").write_text(DECLARED_SHEET, encoding="utf-8")
    assert run(root, "--template", "R2")[0] == 0
    assert rows_of(folder / "published/2020/targets.csv") == [
        ["節", "基本方針", "設定", "判定", "達成", "達成の割合"],
        ["", "1 つながり", "", "", "", ""],
        ["", "2 くらし", "", "", "", ""],
        ["", "合計", "", "", "", ""],
    ]
    effects = rows_of(folder / "published/2020/effects.csv")
    assert effects[0] == [
        "節", "効果", "基本方針", "見込", "実績", "差", "達成率", "累計見込", "累計実績", "累計差", "累計達成率",
    ]  # fmt: skip
    assert [row[1:5] for row in effects[1:]] == [
        ["削減額（千円）", "1 つながり", "", ""],
        ["削減額（千円）", "2 くらし", "", ""],
        ["削減額（千円）", "合計", "", ""],
    ]
    assert (folder / "published/2020/measures.csv").is_file()


def test_a_row_of_one_effect_is_not_compared_with_that_of_another(city: City) -> None:
    effects = effect("削減額") + effect("増収額", "増収見込", "増収実績")
    root = city({}, more=DECLARED + effects)
    folder = root / "data/raw/machi"
    rows = DECLARED_SHEET.replace(",見込,実績", ",見込,実績,増収見込,増収実績").replace(
        "100,90", "100,90,7,8"
    )
    (folder / "2020.csv").write_text(rows.replace(",,\n", ",,,,\n"), encoding="utf-8")
    published = folder / "published/2020/effect_items.csv"
    published.parent.mkdir(parents=True)
    published.write_text(
        "節,効果,番号,推進項目,見込,実績,差,達成率\n,増収額（千円）,3,歩道の点検,7,8,+1,114.3%\n",
        encoding="utf-8",
    )
    code, output = run(root, "R2")
    assert (code, output.count("\n  不一致 ")) == (1, 1)
    assert "effect_items: 7/7" in output
    assert "削減額（千円） 3: 公表値「（行なし）」" in output


def test_a_file_that_is_there_is_left_as_it_is(city: City) -> None:
    root = city(SHEETS)
    folder = root / "data/raw/machi/published/2021"
    folder.mkdir(parents=True)
    (folder / "overall.csv").write_text("節,実施状況\n", encoding="utf-8")
    code, output = run(root, "--template", "R3")
    assert code == 0
    assert (folder / "overall.csv").read_text(encoding="utf-8") == "節,実施状況\n"
    assert "data/raw/machi/published/2021/overall.csv: すでにあるため、そのままにしました" in output
    assert (folder / "summary.csv").exists()


def test_a_year_has_to_be_named(city: City) -> None:
    code, output = run(city(SHEETS), "--template")
    assert code == 2
    assert "--template には年度が要ります。例: gyokaku verify --template R4" in output


def test_an_earlier_report_is_copied_and_its_corrections_are_listed(city: City) -> None:
    """Published when 会議の公開 was 進行中; the sheet says 完了 now."""
    root = city(SHEETS | {2021: "完了 進行中 未着手 完了"})
    folder = root / "data/raw/machi/published/2021"
    first = root / "first.html"
    first.write_bytes(made_files(load_history("machi", 2021, root))["report.html"])
    assert run(root, "--template", "R3", "--from", str(first))[0] == 0
    assert rows_of(folder / "overall.csv")[1] == ["", "完了", "2", "50.0%", "2", "50.0%"]
    assert run(root, "R3")[0] == 0

    city(SHEETS)
    (folder / "errata.toml").write_text(
        '[correction]\ndate = 2022-06-01\nreason = "取り違えた"\n'
        'places = ["items 2", "overall 完了", "overall 進行中", "by_policy 1 つながり", "by_policy 総計", "summary"]\n',
        encoding="utf-8",
    )
    code, output = run(root, "R3")
    assert code == 1
    assert "correction.places[5]: 「by_policy 総計」に、公表値と違う欄がありません" in output
    errata = (folder / "errata.toml").read_text(encoding="utf-8").replace('"by_policy 総計", ', "")
    (folder / "errata.toml").write_text(errata, encoding="utf-8")
    code, output = run(root, "R3")
    assert code == 0, output
    assert "（items）2 実施状況: 公表値「進行中」、本書「完了」" in output
    assert "  訂正 計画全体の実施状況（overall）完了 割合: 公表値「50.0%」、本書「75.0%」" in output


def test_what_no_report_can_be_copied_from_is_refused(city: City) -> None:
    root = city(SHEETS)
    page = root / "page.html"
    page.write_text("<p>お知らせ</p>", encoding="utf-8")
    for arguments, fault in (
        (["--template", "R3", "--from", str(page)], "は年次報告書（report.html）ではありません"),
        (["--template", "R3", "--from", str(root / "nowhere.html")], "ファイルがありません"),
        (["--template", "R2", "R3", "--from", str(page)], "--from には年度と計画が一つずつ要ります"),
        (["R3", "--from", str(page)], "--from は、--template と一緒に使います"),
    ):
        code, output = run(root, *arguments)
        assert code == 2
        assert fault in output
    assert not (root / "data/raw/machi/published").exists()
