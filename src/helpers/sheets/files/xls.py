"""An .xls of Excel 5.0 to 2003: xlrd reads its cells and its structure in one go."""

from __future__ import annotations

from helpers.sheets.files.grid import Grid
from helpers.sheets.files.sandbox import XLRD, sheets_in_child
from helpers.sheets.files.structure import Structure, structured_grids
from helpers.sheets.files.unreadable import Limits, password_protected


def read_xls(data: bytes, _: str, limits: Limits) -> tuple[Grid, ...]:
    """Read every worksheet of an .xls.

    Raises:
        UnreadableError: encrypted, damaged, beyond the limits, or a document of another kind.
    """
    if "EncryptedPackage".encode("utf-16-le") in data:  # an .xlsx with a password
        raise password_protected()
    sheets = sheets_in_child(data, XLRD, limits)
    structures: dict[str, Structure] = {}
    for sheet in sheets:
        structure = Structure(
            sheet["name"],
            limits,
            merged=[(top, left, bottom, right) for top, left, bottom, right in sheet["merged"]],
            hidden_rows=set(sheet["hidden_rows"]),
            hidden_columns=set(sheet["hidden_columns"]),
            is_hidden=sheet["is_hidden"],
        )
        for row, texts in enumerate(sheet["rows"]):
            for column, text in enumerate(texts):
                if text:
                    structure.count_cells(row, column)
        structures[structure.sheet] = structure
    return structured_grids(sheets, structures)
