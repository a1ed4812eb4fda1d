"""What the index page tells: every plan, its reports, and from its files what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from helpers.build.identity.manifest import NAME, Manifest
from helpers.build.site import PlanFolder
from helpers.errors import GyokakuError
from helpers.export.index_entries import PlanListing, ReportEntry, ReportFile
from helpers.project import find_plan_ids


def list_plans(root: Path, manifests: Iterable[Manifest]) -> list[PlanListing]:
    """A listing for each plan that has files or reports; one whose files cannot be used is listed by its reports."""
    of_plan: dict[str, list[ReportEntry]] = {plan_id: [] for plan_id in find_plan_ids(root)}
    for manifest in manifests:
        of_plan.setdefault(manifest.target.plan_id, []).append(_entry(root, manifest))
    listed = [_listing(root, plan_id, tuple(of_plan[plan_id])) for plan_id in sorted(of_plan)]
    return [listing for listing in listed if listing is not None]


def _listing(root: Path, plan_id: str, reports: tuple[ReportEntry, ...]) -> PlanListing | None:
    try:
        folder = PlanFolder.open(root, plan_id)
    except GyokakuError:
        # What is wrong with the plan is told by the build; its reports are still there.
        if not reports:
            return None
        return PlanListing(plan_id, reports[0].municipality, reports[0].plan_title, reports)
    plan = folder.plan
    periods = tuple(phase.period for phase in plan.implementation_plans)
    breaks = frozenset(change.year for change in plan.status_changes if change.mapping is None)
    return PlanListing(
        plan_id, plan.municipality, plan.outline.name, reports, periods, frozenset(folder.sheets), breaks
    )


def _entry(root: Path, manifest: Manifest) -> ReportEntry:
    target, summary = manifest.target, manifest.summary
    folder = root / target.folder
    return ReportEntry(
        plan_id=target.plan_id,
        municipality=summary.municipality,
        plan_title=summary.plan_name,
        year=target.year,
        done_share=summary.done_share,
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
    )
