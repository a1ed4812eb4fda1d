"""Our figures against the published ones, cell by cell."""

from helpers.published.reconciliation import (
    NO_COLUMN,
    NO_ROW,
    Difference,
    Reconciliation,
    TableResult,
    published_folder,
    reconcile,
)

__all__ = [
    "NO_COLUMN",
    "NO_ROW",
    "Difference",
    "Reconciliation",
    "TableResult",
    "published_folder",
    "reconcile",
]
