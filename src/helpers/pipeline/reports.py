"""Build the reports of a project: which ones, then the index of what is there."""

from __future__ import annotations

__all__ = ["Chosen", "build_reports", "chosen_targets", "open_plans", "published_manifests", "rewrite_index"]

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from glob import escape
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.errors import DataError, GyokakuError
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.builder import Builder
from helpers.pipeline.identity.manifest import NAME, Manifest
from helpers.pipeline.identity.standing_record import StandingPlan, StandingRecord
from helpers.pipeline.index_file import INDEX, is_current, write_index
from helpers.pipeline.outcome import BuildResult, Watcher
from helpers.pipeline.publication.exclusion import has_leftovers, sole_writer
from helpers.pipeline.site import PlanFolder
from helpers.pipeline.workers import Workers
from helpers.project import Target, chosen_plan_ids, find_plan_ids

if TYPE_CHECKING:
    from helpers.pipeline.cluster.dask_crew import ClusterCrew
    from helpers.sheets import Finding


@dataclass(frozen=True)
class Chosen:
    """The reports to build, by plan and year, and what is wrong with the plans and their folders.

    Attributes:
        problems: a plan that cannot be used.
        unread: by plan, warnings of the spreadsheets in its folder that nothing reads.
        standing: the plans of whose reports it is known that they may stay.
        published: the years that have published figures, of each other plan.
    """

    targets: tuple[Target, ...]
    problems: tuple[GyokakuError, ...]
    unread: Mapping[str, tuple[Finding, ...]]
    standing: Mapping[str, StandingPlan] = field(default_factory=dict)
    published: Mapping[str, tuple[FiscalYear, ...]] = field(default_factory=dict)


def build_reports(
    root: Path,
    years: Sequence[FiscalYear] = (),
    plan_id: str | None = None,
    watcher: Watcher | None = None,
    force: bool = False,
    accepted: str = "",
    jobs: int = 1,
    cluster: str | None = None,
    keys: Path | None = None,
) -> BuildResult:
    """Build the reports of the given years, or of every year that has a sheet, and rewrite the index.

    ``jobs``: how many reports may be made side by side on this computer; what comes out is the same.
    ``cluster``: the address of a Dask scheduler whose workers make them instead: 'tcp://192.168.0.10:8786'.
    ``keys``: the folder with the certificates of that cluster.
    ``accepted``: why figures that differ from the published ones may be published; printed in the report.

    Raises:
        UsageError: there is no such plan, or no scheduler can have that address.
        DataError: there is no plan, or no sheet at all.
        BuildError: what ``cluster`` takes is not installed.
    """
    watcher = watcher or Watcher()
    record: StandingRecord | None = None
    try:
        if not force and not accepted:
            record = StandingRecord.open(root, find_plan_ids(root))
        chosen = _demand_targets(root, plan_id, years, record)
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

        crew = ClusterCrew(cluster, watcher.notes, keys)
    with crew:
        watcher.begins(targets)
        result = Builder(root, crew, watcher, force, accepted, chosen.standing).build(targets)
    problems += result.problems
    try:
        is_kept = record is not None and record.has_index()
        if not is_kept and not rewrite_index(root) and record is not None:
            record.keep_index()
    except GyokakuError as error:
        problems.append(error)
    if record is not None and not years:
        _keep_standing(record, chosen, result)
    return BuildResult(result.outcomes, tuple(problems), chosen.unread)


def open_plans(
    root: Path, plan_id: str | None, problems: list[GyokakuError], passed_over: Container[str] = ()
) -> Iterator[PlanFolder]:
    """The plan that was asked for, or all plans, one by one; one that cannot be used becomes one of the ``problems``.

    Raises:
        UsageError: there is no such plan.
        DataError: there is no plan at all.
    """
    for chosen_id in chosen_plan_ids(root, plan_id):
        if chosen_id in passed_over:
            continue
        try:
            folder = PlanFolder.open(root, chosen_id)
        except GyokakuError as error:
            problems.append(DataError(f"計画 {chosen_id} を使えません\n  {error}"))
        else:
            yield folder


def chosen_targets(
    root: Path, plan_id: str | None, years: Sequence[FiscalYear], record: StandingRecord | None = None
) -> Chosen:
    """The reports of these years, or of every year that has a sheet, by plan and year; raises as ``open_plans``.

    A plan without a given year is passed over if another plan has it. ``record``: plans that it knows are not opened.
    """
    problems: list[GyokakuError] = []
    ids = chosen_plan_ids(root, plan_id) if record else ()
    standing = {known_id: plan for known_id in ids if record and (plan := record.plan(known_id))}
    known = {known_id: frozenset(plan.summaries) for known_id, plan in standing.items()}
    unread = {known_id: plan.unread for known_id, plan in standing.items()}
    published: dict[str, tuple[FiscalYear, ...]] = {}
    # Only the years are kept: a nation's plans are opened again, one by one, as their turn comes.
    for folder in open_plans(root, plan_id, problems, passed_over=standing):
        known[folder.plan.id], unread[folder.plan.id] = frozenset(folder.sheets), folder.unread
        published[folder.plan.id] = folder.published
    anywhere = frozenset[FiscalYear]().union(*known.values())
    targets = (
        Target(known_id, year)
        for known_id, sheet_years in sorted(known.items())
        for year in sorted(set(years) or sheet_years)
        if year in sheet_years or year not in anywhere
    )
    unread = {known_id: findings for known_id, findings in sorted(unread.items()) if findings}
    return Chosen(tuple(targets), tuple(problems), unread, standing, published)


def _demand_targets(
    root: Path, plan_id: str | None, years: Sequence[FiscalYear], record: StandingRecord | None
) -> Chosen:
    """The chosen reports; raises as ``chosen_targets``, and DataError where there is no sheet at all."""
    chosen = chosen_targets(root, plan_id, years, record)
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
        # Copies of a report's folder, and folders not swapped in yet, are no reports.
        if manifest is not None and file == root / manifest.target.folder / NAME:
            yield manifest


def rewrite_index(root: Path) -> bool:
    """Write reports/index.html from the published manifests and, for missing reports, from the plans.

    Returns whether there was anything to write or to clear away.

    Raises:
        BuildError: it could not be written; the old one stays.
    """
    if not has_leftovers(root / "reports") and is_current(root, published_manifests(root)):
        return False
    with sole_writer(root / "reports", seconds=60):
        # Read once more: until now another build could publish reports.
        write_index(root, published_manifests(root))
    return True


def _keep_standing(record: StandingRecord, chosen: Chosen, result: BuildResult) -> None:
    """Keep the plans all of whose reports were read, and may stay."""
    wanted = Counter(target.plan_id for target in chosen.targets)
    for plan_id, outcomes in groupby(result.outcomes, lambda outcome: outcome.target.plan_id):
        if plan_id not in chosen.standing:
            of_plan = {outcome.target.year: outcome for outcome in outcomes}
            summaries = {
                year: each.summary for year, each in of_plan.items() if each.is_current and each.summary
            }
            if len(summaries) == wanted[plan_id]:
                record.keep(plan_id, StandingPlan(summaries, chosen.unread.get(plan_id, ())))
    record.save()
