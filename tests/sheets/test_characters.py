"""Which characters the report can show."""

import pytest

from helpers.sheets.checks.characters import _DOUBTFUL, _font_characters, describe, unprintable


def test_the_font_shows_all_of_cp932_but_the_doubtful():
    for lead in range(0x81, 0xFD):
        for trail in range(0x40, 0xFD):
            try:
                char = bytes([lead, trail]).decode("cp932")
            except UnicodeDecodeError:
                continue
            if len(char) == 1:
                assert ord(char) in _font_characters() or _DOUBTFUL.search(char), char


@pytest.mark.parametrize("text", ["", "髙﨑①㈱ｼﾐﾝ㍻～−", "葛\U000e0100飾", "𠮷野家", "a\nb\tc", "©é½"])
def test_what_the_font_shows_is_no_finding(text):
    assert list(unprintable(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("\ue000", "外字（U+E000）"),
        ("\x07", "制御文字（U+0007）"),
        ("\u202e", "制御文字（U+202E）"),
        ("😀", "絵文字「😀」（U+1F600）"),
        ("ก", "表示できない文字「ก」（U+0E01）"),
        ("\U00030000", "U+30000"),
    ],
)
def test_what_it_does_not_show_is_named_once(text, name):
    named = [describe(char, kind) for char, kind in unprintable(f"市{text}役{text}所")]
    assert len(named) == 1
    assert name in named[0]
