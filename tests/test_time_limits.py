"""How long a build waits: whole seconds from the environment."""

import pytest

from helpers.errors import UsageError
from helpers.time_limits import CELL, CLUSTER


@pytest.mark.parametrize(("patience", "seconds"), [(CELL, 600), (CLUSTER, 30)])
def test_the_environment_decides_or_a_default(patience, seconds, monkeypatch):
    monkeypatch.delenv(patience.variable, raising=False)
    assert patience.seconds() == seconds
    monkeypatch.setenv(patience.variable, "7")
    assert patience.seconds() == 7


@pytest.mark.parametrize("wrong", ["", "0", "-1", "1.5", "五", "10秒"])
def test_what_is_no_whole_number_of_seconds_is_refused(wrong, monkeypatch):
    monkeypatch.setenv(CELL.variable, wrong)
    with pytest.raises(UsageError, match=f"{CELL.variable}.*1以上の整数"):
        CELL.seconds()
