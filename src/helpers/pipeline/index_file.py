"""The list of reports, reports/index.html: every plan, its reports and, by its files, the missing ones.

It is written again whenever it would come out different, and only then. Whether a report still fits its data is checked
quickly, by the data alone; a build checks more (``identity.standing``): the program, and the report's own files.
"""

from __future__ import annotations

__all__ = ["INDEX", "departed_data", "is_current", "list_plans", "write_index"]

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from functools import cache
from itertools import groupby
from pathlib import Path

from helpers.errors import DataError, GyokakuError
from helpers.export.index.entries import DATA_CHANGED, DATA_GONE, PlanListing, ReportEntry, ReportFile
from helpers.files.differing import CHANGED, GONE
from helpers.files.writing import sha256_of
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.identity.inputs import LARGEST, data_files
from helpers.pipeline.identity.manifest import NAME, Manifest
from helpers.pipeline.identity.software import package_digest, versions
from helpers.pipeline.site import PlanFolder
from helpers.project import find_plan_ids


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


_NOTICES = {CHANGED: DATA_CHANGED, GONE: DATA_GONE}


def list_plans(root: Path, manifests: Iterable[Manifest]) -> list[PlanListing]:
    """A listing for each plan that has files or reports; one whose files cannot be used is listed by its reports.

    ``manifests``: by plan.
    """
    plan_ids = find_plan_ids(root)
    listed: dict[str, PlanListing | None] = {}
    for plan_id, of_plan in groupby(manifests, lambda manifest: manifest.target.plan_id):
        listed[plan_id] = _listing(root, plan_id, tuple(of_plan), has_files=plan_id in plan_ids)
    for plan_id in set(plan_ids) - listed.keys():
        listed[plan_id] = _listing(root, plan_id, (), has_files=True)
    return [listing for _, listing in sorted(listed.items()) if listing is not None]


def _listing(
    root: Path, plan_id: str, manifests: tuple[Manifest, ...], *, has_files: bool
) -> PlanListing | None:
    try:
        folder = PlanFolder.open(root, plan_id)
    except GyokakuError:
        # What is wrong with the plan is told by the build; its reports are still there.
        if not manifests:
            return None
        notice = "" if has_files else DATA_GONE
        reports = tuple(_entry(root, manifest, notice) for manifest in manifests)
        return PlanListing(plan_id, reports[0].municipality, reports[0].plan_title, reports)
    departed = departed_data(folder, manifests)
    reports = tuple(
        _entry(root, manifest, _NOTICES.get(departed.get(manifest.target.year, ""), ""))
        for manifest in manifests
    )
    plan = folder.plan
    periods = tuple(phase.period for phase in plan.implementation_plans)
    breaks = frozenset(change.year for change in plan.status_changes if change.mapping is None)
    return PlanListing(
        plan_id, plan.municipality, plan.outline.name, reports, periods, frozenset(folder.sheets), breaks
    )


def _entry(root: Path, manifest: Manifest, notice: str) -> ReportEntry:
    target, summary = manifest.target, manifest.summary
    folder = root / target.folder
    return ReportEntry(
        plan_id=target.plan_id,
        municipality=summary.municipality,
        plan_title=summary.plan_name,
        year=target.year,
        done_share=summary.done_share,
        done_word=summary.done_word,
        item=summary.item,
        items=summary.items,
        reconciliation=summary.reconciliation,
        path=target.folder.relative_to("reports").as_posix(),
        files=tuple(
            ReportFile(name, (folder / name).stat().st_size)
            for name in sorted(manifest.outputs)
            if name != NAME and (folder / name).is_file()
        ),
        differences=summary.differences,
        is_derived=summary.is_derived,
        notice=notice,
    )


INDEX = "index.html"


def is_current(root: Path, manifests: Iterable[Manifest]) -> bool:
    """Whether the page is what ``write_index`` would make of these manifests and the plans."""
    return _is_made_from(root / "reports" / INDEX, _made_from(list_plans(root, manifests)))


def write_index(root: Path, manifests: Iterable[Manifest]) -> None:
    """Write the page from these manifests, and from the plans what is missing; no other build may be at work there.

    The page's last line, a comment, holds two SHA-256: of everything that the page was made from, and of the page
    above. Where both still hold, the page is left as it is, without loading what makes it.

    Raises:
        BuildError: it could not be written; the old one stays.
    """
    file = root / "reports" / INDEX
    plans = list_plans(root, manifests)
    made_from = _made_from(plans)
    if _is_made_from(file, made_from):
        return
    from helpers.export.index.index_page import index_html
    from helpers.pipeline.publication.publication import publish_file

    page = index_html(plans).encode("utf-8")
    publish_file(file, page + _seal(made_from, page))


def _made_from(plans: Sequence[PlanListing]) -> str:
    """SHA-256 of all that the page follows from: what it tells, our own code and templates, the packages beneath."""
    made_from = {
        "plans": [asdict(plan) for plan in plans],
        "code": package_digest(),
        "versions": versions(),
    }
    return sha256_of(json.dumps(made_from, default=_sorted_years).encode())


def _sorted_years(years: object) -> list[int]:
    """The sets of fiscal years in a listing, in one order."""
    if not isinstance(years, frozenset):
        raise TypeError(f"{type(years).__name__} has no form in JSON here")
    return sorted(map(int, years))


def _is_made_from(file: Path, made_from: str) -> bool:
    try:
        content = file.read_bytes()
    except OSError:
        return False
    page = content[: content.rfind(b"\n", 0, -1) + 1]
    return content == page + _seal(made_from, page)


def _seal(made_from: str, page: bytes) -> bytes:
    return f"<!-- made from {made_from}, page {sha256_of(page)} -->\n".encode()
