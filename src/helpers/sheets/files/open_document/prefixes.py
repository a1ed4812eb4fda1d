"""Name tags and attributes of OpenDocument by the prefixes that everybody uses, whatever the file calls its namespaces."""

from __future__ import annotations

__all__ = ["parse"]

from helpers.sheets.files.container import NAMESPACE_END, Attributes, Container, OnTag, OnText

_USUAL = {
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0": prefix
    for name, prefix in {
        "office": "office", "table": "table", "text": "text", "style": "style", "drawing": "draw",
        "svg-compatible": "svg",
    }.items()
} | {"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext"}  # fmt: skip


class _UsualNames(dict[str, str]):
    """The names of tags and attributes by those with their namespaces, which stay where nothing here asks for them."""

    def __missing__(self, name: str) -> str:
        namespace, _, plain = name.rpartition(NAMESPACE_END)
        self[name] = f"{_USUAL[namespace]}:{plain}" if namespace in _USUAL else name
        return self[name]


def parse(container: Container, name: str, start: OnTag, end: OnText, text: OnText | None = None) -> None:
    """Hand over the tags and texts of a part, under the usual prefixes.

    Raises:
        UnreadableError: the part is no sound XML.
    """
    usual = _UsualNames()

    def on_start(tag: str, attributes: Attributes) -> None:
        start(usual[tag], {usual[key]: value for key, value in attributes.items()})

    container.parse(name, on_start, lambda tag: end(usual[tag]), text, has_namespaces=True)
