from helpers import tables
from helpers.report.tables.common import ADDED, BACK
from small_city import TAKEN_OVER, Small


def test_an_item_that_takes_over_a_number_came_in(small: Small) -> None:
    history = small({2020: "完了 進行中 未着手", 2021: "進行中 完了"}, items=TAKEN_OVER)
    table = tables.items(history)
    assert [row["data_change"] for row in table.row_attributes] == [BACK, ADDED]
