"""Build the reports of a project: which ones, then the index of what is there."""

from __future__ import annotations

__all__ = ["Chosen", "build_reports", "chosen_targets", "open_plans", "published_manifests", "rewrite_index"]

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import DataError, GyokakuError
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.builder import Builder
from helpers.pipeline.crews.workers import Workers
from helpers.pipeline.identity.manifest import NAME, Manifest
from helpers.pipeline.index.index_file import INDEX, is_current, write_index
from helpers.pipeline.outcome import BuildResult, Watcher
from helpers.pipeline.publication.exclusion import has_leftovers, sole_writer
from helpers.pipeline.site import PlanFolder
from helpers.pipeline.target import Target
from helpers.project import chosen_plan_ids

if TYPE_CHECKING:
    from helpers.pipeline.cluster.dask_crew import ClusterCrew
    from helpers.sheets import Finding


@dataclass(frozen=True)
class Chosen:
    """The reports to build, by plan and year, and what is wrong with the plans and their folders.

    Attributes:
        problems: a plan that cannot be used.
        unread: by plan, warnings of the spreadsheets in its folder that nothing reads.
    """

    targets: tuple[Target, ...]
    problems: tuple[GyokakuError, ...]
    unread: Mapping[str, tuple[Finding, ...]]


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
    try:
        chosen = _demand_targets(root, plan_id, years)
    except DataError:
        # The reports of data that was taken away are there still, and listed.
        with suppress(GyokakuError):
            if (root / "reports" / INDEX).is_file():
                rewrite_index(root)
        raise
    targets, problems = chosen.targets, list(chosen.problems)
    crew: Workers | ClusterCrew
    if cluster is None:
        crew = Workers(min(jobs, len(targets)))
    else:
        from helpers.pipeline.cluster.dask_crew import ClusterCrew

        crew = ClusterCrew(cluster, watcher.notes)
    with crew:
        watcher.begins(targets)
        result = Builder(root, crew, watcher, force, accepted).build(targets)
    problems += result.problems
    try:
        rewrite_index(root)
    except GyokakuError as error:
        problems.append(error)
    return BuildResult(result.outcomes, tuple(problems), chosen.unread)


def open_plans(root: Path, plan_id: str | None, problems: list[GyokakuError]) -> Iterator[PlanFolder]:
    """The plan that was asked for, or all plans, one by one; one that cannot be used becomes one of the ``problems``.

    Raises:
        UsageError: there is no such plan.
        DataError: there is no plan at all.
    """
    for chosen_id in chosen_plan_ids(root, plan_id):
        try:
            folder = PlanFolder.open(root, chosen_id)
        except GyokakuError as error:
            problems.append(DataError(f"計画 {chosen_id} を使えません\n  {error}"))
        else:
            yield folder


def chosen_targets(root: Path, plan_id: str | None, years: Sequence[FiscalYear]) -> Chosen:
    """The reports of these years, or of every year that has a sheet, by plan and year; raises as ``open_plans``.

    A year that only other plans have is not asked of a plan.
    """
    problems: list[GyokakuError] = []
    known: dict[str, frozenset[FiscalYear]] = {}
    unread: dict[str, tuple[Finding, ...]] = {}
    # Only the years are kept: a nation's plans are opened again, one by one, as their turn comes.
    for folder in open_plans(root, plan_id, problems):
        known[folder.plan.id] = frozenset(folder.sheets)
        if folder.unread:
            unread[folder.plan.id] = folder.unread
    anywhere = frozenset[FiscalYear]().union(*known.values())
    targets = (
        Target(known_id, year)
        for known_id, sheet_years in known.items()
        for year in sorted(set(years) or sheet_years)
        if year in sheet_years or year not in anywhere
    )
    return Chosen(tuple(targets), tuple(problems), unread)


def _demand_targets(root: Path, plan_id: str | None, years: Sequence[FiscalYear]) -> Chosen:
    """What is asked for; raises as ``chosen_targets``, and DataError where there is no sheet at all."""
    chosen = chosen_targets(root, plan_id, years)
    if chosen.targets or chosen.problems:
        return chosen
    unread = "".join(f"\n  {finding}" for findings in chosen.unread.values() for finding in findings)
    raise DataError(
        f"状況調査の表がありません。data/raw/<計画>/ に R4.xlsx のような名前で置いてください{unread}"
    )


def published_manifests(root: Path, plan_id: str | None = None) -> Iterator[Manifest]:
    """The manifests of the reports that are there, of one plan or by plan, newest year first; read one by one."""
    plans = "*" if plan_id is None else escape(plan_id)
    files = sorted(
        (root / "reports").glob(f"{plans}/*/{NAME}"), key=lambda file: file.parts[-2], reverse=True
    )
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
