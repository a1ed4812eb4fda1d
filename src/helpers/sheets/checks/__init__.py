"""What can be wrong with a sheet: a module a family of findings.

Every module here that has a function ``check`` is asked for its findings once the rows are read.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from helpers.sheets.rows.sheet_table import SheetTable


def run_checks(table: SheetTable) -> None:
    """Add the findings of every family to the table's log."""
    for module in iter_modules(__path__, f"{__name__}."):
        check = getattr(import_module(module.name), "check", None)
        if check is not None:
            check(table)
