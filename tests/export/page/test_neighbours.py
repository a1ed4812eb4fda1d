"""The reports that a report leads to."""

from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from exports import notebook_of, page_of

from helpers.export.page.neighbours import METADATA, Neighbours
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.inputs import gather_inputs
from helpers.pipeline.identity.manifest import identity
from helpers.pipeline.site import PlanFolder
from helpers.project import Target

YEARS = [FiscalYear(year) for year in (2018, 2021, 2022)]


@pytest.mark.parametrize(
    ("year", "older", "newer"),
    [(2018, None, 2021), (2021, 2018, 2022), (2022, 2021, None), (2020, 2018, 2021)],
)
def test_they_are_the_nearest_years_with_a_sheet(year: int, older: int | None, newer: int | None) -> None:
    neighbours = Neighbours.among(YEARS, FiscalYear(year))
    assert neighbours.as_metadata() == {"older": older, "newer": newer}
    assert Neighbours.of_notebook({METADATA: neighbours.as_metadata()}) == neighbours


@pytest.mark.parametrize(
    "written", [None, [], {}, {"older": "2021", "newer": None}, {"older": 1, "newer": None}]
)
def test_what_no_build_wrote_is_none(written: object) -> None:
    assert Neighbours.of_notebook({METADATA: written}) is None


def test_a_page_leads_to_its_neighbours_above_and_below_and_one_made_by_hand_nowhere() -> None:
    notebook = notebook_of("# 題")
    assert "<nav" not in page_of(notebook)
    notebook.metadata[METADATA] = Neighbours.among(YEARS, FiscalYear(2021)).as_metadata()
    built = lxml.html.fromstring(page_of(notebook))
    expected = ["../../index.html", "../2018/report.html", "../2022/report.html"]
    assert built.xpath("//nav[@class='years']//a/@href") == expected * 2
    assert built.xpath("//nav[@class='years'][1]//a/text()") == ["報告書の一覧", "平成30年度", "令和4年度"]
    labels = built.xpath("//nav/@aria-label")
    assert len(set(labels)) == len(labels) == 2
    assert not built.xpath("//main//nav[@class='years']")


def test_they_are_part_of_what_a_report_is_made_from(root: Path) -> None:
    folder = PlanFolder.open(root, "yamaguchi")
    target = Target("yamaguchi", FiscalYear(2021))
    inputs = gather_inputs(folder.root, folder.plan, folder.sheets, target)
    assert inputs.neighbours == Neighbours.among(YEARS, target.year)
    alone = replace(inputs, neighbours=Neighbours())
    assert identity(target, alone) != identity(target, inputs)
