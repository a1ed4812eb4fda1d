"""The font comes from its package, before any of the system, and what it cannot show is an error."""

import os
import subprocess
import sys

import pytest
from matplotlib.font_manager import fontManager

from helpers.errors import FigureError
from helpers.text.fonts import (
    FAMILY,
    demand_glyphs,
    font_paths,
    font_properties,
    letter_width,
    register_matplotlib_fonts,
)
from tries import tries


def test_the_fonts_are_files_of_the_package() -> None:
    assert [path.name for path in font_paths()] == ["NotoSansCJKjp-Regular.otf", "NotoSansCJKjp-Bold.otf"]
    assert all(path.is_file() and "site-packages" in path.parts for path in font_paths())


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_matplotlib_finds_the_package_s_copy_and_no_other(weight: str) -> None:
    file = str(font_paths()[weight == "bold"])
    assert register_matplotlib_fonts() == register_matplotlib_fonts() == FAMILY
    assert fontManager.findfont(f"{FAMILY}:{weight}", fallback_to_default=False) == file
    known = [entry.fname for entry in fontManager.ttflist if entry.name == FAMILY]
    assert known == list(map(str, font_paths()))
    assert font_properties(10, bold=weight == "bold").get_file() == file


@pytest.mark.parametrize(
    "text", ["髙﨑𠮷①㈱㍻㋿", "ﾊﾝｶｸ ABC 0%", "△▲〜～―→", "葛󠄀城市", "Ⅰ 協働"], ids=lambda text: text[:3]
)
def test_what_japanese_sheets_hold_can_be_shown(text: str) -> None:
    demand_glyphs(text)


@pytest.mark.parametrize(
    ("text", "code_point"),
    [("窓口😀", "U+1F600"), ("\ue000課", "U+E000"), ("市\x07民", "U+0007"), ("ก", "U+0E01"), ("課\u3164", "U+3164")],
)  # fmt: skip
def test_a_character_without_a_glyph_is_named_with_its_code_point(text: str, code_point: str) -> None:
    with pytest.raises(FigureError) as caught:
        demand_glyphs(text)
    assert code_point in str(caught.value)
    assert str(caught.value).isprintable()


def test_who_wants_only_the_paths_does_not_wait_for_matplotlib() -> None:
    program = "import sys; from helpers.text.fonts import font_paths; font_paths(); sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_letters_are_as_wide_as_the_font_says_and_what_chooses_a_shape_has_no_width() -> None:
    widths = {
        letter: round(letter_width(letter), 3) for letter in ("あ", "葛", "ｱ", "1", "\U000e0100", "\ufe00")
    }
    assert widths == {"あ": 1.0, "葛": 1.0, "ｱ": 0.5, "1": 0.59, "\U000e0100": 0.0, "\ufe00": 0.0}


FORKING = """
import multiprocessing
from helpers.text.fonts import letter_width

LETTERS = [chr(code) for code in range(0xA1, 0x250)]

def widths(_):
    letter_width.cache_clear()
    return list(map(letter_width, LETTERS))

letter_width("a")
with multiprocessing.get_context("fork").Pool(2) as pool:
    measured = pool.map(widths, range(12), chunksize=1)
print(all(each == widths(0) for each in measured))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")
def test_processes_forked_from_one_with_open_fonts_measure_letters_beside_each_other() -> None:
    done = subprocess.run([sys.executable, "-c", FORKING], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_threads_that_measure_letters_at_one_time_get_the_same_widths() -> None:
    letters = [chr(code) for code in (*range(0x21, 0x7F), *range(0xA1, 0x180), *range(0x3B1, 0x450))]
    program = f"""
import sys
from concurrent.futures import ThreadPoolExecutor
from helpers.text.fonts import letter_width
sys.setswitchinterval(1e-5)
letters = {letters!r}
alone = list(map(letter_width, letters))
letter_width.cache_clear()
with ThreadPoolExecutor(4) as pool:
    together = list(pool.map(lambda _: list(map(letter_width, letters)), range(4)))
sys.exit(together != [alone] * 4)
"""
    # In a process of its own: libraries that are not thread-safe may end it.
    for _ in range(tries(3)):
        assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
