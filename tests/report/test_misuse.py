"""What an analyst hands to the wrong place is named with what was expected."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import helpers
from helpers import charts, exploring, heading, load_history, paragraph, sentences, show, tables
from helpers.errors import UsageError
from helpers.history.history import History
from helpers.report.table import Table

NO_HISTORY: list[Callable[[Any], object]] = [
    tables.by_policy, sentences.overall, charts.what_moved.draw, exploring.frame,
    lambda given: exploring.with_statuses(given, {4: "実施"}),
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


def test_assumed_statuses_are_pairs_of_number_and_status(history_2022: History) -> None:
    with pytest.raises(UsageError, match="番号と実施状況の組で書いてください"):
        exploring.with_statuses(history_2022, [4, 6])


def test_a_misspelt_name_of_the_door_says_what_was_asked_of_what() -> None:
    with pytest.raises(AttributeError) as caught:
        helpers.Tabel  # noqa: B018
    assert (caught.value.name, caught.value.obj) == ("Tabel", helpers)
