"""Fold Japanese text into forms to compare by, never to print: departments type the same word in many ways.

Also its measure in columns, its order, and how findings quote it.

Three forms, each looser than the one before:
``folded``          width, spacing and compatibility forms are one: 完　了 = 完了, Ⅰ = I, ｼﾐﾝ = シミン
``variant_folded``  variant characters, dashes, tildes, circles and case are one too: 髙 = 高, 〇 = ○, ～ = 〜
``look_folded``     characters of different meaning that look alike are one: ー = 一, ニ = 二, О = O; only to explain
"""

from __future__ import annotations

__all__ = [
    "HANGUL_FILLERS", "HIDDEN_VARIANTS", "INVISIBLE", "LONGEST_CELL", "VARIATION_SELECTORS", "circled",
    "cleaned", "code_point", "folded", "for_xml", "is_full_width", "is_wide", "lines_of", "look_folded",
    "natural_key", "quoted", "variant_folded", "variant_in", "visible", "width_of",
]  # fmt: skip

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

_P = ParamSpec("_P")
_T = TypeVar("_T")

# What a cell can hold, in UTF-16 units: the limit of Excel (Microsoft, "Excel specifications and limits").
LONGEST_CELL = 32_767
_LONGEST_NAME = 200  # no name of a plan is longer
_MOST_REMEMBERED = 8192  # texts, of a thousand bytes at most
# Letters by their Unicode category; fonts have a glyph for them, typesetters draw nothing.
HANGUL_FILLERS = "\u115f\u1160\u3164\uffa0"
# Zero-width and soft characters carry nothing that a reader can see.
INVISIBLE = f"\u00ad\u200b\u200c\u200d\u2060\ufeff{HANGUL_FILLERS}"
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
# Characters that look like others: radicals and compatibility ideographs, and what chooses a shape.
HIDDEN_VARIANTS = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_DIGITS = re.compile(r"(\d+)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _one_of_each(classes: str) -> dict[int, str]:
    """The first character of each class, for the others; classes stand apart by blanks."""
    return {ord(char): alike[0] for alike in classes.split() for char in alike[1:]}


# Radicals, which PDFs give for characters and NFKC leaves alone (those of the block Kangxi Radicals it does not):
# Equivalent_Unified_Ideograph of the Unicode Character Database 14.0, block CJK Radicals Supplement.
_RADICALS = _one_of_each("""
    厂⺁ 乛⺂ 乚⺃ 乙⺄ 亻⺅ 冂⺆ 𠘨⺇ 刀⺈ 刂⺉ 卜⺊ 㔾⺋ 小⺌⺍ 兀⺎
    尣⺏ 尢⺐ 𡯂⺑ 巳⺒ 幺⺓ 彑⺔ 彐⺕ 忄⺖ 心⺗ 扌⺘ 攵⺙ 旡⺛ 日⺜ 月⺝
    歺⺞ 民⺠ 氵⺡ 氺⺢ 灬⺣ 爫⺤⺥ 丬⺦ 牛⺧ 犭⺨ 王⺩ 𤴔⺪ 目⺫ 示⺬
    礻⺭ 𥫗⺮ 糹⺯ 纟⺰ 罓⺱ 罒⺲ 㓁⺳ 冗⺴ 𦉫⺵ 羊⺶ 𦍌⺷ 𦍋⺸ 耂⺹ 肀⺺
    聿⺻ 肉⺼ 𦥑⺽ 艹⺾⺿⻀ 虎⻁ 衤⻂ 覀⻃ 西⻄ 见⻅ 角⻆ 𧢲⻇ 讠⻈ 贝⻉
    𧾷⻊ 车⻋ 辶⻌⻍⻎ 邑⻏ 钅⻐ 長⻑ 镸⻒ 长⻓ 门⻔ 𨸏⻕ 阝⻖ 雨⻗ 青⻘
    韦⻙ 页⻚ 风⻛ 飞⻜ 食⻝ 𩙿⻞ 飠⻟ 饣⻠ 𩠐⻡ 马⻢ 骨⻣ 鬼⻤ 鱼⻥ 鸟⻦
    卤⻧ 麦⻨ 黄⻩ 黾⻪ 斉⻫ 齐⻬ 歯⻭ 齿⻮ 竜⻯ 龙⻰ 龜⻱ 亀⻲
""")
# Dashes and the long vowel mark are one class, because ｻ-ﾋﾞｽ is meant as サービス.
_VARIANTS = _one_of_each("""
    -‐‑‒–—―−─━ーㅡ﹣ ~〜∼˜ ・·•‧∙⋅ ○〇◯⚪⭕ ◎⦾ ●⚫⬤ ▽∇ ■⬛◼ □⬜◻ ×✕✖╳❌⨯ '‘’`´ "“”
    高髙 崎﨑 吉𠮷 徳德 浜濱濵 辺邊邉 斎齋 斉齊 沢澤 広廣 国國 桜櫻 真眞 瀬瀨 恵惠 島嶋嶌 竜龍 滝瀧 ケヶ カヵ
    青靑 黄黃 黒黑 戸戶 歯齒 麦麥 亀龜
""")
_LOOKS = _one_of_each("""
    一- ニ二 ハ八 カ力 ロ口囗 エ工 タ夕 ト卜 オ才 チ千 ヘへ ベべ ペぺ リり 未末 己已巳 日曰
    ○o0оο △▵∆δ aаα bв cс eе hн kкκ mм nη pрρ tтτ x×хχ 1il|ι
""")


def _remembered(form: Callable[Concatenate[str, _P], _T]) -> Callable[Concatenate[str, _P], _T]:
    """Cache what is known of short texts: the same words stand in most cells of a sheet and are asked for often."""
    known = cast("Callable[Concatenate[str, _P], _T]", lru_cache(maxsize=_MOST_REMEMBERED)(form))

    @wraps(form)
    def of(text: str, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        return (known if len(text) <= _LONGEST_NAME else form)(text, *args, **kwargs)

    return of


@_remembered
def folded(text: str) -> str:
    """Fold width, spacing and compatibility variants away, for comparison only.

    >>> folded("完　了") == folded("完了"), folded("Ⅰ ＩＣＴ") == "IICT"
    (True, True)
    """
    return re.sub(r"\s", "", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))


@_remembered
def variant_folded(text: str) -> str:
    """Fold variant characters, dashes, tildes, circles and case away too, for comparison only.

    >>> variant_folded("髙齢者～支援") == variant_folded("高齢者〜支援"), variant_folded("〇") == variant_folded("◯")
    (True, True)
    """
    plain = VARIATION_SELECTORS.sub("", folded(text))
    return plain.translate(_RADICALS).translate(_VARIANTS).casefold()


def look_folded(text: str) -> str:
    """Fold characters that look alike though they mean different things, to say so in a finding.

    >>> look_folded("ー部実施") == look_folded("一部実施"), variant_folded("ー部実施") == variant_folded("一部実施")
    (True, False)
    """
    return variant_folded(text).translate(_LOOKS)


def variant_in(text: str, wanted: str) -> tuple[str, str] | None:
    """Find the first character of a text that is a variant of a character in ``wanted``; return both, or None.

    Width, case and spaces do not count: everybody sees or types them so.

    >>> variant_in("市\u2ea0", "市民"), variant_in("ＩＣＴ 化", "ict化")
    (('⺠', '民'), None)
    """
    strange = set(text[:_LONGEST_NAME]) - set(wanted)
    if not strange:
        return None
    meant = {variant_folded(char): char for char in wanted}
    for before, char in zip(" " + text, text[:_LONGEST_NAME], strict=False):
        if VARIATION_SELECTORS.match(char):
            return before + char, before
        plain = meant.get(variant_folded(char), char)
        is_alike = folded(char).casefold() == folded(plain).casefold() and not HIDDEN_VARIANTS.match(char)
        if char in strange and not is_alike:
            return char, plain
    return None


@_remembered
def cleaned(text: str) -> str:
    """Trim a text and its lines, unify line breaks and drop invisible characters; the words stay as written.

    >>> cleaned(" 窓口を\\r\\n増やした　\\n")
    '窓口を\\n増やした'
    """
    unified = _INVISIBLE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    # Not by a regular expression: searching blanks before a line's end takes minutes over 30,000 blanks.
    return "\n".join(line.rstrip() for line in unified.split("\n")).strip()


def for_xml(text: str, instead: str = "\N{REPLACEMENT CHARACTER}") -> str:
    """Replace characters that XML cannot hold by another one, and every line break by LF."""
    return _NOT_IN_XML.sub(instead, re.sub("\r\n?", "\n", text))


def is_wide(character: str) -> bool:
    """Whether a character takes two half-width columns in Japanese type: 市, ア, ○."""
    return unicodedata.east_asian_width(character) in "WFA"


def is_full_width(character: str) -> bool:
    """Whether a character is one of Japanese type by itself, not only beside others of it: 市, ア, Ａ, but not ○, ―, ①."""
    return unicodedata.east_asian_width(character) in "WF"


@_remembered
def width_of(text: str, wide: str = "WFA") -> int:
    """The half-width columns that a text's widest line takes; ``wide``: the East Asian widths that count two.

    >>> width_of("窓口A\\n1"), width_of("が"), width_of("か\u3099")
    (5, 2, 2)
    """
    lines = text.split("\n")
    if text.isascii():
        return max(map(len, lines))
    return max(sum(_columns(character, wide) for character in line) for line in lines)


def lines_of(text: str, columns: int) -> int:
    """The lines that a text takes in a cell that is so many half-width columns wide."""
    return sum(max(1, -(-width_of(line) // columns)) for line in text.split("\n"))


def _columns(character: str, wide: str) -> int:
    return 0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in wide)


def circled(number: int) -> str:
    """①, ②, … for 0, 1, …, as far as there are such characters; then plain numbers in brackets."""
    return chr(ord("①") + number) if number < 20 else f"({number + 1})"


def code_point(char: str) -> str:
    """Name a character by its code point: 'U+30FC'."""
    return f"U+{ord(char):04X}"


def natural_key(code: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts item codes naturally.

    >>> sorted(["1-10", "2", "1-2", "⑩", "①", "A2", "A10"], key=natural_key)
    ['①', '1-2', '1-10', '2', '⑩', 'A2', 'A10']
    """
    parts = _DIGITS.split(unicodedata.normalize("NFKC", code).casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def quoted(text: str, most: int = 60) -> str:
    """Quote the text of a cell in a finding: on one line, cut where it is long, with invisible characters named.

    >>> quoted("一部\\n実施\\x1b")
    '「一部 実施〔U+001B〕」'
    """
    cut = text if len(text) <= most else f"{text[:most]}…"
    return f"「{visible(cut)}」"


def visible(text: str) -> str:
    """Put a text on one line, with its control characters and gaiji named instead of written.

    A terminal would obey control characters, and a clerk could not see why a word is refused.
    """
    if text.isprintable():
        return text
    return "".join(
        " "
        if char.isspace() and char != "\u3000"
        else f"〔{code_point(char)}〕"
        if unicodedata.category(char) in _UNSEEN
        else char
        for char in text
    )
