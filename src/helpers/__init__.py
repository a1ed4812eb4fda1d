"""The workbook's one public door: what notebooks import. This is its map.

>>> from helpers import load_history, tables
>>> history = load_history("yamaguchi", 2022)
>>> tables.overall(history).printed.iloc[0].tolist()
['実施', '34', '81.0%', '32', '76.2%']

To open:

    load_history  everything known of a plan up to a year that can be compared with it
    open_plan     a plan: its policies, items, statuses and printing rules
    ingest_year   reads and checks a year's sheet, and writes its tidy frame
    FiscalYear    a fiscal year: FiscalYear.parse("R4")

The report, in its order (docs/architecture.md):

    glance        cover and the year at a glance
    digest        the first page (概要版)
    headings      the headings whose words depend on year or plan
    tables        every table by its id: tables.overall(history)
    sentences     the computed sentences, a function a section
    charts        the charts, a module each: charts.what_moved.draw(history)
    card_pages    the cards of the items
    reconcile     the published figures beside ours, cell by cell
    sources       where the figures come from
    show          several pieces, one below the other

Of your own (docs/own-pieces.md):

    Table         a table: the cells as printed, and the same figures for machines
    chart         a figure of seaborn or matplotlib, in the report's font
    paragraph     a sentence
    heading       a heading; the report numbers it

To look around (notebooks/explore.ipynb):

    exploring     every year as a tidy frame, standings, shares by year, what if
    sheet_views   what ingest.ipynb shows of a sheet

``help(helpers.tables)``, ``help(helpers.exploring)`` and so on list what is in them.
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
