"""Whether published reports still fit the data, for the list of reports: checked quickly, by the data alone.

A build checks more (``identity.standing``): the program, and the report's own files.
"""

from __future__ import annotations

__all__ = ["departed_data"]

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from helpers.errors import DataError
from helpers.files.differing import CHANGED, GONE
from helpers.files.writing import sha256_of
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.inputs import LARGEST, data_files
from helpers.pipeline.identity.manifest import Manifest
from helpers.pipeline.site import PlanFolder


def departed_data(folder: PlanFolder, manifests: Iterable[Manifest]) -> dict[FiscalYear, str]:
    """How the data of a plan's reports changed, by year; reports that still fit their data are left out.

    GONE: the year has no sheet any more. CHANGED: other data would be read now. Each file is read once.
    """
    sha256 = cache(_sha256)

    def became(manifest: Manifest) -> str | None:
        year = manifest.target.year
        if year not in folder.sheets:
            return GONE
        recorded = manifest.identity.get("inputs")
        if recorded is None:
            return None
        try:
            folder.check_names(manifest.target)
            files = data_files(folder.plan, folder.sheets, year)
        except DataError:
            return CHANGED
        now = {path.relative_to(folder.root).as_posix(): sha256(path) for path in files}
        then = {path: digest for path, digest in recorded.items() if path.startswith("data/raw/")}
        return CHANGED if now != then else None

    changes = {manifest.target.year: became(manifest) for manifest in manifests}
    return {year: change for year, change in changes.items() if change is not None}


def _sha256(path: Path) -> str:
    """The digest of a file; of one that cannot be used, none that a report can have."""
    try:
        if path.stat().st_size > LARGEST:
            return ""
        return sha256_of(path.read_bytes())
    except OSError:
        return ""
