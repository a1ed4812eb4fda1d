"""What every chart keeps to, whatever it shows: it stands in a page by itself and is the same each time."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import matplotlib
import pandas as pd
import pytest
from chart_texts import texts
from lxml import etree, html
from matplotlib import _pylab_helpers

from helpers.errors import FigureError
from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.report.charts import Chart, NoChart, course_of_plan, shares_by_policy, status_map, what_moved

Y2018, Y2020, Y2021, Y2022 = (FiscalYear(year) for year in (2018, 2020, 2021, 2022))
YEARS = [FiscalYear(year) for year in range(2018, 2023)]


@pytest.fixture
def charts(
    plan: Plan, counts: pd.DataFrame, statuses: pd.DataFrame, transitions: pd.DataFrame
) -> list[Chart]:
    drawn = [
        shares_by_policy(counts, plan, Y2022, Y2021),
        course_of_plan(counts, plan, YEARS),
        status_map(statuses, plan, YEARS),
        what_moved(transitions, plan, Y2022),
    ]
    return [chart for chart in drawn if isinstance(chart, Chart)]


def test_each_is_a_figure_named_by_its_alt_text(charts: list[Chart]) -> None:
    assert [chart.id for chart in charts] == [
        "shares_by_policy",
        "course_of_plan",
        "status_map",
        "what_moved",
    ]
    for chart in charts:
        figure = html.fromstring(chart._repr_html_())
        assert (figure.tag, figure.get("class"), figure.get("id")) == ("figure", "chart", chart.id)
        (svg,) = figure.xpath("./svg")
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == chart.alt == repr(chart)
        assert figure.xpath("string(./figcaption)") == chart.caption


def test_captions_and_alt_texts_are_escaped() -> None:
    chart = Chart("a", "<svg/>", "alt", "<b>&")
    assert "<figcaption>&lt;b&gt;&amp;</figcaption>" in chart._repr_html_()
    assert "&lt;b&gt;" in NoChart("a", "<b>", "なし")._repr_html_()


def test_nothing_in_it_reaches_out_into_the_page(charts: list[Chart]) -> None:
    for chart in charts:
        assert chart.svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" ')
        root = etree.fromstring(chart.svg)
        tags = {etree.QName(element).localname for element in root.iter()}
        assert tags <= {"svg", "g", "path", "text", "defs", "pattern", "rect"}
        assert [element for element in root.iter() if "style" in element.attrib] == [root]
        assert not re.search(r"http(?!://www\.w3\.org/2000/svg)", chart.svg)


def test_ids_do_not_collide_and_every_reference_is_met(charts: list[Chart]) -> None:
    page = "".join(chart._repr_html_() for chart in charts)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    references = re.findall(r"url\(#([^)]+)\)", page)
    assert references and set(references) <= set(ids)
    for chart in charts:
        assert all(name.startswith(f"{chart.id}-") for name in re.findall(r"url\(#([^)]+)\)", chart.svg))


def test_it_scales_and_its_text_is_text(charts: list[Chart]) -> None:
    for chart in charts:
        root = etree.fromstring(chart.svg)
        _, _, width, height = map(float, root.get("viewBox").split())
        assert float(root.get("height")) / float(root.get("width")) == pytest.approx(height / width, abs=0.01)
        assert root.get("font-family").startswith("'Noto Sans CJK JP'")
        for text in root.iter("{*}text"):
            assert 0 <= float(text.get("x")) <= width
            assert 0 <= float(text.get("y")) <= height
            assert text.get("font-family") is None
            assert float(text.get("font-size")) >= 6


def test_matplotlib_is_left_as_it_was(charts: list[Chart], plan: Plan, counts: pd.DataFrame) -> None:
    before = dict(matplotlib.rcParams)
    shares_by_policy(counts, plan, Y2022)
    assert dict(matplotlib.rcParams) == before
    assert _pylab_helpers.Gcf.figs == {}


PROGRAM = """
import hashlib, sys
from pathlib import Path
import pandas as pd
from helpers.report.charts import course_of_plan, shares_by_policy, status_map, what_moved
from helpers.history.counts import PLAN_SCOPE
from helpers.fiscal_year import FiscalYear
from helpers.plan.reading.plan_file import load_plan

plan = load_plan(Path(sys.argv[1]))
years = [FiscalYear(year) for year in (2020, 2021, 2022)]
rows = [(year, item.number, item.name, item.policy.numeral, plan.status_names[(place + year) % 4])
        for year in (2021, 2022) for place, item in enumerate(plan.items)]
items = pd.DataFrame(rows, columns=["fiscal_year", "number", "item", "policy", "status"])
counts = items.groupby(["fiscal_year", "status"], as_index=False).size().rename(columns={"size": "items"})
counts = counts.assign(scope=PLAN_SCOPE, share_pct=[plan.printing.share_pct(n, 42) for n in counts["items"]])
moves = items[items["fiscal_year"] == 2022].assign(previous_status=list(items["status"][:42]), remark="")
for chart in (
    shares_by_policy(counts, plan, years[2], years[1]), course_of_plan(counts, plan, years),
    status_map(items, plan, years), what_moved(moves, plan, years[2]),
):
    print(chart.id, hashlib.sha256(chart._repr_html_().encode()).hexdigest())
"""


@pytest.mark.slow
def test_two_processes_draw_the_same_bytes() -> None:
    folder = Path(__file__).parents[3] / "data" / "raw" / "yamaguchi"
    drawn = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-W", "error", "-c", PROGRAM, str(folder)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        drawn.append(done.stdout)
    assert drawn[0] == drawn[1]
    assert len(drawn[0].splitlines()) == 4


def test_drawing_again_gives_the_same_bytes(charts: list[Chart], plan: Plan, statuses: pd.DataFrame) -> None:
    again = status_map(statuses, plan, YEARS)
    assert isinstance(again, Chart)
    assert hashlib.sha256(again.svg.encode()).digest() == hashlib.sha256(charts[2].svg.encode()).digest()


def test_a_missing_glyph_is_an_error(plan: Plan, transitions: pd.DataFrame) -> None:
    transitions.loc[1, "item"] = "窓口😀"
    with pytest.raises(FigureError, match=r"「😀」（U\+1F600）.*窓口😀"):
        what_moved(transitions, plan, Y2022)


def test_a_dollar_is_a_dollar(plan: Plan, transitions: pd.DataFrame) -> None:
    transitions.loc[1, "item"] = "$x^2$ と <b>&"
    assert "・2 $x^2$ と <b>&" in texts(what_moved(transitions, plan, Y2022))


@pytest.mark.parametrize(
    "draw",
    [
        lambda plan, counts: shares_by_policy(counts, plan, Y2022),
        lambda plan, counts: course_of_plan(counts, plan, YEARS),
        lambda plan, counts: status_map(counts.assign(number="1"), plan, YEARS),
        lambda plan, counts: what_moved(
            counts.assign(number="1", item="広聴", policy="Ⅰ", previous_status="実施", remark=""), plan, Y2022
        ),
    ],
    ids=["shares_by_policy", "course_of_plan", "status_map", "what_moved"],
)
def test_a_status_outside_the_vocabulary_is_an_error(
    draw: Callable[[Plan, pd.DataFrame], Chart], plan: Plan, counts: pd.DataFrame
) -> None:
    with pytest.raises(FigureError, match="「実施済」は区分にありません"):
        draw(plan, counts.replace({"status": {"実施": "実施済"}}))
