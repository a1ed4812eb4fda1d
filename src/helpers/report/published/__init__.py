"""Our figures against the published ones, cell by cell."""

from helpers.report.published.difference import NO_COLUMN, NO_ROW, Difference
from helpers.report.published.reconciliation import Reconciliation, TableResult, reconcile

__all__ = [
    "NO_COLUMN",
    "NO_ROW",
    "Difference",
    "Reconciliation",
    "TableResult",
    "reconcile",
]
