"""What a ribbon runs under."""

import pytest

from helpers.report.charts.drawing.ribbons import BEGINS, ENDS, Box, Ribbon

MIDDLE = (BEGINS + ENDS) / 2


@pytest.mark.parametrize(
    ("box", "is_hidden"),
    [
        (Box(MIDDLE, 105, 20, 10), True),
        (Box(MIDDLE, 75, 20, 10), False),  # above it, between the heights of its ends
        (Box(BEGINS + 20, 90, 40, 10), False),
        (Box(ENDS - 20, 60, 40, 10), True),
        (Box(MIDDLE, 75, 200, 10), True),  # broad enough to reach over where it rises
        (Box(ENDS + 50, 60, 40, 10), False),
    ],
)
def test_a_ribbon_that_rises_runs_under_a_box(box: Box, is_hidden: bool) -> None:
    assert Ribbon((150, 50), 10).runs_under(box) is is_hidden


def test_a_ribbon_is_as_high_half_way_as_its_path() -> None:
    ribbon = Ribbon((150, 50), 10)
    assert ribbon.middle == 105
    ys = ribbon.path.to_polygons()[0][:, 1]
    assert (ys.min(), ys.max()) == (50, 160)
