"""Output to a screen or pipe, coloured only on terminals and unless NO_COLOR is set."""

from __future__ import annotations

__all__ = [
    "COLUMNS", "Cell", "be_quiet", "begin_anew", "is_quiet", "is_terminal", "lost_output", "remark", "say",
    "say_json", "shortened", "table_lines", "unexpected", "width",
]  # fmt: skip

import errno
import json
import os
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import click

from helpers.text.forms import width_of

COLUMNS = 80  # of the narrowest terminal that tables fit
_GAP = "  "
_lost: list[OSError] = []  # why the standard output did not take what a command said
_quiet: list[bool] = []  # filled while --quiet is in force


def is_terminal() -> bool:
    """Whether the output goes to a terminal that can be drawn on."""
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def say(text: str | bytes = "", *, err: bool = False, nl: bool = True, **style: Any) -> None:
    """Write a line in a style of ``click.style``, which is left out in files and pipes, or where NO_COLOR is set.

    An output that is full stops no work: ``lost_output`` tells of it when the command ends.

    Raises:
        BrokenPipeError: whoever reads the output has had enough.
    """
    is_plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    try:
        click.echo(
            click.style(text, **style) if style else text, err=err, nl=nl, color=False if is_plain else None
        )
    except BrokenPipeError:
        if not err:
            raise
    except OSError as error:
        if not err:
            _lost.append(error)


def remark(text: str = "", **style: Any) -> None:
    """Say what went well; ``--quiet`` leaves it out."""
    if not _quiet:
        say(text, **style)


def be_quiet() -> None:
    """Leave out what ``remark`` says until the command ends."""
    _quiet.append(True)


def is_quiet() -> bool:
    """Whether what went well is left out."""
    return bool(_quiet)


def unexpected(error: BaseException) -> str:
    """The message for an unexpected error: whom to ask, and where it was raised."""
    first = f"予期しないエラーです（{type(error).__name__}）。次の内容を添えて、管理者に知らせてください"
    return "\n".join([first, "".join(traceback.format_exception(error)).rstrip()])


def say_json(record: object, indent: int | None = None) -> None:
    """Write JSON for machines; in ASCII where the output's code page lacks a character of it."""
    text = json.dumps(record, ensure_ascii=False, indent=indent)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(record, indent=indent)
    say(text)


def begin_anew() -> None:
    """Forget the lost output and the wishes of an earlier command in the same process."""
    _lost.clear()
    _quiet.clear()


def lost_output() -> OSError | None:
    """The reason why output was lost; None where all was written.

    Raises:
        BrokenPipeError: whoever reads it has had enough.
    """
    if sys.stdout is None:
        return OSError(errno.EBADF, os.strerror(errno.EBADF))
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _lost.append(error)
    return _lost[0] if _lost else None


@lru_cache(maxsize=8192)
def width(text: str) -> int:
    """The columns that a text takes on a terminal, where ○ and other letters of ambiguous width take one."""
    return width_of(text, wide="WF")


def shortened(text: str, columns: int) -> str:
    """The text, cut off with … where it is wider than ``columns``; … alone where these are too few."""
    if width(text) <= columns:
        return text
    while text and width(text) > columns - 2:
        text = text[:-1]
    return f"{text}…"


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
    widths = [max(map(width, {cell.text for cell in column})) for column in zip(*table, strict=True)]
    is_right = [heading in right for heading in headings]
    for number, row in enumerate(table):
        yield _GAP.join(map(Cell.set_to, row, widths, is_right)).rstrip()
        if number == 0:
            yield _rule() * (sum(widths) + len(_GAP) * (len(widths) - 1))


def _rule() -> str:
    try:
        "─".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return "-"  # where it would be written as \\u2500
    return "─"
