"""Places where lines may end, in addition to Typst's own; widths in ems, by the font's letters.

Typst breaks Japanese between any two letters that 禁則 lets apart. Three things are added for layout alone, so that the
text that is read back stays as it is: words that stay whole (令和4年度, 26 マイナンバー, a phrase of a short name), and
places to break in runs that have none (――――, 1,2,3,4, a long address).
"""

from __future__ import annotations

__all__ = [
    "OPEN", "PLAIN", "REMARK", "WHOLE", "Data", "Piece", "cut_runs", "longest_stretch", "pieces",
    "widest_line",
]  # fmt: skip

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from helpers.text.fonts import em_width
from helpers.text.wrapping import may_break, phrases, statuses_of_change

Data = dict[str, Any]
# A piece of a text: its letters, and its kind: stays whole, an added place to break, or broken by Typst.
Piece = tuple[str, str]
PLAIN, WHOLE, REMARK, OPEN = "", "whole", "remark", "open"

# After these an address or a list of numbers breaks sooner than anywhere else.
_SEPARATORS = frozenset("/.,_-=&?#:;・‥…、|+~")
_WHOLE = re.compile(
    "(?P<whole>[（(]?(?:平成|令和)[0-9元]+年度"  # a year, with the bracket that no line ends with
    "|(?<![0-9A-Za-z-])[0-9][0-9-]* [^\\s0-9A-Za-z（「][^\\s（「]?[ー々っゃゅょッャュョィァ、。）」]?)"  # a number and its name
    "|(?P<label>(?:^|(?<=[\\s、]))[^\\s、。（）「」0-9A-Za-zぁ-ん]{2,4}(?= [（△0-9]))"  # a label before its value: 実績 （未集計）
    "|(?P<remark>（[^（）\\s]{1,8}）)"
)
_COUNTED = re.compile(r"[^\s、。]+ [0-9]+年")  # a name and its count, which would stand alone on a line
# Names of up to so many letters break between phrases, and the shorter of them though it takes a line more.
_LONGEST_NAME, _SHORT_NAME = 24, 14


def widest_line(text: str) -> float:
    """The width of the widest line of a text in which lines are ended by line feeds."""
    return max(map(em_width, text.split("\n")))


@lru_cache(maxsize=4096)
def longest_stretch(text: str) -> float:
    """The width of the widest part of a text that Typst would not break."""
    return max(map(em_width, _stretches(text)), default=0.0)


def cut_runs(runs: Iterable[Data], width: float, *, is_name: bool = False) -> None:
    """Give each run that needs it its ``pieces`` for a column that is ``width`` ems wide."""
    for run in runs:
        if run["text"] != "\n":
            run.pop("pieces", None)
            cut = pieces(run["text"], width, is_name=is_name)
            if [kind for _, kind in cut] != [PLAIN]:
                run["pieces"] = cut


def pieces(text: str, width: float, *, is_name: bool = False) -> list[Piece]:
    """A text of one line as pieces, for a column that is ``width`` ems wide; joined they are the text.

    ``is_name``: a short name that is wider than the column breaks between its phrases, if that takes few lines more. So
    do a name that a count follows, which stays with its last phrase, and the names of a change: 検討中⇒実施へ.

    >>> pieces("目標をおおむね達成", 7, is_name=True)
    [('目標を', 'whole'), ('おおむね', 'whole'), ('達成', 'whole')]
    >>> pieces("令和4年度の実績", 5), pieces("――――", 3)
    ([('令和4年度', 'whole'), ('の実績', '')], [('―', ''), ('', 'open'), ('―', ''), ('', 'open'), ('―', ''), ('', 'open'), ('―', '')])
    """
    if em_width(text) > width and (named := _named(text, width, is_name=is_name)):
        return [(phrase, WHOLE) for phrase in named]
    made: list[Piece] = []
    end = 0
    for match in _WHOLE.finditer(text):
        if em_width(match[0]) <= width and not (match["label"] and em_width(text) <= width):
            made += _opened(text[end : match.start()], width)
            made.append((match[0], REMARK if match["remark"] else WHOLE))
            end = match.end()
    return [*made, *_opened(text[end:], width)]


def _named(text: str, width: float, *, is_name: bool) -> list[str]:
    """The parts of a name, of a name and its count, or of a change of status, that stay whole; none where they take too many lines."""
    changed = statuses_of_change(text)
    if changed and max(map(em_width, changed)) <= width:
        return changed
    named = [phrase for part in changed or [text] for phrase in phrases(part)]
    if is_counted := _COUNTED.fullmatch(text) is not None:
        named[-2:] = ["".join(named[-2:])]
    names = len(changed) or 1
    if not (is_name or is_counted or changed) or len(text) > names * _LONGEST_NAME:
        return []
    most = -(-em_width(text) // width) + (len(text) <= names * _SHORT_NAME)
    return named if _lines(named, width) <= most else []


def _lines(phrases: Iterable[str], width: float) -> float:
    """The number of lines for phrases that stay whole; infinite if a phrase is wider than a line."""
    lines, room = 0, 0.0
    for taken in map(em_width, phrases):
        if taken > width:
            return math.inf
        if taken > room:
            lines, room = lines + 1, width
        room -= taken
    return lines


def _opened(text: str, width: float) -> Iterator[Piece]:
    """Plain pieces of a text, with places to break in each stretch that is wider than the column."""
    if longest_stretch(text) <= width:
        if text:
            yield text, PLAIN
        return
    gathered = ""
    for stretch in _stretches(text):
        if em_width(stretch) <= width:
            gathered += stretch
            continue
        parts = [
            part
            for long in _after_separators(stretch)
            for part in ([long] if em_width(long) <= width else long)
        ]
        for number, part in enumerate(parts):
            if number:
                yield gathered, PLAIN
                yield "", OPEN
                gathered = ""
            gathered += part
    if gathered:
        yield gathered, PLAIN


def _after_separators(stretch: str) -> Iterator[str]:
    begin = 0
    for position, (letter, following) in enumerate(pairwise(stretch), start=1):
        if letter in _SEPARATORS and following not in _SEPARATORS:
            yield stretch[begin:position]
            begin = position
    yield stretch[begin:]


def _stretches(text: str) -> Iterator[str]:
    """The parts of a text between the places where Typst may end a line."""
    begin = 0
    for position, (letter, following) in enumerate(pairwise(text), start=1):
        if may_break(letter, following):
            yield text[begin:position]
            begin = position
    if text:
        yield text[begin:]
