"""The numbers of a report's sections, counted in the order of its page."""

import lxml.html
import pytest
from exports import notebook_of, page_of

from helpers.errors import ExportError
from helpers.export.page.serialized import text_of

COVER = ('<header class="cover"><h1>題</h1></header>',)


def headings_of(*pieces: str | tuple[str, ...]) -> list[tuple[str, str]]:
    page = lxml.html.fromstring(page_of(notebook_of(*pieces)))
    return [(str(heading.get("id")), text_of(heading)) for heading in page.xpath("//main//h2 | //main//h3")]


def test_sections_are_numbered_in_the_order_of_the_page_and_parts_anew_in_each() -> None:
    assert headings_of(
        COVER, "## 計画", ('<h2 id="year">年度</h2>', "<h3>取組</h3>"), "### *比較*", "#### 全体", "## 出典", "### 注記"
    ) == [
        ("1-計画", "1 計画"),
        ("year", "2 年度"),
        ("1-取組", "(1) 取組"),
        ("2-比較", "(2) 比較"),
        ("3-出典", "3 出典"),
        ("1-注記", "(1) 注記"),
    ]  # fmt: skip


def test_a_section_taken_out_leaves_no_gap_and_the_contents_have_the_same_numbers() -> None:
    page = lxml.html.fromstring(page_of(notebook_of(COVER, "## 計画", "## 出典")))
    assert [text_of(link) for link in page.xpath("//nav//a")] == ["1 計画", "2 出典"]


@pytest.mark.parametrize(
    "typed", ["## 4 照合", "## ４　照合", "### (2) まとめ", "### （２） まとめ", "## 1. 計画"]
)
def test_a_number_typed_before_a_heading_is_refused_with_the_remedy(typed: str) -> None:
    with pytest.raises(ExportError, match="番号は報告書の順に付くので、消して言葉だけにしてください"):
        page_of(notebook_of(COVER, typed))


def test_words_that_begin_with_a_figure_are_words() -> None:
    assert headings_of(COVER, "## 5年間の歩み", "### 2次評価") == [
        ("1-5年間の歩み", "1 5年間の歩み"),
        ("1-2次評価", "(1) 2次評価"),
    ]


def test_a_notebook_without_a_cover_keeps_its_headings() -> None:
    assert headings_of("# 題", "## 3 問い", "### 答え") == [("3-問い", "3 問い"), ("答え", "答え")]
