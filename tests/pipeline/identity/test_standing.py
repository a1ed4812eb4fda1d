"""Whether a published report may stay."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity import reasons
from helpers.pipeline.identity.inputs import Inputs
from helpers.pipeline.identity.manifest import Summary
from helpers.pipeline.identity.standing import standing
from helpers.pipeline.made import MadeReport
from helpers.pipeline.publication.publication import publish_file, publish_folder
from helpers.pipeline.target import Target

TARGET = Target("machi", FiscalYear(2022))
INPUTS = Inputs({"data/raw/machi/R4.csv": b"x"})
ACCEPTED = replace(INPUTS, accepted="公表資料の誤植")


@pytest.mark.parametrize(
    ("made_from", "now", "why"),
    [
        (ACCEPTED, ACCEPTED, reasons.CURRENT),
        (ACCEPTED, INPUTS, reasons.CURRENT),  # it holds for as long as nothing changes
        (ACCEPTED, replace(ACCEPTED, accepted="別の理由"), "公表値と違うまま公開する理由が変わった"),
        # A reason that is given and was not needed is no reason to make the report again.
        (INPUTS, ACCEPTED, reasons.CURRENT),
    ],
)
def test_the_reason_to_accept_differences_is_part_of_a_report_that_needed_one(
    made_from: Inputs, now: Inputs, why: str, tmp_path: Path
) -> None:
    # None of the figures that are compared cell by cell differs: a row that only the report has is no cell.
    summary = Summary("市", "計画", 1, "", 376, 0, 376, 0, differences=1 if made_from.accepted else 0)
    frames = {str(TARGET.processed): b"fiscal_year\n"}
    made = MadeReport.of(TARGET, made_from, summary, {"report.html": b"page"}, frames)
    publish_folder(tmp_path / TARGET.folder, made.files)
    publish_file(tmp_path / TARGET.processed, frames[str(TARGET.processed)])
    assert standing(tmp_path, TARGET, now).why == (why,)
