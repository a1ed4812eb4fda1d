"""Build the reports of a project: which ones, one plan after the other, then the index of what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from helpers.build.builder import Builder, Outcome, PlanFolder, Watcher
from helpers.build.exclusion import sole_writer
from helpers.build.manifest import NAME, Manifest
from helpers.build.publication import publish_file
from helpers.build.target import Target
from helpers.build.workers import Workers
from helpers.errors import DataError, GyokakuError, UsageError
from helpers.fiscal_year import FiscalYear
from helpers.project import find_plan_ids

INDEX = "index.html"


@dataclass(frozen=True)
class BuildResult:
    """What became of a build.

    Attributes:
        outcomes: one per report, in the order of plan and year.
        problems: what went wrong outside single reports: a plan that cannot be used, the index.
    """

    outcomes: tuple[Outcome, ...]
    problems: tuple[GyokakuError, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing failed; a report whose figures differ from the published ones fails unless that is accepted."""
        return not self.problems and all(outcome.summary is not None for outcome in self.outcomes)


def build_reports(
    root: Path,
    years: Sequence[FiscalYear] = (),
    plan_id: str | None = None,
    watcher: Watcher | None = None,
    force: bool = False,
    accepted: str = "",
    jobs: int = 1,
) -> BuildResult:
    """Build the reports of the given years, or of every year that has a sheet, and rewrite the index.

    ``jobs``: how many reports of a plan may be made side by side; what comes out is the same.
    ``accepted``: why figures that differ from the published ones may be published; printed in the report.

    Raises:
        UsageError: there is no such plan.
        DataError: there is no plan, or no sheet at all.
    """
    watcher = watcher or Watcher()
    folders, problems = _open_plans(root, plan_id)
    targets = {folder.plan.id: _targets(folder, folders, years) for folder in folders}
    if not problems and not any(targets.values()):
        raise DataError("状況調査の表がありません。data/raw/<計画>/ に R4.xlsx のような名前で置いてください")
    watcher.begins([target for chosen in targets.values() for target in chosen])
    outcomes: list[Outcome] = []
    most = max((len(chosen) for chosen in targets.values()), default=1)
    with Workers(min(jobs, most)) as workers:
        for folder in folders:
            try:
                outcomes += Builder(folder, workers, watcher, force, accepted).build(targets[folder.plan.id])
            except GyokakuError as error:
                problems.append(error)
    try:
        rewrite_index(root)
    except GyokakuError as error:
        problems.append(error)
    return BuildResult(tuple(outcomes), tuple(problems))


def chosen_plan_ids(root: Path, plan_id: str | None = None) -> tuple[str, ...]:
    """The plan that was asked for, or all plans.

    Raises:
        UsageError: there is no such plan.
        DataError: there is no plan at all.
    """
    known = find_plan_ids(root)
    if not known:
        raise DataError("計画がありません。data/raw/<計画>/ に plan.toml と items.csv を置いてください")
    if plan_id is None:
        return known
    if plan_id not in known:
        nearest = get_close_matches(plan_id, known, n=1, cutoff=0.4)
        hint = f"。近い名前: {nearest[0]}" if nearest else ""
        raise UsageError(f"「{plan_id}」という計画はありません（計画: {'、'.join(known)}）{hint}")
    return (plan_id,)


def published_manifests(root: Path) -> list[Manifest]:
    """The manifests of the reports that are there, by plan, newest year first."""
    found = {file: Manifest.read(file) for file in (root / "reports").glob(f"*/*/{NAME}")}
    # A folder that somebody copied aside, or that a build has not swapped in yet, is no report.
    in_place = [
        manifest
        for file, manifest in found.items()
        if manifest and file == root / manifest.target.folder / NAME
    ]
    return sorted(in_place, key=lambda manifest: (manifest.target.plan_id, -manifest.target.year.western))


def rewrite_index(root: Path) -> None:
    """Write reports/index.html from the manifests that are there, and from the plans what is missing.

    Raises:
        BuildError: it could not be written; the old one stays.
    """
    from helpers.build.listing import list_plans
    from helpers.export.index_page import index_html

    with sole_writer(root / "reports", seconds=60):
        page = index_html(list_plans(root, published_manifests(root)))
        publish_file(root / "reports" / INDEX, page.encode("utf-8"))


def _open_plans(root: Path, plan_id: str | None) -> tuple[list[PlanFolder], list[GyokakuError]]:
    folders, problems = [], []
    for known in chosen_plan_ids(root, plan_id):
        try:
            folders.append(PlanFolder.open(root, known))
        except GyokakuError as error:
            problems.append(error)
    return folders, problems


def _targets(folder: PlanFolder, folders: Sequence[PlanFolder], years: Sequence[FiscalYear]) -> list[Target]:
    """The plan's reports; a year that only other plans have is not asked of this one."""
    asked = [
        year for year in years if year in folder.sheets or not any(year in other.sheets for other in folders)
    ]
    return folder.targets(asked) if asked or not years else []
