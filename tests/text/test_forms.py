"""The three forms that texts are compared by, each looser than the one before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.text.forms import (
    cleaned,
    code_point,
    folded,
    is_wide,
    lines_of,
    look_folded,
    variant_folded,
    width_of,
)

FORMS = (folded, variant_folded, look_folded)
# Two texts, and the number of forms that tell them apart.
PAIRS = [
    *((pair, 0) for pair in (
        ("完　了", "完了"), ("Ⅰ", "I"), ("ＩＣＴ", "ICT"), ("ｼﾐﾝ", "シミン"), ("①", "1"), ("実施\u200b", "実施"),
        ("実施\u3164", "実施"), ("㈱", "(株)"),
    )),
    *((pair, 1) for pair in (
        ("髙齢者", "高齢者"), ("﨑", "崎"), ("葛\U000e0100", "葛"), ("窓口～出張所", "窓口〜出張所"), ("１－２－１", "1‐2−1"),
        ("〇", "◯"), ("✕", "×"), ("サ-ビス", "サービス"), ("霞ヶ関", "霞ケ関"), ("No.7", "NO.7"),
    )),
    *((pair, 2) for pair in (("ー部", "一部"), ("二ュース", "ニュース"), ("Ｏ", "О"), ("末実施", "未実施"))),
    *((pair, 3) for pair in (("実施", "一部実施"), ("○", "◎"), ("△", "▲"), ("○", "●"), ("1-1", "11"))),
]  # fmt: skip


@pytest.mark.parametrize(("pair", "apart"), PAIRS)
def test_each_form_is_looser_than_the_one_before(pair, apart):
    assert [len({*map(form, pair)}) == 2 for form in FORMS] == [True] * apart + [False] * (3 - apart)


@given(st.text("あアｱ漢ー一-－二ニ〇○◯髙高～〜ＡAa1１ 　\n\u200b㈱"))
def test_each_form_contains_the_one_before(text):
    assert variant_folded(folded(text)) == variant_folded(text)
    assert look_folded(variant_folded(text)) == look_folded(text)


@given(st.text())
def test_cleaning_settles(text):
    assert cleaned(cleaned(text)) == cleaned(text)


@pytest.mark.parametrize(
    ("text", "clean"),
    [(" 窓口を\r\n増やした　\n", "窓口を\n増やした"), ("\ufeff番号", "番号"), ("a \n b", "a\n b"), ("\u3000", ""),
     ("a\rb", "a\nb")],
)  # fmt: skip
def test_cleaning_keeps_the_words_as_written(text, clean):
    assert cleaned(text) == clean


def test_a_character_is_named_by_its_code_point():
    assert (code_point("ー"), code_point("😀")) == ("U+30FC", "U+1F600")


@pytest.mark.parametrize(
    ("text", "columns"),
    [("", 0), ("R4", 2), ("市民課", 6), ("ｱﾞ", 2), ("○", 2), ("か\u3099", 2), ("短い\nもっと長い", 10)],
)
def test_the_width_of_a_text_is_that_of_its_widest_line_in_half_width_columns(text, columns):
    assert width_of(text) == columns


def test_letters_of_ambiguous_width_take_one_column_where_they_are_said_to():
    assert is_wide("○") and not is_wide("A")
    assert width_of("○市", wide="WF") == 3


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("市民課", 1), ("市民課と", 2), ("市\n\n市民課と", 4)])
def test_a_text_takes_as_many_lines_as_its_own_and_those_it_is_broken_into(text, lines):
    assert lines_of(text, columns=6) == lines
