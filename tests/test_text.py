"""The three forms that texts are compared by, each looser than the one before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.text import cleaned, code_point, folded, look_folded, variant_folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("完　了", "完了"),
        ("Ⅰ", "I"),
        ("ＩＣＴ", "ICT"),
        ("ｼﾐﾝ", "シミン"),
        ("①", "1"),
        ("実施\u200b", "実施"),
        ("実施\u3164", "実施"),
        ("㈱", "(株)"),
    ],
)
def test_width_spacing_and_compatibility_forms_are_one(one, other):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙齢者", "高齢者"),
        ("﨑", "崎"),
        ("葛\U000e0100", "葛"),
        ("窓口～出張所", "窓口〜出張所"),
        ("１－２－１", "1‐2−1"),
        ("〇", "◯"),
        ("✕", "×"),
        ("サ-ビス", "サービス"),
        ("霞ヶ関", "霞ケ関"),
        ("No.7", "NO.7"),
    ],
)
def test_variant_characters_are_one_but_not_when_only_folded(one, other):
    assert variant_folded(one) == variant_folded(other)
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ー部", "一部"), ("二ュース", "ニュース"), ("Ｏ", "О"), ("末実施", "未実施")]
)
def test_look_alikes_are_told_apart_except_to_explain_them(one, other):
    assert look_folded(one) == look_folded(other)
    assert variant_folded(one) != variant_folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("実施", "一部実施"), ("○", "◎"), ("△", "▲"), ("○", "●"), ("1-1", "11")]
)
def test_what_differs_stays_different(one, other):
    assert look_folded(one) != look_folded(other)


@given(st.text("あアｱ漢ー一-－二ニ〇○◯髙高～〜ＡAa1１ 　\n\u200b㈱"))
def test_each_form_contains_the_one_before(text):
    assert variant_folded(folded(text)) == variant_folded(text)
    assert look_folded(variant_folded(text)) == look_folded(text)


@given(st.text())
def test_cleaning_settles(text):
    assert cleaned(cleaned(text)) == cleaned(text)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (" 窓口を\r\n増やした　\n", "窓口を\n増やした"),
        ("\ufeff番号", "番号"),
        ("a \n b", "a\n b"),
        ("\u3000", ""),
        ("a\rb", "a\nb"),
    ],
)
def test_cleaning_keeps_the_words_as_written(text, clean):
    assert cleaned(text) == clean


def test_a_character_is_named_by_its_code_point():
    assert (code_point("ー"), code_point("😀")) == ("U+30FC", "U+1F600")
