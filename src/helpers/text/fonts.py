"""The report's font, Noto Sans CJK JP, from the package ``noto-cjk``; system fonts are never asked."""

from __future__ import annotations

__all__ = [
    "FALLBACKS", "FAMILY", "FAMILY_CSS", "demand_glyphs", "em_width", "font_paths", "font_properties", "letter_width",
    "register_matplotlib_fonts",
]  # fmt: skip

import os
import threading
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import noto_cjk

from helpers.errors import FigureError
from helpers.text.forms import HANGUL_FILLERS, VARIATION_SELECTORS, code_point, is_full_width

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

# matplotlib is imported in functions: it is slow, and not needed for the paths.

FAMILY = "Noto Sans CJK JP"
# Fonts for browsers where ours is not installed; Japanese text is as wide in them.
FALLBACKS = ("Noto Sans JP", "Hiragino Sans", "Yu Gothic", "Meiryo", "sans-serif")
# FreeType is not thread-safe for one font: widths come out wrong, or the process ends.
_READING = threading.Lock()
FAMILY_CSS = ", ".join([f"'{FAMILY}'", *(f"'{name}'" if " " in name else name for name in FALLBACKS)])


def font_paths() -> tuple[Path, Path]:
    """The font files, regular and bold."""
    regular, bold = (Path(noto_cjk.font_path("sans", "jp", weight)) for weight in ("regular", "bold"))
    return regular, bold


@lru_cache(maxsize=1)
def register_matplotlib_fonts() -> str:
    """Register the package's copy of the font with matplotlib, and no copy of the system; returns the family's name."""
    from matplotlib.font_manager import fontManager

    fontManager.ttflist = [entry for entry in fontManager.ttflist if entry.name != FAMILY]
    for path in font_paths():
        fontManager.addfont(path)
    return FAMILY


@lru_cache(maxsize=64)
def font_properties(size: float, *, bold: bool = False) -> FontProperties:
    """The font at a size, bound to its file; not to be changed by the caller."""
    from matplotlib.font_manager import FontProperties

    path = font_paths()[1 if bold else 0]
    return FontProperties(family=[FAMILY], weight="bold" if bold else "normal", size=size, fname=str(path))


def demand_glyphs(text: str) -> None:
    """Check that the font can show every character; a box on paper would be read as data.

    Raises:
        FigureError: a character has no glyph; the message names it and its code point.
    """
    for character in text:
        if not _has_glyph(character):
            shown = character if character.isprintable() else "制御文字"
            printable = "".join(each if each.isprintable() else "□" for each in text)
            raise FigureError(
                f"「{shown}」（{code_point(character)}）は報告書の書体で表示できません"
                f"（「{printable}」の中）。別の文字に置き換えてください"
            )


@lru_cache(maxsize=4096)
def _has_glyph(character: str) -> bool:
    if VARIATION_SELECTORS.match(character):
        return True  # selects a form of the character before it, without a glyph of its own
    # Fonts draw private-use characters (外字) as they like, and fillers as nothing.
    if unicodedata.category(character) == "Co" or character in HANGUL_FILLERS:
        return False
    with _READING:
        return all(font.get_char_index(ord(character)) != 0 for font in _open_fonts())


@lru_cache(maxsize=4096)
def letter_width(character: str) -> float:
    """The width of a character in ems, in the wider of regular and bold; 1 where the font has no such letter."""
    from matplotlib.ft2font import LoadFlags

    if is_full_width(character):
        return 1.0  # in this font, without reading its outline
    if VARIATION_SELECTORS.match(character):
        return 0.0
    if not _has_glyph(character):
        return 1.0
    with _READING:
        return max(
            font.load_char(ord(character), LoadFlags.NO_SCALE).horiAdvance / font.units_per_EM
            for font in _open_fonts()
        )


@lru_cache(maxsize=4096)
def em_width(text: str) -> float:
    """The width of a text on one line, in ems."""
    return sum(map(letter_width, text))


def _open_fonts() -> tuple[FT2Font, ...]:
    return _fonts_of(os.getpid())


@lru_cache(maxsize=1)
def _fonts_of(_: int) -> tuple[FT2Font, ...]:
    """Open the fonts, once a process: a forked process would share the file positions with its siblings."""
    from matplotlib.ft2font import FT2Font

    return tuple(FT2Font(str(path)) for path in font_paths())
