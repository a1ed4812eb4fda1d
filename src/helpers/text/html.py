"""HTML from values: everything is escaped unless it is markup already."""

from __future__ import annotations

__all__ = ["lines", "picture", "tag", "with_drawings"]

import re
from base64 import b64decode, b64encode

from markupsafe import Markup, escape

_PICTURE = re.compile(r'<img alt="[^"]*" src="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)">')


def tag(name: str, *content: str | Markup, **attributes: str | None) -> Markup:
    """One element. ``class_`` gives class, ``_`` in a name gives ``-``; attributes that are None are left out.

    >>> str(tag("td", "<1>", class_="num"))
    '<td class="num">&lt;1&gt;</td>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{written}>{''.join(escape(part) for part in content)}</{name}>")


def lines(text: str | Markup) -> Markup:
    """Text whose line breaks are kept."""
    return Markup("<br>").join(escape(part) for part in text.split("\n"))


def picture(svg: str, alt: str) -> Markup:
    """A drawing as an image: a notebook that nobody has trusted yet shows images, and of an ``<svg>`` only its words."""
    data = b64encode(svg.encode()).decode("ascii")
    return Markup(f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}">')


def with_drawings(html: str) -> str:
    """The HTML with the ``<svg>`` itself in place of each ``picture``; other images stay."""
    return _PICTURE.sub(_drawing, html)


def _drawing(image: re.Match[str]) -> str:
    try:
        return b64decode(image[1], validate=True).decode()
    except ValueError:
        return image[0]
