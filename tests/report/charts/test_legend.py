"""The legend: whole names in letters of one size, on as many lines as they take."""

import pytest
from chart_texts import SIX, elements

from helpers.report.charts import course_of_plan, progress, shares_by_policy, status_map
from helpers.report.charts.drawing.chart import Chart
from small_city import Small, status

LONG = ("計画を大きく上回って進んでいる", "計画のとおりに進んでいる", "計画よりおおいに遅れている")
STATUSES = "".join(map(status, LONG, ("done", "done", "under_way")))


@pytest.fixture(params=[course_of_plan, progress, shares_by_policy, status_map])
def chart(request: pytest.FixtureRequest, small: Small) -> Chart:
    statuses = " ".join(LONG[number % 3] for number in range(5))
    years = (2020, 2021) if request.param is course_of_plan else (2020,)
    drawn = request.param.draw(small(dict.fromkeys(years, statuses), statuses=STATUSES, items=SIX))
    assert isinstance(drawn, Chart)
    return drawn


def test_long_names_take_more_lines_and_not_smaller_letters(chart: Chart) -> None:
    names = [text for text in elements(chart, "text") if (text.text or "").endswith(LONG)][:3]
    assert [(name.text or "").lstrip("①②③") for name in names] == list(LONG)
    assert {float(name.get("font-size")) for name in names} == {10.0}
    # Two names of 15 and 12 letters beside their squares have 420 units, the third has not.
    first, second, third = (float(name.get("y")) for name in names)
    assert first == second and third == pytest.approx(first + 17)


def test_what_stands_below_the_legend_is_below_its_last_line(chart: Chart) -> None:
    shown = [text.text or "" for text in elements(chart, "text")]
    heights = [float(text.get("y")) for text in elements(chart, "text")]
    last = max(height for text, height in zip(shown, heights, strict=True) if text.endswith(LONG[2]))
    under = [h for text, h in zip(shown, heights, strict=True) if not text.endswith(LONG)]
    assert min(under) > last + 8


def test_a_legend_of_short_names_is_one_line(small: Small) -> None:
    drawn = progress.draw(small({2020: "完了 " * 3 + "進行中 未着手"}, items=SIX))
    legend = [text for text in elements(drawn, "text") if text.text in ("完了", "進行中", "未着手")]
    assert len({text.get("y") for text in legend}) == 1
