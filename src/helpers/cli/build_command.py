"""``gyokaku build``: the course of each report, a table of results, each failure once."""

from __future__ import annotations

__all__ = ["COMPARED_LESS", "failure_lines", "run_build", "unread_lines", "warning_lines", "why_lines"]

import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.cli.terminal.course_of_build import watcher
from helpers.cli.terminal.result_table import result_lines
from helpers.cli.terminal.screen import is_quiet, remark, say, unexpected
from helpers.errors import GyokakuError, SheetError, UsageError, first_few
from helpers.fiscal_year import FiscalYear
from helpers.pipeline.index_file import INDEX
from helpers.pipeline.outcome import BuildResult, Outcome, WithheldError
from helpers.pipeline.reports import build_reports
from helpers.pipeline.workers import usable_cores
from helpers.project import Target, chosen_root
from helpers.time_limits import CELL

if TYPE_CHECKING:
    from helpers.sheets import Finding

COMPARED_LESS = "注意 公表値と照合したセルが前の報告書より減りました（{}）。published の表を減らしたのでなければ、確かめてください"

_MORE_LOOKS = "report.pdf の見た目について、ほか{}件"


def run_build(
    root: Path | None,
    years: Sequence[FiscalYear],
    plan_id: str | None,
    force: bool,
    why: bool,
    jobs: int | None,
    cluster: str | None,
    keys: Path | None,
    insecure: bool,
    accepted: str | None,
    watch: bool,
) -> int:
    """Build, show how it went, and return the exit code.

    ``why``: whether to say of each report why it was made or left as it was.
    ``jobs``: how many reports are made side by side; as many as there are cores by default.
    ``cluster``: the address of a Dask scheduler whose workers make the reports instead of this computer.
    ``keys``: the folder of the cluster's certificates; ``insecure``: whether another computer may do without them.
    ``accepted``: why figures that differ from the published ones may be published.
    ``watch``: whether to build again whenever a sheet, a plan or a notebook changes, until Ctrl-C.

    Raises:
        UsageError: that reason is empty, or both ``jobs`` and ``cluster`` are given, or ``CELL`` holds no number of seconds.
    """
    if jobs is not None and cluster is not None:
        raise UsageError(
            "--jobs と --cluster は一緒には使えません。クラスターで並行して作る数は、ワーカーの側で決めます（gyokaku worker --jobs N）"
        )
    if cluster is None and (keys is not None or insecure):
        raise UsageError("--keys と --insecure は、--cluster と一緒に使います")
    if cluster is not None:
        from helpers.pipeline.cluster.connection import checked_address
        from helpers.pipeline.cluster.keys import demand_safe

        demand_safe(checked_address(cluster), keys, insecure)
    reason = " ".join((accepted or "").split())
    if accepted is not None and not reason:
        raise UsageError("--accept-differences には、違いを承知で公開する理由を書いてください")
    # A report would say so, too, but only once its kernels are there.
    CELL.seconds()
    project = chosen_root(root)
    forced = iter([force])

    def build() -> int:
        with _ending_in_order(), watcher() as watching:
            result = build_reports(
                project,
                years,
                plan_id,
                watching,
                next(forced, False),
                reason,
                jobs or usable_cores(),
                cluster=cluster,
                keys=keys,
            )
        return _shown(result, project, why)

    if not watch:
        return build()
    from helpers.cli.watching import build_on_change

    return build_on_change(project, build)


def _shown(result: BuildResult, project: Path, why: bool) -> int:
    """Show how a build went; its exit code."""
    if result.outcomes and not is_quiet():
        remark()
        remark("\n".join(result_lines(result.outcomes, project)))
    for line in why_lines(result.outcomes) if why else ():
        say(line)
    for line in (*warning_lines(result.outcomes), *unread_lines(result.unread)):
        say(line, fg="yellow")
    for line in failure_lines(result.outcomes, result.problems):
        say(line, err=True)
    if any(outcome.summary for outcome in result.outcomes):
        remark(f"一覧: reports/{INDEX}")
    return 0 if result.is_good else 1


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Treat SIGTERM as Ctrl-C, so that a build that is asked to end ends its kernels first."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def why_lines(outcomes: Iterable[Outcome]) -> Iterable[str]:
    """'yamaguchi 令和4年度: 作成（状況調査 R4.csv が変わった）', a line per report."""
    for outcome in outcomes:
        if outcome.why:
            done = "作成できません" if outcome.error else "省略" if outcome.is_current else "作成"
            yield f"{outcome.target}: {done}（{'、'.join(outcome.why)}）"


def warning_lines(outcomes: Iterable[Outcome]) -> Iterable[str]:
    """The findings that are no errors, how PDFs look, and the reports that differ from the published figures."""
    for outcome in outcomes:
        target = outcome.target
        yield from (f"{target}: 注意 {finding}" for finding in outcome.warnings)
        if outcome.is_current and outcome.summary is not None and outcome.summary.warnings:
            yield f"{target}: 状況調査に注意が{outcome.summary.warnings}件あります。gyokaku check で確認できます"
        if outcome.summary is not None:
            yield from (f"{target}: 注意 {line}" for line in first_few(outcome.summary.looks, _MORE_LOOKS))
        if outcome.compared_less:
            yield f"{target}: {COMPARED_LESS.format(outcome.compared_less)}"
        if outcome.summary is not None and outcome.summary.differences:
            yield (
                f"{target}: 公表値と違う数値が{outcome.summary.differences}件あります（承知のうえで公開。理由は報告書にあります）。"
                f"gyokaku verify {target.year.short} --plan {target.plan_id} で確認できます"
            )


def unread_lines(unread: Mapping[str, Iterable[Finding]]) -> Iterable[str]:
    """'yamaguchi: 注意 状況調査_R5.xlsx: …', a line per spreadsheet that nothing reads."""
    for plan_id, findings in unread.items():
        yield from (f"{plan_id}: 注意 {finding}" for finding in findings)


def failure_lines(outcomes: Sequence[Outcome], problems: Sequence[GyokakuError]) -> Iterable[str]:
    """Each failure once: the report, then its findings or its cell."""
    yield from (str(problem) for problem in problems)
    reported = {outcome.target for outcome in outcomes if isinstance(outcome.error, SheetError)}
    for outcome in outcomes:
        error = outcome.error
        if error is None:
            continue
        yield f"{outcome.target} の報告書を作れませんでした"
        if isinstance(error, GyokakuError):
            yield from (f"  {line}" for line in str(error).splitlines())
        else:
            yield f"  {unexpected(error)}"
        if isinstance(error, WithheldError):
            cause = Target(outcome.target.plan_id, error.cause)
            yield from (f"  {finding}" for finding in error.findings if cause not in reported)
            reported.add(cause)
