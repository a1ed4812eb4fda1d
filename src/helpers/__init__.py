"""The workbook's one public door: what notebooks import.

>>> from helpers import load_history, tables
>>> history = load_history("yamaguchi", 2022)
>>> tables.overall(history).printed.iloc[0].tolist()
['実施', '34', '81.0%', '32', '76.2%']

Everything is loaded on first use, so that the command line starts without pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.fiscal_year import FiscalYear
    from helpers.history import courses
    from helpers.history.opening import ingest_year, load_history, open_plan
    from helpers.report import digest, exploring, figures, glance, sheet_views
    from helpers.report import register as tables
    from helpers.report.origins import sources
    from helpers.report.register import reconcile
    from helpers.report.sentences import headings
    from helpers.report.sentences import sections as sentences
    from helpers.text.display import show

__all__ = [
    "FiscalYear",
    "courses",
    "digest",
    "exploring",
    "figures",
    "glance",
    "headings",
    "ingest_year",
    "load_history",
    "open_plan",
    "reconcile",
    "sentences",
    "sheet_views",
    "show",
    "sources",
    "tables",
]

_HOMES = {
    "FiscalYear": "helpers.fiscal_year:FiscalYear",
    "courses": "helpers.history.courses",
    "digest": "helpers.report.digest",
    "exploring": "helpers.report.exploring",
    "figures": "helpers.report.figures",
    "glance": "helpers.report.glance",
    "headings": "helpers.report.sentences.headings",
    "ingest_year": "helpers.history.opening:ingest_year",
    "load_history": "helpers.history.opening:load_history",
    "open_plan": "helpers.history.opening:open_plan",
    "reconcile": "helpers.report.register:reconcile",
    "sentences": "helpers.report.sentences.sections",
    "sheet_views": "helpers.report.sheet_views",
    "show": "helpers.text.display:show",
    "sources": "helpers.report.origins.sources",
    "tables": "helpers.report.register",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'helpers' has no attribute {name!r}")
    module, _, attribute = _HOMES[name].partition(":")
    home = import_module(module)
    return getattr(home, attribute) if attribute else home


def __dir__() -> list[str]:
    return __all__
