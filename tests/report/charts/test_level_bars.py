"""Areas of shares: edges that can be seen, and every share said in or beside its area."""

import re

import pytest
from chart_texts import HUNDRED, elements, texts

from helpers.report.charts import course_of_plan, progress
from helpers.report.palette import status_style
from small_city import SMALL_PLAN, Small

SMALL_SHARES = "完了 " * 96 + "進行中 " * 3 + "未着手"


def test_a_share_that_does_not_fit_stands_under_its_bar(small: Small) -> None:
    shown = texts(progress.draw(small({2020: SMALL_SHARES}, items=HUNDRED)))
    # Of the plan 96, 3 and 1 of 100; of the first policy 50 of 50, of the second 46, 3 and 1 of 50.
    assert [text for text in shown if re.fullmatch(r"\d+（[\d.]+%）", text)] == [
        "96（96.0%）", "50（100.0%）", "46（92.0%）", "3（3.0%）", "1（1.0%）", "3（6.0%）", "1（2.0%）",
    ]  # fmt: skip


def test_every_area_has_the_dark_edge_of_the_legend_or_is_all_edge(small: Small) -> None:
    history = small({2020: SMALL_SHARES}, items=HUNDRED)
    paths = elements(progress.draw(history), "path")
    # A square of the legend, the bars, and the squares before the shares under the bars.
    for name, areas in (("完了", 1 + 3), ("進行中", 1 + 2 + 2), ("未着手", 1 + 2 + 2)):
        edge = status_style(history.plan, name).edge
        assert len([path for path in paths if edge in (path.get("stroke"), path.get("fill"))]) == areas


def test_a_label_on_a_hatch_has_a_plain_plate_of_the_fill(small: Small) -> None:
    history = small({2020: "完了 進行中 完了 進行中"})
    drawn = elements(progress.draw(history), "path")
    for name, plates in (("完了", 0), ("進行中", 3)):  # one in each bar: the plan's and two policies'
        style = status_style(history.plan, name)
        plain = [path for path in drawn if path.get("fill") == style.fill and not path.get("stroke")]
        assert len(plain) == plates, name


def test_neighbouring_areas_keep_paper_between_their_edges(small: Small) -> None:
    history = small({2020: "完了 進行中 完了 進行中"})  # half of every bar
    drawn = elements(progress.draw(history), "path")
    sides = {}
    for name in ("完了", "進行中"):
        edge = status_style(history.plan, name).edge
        spans = [_span(path.get("d")) for path in drawn if path.get("stroke") == edge]
        sides[name] = max(spans, key=lambda span: span[1] - span[0])
    # Half a line of each edge, and a unit of paper between.
    assert sides["進行中"][0] - sides["完了"][1] == pytest.approx(2, abs=0.02)


def _span(path: str) -> tuple[float, float]:
    xs = [float(point.split()[0]) for point in path.strip("Mz ").split("L") if point.strip()]
    return min(xs), max(xs)


def test_a_course_of_ten_years_writes_out_below_what_has_no_room(small: Small) -> None:
    years = dict.fromkeys(range(2020, 2030), SMALL_SHARES)
    plan = SMALL_PLAN.replace("last_year = 2024", "last_year = 2029")
    shown = texts(course_of_plan.draw(small(years, items=HUNDRED, plan=plan)))
    written = "".join(
        shown[shown.index(next(text for text in shown if text.startswith("※書ききれない欄"))) :]
    )
    assert "R2 進行中 3（3.0%）、未着手 1（1.0%）／R3 進行中 3（3.0%）" in written
    assert written.count("未着手 1（1.0%）") == 10


def test_a_course_of_two_years_writes_it_beside(small: Small) -> None:
    shown = texts(course_of_plan.draw(small(dict.fromkeys((2020, 2021), SMALL_SHARES), items=HUNDRED)))
    assert not [text for text in shown if text.startswith("※書ききれない欄")]
    assert {"96（96.0%）", "3", "3.0%", "1", "1.0%"} <= set(shown)
