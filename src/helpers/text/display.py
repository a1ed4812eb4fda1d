"""Show cover, headings, sentences and notices in a notebook; tables and charts show themselves."""

from __future__ import annotations

__all__ = ["ASSUMED", "ASSUMPTION", "Shown", "cover", "heading", "missing", "paragraph", "sentences", "show"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from helpers.errors import UsageError
from helpers.text.html import lines, tag

# The MIME type for an output's assumption, as JSON: a report with such an output is not published.
ASSUMPTION = "application/vnd.gyokaku.assumption+json"
ASSUMED = "仮定"


@dataclass(frozen=True)
class Shown:
    """An output of a cell: as HTML for pages, as plain text for consoles.

    ``data``: the tables that stand in it, as JSON by MIME type.
    """

    html: Markup
    text: str
    data: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def _repr_html_(self) -> str:
        return str(self.html)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {"text/html": str(self.html), "text/plain": self.text, **self.data}

    def __repr__(self) -> str:
        return self.text

    def assumed(self, assumption: str) -> Shown:
        """The same under a line that says what it assumes."""
        note = paragraph(f"{ASSUMED}: {assumption}", "note")
        data = {**self.data, ASSUMPTION: [assumption]}
        return Shown(note.html + Markup("\n") + self.html, f"{note.text}\n{self.text}", data)


def show(*parts: Any) -> Shown | None:
    """Show several parts one below the other; None stands for a part that the year does not have."""
    there = [part for part in parts if part is not None]
    for part in there:
        if not hasattr(part, "_repr_html_"):
            raise UsageError(
                f"show には helpers の表・図・文を渡してください。渡されたもの: {type(part).__name__}。文は paragraph(…) で作れます"
            )
    data: dict[str, list[Any]] = {}
    for part in there:
        for kind, values in getattr(part, "data", {}).items():
            data.setdefault(kind, []).extend(values)
    html = Markup("\n").join(Markup(part._repr_html_()) for part in there)
    return Shown(html, "\n".join(map(repr, there)), data) if there else None


def cover(municipality: str, title: str, subtitle: str) -> Shown:
    """The report's first block, with its only h1."""
    parts = (
        tag("p", municipality, class_="municipality"),
        tag("h1", lines(title)),
        tag("p", subtitle, class_="subtitle"),
    )
    return Shown(tag("header", *parts, class_="cover"), f"{municipality} {title} {subtitle}")


def heading(level: int, text: str, anchor: str | None = None) -> Shown:
    """A heading; the report numbers it. ``anchor``: its id, by default made of its words."""
    if level not in (2, 3, 4):
        raise UsageError(f"見出しの段は 2（節）、3、4 のどれかにしてください（渡されたもの: {level!r}）")
    _demand_text(text, "heading")
    return Shown(tag(f"h{level}", text, id=anchor), text)


def paragraph(text: str, kind: str | None = None) -> Shown:
    """A paragraph; ``kind`` is note, missing, good or bad."""
    _demand_text(text, "paragraph")
    if kind not in (None, "note", "missing", "good", "bad"):
        raise UsageError(
            f"paragraph の kind は note、missing、good、bad のどれかです（渡されたもの: {kind}）"
        )
    return Shown(tag("p", text, class_=kind), text)


def _demand_text(text: object, name: str) -> None:
    if not isinstance(text, str):
        raise UsageError(f"{name} には文字を渡してください。渡されたもの: {type(text).__name__}")


def sentences(texts: list[str]) -> Shown:
    """Computed sentences as a list; in plain text each on a line of its own."""
    return Shown(tag("ul", *(tag("li", text) for text in texts), class_="sentences"), "\n".join(texts))


def missing(text: str) -> Shown:
    """A notice of data that is missing, and why: missing is said, never filled."""
    return paragraph(text, "missing")
