"""Sentences: a version stands beside its version, what came or went stands alone."""

from helpers.proof.diff.texts import changed_runs, compare_texts
from helpers.proof.html_page import Text


def texts(*sentences: str, kind: str = "文") -> list[Text]:
    return [Text("節", kind, sentence) for sentence in sentences]


def changes(before: list[Text], after: list[Text]) -> list[tuple[str | None, str | None]]:
    return [(change.before, change.after) for change in compare_texts(before, after)]


def test_a_sentence_between_two_reworded_ones_is_new() -> None:
    before = texts("実施は34項目です。", "検討中は2項目です。")
    after = texts("実施は33項目です。", "窓口を改めました。", "検討中は3項目です。")
    assert changes(before, after) == [
        ("実施は34項目です。", "実施は33項目です。"),
        (None, "窓口を改めました。"),
        ("検討中は2項目です。", "検討中は3項目です。"),
    ]


def test_one_sentence_in_the_place_of_another_is_its_new_wording() -> None:
    before, after = (
        texts("同じ文。", "後退はありません。"),
        texts("同じ文。", "1項目が一部実施へ戻りました。"),
    )
    assert changes(before, after) == [("後退はありません。", "1項目が一部実施へ戻りました。")]


def test_a_note_is_no_version_of_a_heading() -> None:
    before, after = texts("令和4年度の状況", kind="見出し"), texts("令和4年度の状況", kind="注記")
    assert set(changes(before, after)) == {(None, "令和4年度の状況"), ("令和4年度の状況", None)}


def test_figures_are_marked_in_one_piece() -> None:
    assert changed_runs("割合は81.0%です", "割合は78.6%です") == (
        [("割合は", False), ("81.0%", True), ("です", False)],
        [("割合は", False), ("78.6%", True), ("です", False)],
    )
