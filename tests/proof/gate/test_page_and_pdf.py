"""A head of the PDF may name a year of the page in brief, and says nothing else."""

import pytest

from helpers.proof.gate.page_and_pdf import PageTable, same_cells

PAGE = PageTable(
    "course", ("番号", "令和元年度"), ("head", "body"), (("番号", "令和元年度"), ("1", "実施")), ()
)


def differing(head: str, cell: str = "実施") -> list[str]:
    return [text for _, text in same_cells([PAGE], [(("番号", head), ("1", cell))])]


@pytest.mark.parametrize("head", ["令和元年度", "R元", "R1", "H31"])
def test_a_head_in_brief_names_the_same_year(head: str) -> None:
    assert differing(head) == []


@pytest.mark.parametrize("head", ["R2", "H30", "H元", "R0", "R", "元", "令和2年度", "2019", ""])
def test_a_head_that_says_something_else_is_found(head: str) -> None:
    assert differing(head) == [f"表 course 1行目: report.html は「令和元年度」、report.pdf は「{head}」です"]


def test_only_heads_may_be_in_brief() -> None:
    page = PageTable("course", (), ("body",), (("令和元年度",),), ())
    assert [text for _, text in same_cells([page], [(("R元",),)])] == [
        "表 course 1行目: report.html は「令和元年度」、report.pdf は「R元」です"
    ]
