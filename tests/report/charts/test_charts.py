"""What every chart keeps to, whatever it shows: it stands in a page by itself and is the same each time."""

import re
from pkgutil import iter_modules

import matplotlib
import pytest
from chart_texts import SIX, texts
from lxml import etree, html
from matplotlib import _pylab_helpers

from helpers.errors import FigureError
from helpers.history.history import History
from helpers.report import charts as package
from helpers.report.charts import progress, status_map, what_moved
from helpers.report.charts.drawing.chart import Chart
from helpers.text.html import with_drawings
from small_city import Small

NAMES = [module.name for module in iter_modules(package.__path__) if not module.ispkg]


@pytest.fixture(scope="module")
def charts(history_2022: History) -> list[Chart]:
    """A chart of every module that has something to draw for the reference plan."""
    drawn = (getattr(package, name).draw(history_2022) for name in NAMES)
    return [chart for chart in drawn if chart is not None]


def test_each_is_a_figure_named_by_its_module_and_its_alt_text(charts: list[Chart]) -> None:
    assert {"course_of_plan", "progress", "shares_by_policy", "status_map", "what_moved"} <= set(NAMES)
    assert [chart.id for chart in charts] == [name for name in NAMES if name != "targets_met"]
    for chart in charts:
        figure = html.fromstring(with_drawings(chart._repr_html_()))
        assert (figure.tag, figure.get("class"), figure.get("id")) == ("figure", "chart", chart.id)
        (svg,) = figure.xpath("./svg")
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == chart.alt == repr(chart)
        assert figure.xpath("string(./figcaption)") == chart.caption


def test_a_notebook_has_it_as_an_image_which_needs_no_trust(charts: list[Chart]) -> None:
    for chart in charts:
        figure = html.fromstring(chart._repr_html_())
        (image,) = figure.xpath("./img")
        assert image.get("alt") == chart.alt
        assert image.get("src").startswith("data:image/svg+xml;base64,")
        assert not figure.xpath(".//svg")


def test_captions_are_escaped() -> None:
    assert ">&lt;b&gt;&amp;</figcaption>" in Chart("a", "<svg/>", "alt", "<b>&")._repr_html_()


def test_nothing_in_it_reaches_out_into_the_page(charts: list[Chart]) -> None:
    for chart in charts:
        assert chart.svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" ')
        root = etree.fromstring(chart.svg)
        tags = {etree.QName(element).localname for element in root.iter()}
        assert tags <= {"svg", "g", "path", "text", "defs", "pattern", "rect"}
        assert [element for element in root.iter() if "style" in element.attrib] == [root]
        assert not re.search(r"http(?!://www\.w3\.org/2000/svg)", chart.svg)


def test_ids_do_not_collide_and_every_reference_is_met(charts: list[Chart]) -> None:
    page = "".join(with_drawings(chart._repr_html_()) for chart in charts)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    references = re.findall(r"url\(#([^)]+)\)", page)
    assert references and set(references) <= set(ids)
    for chart in charts:
        assert all(name.startswith(f"{chart.id}-") for name in re.findall(r"url\(#([^)]+)\)", chart.svg))


def test_it_scales_and_its_text_is_text(charts: list[Chart]) -> None:
    for chart in charts:
        root = etree.fromstring(chart.svg)
        _, _, width, height = map(float, root.get("viewBox").split())
        assert float(root.get("height")) / float(root.get("width")) == pytest.approx(height / width, abs=0.01)
        assert root.get("font-family").startswith("'Noto Sans CJK JP'")
        for text in root.iter("{*}text"):
            assert 0 <= float(text.get("x")) <= width
            assert 0 <= float(text.get("y")) <= height
            assert text.get("font-family") is None
            assert float(text.get("font-size")) >= 6


def test_drawing_again_gives_the_same_bytes_and_leaves_matplotlib_as_it_was(
    charts: list[Chart], history_2022: History
) -> None:
    before = dict(matplotlib.rcParams)
    assert progress.draw(history_2022) == charts[NAMES.index("progress")]
    assert dict(matplotlib.rcParams) == before
    assert _pylab_helpers.Gcf.figs == {}


def test_a_missing_glyph_is_an_error(small: Small) -> None:
    with pytest.raises(FigureError, match=r"「😀」（U\+1F600）.*窓口😀"):
        status_map.draw(small({2020: "完了 " * 5}, items=SIX.replace("窓口", "窓口😀")))


def test_a_dollar_is_a_dollar(small: Small) -> None:
    history = small(
        {2020: "完了 " * 5, 2021: "完了 進行中 完了 完了 完了"}, items=SIX.replace("窓口", "$x^2$ と <b>&")
    )
    assert "・2 $x^2$ と <b>&" in texts(what_moved.draw(history))
