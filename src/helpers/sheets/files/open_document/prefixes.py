"""Name tags and attributes of OpenDocument by the prefixes that everybody uses, whatever the file calls its namespaces."""

from __future__ import annotations

__all__ = ["parse"]

import re

from helpers.sheets.files.container import Attributes, Container, OnTag, OnText

_USUAL = {
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0": prefix
    for name, prefix in {
        "office": "office", "table": "table", "text": "text", "style": "style", "drawing": "draw",
        "svg-compatible": "svg",
    }.items()
} | {"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext"}  # fmt: skip
_DECLARED = re.compile(rb"""\sxmlns(?::([\w.-]+))?\s*=\s*["']([^"']+)["']""")


def parse(container: Container, name: str, start: OnTag, end: OnText, text: OnText | None = None) -> None:
    """Hand over the tags and texts of a part, under the usual prefixes.

    Raises:
        UnreadableError: the part is no sound XML.
    """
    head = next(container.chunks(name), b"")
    names = (
        (prefix.decode(errors="replace"), uri.decode(errors="replace"))
        for prefix, uri in _DECLARED.findall(head)
    )
    declared = {prefix: _USUAL.get(uri, "") for prefix, uri in names}
    others = {own: usual for own, usual in declared.items() if usual not in ("", own)}
    if not others:
        container.parse(name, start, end, text)
        return

    def usual(own: str) -> str:
        prefix, _, plain = own.rpartition(":")
        return f"{others[prefix]}:{plain}" if prefix in others else own

    def on_start(tag: str, attributes: Attributes) -> None:
        # Attributes without a prefix belong to no namespace.
        start(usual(tag), {usual(key) if ":" in key else key: value for key, value in attributes.items()})

    container.parse(name, on_start, lambda tag: end(usual(tag)), text)
