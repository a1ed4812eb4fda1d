"""The small drawing of an indicator's targets and actuals, over few years and many."""

from collections.abc import Mapping
from itertools import combinations

import pytest
from chart_texts import elements

from helpers.fiscal_year import FiscalYear
from helpers.plan import Plan
from helpers.plan.declared.kinds import Measure
from helpers.plan.declared.measured import Indicator
from helpers.report.charts.drawing.canvas import WIDTH, em_width
from helpers.report.charts.drawing.target_ticks import draw_ticks

Box = tuple[str, float, float, float, float]  # text, left, right, top, bottom


def known(years: int, target: str, actual: str) -> Mapping[FiscalYear, Indicator]:
    texts = {"target": target, "actual": actual, "better": "増"}
    indicator = Indicator("1", "来館者", Measure("目標"), texts)
    return {FiscalYear(year): indicator for year in range(2014, 2014 + years)}


def boxes(plan: Plan, indicators: Mapping[FiscalYear, Indicator]) -> list[Box]:
    made = []
    for element in elements(draw_ticks("ticks", indicators, plan), "text"):
        text, size, x, y = (
            element.text or "",
            *(float(element.get(key, 0)) for key in ("font-size", "x", "y")),
        )
        width = em_width(text) * size
        left = x - width * {"end": 1, "middle": 0.5}.get(element.get("text-anchor", ""), 0)
        made.append((text, left, left + width, y - 0.75 * size, y))
    return made


@pytest.mark.parametrize("years", [1, 2, 3, 4, 6, 8, 10])
@pytest.mark.parametrize(
    ("target", "actual"),
    [("50", "50.5"), ("50", "50"), ("51", "50.5"), ("123456789", "123456780")],
)
def test_no_label_covers_another_or_leaves_the_drawing(
    plan: Plan, years: int, target: str, actual: str
) -> None:
    made = boxes(plan, known(years, target, actual))
    assert len(made) == 3 * years
    for (one, left, right, top, bottom), (other, *box) in combinations(made, 2):
        assert right <= box[0] or box[1] <= left or bottom <= box[2] or box[3] <= top, (one, other)
    assert all(left >= 0 and right <= WIDTH and top >= 0 for _, left, right, top, _ in made)


def test_without_a_year_that_has_both_there_is_no_drawing(plan: Plan) -> None:
    assert draw_ticks("ticks", known(2, "50", "未集計"), plan) is None


def test_the_better_value_stands_higher_and_wide_amounts_keep_their_size_over_few_years(plan: Plan) -> None:
    height = {text: bottom for text, _, _, _, bottom in boxes(plan, known(2, "282346.265048", "60"))}
    assert height["282,346.265048"] < height["60"]
    sizes = {
        element.text: float(element.get("font-size", 0))
        for element in elements(draw_ticks("ticks", known(2, "282346.265048", "60"), plan), "text")
    }
    assert (sizes["282,346.265048"], sizes["60"]) == (8, 9)
