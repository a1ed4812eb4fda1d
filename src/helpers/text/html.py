"""HTML from values: everything is escaped unless it is markup already."""

from __future__ import annotations

from markupsafe import Markup, escape


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
