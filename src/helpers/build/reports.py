"""Build the reports of a project: which ones, then the index of what is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.build.builder import Builder
from helpers.build.identity.manifest import NAME, Manifest
from helpers.build.outcome import BuildResult, Watcher
from helpers.build.publishing.exclusion import sole_writer
from helpers.build.publishing.index_file import is_current, write_index
from helpers.build.publishing.leftovers import has_leftovers
from helpers.build.site import PlanFolder
from helpers.build.target import Target
from helpers.build.workers import Workers
from helpers.errors import DataError, GyokakuError
from helpers.fiscal_year import FiscalYear
from helpers.project import chosen_plan_ids

if TYPE_CHECKING:
    from helpers.build.cluster.crew import ClusterCrew


def build_reports(
    root: Path,
    years: Sequence[FiscalYear] = (),
    plan_id: str | None = None,
    watcher: Watcher | None = None,
    force: bool = False,
    accepted: str = "",
    jobs: int = 1,
    cluster: str | None = None,
) -> BuildResult:
    """Build the reports of the given years, or of every year that has a sheet, and rewrite the index.

    ``jobs``: how many reports may be made side by side on this computer; what comes out is the same.
    ``cluster``: the address of a Dask scheduler whose workers make them instead: 'tcp://192.168.0.10:8786'.
    ``accepted``: why figures that differ from the published ones may be published; printed in the report.

    Raises:
        UsageError: there is no such plan, or no scheduler can have that address.
        DataError: there is no plan, or no sheet at all.
        BuildError: what ``cluster`` takes is not installed.
    """
    watcher = watcher or Watcher()
    targets, problems = chosen_targets(root, plan_id, years)
    if not problems and not targets:
        raise DataError("状況調査の表がありません。data/raw/<計画>/ に R4.xlsx のような名前で置いてください")
    with Workers(min(jobs, len(targets))) if cluster is None else _cluster_crew(cluster, watcher) as crew:
        watcher.begins(targets)
        result = Builder(root, crew, watcher, force, accepted).build(targets)
    problems += result.problems
    try:
        rewrite_index(root)
    except GyokakuError as error:
        problems.append(error)
    return BuildResult(result.outcomes, tuple(problems))


def open_plans(root: Path, plan_id: str | None, problems: list[GyokakuError]) -> Iterator[PlanFolder]:
    """The plan that was asked for, or all plans, one by one; one that cannot be used becomes one of the ``problems``.

    Raises:
        UsageError: there is no such plan.
        DataError: there is no plan at all.
    """
    for one in chosen_plan_ids(root, plan_id):
        try:
            folder = PlanFolder.open(root, one)
        except GyokakuError as error:
            problems.append(DataError(f"計画 {one} を使えません\n  {error}"))
        else:
            yield folder


def chosen_targets(
    root: Path, plan_id: str | None, years: Sequence[FiscalYear]
) -> tuple[list[Target], list[GyokakuError]]:
    """The reports of these years, or of every year that has a sheet, by plan and year; and what ``open_plans`` finds.

    A year that only other plans have is not asked of a plan.
    """
    problems: list[GyokakuError] = []
    # Only the years are kept: a nation's plans are opened again, one by one, as their turn comes.
    known = {folder.plan.id: frozenset(folder.sheets) for folder in open_plans(root, plan_id, problems)}
    anywhere = frozenset[FiscalYear]().union(*known.values())
    return [
        Target(one, year)
        for one, there in known.items()
        for year in sorted(set(years) or there)
        if year in there or year not in anywhere
    ], problems


def published_manifests(root: Path) -> Iterator[Manifest]:
    """The manifests of the reports that are there, by plan, newest year first; read one by one."""
    files = sorted((root / "reports").glob(f"*/*/{NAME}"), key=lambda file: file.parts[-2], reverse=True)
    for file in sorted(files, key=lambda file: file.parts[-3]):
        manifest = Manifest.read(file)
        # A folder that somebody copied aside, or that a build has not swapped in yet, is no report.
        if manifest is not None and file == root / manifest.target.folder / NAME:
            yield manifest


def rewrite_index(root: Path) -> None:
    """Write reports/index.html from the manifests that are there, and from the plans what is missing.

    Raises:
        BuildError: it could not be written; the old one stays.
    """
    if has_leftovers(root / "reports") or not is_current(root, published_manifests(root)):
        with sole_writer(root / "reports", seconds=60):
            # Read once more: until now another build could publish reports.
            write_index(root, published_manifests(root))


def _cluster_crew(address: str, watcher: Watcher) -> ClusterCrew:
    from helpers.build.cluster.crew import ClusterCrew

    return ClusterCrew(address, watcher.notes)
