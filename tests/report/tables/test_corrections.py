"""A report that replaces a published one says what it corrects, on page, PDF and in the csv alike."""

import re
from pathlib import Path

import pytest

from gate_checks import check_report
from helpers import reconcile, sentences, sources, tables
from helpers.cli.verify import result_lines
from helpers.errors import PlanFileError
from helpers.history.history import History
from helpers.history.opening import load_history
from made_reports import made_files
from small_city import City

# Published when 会議の公開 was taken for 未着手.
PUBLISHED = "節,実施状況,項目数,割合\n1,完了,1,25.0%\n1,進行中,1,25.0%\n1,未着手,2,50.0%\n1,合計,4,100.0%\n"
CORRECTION = '[correction]\ndate = 2024-01-15\nreason = "会議の公開の区分を取り違えた"\n'
PLACES = 'places = ["overall 完了", "overall 未着手 項目数", "overall 未着手 割合"]\n'
CELLS = [
    ["計画全体の実施状況", "完了 項目数", "1", "2"],
    ["計画全体の実施状況", "完了 割合", "25.0%", "50.0%"],
    ["計画全体の実施状況", "未着手 項目数", "2", "1"],
    ["計画全体の実施状況", "未着手 割合", "50.0%", "25.0%"],
]


def corrected(city: City, errata: str = CORRECTION + PLACES, published: str = PUBLISHED) -> History:
    root: Path = city({2020: "完了 完了 未着手 進行中"})
    folder = root / "data/raw/machi/published/2020"
    folder.mkdir(parents=True)
    (folder / "overall.csv").write_text(published, encoding="utf-8")
    (folder / "errata.toml").write_text(errata, encoding="utf-8")
    return load_history("machi", 2020, root)


def test_the_cells_of_the_places_that_differ_from_the_published_ones_are_corrections(city: City) -> None:
    result = reconcile(corrected(city))
    table = tables.corrections(result)
    assert table.caption == "訂正した欄（令和6年1月15日）"
    assert table.printed.to_numpy().tolist() == CELLS
    assert (result.ok, len(result.corrected), result.matches) == (True, 4, 8)
    notice = sentences.corrections(result)
    assert notice.text == (
        "この報告書は、公表した報告書を令和6年1月15日に訂正したものです。理由: 会議の公開の区分を取り違えた"
    )
    differing = sources.differences(result)
    assert set(differing.printed["理由"]) == {"訂正: 会議の公開の区分を取り違えた"}
    assert next(line for line in result_lines(result) if "訂正" in line) == (
        "  訂正 計画全体の実施状況（overall、1節）完了 項目数: 公表値「1」、本書「2」"
    )


def test_page_pdf_and_csv_tell_the_corrections(city: City) -> None:
    history = corrected(city)
    files = made_files(history)
    assert check_report(history, files) > 100
    page = re.sub(r"</?(?:span|wbr)[^>]*>", "", files["report.html"].decode())
    assert page.index("この報告書は、公表した報告書を令和6年1月15日に訂正したものです") < page.index(
        '<table id="corrections"'
    )
    assert page.index('<table id="corrections"') < page.index("大綱と推進計画</h2>")
    assert files["tables/corrections.csv"].decode().splitlines() == [
        "table,row,column,published,ours,reason,corrected_on",
        "overall,完了,項目数,1,2,会議の公開の区分を取り違えた,令和6年1月15日",
        "overall,完了,割合,25.0%,50.0%,会議の公開の区分を取り違えた,令和6年1月15日",
        "overall,未着手,項目数,2,1,会議の公開の区分を取り違えた,令和6年1月15日",
        "overall,未着手,割合,50.0%,25.0%,会議の公開の区分を取り違えた,令和6年1月15日",
    ]


def test_a_report_that_replaces_none_has_no_notice(history_2022: History) -> None:
    result = reconcile(history_2022)
    assert tables.corrections(result) is None
    assert sentences.corrections(result) is None


