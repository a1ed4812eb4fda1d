"""What a plan's site hands to whoever makes a report."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from helpers import sheets
from helpers.fiscal_year import FiscalYear
from helpers.history.opening import load_history
from helpers.pipeline.site import PlanSite
from helpers.project import Target
from made_reports import REPOSITORY
from small_city import City


def test_no_sheet_is_read_again_by_whoever_has_the_frames(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = city({2020: "完了 進行中 未着手 未着手", 2021: "完了 完了 進行中 未着手"})
    shutil.copytree(REPOSITORY / "notebooks", root / "notebooks", dirs_exist_ok=True)
    target = Target("machi", FiscalYear(2021))
    read_from_sheets = load_history("machi", 2021, root)
    site = PlanSite(root, "machi")
    inputs = site.folder.gather(target)
    site.check_sheets(target, inputs)
    for path, content in site.frames(target, inputs).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)

    def refuse(*arguments: object) -> None:
        raise AssertionError("a sheet is read again")

    monkeypatch.setattr(sheets, "read_status_sheet", refuse)
    history = load_history("machi", 2021, root)
    assert sorted(map(int, history.sheets)) == [2020, 2021]
    for year, sheet in history.sheets.items():
        pd.testing.assert_frame_equal(sheet.statuses, read_from_sheets.sheets[year].statuses)
