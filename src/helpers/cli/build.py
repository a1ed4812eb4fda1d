"""``gyokaku build``: a progress bar per report, a table of results, each failure once."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich import box
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.table import Table
from rich.text import Text

from helpers.build.builder import Outcome, Watcher, WithheldError
from helpers.build.manifest import Summary
from helpers.build.reports import INDEX, build_reports
from helpers.build.target import Target
from helpers.build.workers import usable_cores
from helpers.errors import GyokakuError, SheetError, UsageError
from helpers.fiscal_year import FiscalYear

# Lines that nobody reads on a screen are not broken.
_WIDTH_OF_A_FILE = 200


def run_build(
    root: Path,
    years: Sequence[FiscalYear],
    plan_id: str | None,
    force: bool,
    accepted: str | None = None,
    jobs: int | None = None,
    why: bool = False,
) -> int:
    """Build, show how it went, and return the exit code.

    ``why``: whether to say of each report why it was made or left as it was.
    ``jobs``: how many reports are made side by side; as many as there are cores by default.
    ``accepted``: why figures that differ from the published ones may be published.

    Raises:
        UsageError: that reason is empty.
    """
    reason = " ".join((accepted or "").split())
    if accepted is not None and not reason:
        raise UsageError("--accept-differences には、違いを承知で公開する理由を書いてください")
    console, errors = _console(), _console(stderr=True)
    with _ending_in_order(), _watcher(console) as watcher:
        result = build_reports(root, years, plan_id, watcher, force, reason, jobs=jobs or usable_cores())
    if result.outcomes:
        console.print()
        console.print(result_table(result.outcomes))
    for line in why_lines(result.outcomes) if why else ():
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    for line in warning_lines(result.outcomes):
        console.print(line, style="yellow", markup=False, highlight=False, soft_wrap=True)
    for line in failure_lines(result.outcomes, result.problems):
        errors.print(line, markup=False, highlight=False, soft_wrap=True)
    if any(outcome.summary for outcome in result.outcomes):
        console.print(f"一覧: reports/{INDEX}", highlight=False)
    return 0 if result.is_good else 1


@contextmanager
def _ending_in_order() -> Iterator[None]:
    """Asked to end, a build ends its kernels first, as on Ctrl-C."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def result_table(outcomes: Sequence[Outcome]) -> Table:
    """Year, items, done share, comparison with the published figures, path."""
    has_plans = len({outcome.target.plan_id for outcome in outcomes}) > 1
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    for heading in [*(["計画"] if has_plans else []), "年度"]:
        table.add_column(heading, no_wrap=True)
    table.add_column("項目数", justify="right", no_wrap=True)
    table.add_column("実施の割合", justify="right", no_wrap=True)
    table.add_column("公表値との照合", overflow="fold")
    table.add_column("場所", no_wrap=True)
    for outcome in outcomes:
        target, summary = outcome.target, outcome.summary
        cells = [Text(target.plan_id)] if has_plans else []
        cells.append(Text(str(target.year)))
        if summary is None:
            cells += [Text("-"), Text("-"), Text("作成できません", "bold red"), Text("-")]
        else:
            place = Text(f"{target.folder}/", "dim" if outcome.is_current else "")
            cells += [Text(str(summary.items)), Text(summary.done_share or "-"), comparison(summary), place]
        table.add_row(*cells)
    return table


def comparison(summary: Summary) -> Text:
    """The comparison with the published figures, coloured by its result."""
    if not summary.published:
        return Text(summary.reconciliation, "dim")
    return Text(summary.reconciliation, "bold red" if summary.differences else "green")


def why_lines(outcomes: Iterable[Outcome]) -> Iterable[str]:
    """'令和4年度: 作成 data/raw/yamaguchi/R4.csv が変わった', a line per report."""
    for outcome in outcomes:
        if outcome.why:
            yield f"{outcome.target}: {'省略' if outcome.is_current else '作成'}（{'、'.join(outcome.why)}）"


def warning_lines(outcomes: Iterable[Outcome]) -> Iterable[str]:
    """The findings that are no errors, and the reports that differ from the published figures."""
    for outcome in outcomes:
        yield from (f"注意 {finding}" for finding in outcome.warnings)
        if outcome.is_current and outcome.summary is not None and outcome.summary.warnings:
            yield f"{outcome.target.year}: 状況調査に注意が{outcome.summary.warnings}件あります。gyokaku check で確認できます"
        if outcome.summary is not None and outcome.summary.differences:
            year = outcome.target.year
            yield (
                f"{year}: 公表値と違う数値が{outcome.summary.differences}件あります（承知のうえで公開。理由は報告書にあります）。"
                f"gyokaku verify {year.short} で確認できます"
            )


def failure_lines(outcomes: Sequence[Outcome], problems: Sequence[GyokakuError]) -> Iterable[str]:
    """Each failure once: the report, then its findings or its cell."""
    yield from (str(problem) for problem in problems)
    failed = {outcome.target for outcome in outcomes if isinstance(outcome.error, SheetError)}
    for outcome in outcomes:
        error = outcome.error
        if error is None:
            continue
        yield f"{outcome.target} の報告書を作れませんでした"
        if isinstance(error, GyokakuError):
            yield from (f"  {line}" for line in str(error).splitlines())
        else:
            yield f"  予期しないエラーです（{type(error).__name__}）。次の内容を添えて、管理者に知らせてください"
            yield "".join(traceback.format_exception(error)).rstrip()
        if isinstance(error, WithheldError) and Target(outcome.target.plan_id, error.cause) not in failed:
            yield from (f"  {finding}" for finding in error.findings)


class _Lines(Watcher):
    """For files and pipes: one line as each report ends."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def ends(self, outcome: Outcome) -> None:
        """'yamaguchi 令和4年度: 作成しました'."""
        done = "最新です" if outcome.is_current else "作成しました"
        self.console.print(
            f"{outcome.target}: {'作成できません' if outcome.error else done}", highlight=False
        )


class _Bars(_Lines):
    """For a terminal: one bar per report."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self.progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TextColumn("{task.percentage:>3.0f}%"),
            TextColumn("{task.fields[what]}"),
            console=console,
        )
        self.tasks: dict[Target, TaskID] = {}

    def __enter__(self) -> Watcher:
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def begins(self, targets: Sequence[Target]) -> None:
        """A bar for each report, in order."""
        for target in targets:
            self.tasks[target] = self.progress.add_task(str(target), total=1.0, what="待ち")

    def advances(self, target: Target, done: float, what: str) -> None:
        """The report's bar grows."""
        self.progress.update(self.tasks[target], completed=done, what=what)

    def ends(self, outcome: Outcome) -> None:
        """The report's bar is full, or stays where the report failed."""
        task = self.tasks[outcome.target]
        if outcome.error is not None:
            self.progress.update(task, what="[red]作成できません")
        else:
            self.progress.update(task, completed=1.0, what="最新" if outcome.is_current else "完成")


def _watcher(console: Console) -> _Lines:
    return _Bars(console) if console.is_terminal else _Lines(console)


def _console(stderr: bool = False) -> Console:
    console = Console(stderr=stderr)
    return console if console.is_terminal else Console(stderr=stderr, width=_WIDTH_OF_A_FILE)
