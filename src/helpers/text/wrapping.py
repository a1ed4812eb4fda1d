"""Where a line of Japanese may end, and where readers pause: 市民に, 分かりやすい, 組織体制の, 構築."""

from __future__ import annotations

__all__ = ["may_break", "on_two_lines", "phrases", "statuses_of_change", "words", "wrapped"]

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

from helpers.text.forms import is_full_width

_NO_START = frozenset(
    "、。，．・：；？！ーヽヾゝゞ々〻ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ」』）］｝〕〉》】〟’”…‥―‐–〜％℃°)]},.:;!?%/"
)
_NO_END = frozenset("「『（［｛〔〈《【〝‘“([{¥￥＄$№＃#")
_HIRAGANA, _PARTICLE, _ENDS = re.compile("[ぁ-ゖ]"), "を", frozenset("・／/、。）」』")
_CHANGE = re.compile("([^\\s、。⇒]+)(⇒[^\\s、。⇒]+)")
# Where a word begins within a phrase: デジタル|活用|支援の, 行政手続等|デジタル化の, マイナンバー|カードの. The last word of a
# run of kanji has two; with a last letter of which words of three are made, no guess is better.
_WORD = re.compile(
    "(?<=[一-龠々])(?<!第三)(?=[ァ-ヴ]{2})|(?<=[ァ-ヴー])(?=[一-龠]{2})"
    "|(?<=[ァ-ヴー])(?=(?:カード|サービス|システム|センター|ネットワーク)(?![ァ-ヴー]))"
    "|(?<=[一-龠]{2})(?=(?:[一-龠](?![化性者会館率課室等数力員費品書所場金税署局])[一-龠]|強化|職員"
    "|(?:健全|効率|適正|最適|活性)化|委員会|協議会|審議会)[ぁ-ん]*$)"
)


@lru_cache(maxsize=4096)
def may_break(letter: str, following: str) -> bool:
    """Whether a line may end between two letters (禁則)."""
    if letter.isspace() or following.isspace():
        return letter.isspace() and not following.isspace()
    is_japanese = is_full_width(letter) or is_full_width(following)
    return is_japanese and letter not in _NO_END and following not in _NO_START


def phrases(text: str) -> Iterator[str]:
    """The parts of a text that are read in one breath; joined they are the text."""
    begin = 0
    for position, (letter, following) in enumerate(pairwise(text), start=1):
        if not may_break(letter, following):
            continue
        ends_word = _HIRAGANA.match(letter) and not _HIRAGANA.match(following)
        if ends_word or letter in _ENDS or letter == _PARTICLE or letter.isspace() or following in _NO_END:
            yield text[begin:position]
            begin = position
    yield text[begin:]


def statuses_of_change(text: str) -> list[str]:
    """Both statuses of a text that says a change and nothing else: 検討中, ⇒実施へ; of any other text none."""
    match = _CHANGE.fullmatch(text)
    return [*match.groups()] if match else []


def words(phrase: str) -> list[str]:
    """The words of a phrase, as far as its letters show where they begin; joined they are the phrase.

    >>> words("デジタル活用支援の"), words("図書館の")
    (['デジタル', '活用', '支援の'], ['図書館の'])
    """
    return _WORD.split(phrase)


def wrapped(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Break a text into lines of at most ``width`` by 禁則; a run that has no place to break goes on as far as it fits.

    A number stays on a line with the word before it.

    ``measure``: the width of a text on one line.
    """
    lines = [""]
    for letter in " ".join(text.split()):
        if lines[-1] and measure(lines[-1] + letter) > width:
            line = lines[-1]
            pairs = [*pairwise(line + letter)]
            ends = [n for n, (before, after) in enumerate(pairs, start=1) if may_break(before, after)]
            end = next(
                (n for n in reversed(ends) if pairs[n - 1][0] != " " or not pairs[n - 1][1].isdigit()),
                len(line),
            )
            lines[-1:] = [line[:end], line[end:]]
        lines[-1] += letter
    return lines


def on_two_lines(text: str, width: float, measure: Callable[[str], float]) -> tuple[str, str] | None:
    """Break a text into two lines of at most ``width``, as even as may be: between phrases, else where 禁則 allows.

    None where no two lines are enough.
    """
    between_phrases = [*accumulate(map(len, phrases(text)))][:-1]
    by_letters = [n for n in range(1, len(text)) if may_break(text[n - 1], text[n])]
    for places in (between_phrases, by_letters):
        pairs = [(text[:n].rstrip(), text[n:].lstrip()) for n in places]
        fitting = [pair for pair in pairs if max(map(measure, pair)) <= width]
        if fitting:
            return min(fitting, key=lambda pair: max(map(measure, pair)))
    return None
