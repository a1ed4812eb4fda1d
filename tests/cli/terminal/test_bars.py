"""The bars of a build: one per report, or one for them all where there are many."""

import io

import pytest
from rich.console import Console

from helpers.cli.terminal import bars
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.outcome import Outcome
from helpers.project import Target
from summaries import SUMMARY


@pytest.fixture
def shown(monkeypatch):
    """What is on the screen, at any moment: the lines of the bars."""
    made = []

    class Quiet(bars.Progress):
        def __init__(self, *columns):
            screen = Console(file=io.StringIO(), width=100, force_terminal=False)
            super().__init__(*columns, console=screen, auto_refresh=False)
            made.append(self)

    monkeypatch.setattr(bars, "Progress", Quiet)

    def look():
        screen = Console(file=io.StringIO(), width=100)
        screen.print(made[-1].get_renderable())
        return [" ".join(line.split()) for line in screen.file.getvalue().splitlines()]

    return look


def targets(number):
    return [Target(f"p{index}", FiscalYear(2022)) for index in range(number)]


def test_a_few_reports_have_a_bar_each_from_the_beginning_to_the_end(shown):
    first, second, third = targets(3)
    drawn = bars.Bars([first, second, third])
    drawn.advance(second, 0.5, "集計と作図")
    drawn.end(Outcome(first, SUMMARY))
    drawn.end(Outcome(third, error=ValueError()))
    drawn.stop()
    assert [line.split()[0] for line in shown()] == ["p0", "p1", "p2"]
    assert ["完成" in shown()[0], "50% 集計と作図" in shown()[1], "作成できません" in shown()[2]] == [
        True
    ] * 3


def test_many_reports_have_one_bar_and_those_that_are_being_made(shown):
    many = targets(1000)
    drawn = bars.Bars(many)
    assert ["0/1000件" in line for line in shown()] == [True]
    drawn.advance(many[0], 0.5, "集計と作図")
    drawn.advance(many[1], 0.1, "読み込み")
    assert len(shown()) == 3
    drawn.end(Outcome(many[0], SUMMARY))
    drawn.end(Outcome(many[2], SUMMARY, is_current=True))
    drawn.end(Outcome(many[3], error=ValueError()))
    assert "3/1000件 作成できません 1件" in shown()[0]
    assert [line.split()[0] for line in shown()[1:]] == ["p1"]
    drawn.stop()
