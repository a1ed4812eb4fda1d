"""What is worked out once for a history, and whose it is."""

from dataclasses import replace

import pandas as pd
import pytest

from helpers import tables
from helpers.history.counts import all_counts
from helpers.history.history import History, remembered


@pytest.mark.parametrize("answer", [5, None])
def test_a_function_is_called_once_for_each_history(history_2022: History, answer: int | None) -> None:
    asked = []

    @remembered
    def years(history: History) -> int | None:
        asked.append(history)
        return answer

    other = replace(history_2022)
    assert [years(history_2022), years(history_2022), years(other), years(history_2022)] == [answer] * 4
    assert asked == [history_2022, other]


def test_nobody_can_change_what_the_next_is_given(history_2022: History) -> None:
    table = tables.overall(history_2022)
    before = table.printed.copy(), table.records.copy(), all_counts(history_2022)
    table.printed.loc[:] = "99"
    table.records.loc[:, "items"] = 99
    counts = all_counts(history_2022)
    counts["items"] = 99
    after = tables.overall(history_2022)
    pd.testing.assert_frame_equal(after.printed, before[0])
    pd.testing.assert_frame_equal(after.records, before[1])
    pd.testing.assert_frame_equal(all_counts(history_2022), before[2])


def test_a_history_that_is_gone_is_forgotten(history_2022: History) -> None:
    import gc
    import weakref

    history = replace(history_2022)
    frame = weakref.ref(tables.overall(history).printed)
    gone = weakref.ref(history)
    del history
    gc.collect()
    assert gone() is None
    assert frame() is None
