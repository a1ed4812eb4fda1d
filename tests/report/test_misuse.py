"""What an analyst hands to the wrong place is named with what was expected."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

import helpers
from helpers import (
    FiscalYear,
    card_pages,
    chart,
    charts,
    digest,
    exploring,
    glance,
    heading,
    headings,
    load_history,
    paragraph,
    reconcile,
    sentences,
    sheet_views,
    show,
    sources,
    tables,
)
from helpers.errors import FigureError, FiscalYearError, UsageError, WriteError
from helpers.history.history import History
from helpers.report.table import Table

NO_HISTORY: list[Callable[[Any], object]] = [
    tables.by_policy, sentences.overall, charts.what_moved.draw, exploring.frame,
    lambda given: exploring.with_statuses(given, {4: "実施"}),
    glance.cover, digest.page, headings.year, card_pages.show, sources.notes, tables.trace, reconcile,
]  # fmt: skip


@pytest.mark.parametrize("make", NO_HISTORY)
@pytest.mark.parametrize("given", ["yamaguchi", pd.DataFrame(), None])
def test_what_is_no_history_is_refused_with_where_to_get_one(
    make: Callable[[Any], object], given: Any
) -> None:
    with pytest.raises(UsageError, match=f"load_history.*渡されたもの: {type(given).__name__}"):
        make(given)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: show("文"), "渡されたもの: str。文は paragraph"),
        (lambda: paragraph(3), "paragraph には文字を渡してください。渡されたもの: int"),
        (lambda: paragraph("文", "strong"), "kind は note、missing、good、bad のどれか"),
        (lambda: heading(1, "題"), "見出しの段は 2（節）、3、4 のどれか"),
        (lambda: heading(2, None), "heading には文字を渡してください"),
        (lambda: load_history(2022, "yamaguchi"), "計画のID（例: \"yamaguchi\"）を文字で"),
        (
            lambda: Table(id="t", caption="題", printed=[["値"]], records=pd.DataFrame(), row_headers=()),
            "表 t の printed は pandas の DataFrame",
        ),
    ],
)  # fmt: skip
def test_other_misuse_is_named_with_what_was_expected(make: Callable[[], object], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        make()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("make", "source"),
    [
        (tables.origins, "tables.trace(history)"),
        (tables.reconciliation, "reconcile(history)"),
        (sentences.corrections, "reconcile(history)"),
        (sheet_views.counts, 'ingest_year("計画のID", "年度")'),
    ],
)
def test_what_is_made_of_something_else_says_of_what(
    make: Callable[[Any], object], source: str, history_2022: History
) -> None:
    with pytest.raises(UsageError) as caught:
        make(history_2022)
    assert f"{source} の結果" in str(caught.value) and "渡されたもの: History" in str(caught.value)


def own_table(**changes: Any) -> Table:
    frame = pd.DataFrame({"課": ["総務課"]})
    given = {"id": "t", "caption": "題", "printed": frame, "records": frame, "row_headers": ("課",)}
    return Table(**{**given, **changes})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": 3}, "表 3 の id を文字で書いてください"),
        ({"caption": ""}, "表 t の caption を文字で書いてください"),
        ({"printed": pd.DataFrame()}, "列「課」が printed にありません（列が一つもありません）"),
        ({"sums": {"部": ("合計",)}}, "列「部」が records にありません（「課」があります）"),
        ({"key": ("課",), "fields": {"課": ""}}, "fields の列「課」に、日本語の見出しを"),
    ],
)
def test_a_table_with_a_wrong_field_names_it(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        own_table(**changes)
    assert message in str(caught.value)


def test_a_csv_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="に書き込めません: "):
        own_table().to_csv(tmp_path / "none" / "own.csv")


def test_words_of_another_kind_are_refused(history_2022: History) -> None:
    with pytest.raises(UsageError, match="実施状況「1」は区分にありません"):
        exploring.with_statuses(history_2022, {4: 1})
    with pytest.raises(UsageError, match="実施状況「None」は区分にありません"):
        exploring.shares(history_2022, None)
    with pytest.raises(FigureError, match="文字で渡してください"):
        chart(Figure(), "x", None, "題")
    with pytest.raises(FiscalYearError, match=r"「R4」は FiscalYear\.parse"):
        FiscalYear("R4")


def test_the_first_page_of_an_assumption_says_so(history_2022: History) -> None:
    assumed = exploring.with_statuses(history_2022, {4: "実施"})
    for shown in (glance.year_at_a_glance(assumed), digest.page(assumed), sources.notes(assumed)):
        assert "仮定: 4を「実施」とした場合" in repr(shown)


def test_assumed_statuses_are_pairs_of_number_and_status(history_2022: History) -> None:
    with pytest.raises(UsageError, match="番号と実施状況の組で書いてください"):
        exploring.with_statuses(history_2022, [4, 6])


def test_a_misspelt_name_of_the_door_says_what_was_asked_of_what() -> None:
    with pytest.raises(AttributeError) as caught:
        helpers.Tabel  # noqa: B018
    assert (caught.value.name, caught.value.obj) == ("Tabel", helpers)
