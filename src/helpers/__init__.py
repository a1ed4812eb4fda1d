"""The workbook's one public door: what notebooks import.

>>> from helpers import load_history, tables
>>> history = load_history("yamaguchi", 2022)
>>> tables.overall(history).printed.iloc[0].tolist()
['実施', '34', '81.0%', '32', '76.2%']

To open: ``load_history``, ``open_plan``, ``ingest_year``. In the report's order: ``glance``, ``digest``, ``headings``, ``tables``,
``sentences``, ``charts``, ``reconcile``, ``sources``; ``show`` puts several one below the other. Of your own: ``Table``, ``chart``,
``paragraph``, ``heading``. To look around: ``exploring``, ``sheet_views``.

Everything is loaded on first use, so that the command line starts without pandas.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.files.late_names import late_names

if TYPE_CHECKING:
    from helpers.fiscal_year import FiscalYear as FiscalYear
    from helpers.history.opening import ingest_year as ingest_year
    from helpers.history.opening import load_history as load_history
    from helpers.history.opening import open_plan as open_plan
    from helpers.report import card_pages as card_pages
    from helpers.report import charts as charts
    from helpers.report import digest as digest
    from helpers.report import exploring as exploring
    from helpers.report import glance as glance
    from helpers.report import register as tables  # noqa: F401
    from helpers.report import sheet_views as sheet_views
    from helpers.report.charts.drawing.own_chart import chart as chart
    from helpers.report.origins import sources as sources
    from helpers.report.register import reconcile as reconcile
    from helpers.report.sentences import headings as headings
    from helpers.report.sentences import sections as sentences  # noqa: F401
    from helpers.report.table import Table as Table
    from helpers.text.display import heading as heading
    from helpers.text.display import paragraph as paragraph
    from helpers.text.display import show as show

__all__, __getattr__, __dir__ = late_names(__name__, __file__)
