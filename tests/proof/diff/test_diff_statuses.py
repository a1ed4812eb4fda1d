"""The sheets and reports of two years: an item is compared with the one that it carries on."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from small_city import TAKEN_OVER, City

Run = Callable[..., Result]
RENUMBERED = """
[[item_changes]]
year = 2022
kind = "renumbered"
from = ["2"]
to = ["4"]
"""
ITEMS = TAKEN_OVER.replace("録画,2021,", "録画,2021,2021") + "4,1,会議の配信,2022,\n2,2,水道の更新,2022,\n"
SHEETS = {2020: "完了 進行中 未着手", 2021: "進行中 未着手", 2022: "進行中 完了 完了"}


def sheets(root: Path, *years: int) -> list[Path]:
    return [root / "data" / "raw" / "machi" / f"{year}.csv" for year in years]


def status_lines(output: str) -> list[str]:
    """The lines on the statuses of items."""
    lines = output.split("\n■ ")[1].split("\n")[1:]
    end = next(at for at, line in enumerate(lines) if line.startswith(("表", "文章")))
    return lines[:end]


def test_a_number_that_another_item_took_over_left_and_came(city: City, run: Run) -> None:
    root = city(SHEETS, items=ITEMS, more=RENUMBERED)
    assert status_lines(run(*sheets(root, 2020, 2021)).stdout) == [
        "実施状況が変わった項目", "  1 窓口の案内: 完了 → 進行中",
        "加わった項目", "  2 会議の録画: 未着手",
        "なくなった項目", "  2 会議の公開: 進行中", "  3 歩道の点検: 未着手",
    ]  # fmt: skip


def test_a_renumbered_item_is_compared_with_itself_over_the_years_and_back(city: City, run: Run) -> None:
    root = city(SHEETS, items=ITEMS, more=RENUMBERED)
    assert status_lines(run(*sheets(root, 2021, 2022)).stdout) == [
        "実施状況が変わった項目", "  4 会議の配信: 未着手 → 完了",
        "加わった項目", "  2 水道の更新: 完了",
    ]  # fmt: skip
    assert status_lines(run(*sheets(root, 2022, 2021)).stdout) == [
        "実施状況が変わった項目", "  2 会議の録画: 完了 → 未着手",
        "なくなった項目", "  2 水道の更新: 完了",
    ]  # fmt: skip
    assert status_lines(run(*sheets(root, 2020, 2022)).stdout) == [
        "実施状況が変わった項目", "  1 窓口の案内: 完了 → 進行中",
        "加わった項目", "  4 会議の配信: 完了", "  2 水道の更新: 完了",
        "なくなった項目", "  2 会議の公開: 進行中", "  3 歩道の点検: 未着手",
    ]  # fmt: skip


def test_departments_are_compared_between_the_same_items(city: City, run: Run) -> None:
    root = city(SHEETS, items=ITEMS, more=RENUMBERED)
    for sheet, names in zip(sheets(root, 2021, 2022), (("甲", "乙"), ("甲", "丙", "丁")), strict=True):
        header, *lines = sheet.read_text(encoding="utf-8").splitlines()
        rows = (f"{line},{name}課" for line, name in zip(lines, names, strict=True))
        sheet.write_text("\n".join([f"{header},所管課", *rows, ""]), encoding="utf-8")
    output = run(*sheets(root, 2021, 2022)).stdout
    assert "  4 会議の配信 ／ 所管課: 乙課 → 丙課\n" in output
    assert "2 水道の更新 ／ 所管課" not in output


def test_reports_of_two_years_know_items_by_number_and_name(
    make_report: Callable[..., Path], run: Run
) -> None:
    old = make_report("old", {"1": ("窓口の改善", "実施"), "2": ("広聴活動", "一部実施")})
    new = make_report("new", {"1": ("窓口の改善", "一部実施"), "2": ("会議の録画", "実施")}, year=2023)
    assert status_lines(run(old, new).stdout) == [
        "実施状況が変わった項目", "  1 窓口の改善: 実施 → 一部実施",
        "加わった項目", "  2 会議の録画: 実施",
        "なくなった項目", "  2 広聴活動: 一部実施",
    ]  # fmt: skip


def test_an_item_whose_name_was_mended_is_the_same_in_two_reports_of_one_year(
    make_report: Callable[..., Path], run: Run
) -> None:
    old = make_report("old", {"1": ("窓口の改繕", "実施")})
    new = make_report("new", {"1": ("窓口の改善", "一部実施")})
    assert status_lines(run(old, new).stdout) == [
        "実施状況が変わった項目", "  1 窓口の改善: 実施 → 一部実施",
    ]  # fmt: skip
