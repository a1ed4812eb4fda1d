"""Characters that the report's font cannot show: control characters, gaiji, emoji, characters without a glyph."""

from __future__ import annotations

__all__ = ["GAIJI", "describe", "unprintable"]

import functools
import re
import unicodedata
from collections.abc import Iterator

from helpers.text.forms import VARIATION_SELECTORS, code_point

# Of all that CP932 can write, the font lacks these (a test holds this), and gaiji have no agreed shape.
_DOUBTFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff≒]")
GAIJI = "外字"


def unprintable(text: str) -> Iterator[tuple[str, str]]:
    """Yield each character of a text that the report cannot show, once, with its kind: 外字, 絵文字, …"""
    if _is_plain(text):
        return
    for char in dict.fromkeys(VARIATION_SELECTORS.sub("", text)):
        if (kind := _kind(char)) is not None:
            yield char, kind


def describe(char: str, kind: str) -> str:
    """Name a character for a finding: '外字（U+E000）', '絵文字「😀」（U+1F600）'."""
    shown = f"「{char}」" if char.isprintable() else ""
    return f"{kind}{shown}（{code_point(char)}）"


def _is_plain(text: str) -> bool:
    """Whether CP932, which the font covers, can encode the text: a quick test that needs no font."""
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return _DOUBTFUL.search(text) is None


def _kind(char: str) -> str | None:
    category = unicodedata.category(char)
    if char in "\n\t" or _is_plain(char):
        return None
    if category == "Co":
        return GAIJI
    if category in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return "制御文字"
    if ord(char) in _font_characters():
        return None
    return "絵文字" if category == "So" else "表示できない文字"


@functools.cache
def _font_characters() -> frozenset[int]:
    """The code points that the report's font can show in both weights."""
    import noto_cjk
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    covered = []
    for weight in ("regular", "bold"):
        with TTFont(noto_cjk.font_path("sans", "jp", weight), lazy=True) as font:
            covered.append(frozenset(font.getBestCmap() or ()))
    return covered[0] & covered[1]
