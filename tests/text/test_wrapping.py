"""Where lines end: by 禁則, and between phrases where there is room."""

import pytest

from helpers.text.wrapping import on_two_lines, phrases, words, wrapped


def width(text: str) -> float:
    return sum(0.5 if letter.isascii() else 1.0 for letter in text)


def test_phrases_end_where_readers_pause() -> None:
    assert list(phrases("市民サービス向上に向けた組織運営")) == ["市民サービス向上に", "向けた", "組織運営"]
    assert list(phrases("「話し合い」による地域資源の共有")) == [
        "「話し",
        "合い」",
        "による",
        "地域資源の",
        "共有",
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "デジタル|活用|支援の",
        "指定管理者制度|運用の",
        "マイナンバー|カードの",
        "行政手続等|デジタル化の",
        "会計年度任用|職員の",
        "組織体制|強化の",
        "図書館運営|委員会の",
        "専門部会の",  # 会 ends words of two letters and of three
        "第三セクター等の",
        "コミュニケーションの",
    ],
)
def test_a_long_phrase_is_taken_apart_where_words_begin(broken: str) -> None:
    assert words(broken.replace("|", "")) == broken.split("|")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("II 市民サービス向上に向けた組織運営", ("II 市民サービス向上に", "向けた組織運営")),
        ("非常時の業務継続体制の整備", ("非常時の業務", "継続体制の整備")),
        ("行政改革推進計画実施状況", ("行政改革推進", "計画実施状況")),
    ],
)
def test_two_lines_end_between_phrases_if_both_fit(text: str, lines: tuple[str, str]) -> None:
    room = 12 if text.startswith("II") else 7
    assert on_two_lines(text, room, width) == lines


def test_what_two_lines_do_not_hold_is_said() -> None:
    assert on_two_lines("行政改革推進計画実施状況", 5, width) is None


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("地域を支える体制。", ["地域を支える", "体制。"]),
        ("はい、そうです", ["はい、そう", "です"]),
        ("目標値（案）", ["目標値", "（案）"]),
        ("あいうえお、", ["あいうえ", "お、"]),
        ("―――――――――", ["――――――", "―――"]),
    ],
)
def test_no_line_begins_or_ends_with_what_may_not(text: str, lines: list[str]) -> None:
    room = {"地": 6, "は": 5, "目": 4, "あ": 5, "―": 6}[text[0]]
    assert wrapped(text, room, width) == lines
