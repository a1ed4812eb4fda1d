"""Checks of a sheet: a module for each family of findings.

Every module here with a function ``check`` takes part, once the rows are read: ``run_checks`` calls them all.
"""

from __future__ import annotations

__all__ = ["run_checks"]

from importlib import import_module
from pkgutil import iter_modules

from helpers.sheets.rows.sheet_table import SheetTable


def run_checks(table: SheetTable) -> None:
    """Add the findings of every family to the table's log."""
    for module in iter_modules(__path__, f"{__name__}."):
        check = getattr(import_module(module.name), "check", None)
        if check is not None:
            check(table)
