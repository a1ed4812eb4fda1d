"""Names that every file system takes."""

import pytest

from helpers.files.paths import file_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("総務課", "総務課"),
        ('a<b>c:"d"/e\\f|g?h*i', "a_b_c__d__e_f_g_h_i"),
        ("課\n長\x00", "課_長_"),
        (" 総務課. ", "総務課"),
        ("..", "_"),
        ("", "_"),
        ("CON", "_CON"),
        ("com1.課", "_com1.課"),
        ("console課", "console課"),
    ],
)
def test_a_text_becomes_a_name(text: str, name: str) -> None:
    assert file_name(text) == name


def test_a_long_name_is_cut_between_letters() -> None:
    assert file_name("課" * 300) == "課" * 66
