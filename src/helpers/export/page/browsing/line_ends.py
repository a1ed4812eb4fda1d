"""Where a line may not end: within a number and its counter, a year, or a number and the name that it belongs to.

Titles break between phrases, for browsers that cannot find these at added ``<wbr>``.
"""

from __future__ import annotations

__all__ = ["break_titles", "keep_whole"]

import re
from collections import Counter
from itertools import chain

import lxml.html
from lxml.html import HtmlElement

from helpers.export.page.serialized import text_of
from helpers.text.wrapping import phrases, statuses_of_change, words

# A line ends neither within a number and its counter nor within a year: 第5次, 令和4年度, 2年以上, 42項目. Nor does it
# end between a number and the name that it belongs to: '26 マイナンバーカードの…'.
_WHOLE = (
    r"(?:^|(?<=、))(?:[0-9]+(?:-[0-9]+)*|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|[IVX]+) [^\s(（]|"
    r"[（(]?(?:令和|平成|昭和)(?:元|[0-9]{1,2})年(?:度末?)?[）)]?"
    r"|第[0-9０-９一二三四五六七八九十]{1,3}[次期回]|[0-9]{1,4}(?:年(?:以上|間|目|度)?|項目|件|人)"
    r"|[^\s⇒]{1,8}(?=⇒)|⇒[^\s⇒]{1,8}"  # both statuses of a change
    r"|[^\s、。]{1,2} [0-9]{1,3}年$"  # the years that an item has been in a status, after its name
)
# In titles and names of rows also these words, of which long names of plans are made.
_TITLE_WORDS = r"|行政改革|大綱|(?:推進|実施|行動|基本|総合)?計画|取組状況|【[^】]{1,8}】"
_WRAPPED = ("h1", "h2", "h3", "h4", "caption", "figcaption", "th", "td", "dt", "li", "span", "strong", "p")
# Letters of a cell that may want more than a line; of one that never does.
_LONG_TEXT, _FEW_LETTERS = 12, 4
_LONG_PHRASE = 8  # letters that a column has room for on a phone

_TITLES = (
    ".//h1 | .//h2 | .//h3 | .//h4 | .//caption | .//dt | .//tbody//th[not(@data-status)] | .//thead//th"
)


def break_titles(block: HtmlElement) -> None:
    """Add the places between the phrases of titles, names of rows and labels at which a line may end."""
    for element in block.xpath(f"self::h1 | self::h2 | self::h3 | self::h4 | {_TITLES}"):
        prefix = _shared_prefix(element)
        for before in [None, *element]:
            first, *others = _apart(_text_after(element, before), prefix)
            _put(element, before, first, [_place_before(phrase) for phrase in others])
    # +1(+9.1%) in a narrow column.
    for figure in block.xpath(".//td[@class='num'][not(*)][contains(., '(')]"):
        text = str(figure.text)
        begin = text.index("(")
        _put(figure, None, text[:begin], [_place_before(text[begin:])])


def keep_whole(block: HtmlElement) -> None:
    """Put the words that a line may not end in into spans of their own; the text stays as it is.

    A cell of few letters stays on a line. One of sentences is marked as such: its lines are filled as running text is.
    """
    for element in list(block.iter(*_WRAPPED)):
        text = element.text_content()
        is_short = element.tag == "td" and len(text) <= _LONG_TEXT and "⇒" not in text
        if element.get("class") == "text" and 1 < len(text) <= _FEW_LETTERS:
            element.set("class", "text whole")
        if element.tag == "td" and "。" in text:
            element.set("class", f"{element.get('class') or ''} sentence".strip())
        if not (is_short or element.get("data-status")):
            _wrap(element)


def _place_before(text: str) -> HtmlElement:
    """A place at which a line may end, and the text after it; read out, the words around it are one name without a pause."""
    place = lxml.html.Element("wbr", {"aria-hidden": "true"})
    place.tail = text
    return place


def _shared_prefix(head: HtmlElement) -> str:
    """The word before the name of another column with which several heads of a table begin: 前年 in 前年項目数, 前年割合."""
    names = [text_of(name) for name in head.xpath("ancestor::thead//th")]
    prefixes = Counter(
        name.removesuffix(end) for name in names for end in names if name != end and name.endswith(end)
    )
    return next(
        (word for word, times in prefixes.items() if times > 1 and text_of(head).startswith(word)), ""
    )


def _apart(text: str, prefix: str = "") -> list[str]:
    """The phrases of a text, a prefix for one, of a long phrase its words; one that follows a blank is joined to it, since a line may end at the blank."""
    parts = [""]
    begins = bool(prefix) and text.startswith(prefix)
    broken = (words(each) if len(each) > _LONG_PHRASE else [each] for each in phrases(text))
    for phrase in [prefix, text.removeprefix(prefix)] if begins else chain(*broken):
        if parts[-1] and not parts[-1].endswith(" "):
            parts.append("")
        parts[-1] += phrase
    return parts


def _wrap(element: HtmlElement) -> None:
    whole = _WHOLE + (_TITLE_WORDS if element.tag == "h1" or element.get("scope") == "row" else "")
    for before in [None, *element]:
        text = _text_after(element, before)
        changed = [re.escape(phrase) for status in statuses_of_change(text) for phrase in phrases(status)]
        if not (matches := list(re.finditer("|".join(changed) or whole, text))):
            continue
        spans = []
        ends = [*(match.start() for match in matches[1:]), len(text)]
        for match, end in zip(matches, ends, strict=True):
            span = lxml.html.Element("span", {"class": "whole"})
            span.text, span.tail = match[0], text[match.end() : end]
            spans.append(span)
        _put(element, before, text[: matches[0].start()], spans)


def _text_after(element: HtmlElement, before: HtmlElement | None) -> str:
    """The text of an element after a child of it, None for the text before all of them."""
    return (element.text if before is None else before.tail) or ""


def _put(element: HtmlElement, before: HtmlElement | None, head: str, elements: list[HtmlElement]) -> None:
    """Replace the text that ``_text_after`` gives by a text and elements."""
    if before is None:
        element.text = head
        element[:0] = elements
    else:
        before.tail = head
        at = element.index(before) + 1
        element[at:at] = elements
