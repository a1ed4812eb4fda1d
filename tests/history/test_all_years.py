"""Every year of a plan in one frame, across phases."""

from pathlib import Path

import pandas as pd
import pytest

from helpers import exploring
from made_reports import lay_out_synthetic


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two synthetic plans."""
    return lay_out_synthetic(tmp_path_factory.mktemp("years"), "umikaze", "shiosai")


def test_every_sheet_is_there_each_in_its_own_words(project: Path) -> None:
    frame = exploring.all_years("umikaze", str(project))
    assert (
        frame.attrs["years"] == sorted(frame["fiscal_year"].unique()) == [2019, 2020, 2021, 2022, 2023, 2024]
    )
    assert frame["plan"].nunique() > 1  # more than one phase: histories stop at the border
    assert frame[["activities", "remarks", "item", "status"]].notna().all(axis=None)


def test_shares_are_floats_of_the_counted_items(root: Path) -> None:
    frame = exploring.all_years("yamaguchi", root)
    shares = frame.drop_duplicates(["fiscal_year", "status"]).set_index(["fiscal_year", "status"])["share"]
    assert shares[2022, "実施"] == pytest.approx(34 / 42)
    assert shares[2018, "実施"] == pytest.approx(27 / 40)
    assert frame.attrs["missing_years"] == [2019, 2020]


def test_numbers_stand_in_natural_order_and_declared_texts_have_columns(project: Path) -> None:
    frame = exploring.all_years("shiosai", project)
    numbers = frame.loc[frame["fiscal_year"] == 2023, "number"].tolist()
    assert numbers == ["1-1", "1-2", "1-3", "1-4", "2-1", "2-2", "2-3", "2-5"]
    assert isinstance(frame, pd.DataFrame) and {"評価の理由", "次年度の取組"} <= set(frame.columns)
    assert (frame["評価の理由"] != "").any()
