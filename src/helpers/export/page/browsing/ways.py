"""Aids for keyboards and screen readers: sections, names of links, links past tables of many links, and back."""

from __future__ import annotations

__all__ = ["lead_back", "parts_of", "with_way_past"]

from collections.abc import Iterable, Iterator

import lxml.html
from lxml.html import HtmlElement

from helpers.export.page.serialized import text_of

# A table of more links than these can be passed over by one key.
_MANY_LINKS = 12


def parts_of(blocks: Iterable[HtmlElement]) -> list[HtmlElement]:
    """The blocks as sections, each from one second-level heading to the next and named by it."""
    parts: list[HtmlElement] = []
    for block in blocks:
        if block.tag == "h2":
            parts.append(
                lxml.html.Element("section", {"class": "part", "aria-labelledby": block.get("id", "")})
            )
        elif not parts:
            parts.append(lxml.html.Element("div", {"class": "part"}))
        parts[-1].append(block)
    return parts


def lead_back(blocks: list[HtmlElement]) -> None:
    """Name every link of a table by the row that it leads to, and give the row a way back to the first of them."""
    targets = {name: row for block in blocks for row in block.iter("tr") if (name := row.get("id"))}
    taken = {name for block in blocks for name in block.xpath(".//@id | ./@id")}
    for link in (link for block in blocks for link in block.xpath(".//table//a[starts-with(@href, '#')]")):
        if (row := targets.get(link.get("href", "").removeprefix("#"))) is None:
            continue
        words = text_of(link)
        link.set("aria-label", f"{words}（{_name_of(row, words)}）")
        name = f"from:{row.get('id')}"
        if name in taken:
            continue
        taken.add(name)
        link.set("id", name)
        back = lxml.html.Element("a", {"class": "back", "href": f"#{name}"})
        back.set("aria-label", f"戻る（{_name_of(next(link.iterancestors('tr')))}）")
        next(row.iterchildren("th", "td")).append(back)


def _name_of(row: HtmlElement, but: str = "") -> str:
    """The name of a row: its table's caption and, unless equal to ``but``, its first cell."""
    caption = "".join(
        text_of(caption) for caption in next(row.iterancestors("table")).iterchildren("caption")
    )
    first = text_of(next(row.iterchildren("th", "td")))
    return " ".join(filter(None, [caption, "" if first == but else first]))


def with_way_past(block: HtmlElement) -> Iterator[HtmlElement]:
    """A block, with a link past it before a table of many links."""
    tables = list(block.iter("table")) if block.tag == "div" else []
    if not tables or len(block.xpath(".//a[not(@class)]")) <= _MANY_LINKS:
        yield block
        return
    name = f"{tables[0].get('id') or 'table'}:end"
    past = lxml.html.Element("p", {"class": "past"})
    link = lxml.html.Element("a", {"class": "skip", "href": f"#{name}"})
    link.text = f"表「{''.join(text_of(caption) for caption in tables[0].iter('caption'))}」の次へ移動"
    past.append(link)
    yield past
    yield block
    yield lxml.html.Element("div", {"class": "end", "id": name})
