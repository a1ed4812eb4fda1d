"""The contents of the index page: every plan, its reports and, by its files, the missing ones."""

from __future__ import annotations

__all__ = ["list_plans"]

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from helpers.errors import GyokakuError
from helpers.export.index.entries import DATA_CHANGED, DATA_GONE, PlanListing, ReportEntry, ReportFile
from helpers.files.differing import CHANGED, GONE
from helpers.pipeline.identity.manifest import NAME, Manifest
from helpers.pipeline.index.fitting import departed_data
from helpers.pipeline.site import PlanFolder
from helpers.project import find_plan_ids

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
