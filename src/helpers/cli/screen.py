"""What is shown on a screen or written to a pipe: coloured only where somebody looks and wants it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import click

from helpers.text import width_of

_GAP = "  "


def is_terminal() -> bool:
    """Whether the output goes to a terminal that can be drawn on."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def say(text: str = "", *, err: bool = False, **style: Any) -> None:
    """Write a line in a style of ``click.style``, which is left out in files and pipes, or where NO_COLOR is set."""
    is_plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    click.echo(click.style(text, **style) if style else text, err=err, color=False if is_plain else None)


def width(text: str) -> int:
    """The columns that a text takes on a terminal, where ○ and other letters of ambiguous width take one."""
    return width_of(text, wide="WF")


@dataclass(frozen=True)
class Cell:
    """A text of a table; ``style`` as in ``click.style``."""

    text: str
    style: dict[str, Any] = field(default_factory=dict)

    def set_to(self, columns: int, is_right: bool = False) -> str:
        """The styled text, filled with blanks to a width."""
        blanks = " " * (columns - width(self.text))
        styled = click.style(self.text, **self.style) if self.style else self.text
        return blanks + styled if is_right else styled + blanks


def table_lines(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]], right: Sequence[str] = ()
) -> Iterator[str]:
    """The lines of a table with a rule below its headings; ``right``: the headings of columns set to the right."""
    table = [[Cell(heading, {"bold": True}) for heading in headings], *rows]
    widths = [max(width(cell.text) for cell in column) for column in zip(*table, strict=True)]
    for number, row in enumerate(table):
        cells = zip(row, widths, headings, strict=True)
        yield _GAP.join(cell.set_to(columns, heading in right) for cell, columns, heading in cells).rstrip()
        if number == 0:
            yield "─" * (sum(widths) + len(_GAP) * (len(widths) - 1))
