"""Copy a sheet with its findings as comments and colours, to send back to a department."""

from __future__ import annotations

__all__ = ["MarkedCopy", "mark_up", "marked_copy"]

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from lxml.etree import LxmlError

from helpers.errors import DataError
from helpers.files.paths import why_not_read
from helpers.sheets.files.formats import TEXT, XLSX
from helpers.sheets.files.grid import Grid, position
from helpers.sheets.files.readers import kind_of, opened, read_grids
from helpers.sheets.files.unreadable import LIMITS, UnreadableError
from helpers.sheets.finding import Finding, Position
from helpers.sheets.outgoing.marks.cell_comments import CellComments, remove_our_comments
from helpers.sheets.outgoing.marks.finding_list import add_finding_list, kind_and_fill
from helpers.sheets.outgoing.marks.text_copy import text_copy
from helpers.sheets.outgoing.marks.worksheet_cells import CellLooks, WorksheetCells
from helpers.sheets.outgoing.marks.xlsx_parts import EditablePackage
from helpers.text.forms import visible

_TEXTS_ALONE = "この写しには、元のファイルのセルの文字だけが入っています。書式、数式、図は元のファイルで確かめてください。"
_NO_TABLE = "元のファイルの表を読めないため、この写しには確認結果だけが入っています。"

# The exceptions raised where a workbook lacks an element or attribute that every workbook should have.
_AGAINST_THE_SCHEMA = (LxmlError, LookupError, ValueError, TypeError, AttributeError, StopIteration)


@dataclass(frozen=True)
class MarkedCopy:
    """The bytes of an xlsx, and a sentence on the content that it lacks; "" where it is complete."""

    data: bytes
    note: str = ""


def mark_up(source: Path | bytes, findings: Sequence[Finding]) -> bytes:
    """The bytes of ``marked_copy``."""
    return marked_copy(source, findings).data


def marked_copy(source: Path | bytes, findings: Sequence[Finding]) -> MarkedCopy:
    """Copy a sheet as xlsx: every finding as a comment and a colour at its cell, and all of them in a list.

    An xlsx differs from its copy by these alone (and by its macros, which no file of that name may have). Of other
    files the texts of the cells are copied; a file that cannot be read gives the list alone.

    Raises:
        DataError: the file cannot be read from the disk.
    """
    data, suffix = _bytes_of(source)
    try:
        grids, data = read_grids(data, suffix), opened(data)
        kind = kind_of(data)
    except UnreadableError:
        return MarkedCopy(_marked(*text_copy([]), findings, _NO_TABLE), _NO_TABLE)
    if kind == XLSX:
        try:
            return MarkedCopy(_marked(data, None, findings, ""))
        except _AGAINST_THE_SCHEMA:  # which readers pass over
            pass
    if kind == TEXT:  # cut in several ways, of which one gives a table
        return MarkedCopy(_marked(*text_copy([max(grids, key=_filled_cells)]), findings, ""))
    return MarkedCopy(_marked(*text_copy(grids), findings, _TEXTS_ALONE), _TEXTS_ALONE)


def _filled_cells(grid: Grid) -> int:
    return sum(map(bool, chain.from_iterable(grid.rows)))


def _bytes_of(source: Path | bytes) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, ""
    try:
        with Path(source).open("rb") as file:
            return file.read(LIMITS.file_bytes + 1), Path(source).suffix.lower()
    except OSError as error:
        raise DataError(f"{Path(source).name}: {'。'.join(why_not_read(error))}") from None


def _marked(data: bytes, titles: Mapping[str, str] | None, findings: Sequence[Finding], note: str) -> bytes:
    """Mark the cells of a workbook; ``titles``: its worksheets by the names of the findings, None for their own."""
    package = EditablePackage(data)
    package.remove_macros()
    titles = {name: name for name in package.worksheets} if titles is None else titles
    for part in package.worksheets.values():
        remove_our_comments(package, part)
    looks = CellLooks(package)
    for name, title in titles.items():
        at_cells = [finding for finding in findings if finding.sheet == name and finding.cell]
        if at_cells:
            _mark_cells(package, looks, package.worksheets[title], at_cells)
    add_finding_list(package, looks, findings, titles, note)
    return package.to_bytes()


def _mark_cells(
    package: EditablePackage, looks: CellLooks, worksheet: str, findings: Sequence[Finding]
) -> None:
    cells = WorksheetCells(package.edit(worksheet))
    comments = CellComments(package, worksheet, cells)
    marked: dict[Position, list[Finding]] = {}
    for finding in findings:
        marked.setdefault(cells.shown_at(position(finding.cell)), []).append(finding)
    for at, here in marked.items():
        _, colour = kind_and_fill(min(here, key=lambda finding: not finding.is_error))
        cells.set_look(at, looks.filled(cells.look(at), colour))
        comments.add(
            at, "\n".join(f"【{kind_and_fill(finding)[0]}】{visible(finding.message)}" for finding in here)
        )
