import lxml.html
import pytest

from helpers.export.page.allowed import sanitize
from helpers.history.history import History
from helpers.plan import Plan
from helpers.report import digest
from helpers.text.html import with_drawings
from made_histories import history_of
from small_city import Small


def section(history: History) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(with_drawings(digest.page(history)._repr_html_()))


def test_the_digest_of_2022(history_2022: History) -> None:
    page = section(history_2022)
    assert (page.tag, page.get("class"), page.get("aria-label")) == ("section", "digest", "令和4年度の概要版")
    bars = [text.text for text in page.iter("text")]
    for words in ("計画全体", "34（81.0%）", "+4.8ポイント", "8（72.7%）", "+9.1ポイント", "増減なし"):
        assert words in bars
    remaining = page.get_element_by_id("remaining")
    assert remaining.findtext("caption") == "残る項目（「実施」でない8項目）と、その状況にある年数"
    assert "36 入札・契約制度の見直し" in remaining.text_content()


def test_nothing_of_it_is_lost_on_the_way_to_the_page(history_2022: History) -> None:
    html = with_drawings(digest.page(history_2022)._repr_html_())
    kept = lxml.html.fragment_fromstring(sanitize(html))
    assert kept.text_content() == section(history_2022).text_content()
    assert kept.get("class") == "digest"


def test_a_year_of_totals_says_that_nothing_can_be_listed(small: Small) -> None:
    page = section(small({2021: {"完了": 2, "進行中": 2, "未着手": 0}}))
    assert page.find("p[@class='missing']").text_content().startswith("令和3年度は合計だけ")
    assert page.find(".//table") is None


def test_all_done_is_said(small: Small) -> None:
    page = section(small({2020: "完了 完了 完了 完了"}))
    assert page.findtext("p[@class='good']") == "残る項目はありません。"


@pytest.mark.parametrize(
    ("open_items", "density"), [(8, "digest"), (20, "digest dense"), (42, "digest dense")]
)
def test_much_to_say_is_set_more_closely(plan: Plan, open_items: int, density: str) -> None:
    numbers = [item.number for item in plan.items]
    now = {number: "検討中" if position < open_items else "実施" for position, number in enumerate(numbers)}
    assert section(history_of(plan, {2022: now, 2021: now})).get("class") == density
