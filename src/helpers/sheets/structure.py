"""What a fast reader does not tell about a worksheet: what is merged and hidden, which formulas have no result.

``xlsx_structure``, ``ods_structure`` and ``biff`` find it, each in its own format.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from helpers.sheets.container import parse
from helpers.sheets.grid import address
from helpers.sheets.unreadable import LIMITS, corrupt, too_large

Attributes = dict[str, str]
OnTag = Callable[[str, Attributes], None]
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384


@dataclass
class Structure:
    """The structure of one worksheet; positions are 0-based."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    is_hidden: bool = False


def check_reach(row: int, column: int, sheet: str) -> None:
    """Refuse a cell with a value that lies beyond the limits.

    Raises:
        UnreadableError: naming the cell.
    """
    if row >= LIMITS.rows or column >= LIMITS.columns:
        limit = f"上限{LIMITS.rows:,}行・{LIMITS.columns:,}列"
        cell = address(min(row, LAST_ROW - 1), min(column, LAST_COLUMN - 1))
        raise too_large(f"表から遠く離れたセルに値があります（{limit}）", sheet, cell)


def parse_tags(archive: zipfile.ZipFile, name: str, on_tag: OnTag) -> None:
    """Parse a member and hand over each start tag, without its prefix.

    Raises:
        UnreadableError: not well-formed, or with a DTD.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: on_tag(tag.rpartition(":")[2], attributes)
    parse(archive, name, parser)


def whole_number(attributes: Attributes, name: str, most: int, default: str = "", what: str = "") -> int:
    """A positive whole number in an attribute; ``what`` is its name in the error.

    Raises:
        UnreadableError: it is none, or more than ``most``.
    """
    text = attributes.get(name, default)
    if not (text.isascii() and text.isdigit() and 0 < int(text[:9]) <= most):
        raise corrupt(f"{what or f'{name}の値'}「{text[:20]}」を読めません")
    return int(text)
