"""A plan of any shape has a report in which nothing is lost, covered, too small or broken: through notebook and PDF."""

import pytest
from hypothesis import Phase, given, settings

from helpers.export import ReportPDFExporter
from helpers.plan import Plan
from helpers.proof.looks import flaws_of, read_positions
from helpers.proof.looks.flaw import sentences
from helpers.proof.pdf_text import read_structure
from helpers.report.published.difference import Reconciliation
from made_reports import executed_notebook
from plan_shapes import Shape, history_of_shape, shapes

SEVERAL = [
    # Once letters of one unit in the map: one known year beside eight that are not, in low blocks.
    Shape(years=9, statuses=6, letters=7, items=24, policies=10, moved=19, totals=True),
    Shape(statuses=9, letters=10, items=18, moved=18),
]
MORE = [
    Shape(years=1),
    Shape(years=3, policies=0, items=25, moved=8),
    Shape(years=10, statuses=3, items=12),
    # Once a digest that said it was one page went on to the next.
    Shape(years=6, statuses=2, letters=13, items=16, policies=1, moved=4, long_words=True, gap=True),
    # Once a map narrowed to the page was made smaller still, below 6 points.
    Shape(years=6, statuses=2, letters=12, items=36, policies=28, moved=0, long_words=True),
    # Once the digest's bars shrunk below 6 points.
    Shape(years=1, statuses=7, letters=12, items=46, policies=32),
    Shape(years=10, statuses=9, letters=14, items=30, moved=30, long_words=True),
    Shape(years=2, items=60, policies=8, moved=20),
    Shape(years=10, totals=True, letters=8),
    Shape(years=10, gap=True, letters=1, statuses=2, items=3),
    Shape(years=3, statuses=5, items=188, policies=42, moved=30),
    Shape(years=2, items=142, policies=58),
    Shape(years=2, items=320, policies=10, moved=300),
    # Three of its ten years are known item by item: the appendix of all of them took most of the time.
    Shape(years=10, items=700, policies=7, gap=True),
]


def flaws(plan: Plan, shape: Shape) -> list[str]:
    history = history_of_shape(plan, shape)
    notebook = executed_notebook({"history": history, "result": Reconciliation((), ())})
    pdf = ReportPDFExporter().from_notebook_node(notebook)[0]
    return sentences(flaws_of(read_positions(pdf), read_structure(pdf)))


@pytest.mark.parametrize("shape", SEVERAL, ids=str)
def test_a_plan_of_another_shape_can_be_read(plan: Plan, shape: Shape) -> None:
    assert flaws(plan, shape) == []


@pytest.mark.slow
@pytest.mark.parametrize("shape", MORE, ids=str)
def test_a_plan_of_these_shapes_can_be_read(plan: Plan, shape: Shape) -> None:
    assert flaws(plan, shape) == []


@pytest.mark.slow
@settings(max_examples=6, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate))
@given(shape=shapes(most=40))
def test_any_plan_can_be_read(plan: Plan, shape: Shape) -> None:
    assert flaws(plan, shape) == []
