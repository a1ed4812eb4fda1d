"""A chart of one's own: any figure, in the report's font, whole and with its words."""

import matplotlib.pyplot as plt
import pytest
import seaborn as sns
from lxml import etree
from matplotlib.figure import Figure

from helpers import chart, exploring
from helpers.errors import FigureError
from helpers.history.history import History

WORDS = ("items_by_year", "年度ごとの項目数。令和4年度は42項目。", "年度ごとの項目数")


def figure(title: str = "項目数", width: float = 5.8) -> Figure:
    made = Figure(figsize=(width, 3))
    made.subplots().set_title(title)
    return made


def test_a_chart_of_seaborn_is_set_in_the_reports_font(history_2022: History) -> None:
    axes = sns.barplot(exploring.frame(history_2022), x="year", y="items", hue="status")
    made = chart(axes.figure, *WORDS)
    assert plt.get_fignums() == []  # or a notebook shows it twice
    assert (made.id, made.alt, made.caption) == WORDS
    svg = etree.fromstring(made.svg)
    texts = {text.text for text in svg.iter("{*}text")}
    assert {"令和4年度", "実施", "一部実施"} <= texts
    fonts = {text.get("font-family", "") for text in svg.iter("{*}text")} | {svg.get("font-family")}
    assert not any("DejaVu" in str(font) for font in fonts) and "Noto Sans CJK JP" in str(
        svg.get("font-family")
    )


@pytest.mark.parametrize(
    ("made", "words", "message"),
    [
        (figure("窓口😀"), WORDS, "「😀」（U\\+1F600）"),
        (figure("とても長い題" * 12), WORDS, "「とても長い題.*切れます"),
        (figure(), ("1 年", *WORDS[1:]), "id「1 年」は使えません.*items_by_year"),
        (figure(), (WORDS[0], " ", WORDS[2]), "items_by_year に、内容を文で述べた alt"),
        (figure().axes[0], WORDS, "Axes.*axes.figure"),
    ],
)
def test_what_would_not_be_read_is_refused_with_what_to_do(
    made: Figure, words: tuple[str, str, str], message: str
) -> None:
    with pytest.raises(FigureError, match=message):
        chart(made, *words)