REFUSED = {
    "nothing that differs": (CORRECTION + PLACES, PUBLISHED.replace("1,完了,1,25.0%", "1,完了,2,50.0%").replace("2,50.0%\n1,合計", "1,25.0%\n1,合計"),
        "correction: 公表値と違う欄がないため、訂正するものがありません。公表値を訂正後の値に直したときは、この記録を消してください"),
    "no places": (CORRECTION, PUBLISHED,
        'correction.places: 訂正する欄が書かれていません。公表値と違う欄は、次の2行にあります: ["overall 完了", "overall 未着手"]。'
        "このうち訂正したものだけを places = [...] に書いてください（表、行、欄のどれでも書けます）"),
    "a place that does not differ": (CORRECTION + 'places = ["overall 完了", "overall 進行中"]', PUBLISHED,
        "correction.places[2]: 「overall 進行中」に、公表値と違う欄がありません。表の名前、行、列の見出しを直すか、消してください"),
    "a part of a row's name": (CORRECTION + 'places = ["overall 完"]', PUBLISHED,
        "correction.places[1]: 「overall 完」に、公表値と違う欄がありません。表の名前、行、列の見出しを直すか、消してください"),
    "a date in quotation marks": (CORRECTION.replace("2024-01-15", '"2024-01-15"'), PUBLISHED,
        "correction.date: 「2024-01-15」は日付、例: 2024-01-15ではありません。日付、例: 2024-01-15で書いてください"),
    "a day with a time": (CORRECTION.replace("2024-01-15", "2024-01-15T10:00:00"), PUBLISHED,
        "correction.date: 「2024-01-15 10:00:00」には時刻があります。2024-01-15 のように、引用符を付けずに書いてください"),
    "no reason": (CORRECTION.replace("会議の公開の区分を取り違えた", ""), PUBLISHED, "correction.reason: 空です。値を書いてください"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_correction_that_corrects_nothing_or_has_no_day_or_reason_is_refused(city: City, name: str) -> None:
    errata, published, message = REFUSED[name]
    with pytest.raises(PlanFileError) as caught:
        reconcile(corrected(city, errata, published))
    assert str(caught.value) == f"published/2020/errata.toml!{message}"


def test_what_differs_elsewhere_is_no_correction(city: City) -> None:
    published = PUBLISHED.replace("1,進行中,1,25.0%", "1,進行中,1,25.1%")
    result = reconcile(corrected(city, published=published))
    assert [difference.location for difference in result.corrected] == [
        "overall 完了 項目数", "overall 完了 割合", "overall 未着手 項目数", "overall 未着手 割合",
    ]  # fmt: skip
    assert [difference.location for difference in result.unrecorded] == ["overall 進行中 割合"]
    assert not result.ok


@pytest.mark.parametrize("kind", ["誤り", "端数調整", "表記の違い"])
def test_a_recorded_difference_is_no_correction(city: City, kind: str) -> None:
    recorded = (
        f'\n[[erratum]]\ntable = "overall"\nrow = "完了"\ncolumn = "割合"\nprinted = "25.0%"\n'
        f'ours = "50.0%"\nreason = "別の理由"\nkind = "{kind}"\n'
    )
    result = reconcile(corrected(city, CORRECTION + PLACES + recorded))
    assert [difference.location for difference in result.corrected] == [
        "overall 完了 項目数", "overall 未着手 項目数", "overall 未着手 割合",
    ]  # fmt: skip
    assert result.ok


@pytest.mark.parametrize(
    ("corrected_place", "cells"), [("overall", 4), ("overall 完了", 2), ("overall 完了 割合", 1)]
)
def test_a_place_is_a_table_a_row_or_a_cell(city: City, corrected_place: str, cells: int) -> None:
    result = reconcile(corrected(city, f'{CORRECTION}places = ["{corrected_place}"]\n'))
    assert (len(result.corrected), len(result.unrecorded)) == (cells, 4 - cells)
