"""Two report folders: differences are reported with both values, and only those that a reader sees."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import lxml.html
import mistune
import pytest
from click.testing import Result

from helpers.proof.diff import as_html, as_markdown, as_text, compare_folders
from helpers.proof.diff.differences import StatusChange

Make = Callable[..., Path]
Run = Callable[..., Result]
ITEMS = {"1": ("窓口の改善", "実施"), "2": ("広聴活動", "一部実施"), "3": ("民間委託", "実施")}


@pytest.mark.parametrize("form", ("text", "markdown", "html"))
def test_identical_folders_and_other_versions_and_times_alone_are_silent(
    make_report: Make, run: Run, form: str
) -> None:
    before, same = (make_report(name, versions={"typst": "0.15"}, built="2024-04-01T09:00") for name in "ab")
    other = make_report("c", versions={"typst": "0.16"}, built="2024-05-01T10:00")
    for folder in (same, other):
        result = run(before, folder, "--format", form)
        assert (result.exit_code, result.output) == (0, "")


def test_a_flipped_status_is_told_with_number_name_and_both_statuses(make_report: Make, run: Run) -> None:
    flipped = ITEMS | {"2": ("広聴活動", "実施")}
    result = run(make_report("a"), make_report("b", flipped))
    assert result.exit_code == 1
    assert "実施状況が変わった項目\n  2 広聴活動: 一部実施 → 実施\n" in result.stdout
    (part,) = compare_folders(make_report("c"), make_report("d", flipped)).parts
    assert part.statuses == (StatusChange("2", "広聴活動", "一部実施", "実施"),)
    assert not part.texts


def test_items_that_came_and_left_are_no_flips(make_report: Make) -> None:
    other = {"1": ITEMS["1"], "3": ITEMS["3"], "4": ("電子申請", "未実施")}
    (part,) = compare_folders(make_report("a"), make_report("b", other)).parts
    assert part.statuses == (
        StatusChange("4", "電子申請", None, "未実施"),
        StatusChange("2", "広聴活動", "一部実施", None),
    )


def test_statuses_come_from_the_page_where_there_is_no_csv(make_report: Make) -> None:
    folders = make_report("a"), make_report("b", ITEMS | {"1": ("窓口の改善", "検討中")})
    for folder in folders:
        shutil.rmtree(folder / "tables")
    (part,) = compare_folders(*folders).parts
    assert part.statuses == (StatusChange("1", "窓口の改善", "実施", "検討中"),)


def test_a_changed_cell_is_told_with_caption_row_column_and_both_values(make_report: Make, run: Run) -> None:
    result = run(make_report("a"), make_report("b", done="1 (33.3%)"))
    assert result.exit_code == 1
    assert "表「5年間のまとめ」\n  I 協働 ／ 項目数 実施: 2 (66.7%) → 1 (33.3%)\n" in result.stdout
    assert "0 (0.0%)" not in result.stdout


def test_a_changed_sentence_is_told_under_its_heading_with_both_versions(make_report: Make, run: Run) -> None:
    result = run(make_report("a"), make_report("b", sentence="「実施」は3項目です。"))
    assert result.exit_code == 1
    assert "文章「まとめ」\n  - 「実施」は2項目です。\n  + 「実施」は3項目です。\n" in result.stdout
    assert "着手は" not in result.stdout


def test_a_renamed_item_is_one_row_whose_name_changed(make_report: Make) -> None:
    (part,) = compare_folders(
        make_report("a"), make_report("b", ITEMS | {"2": ("広報と広聴", "一部実施")})
    ).parts
    (table,) = part.tables
    assert [(c.column, c.before, c.after) for c in table.cells] == [("推進項目", "広聴活動", "広報と広聴")]


def test_versions_and_inputs_stand_in_the_background_of_real_differences(make_report: Make, run: Run) -> None:
    before = make_report("a", inputs={"R4.csv": "aa"})
    other = make_report("b", done="1", versions={"typst": "0.16"}, inputs={"R4.csv": "bb"})
    output = run(before, other).stdout
    assert "入力 R4.csv: 変更" in output
    assert "版 typst: 0.15 → 0.16" in output


def test_a_csv_that_differs_alone_is_a_difference(make_report: Make, run: Run) -> None:
    before, other = make_report("a"), make_report("b")
    file = other / "tables" / "counts.csv"
    for folder, count in ((before, 3), (other, 4)):
        (folder / "tables" / "counts.csv").write_text(
            f"year,status,items\n2022,実施,{count}\n", encoding="utf-8"
        )
    assert "データファイル「tables/counts.csv」\n  2022 ／ items: 3 → 4" in run(before, other).stdout
    file.unlink()
    assert "データファイル「tables/counts.csv」がなくなりました" in run(before, other).stdout


def test_folders_of_reports_are_compared_by_place(make_report: Make, run: Run, tmp_path: Path) -> None:
    make_report("old/p/2021")
    make_report("old/p/2022")
    make_report("new/p/2022", done="1")
    make_report("new/p/2023")
    result = run(tmp_path / "old", tmp_path / "new")
    assert result.exit_code == 1, result.output
    assert "「報告書 p/2021」がなくなりました" in result.stdout
    assert "「報告書 p/2023」が加わりました" in result.stdout
    assert "（p/2022）" in result.stdout and "2 (66.7%) → 1" in result.stdout


SUMMARY = {"municipality": "架空市", "done": "実施", "done_share": "66.7%"}
NEXT = {"1": ("窓口の改善", "実施"), "2": ("広聴活動", "実施"), "4": ("電子申請", "未実施")}


@pytest.mark.parametrize("form", ("text", "markdown", "html"))
def test_a_new_year_is_told_by_its_counts_its_share_and_what_moved(
    make_report: Make, run: Run, tmp_path: Path, form: str
) -> None:
    for side in ("old", "new"):
        make_report(f"{side}/p/2022", summary=SUMMARY)
    make_report("new/p/2023", NEXT, summary=SUMMARY | {"done_share": "100.0%"}, year=2023)
    result = run(tmp_path / "old", tmp_path / "new", "--format", form)
    assert result.exit_code == 1, result.output
    for sentence in (
        "「報告書 p/2023」が加わりました",
        "3項目（実施 2、未実施 1）",
        "「実施」の割合 100.0%（令和4年度は66.7%）",
        "令和4年度から実施状況が動いた項目は3件です",
        "すべての項目の実施状況",
    ):
        assert sentence in result.output
    assert "データファイル" not in result.output


def test_what_moved_since_the_year_before_is_told_item_by_item(make_report: Make, tmp_path: Path) -> None:
    make_report("old/p/2022")
    make_report("new/p/2022")
    make_report("new/p/2023", NEXT, year=2023)
    (part,) = compare_folders(tmp_path / "old", tmp_path / "new").parts
    assert part.statuses == (
        StatusChange("2", "広聴活動", "一部実施", "実施"),
        StatusChange("4", "電子申請", None, "未実施"),
        StatusChange("3", "民間委託", "実施", None),
    )
    assert [(item.number, item.before, item.after) for item in part.listing] == [
        ("1", "実施", "実施"),
        ("2", "一部実施", "実施"),
        ("4", None, "未実施"),
    ]


def test_a_new_city_is_told_by_all_its_items(make_report: Make, run: Run, tmp_path: Path) -> None:
    make_report("old/p/2022", summary=SUMMARY)
    make_report("new/p/2022", summary=SUMMARY)
    make_report("new/q/2023", NEXT, summary=SUMMARY, plan="q", year=2023)
    text = run(tmp_path / "old", tmp_path / "new").stdout
    assert (
        "「報告書 q/2023」が加わりました\n3項目（実施 2、未実施 1）\n「実施」の割合 66.7%\n加わった項目\n"
        in text
    )
    assert "  4 電子申請: 未実施" in text and "動いた" not in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("{a}", "nowhere"), "ありません"),
        (("{a}", "{a}/report.html"), "同じ種類"),
        (("{a}", "{tmp}"), "一方だけが報告書"),
        (("{a}", "{a}", "--year", "2022"), "--year"),
        (("{a}", "{a}", "--format", "pdf"), "pdf"),
    ],
)
def test_what_cannot_be_compared_is_trouble(
    make_report: Make, run: Run, tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    folder = make_report("a")
    result = run(*(argument.format(a=folder, tmp=tmp_path) for argument in arguments))
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_crash_does_not_look_like_a_difference(
    make_report: Make, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise ZeroDivisionError("bug")

    monkeypatch.setattr("helpers.proof.diff.compare_folders", crash)
    result = run(make_report("a"), make_report("b"))
    assert result.exit_code == 2
    assert "ZeroDivisionError" in result.stderr


@pytest.mark.parametrize(
    ("name", "form", "begins"),
    [
        ("diff.html", (), "<!DOCTYPE html>"),
        ("diff.txt", (), "違いはありません"),
        ("diff.html", ("--format", "text"), "違いはありません"),
    ],
)
def test_output_goes_to_a_file_in_the_form_of_its_name_that_says_so_where_nothing_differs(
    make_report: Make, run: Run, tmp_path: Path, name: str, form: tuple[str, ...], begins: str
) -> None:
    page = tmp_path / name
    result = run(make_report("a"), make_report("b"), *form, "-o", page)
    assert (result.exit_code, result.output) == (0, f"比較を書きました: {page}\n")
    written = page.read_text(encoding="utf-8")
    assert "違いはありません" in written and written.lower().startswith(begins.lower())


def test_a_file_named_md_is_markdown(make_report: Make, run: Run, tmp_path: Path) -> None:
    page = tmp_path / "diff.md"
    assert run(make_report("a"), make_report("b", done="1 (33.3%)"), "-o", page).exit_code == 1
    assert page.read_text(encoding="utf-8").startswith("### 変更点")


HOSTILE = "<script>alert(1)</script>|`x`[a](http://evil.example) **b** @octocat #12 \x1b[31m\u202e</td>"


def test_hostile_text_is_only_text_in_a_terminal(make_report: Make) -> None:
    text = as_text(_hostile(make_report))
    assert "<script>alert(1)</script>" in text
    assert "\x1b" not in text and "\u202e" not in text
    assert "[U+001B]" in text and "[U+202E]" in text


def test_hostile_text_is_only_text_in_markdown(make_report: Make) -> None:
    text = as_markdown(_hostile(make_report))
    page = lxml.html.fromstring(str(mistune.create_markdown(escape=False, plugins=["table"])(text)))
    assert not page.xpath("//script | //a | //code | //strong | //img")
    assert {len(row) for row in page.xpath("//tr")} == {3}
    shown = "".join(page.xpath("//table[1]//tr/td[1]//text()"))
    assert "<script>alert(1)</script>|`x`[a](" in shown
    # Neither a mention nor a reference nor a link, also where GitHub looks for them after rendering.
    assert not re.search(r"@\w|#\d|http://", shown)


def test_hostile_text_is_only_text_in_html(make_report: Make) -> None:
    page = lxml.html.document_fromstring(as_html(_hostile(make_report)))
    assert not page.xpath("//script")
    assert not [address for address in page.xpath("//@href") if not address.startswith("#")]
    assert any("<script>alert(1)</script>" in text for text in page.xpath("//th/text()"))
    assert "\u202e" not in "".join(page.itertext())


def test_a_page_of_differences_loads_nothing_and_marks_what_changed(make_report: Make) -> None:
    changed = make_report("b", ITEMS | {"2": ("広聴活動", "実施")}, sentence="「実施」は3項目です。")
    page = lxml.html.document_fromstring(as_html(compare_folders(make_report("a"), changed)))
    assert page.get("lang") == "ja"
    assert not page.xpath("//script | //link | //@src[not(starts-with(., 'data:'))]")
    assert [*page.xpath("//p/del/text()"), *page.xpath("//p/ins/text()")] == ["2", "3"]
    assert page.xpath("//table//del/text()")[0] == "一部実施"


def test_markdown_folds_long_parts_and_keeps_its_limit(make_report: Make) -> None:
    many = {str(n): (f"項目{n}" * 8, "実施") for n in range(1500)}
    few = {number: (name, "未実施") for number, (name, _) in many.items()}
    comparison = compare_folders(make_report("a", many), make_report("b", few))
    text = as_markdown(comparison)
    assert len(text) <= 60_000
    assert re.search(r"\*\*長いため、残りの\d+ブロックを省きました。\*\*", text)
    small = as_markdown(compare_folders(make_report("c"), make_report("d", done="1")))
    assert small.count("<details>") == small.count("</details>") > 0
    assert "省きました" not in small


def _hostile(make_report: Make):  # type: ignore[no-untyped-def]
    hostile = {"1": (HOSTILE, "実施")}, {"1": (HOSTILE, "未実施")}
    folders = [make_report(name, items) for name, items in zip("ab", hostile, strict=True)]
    for folder, status in zip(folders, ("実施", "未実施"), strict=True):
        quoted = HOSTILE.replace('"', '""')
        (folder / "tables" / "items.csv").write_text(
            f'number,item,status\n1,"{quoted}",{status}\n', encoding="utf-8"
        )
    return compare_folders(*folders)
