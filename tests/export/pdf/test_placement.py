"""How wide the columns of a table are set on paper."""

from __future__ import annotations

from html import escape
from typing import Any

import lxml.html
import pytest

from helpers.export.pdf.placement import table_data


def widths(*rows: tuple[str, ...], kinds: str) -> list[float]:
    """The widths of a table's columns, 0 for as wide as its text; kinds: h(eader), n(umber), t(ext), s(tatus)."""
    tags = {
        "h": "th scope='row'",
        "n": "td class='num'",
        "t": "td class='text'",
        "s": "td data-status='done'",
    }

    def cell(text: str, kind: str) -> str:
        return f"<{tags[kind]}>{escape(text)}</{tags[kind][:2]}>"

    body = "".join(f"<tr>{''.join(map(cell, row, kinds))}</tr>" for row in rows)
    table = lxml.html.fragment_fromstring(f"<table><tbody>{body}</tbody></table>")
    return list(table_data(table, _runs)["widths"])


def _runs(element: Any) -> list[dict[str, Any]]:
    return [{"text": element.text_content()}]


@pytest.mark.parametrize("name", ["広聴の充実", "地域に飛び出す行政職員の育成"])
def test_the_name_beside_a_number_takes_the_room(name: str) -> None:
    number, item, status = widths(("1", name, "実施"), ("12", "道", "検討中"), kinds="hhs")
    assert number == status == 0 < item


def test_a_table_of_figures_fills_the_line() -> None:
    assert all(widths(("実施", "34", "81.0%"), ("合計", "42", "100.0%"), kinds="hnn"))


def test_a_column_of_short_words_is_not_squeezed_by_long_prose() -> None:
    rows = (
        "令和4年度の主な取組",
        "第2節(1)",
        "基本方針",
        "基本方針Ⅰ 協働によるまちづくりの推進",
        "本書の値" * 4,
    )
    table, section, place, _, _, reason = widths((*rows, "理由を長く述べる文。" * 12), kinds="httttt")
    assert section == place == 0
    assert reason > table > 7  # ems: six of text and the space beside it


def test_more_columns_of_words_than_have_room_keep_their_proportion() -> None:
    shares = widths(*[("言葉" * 6,) * 9 + ("長い文。" * 20,)], kinds="h" + "t" * 9)
    assert len(set(shares[:9])) == 1 and shares[9] > 2 * shares[0]
